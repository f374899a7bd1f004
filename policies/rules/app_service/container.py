"""APP-004: an app runs an image of ours that stays the same, pulled without a password, and holds no secret."""

from __future__ import annotations

import re
from fnmatch import fnmatchcase
from typing import Any, Final

from policies.rule import ABSENT, Break, Category, Context, Example, Property, Rule, Scope, Severity, Verdict
from policies.rules._identities import MANAGED
from policies.rules._registries import allowed_registries
from policies.types import WEB_APP, WEB_APP_SLOT
from policies.values import joined
from policies.view import Fault, Judged, View, guarded

_IMAGE: Final = "siteConfig.linuxFxVersion"
_PULL: Final = "siteConfig.acrUseManagedIdentityCreds"
_SETTINGS: Final = "siteConfig.appSettings"
_STRINGS: Final = "siteConfig.connectionStrings"
_APPS: Final = (WEB_APP, WEB_APP_SLOT)
# These take the place of what an app's own settings say.
_OWN_SETTINGS: Final = (f"{WEB_APP}ApplicationSettings", f"{WEB_APP}ApplicationSettingsSlot")
_OWN_STRINGS: Final = (f"{WEB_APP}ConnectionStrings", f"{WEB_APP}ConnectionStringsSlot")
_FORM: Final = re.compile(r"docker\|(?P<registry>[^/@|]+)/[^@]+@sha256:[0-9a-f]{64}")
_SECRET: Final = re.compile(r"password|passwd|pwd|secret|token|(api|access|account|shared)_?key")
_REFERENCE: Final = "@microsoft.keyvault("


def check(app: View, context: Context) -> Judged:
    """The image, who pulls it, as whom the app signs in, and its settings, wherever they are."""
    if context.resource.type in (*_OWN_SETTINGS, *_OWN_STRINGS):
        for name in app.keys("properties"):
            yield from guarded(_own(app.below("properties"), name, context.resource.type in _OWN_STRINGS))
        return
    yield from app.must_be(_PULL, True)
    yield from app.must_be_one_of("identity.type", MANAGED)
    yield from guarded(_image(app, context))
    for setting in app.each(_SETTINGS):
        yield from guarded(_setting(setting))
    for string in app.each(_STRINGS):
        yield from guarded(_connection(string, "connectionString"))


def _own(settings: View, name: str, is_connection: bool) -> Judged:
    if is_connection:
        yield from _connection(settings.below(f"[{name}]"), "value")
    else:
        yield from _named(name.lower(), settings.word(f"[{name}]", absent=""), joined(settings.path, f"[{name}]"))


def _connection(string: View, path: str) -> Judged:
    value = string.word(path, absent="")
    if value and not value.startswith(_REFERENCE):
        yield Fault(joined(string.path, path), "must be a reference to Key Vault: such a string holds a key")


def _image(app: View, context: Context) -> Judged:
    found = _FORM.fullmatch(app.word(_IMAGE))
    if found is None:
        yield Fault(_IMAGE, "must be DOCKER|registry/repository@sha256:digest: a tag can be moved")
    elif not any(fnmatchcase(found["registry"], one) for one in allowed_registries(context)):
        yield Fault(_IMAGE, "comes from a registry that is not ours (image_registries)")


def _setting(setting: View) -> Judged:
    yield from _named(setting.word("name"), setting.word("value"), f"{setting.path}.value")


def _named(name: str, value: str, path: str) -> Judged:
    if name == "docker_registry_server_password":
        yield Fault(path, "is a password of the registry; the identity pulls without one")
    elif _SECRET.search(name) and value and not value.startswith(_REFERENCE):
        yield Fault(path, "must be a reference to Key Vault: the name is that of a secret")


_DIGEST: Final = "@sha256:" + 64 * "a"
_OURS: Final = f"DOCKER|crplatform.azurecr.io/apps/triage{_DIGEST}"
_KEPT: Final = {"name": "API_KEY", "value": "@Microsoft.KeyVault(VaultName=kv;SecretName=api)"}


def _app(
    image: str = _OURS, *settings: dict[str, str], pull: bool = True, kind: str = "UserAssigned"
) -> dict[str, Any]:
    config = {"linuxFxVersion": image, "acrUseManagedIdentityCreds": pull, "appSettings": [_KEPT, *settings]}
    return {"siteConfig": config, "identity": {"type": kind}}


_PLAIN: Final = {"name": "db", "connectionString": "Server=db;Password=example"}

RULE = Rule(
    id="APP-004",
    title="An app runs an image of ours that stays the same, pulled without a password, and holds no secret",
    severity=Severity.HIGH,
    category=Category.SUPPLY_CHAIN,
    types=(*_APPS, *_OWN_SETTINGS, *_OWN_STRINGS),
    scope=Scope.STACK,
    controls=(
        "itsg33/IA-5",
        "itsg33/SI-7",
        "itsg33/SA-12",
        "mcsb/IM-3",
        "mcsb/IM-8",
        "cis-azure/9.11",
        "hipaa/164.312(d)",
        "gdpr/32(1)(b)",
        "popa/10",
        "hia/60",
    ),
    equivalents={
        "checkov": ("CKV_AZURE_71", "CKV_AZURE_16"),
        "psrule": ("Azure.AppService.ManagedIdentity",),
        "azure_policy": ("2b9ad585-36bc-4615-b300-fd4435808332",),
        "trivy": ("AZU-0002",),
    },
    parameters=("image_registries",),
    why="Behind a tag other code runs tomorrow; settings are read by everybody who may look at the app.",
    fix="Name the image by digest in our registry, pull with the identity, and keep secrets in Key Vault by reference.",
    link="https://learn.microsoft.com/azure/app-service/app-service-key-vault-references",
    properties=(
        Property(_PULL, False, Verdict.FAIL, "WebApp, Microsoft.Web 2025-05-01: false unless it is set"),
        Property("identity.type", "None", Verdict.FAIL, "WebApp, Microsoft.Web 2025-05-01: no identity"),
        Property(_IMAGE, ABSENT, Verdict.FAIL, "WebApp, Microsoft.Web 2025-05-01: none"),
        Property(f"{_SETTINGS}[*].name", ABSENT, Verdict.PASS, "WebApp, Microsoft.Web 2025-05-01: required"),
        Property(f"{_SETTINGS}[*].value", ABSENT, Verdict.PASS, "WebApp, Microsoft.Web 2025-05-01: empty"),
    ),
    check=check,
    good=(
        Example(_app()),
        Example(_app(_OURS, {"name": "WEBSITES_PORT", "value": "8080"}), type=WEB_APP_SLOT),
        Example({"properties": {"PORT": "8080", "API_KEY": _KEPT["value"]}}, type=_OWN_SETTINGS[1]),
        Example({"properties": {"db": {"type": "SQLAzure", "value": _KEPT["value"]}}}, type=_OWN_STRINGS[0]),
    ),
    bad=(
        Example(
            {"siteConfig": {**_app()["siteConfig"], "connectionStrings": [_PLAIN]}, "identity": _app()["identity"]}
        ),
        Example({"properties": {"PORT": "8080", "Db_Password": "example"}}, type=_OWN_SETTINGS[0]),
        Example({"properties": {"db": {"type": "SQLAzure", "value": "Server=db"}}}, type=_OWN_STRINGS[1]),
        Example(_app("DOCKER|crplatform.azurecr.io/apps/triage:latest")),
        Example(_app(f"DOCKER|docker.io/library/nginx{_DIGEST}")),
        Example(_app("PYTHON|3.12")),
        Example(_app(pull=False)),
        Example(_app(kind="None")),
        Example(_app(_OURS, {"name": "DB_PASSWORD", "value": "example"}), title="the second setting"),
        Example(_app(_OURS, {"name": "DOCKER_REGISTRY_SERVER_PASSWORD", "value": _KEPT["value"]})),
    ),
    breaks=(
        Break(_PULL, False, of=_APPS),
        Break(_PULL, ABSENT, of=_APPS),
        Break("identity.type", "None", of=_APPS),
        Break("identity", ABSENT, of=_APPS),
        Break(_IMAGE, "DOCKER|crplatform.azurecr.io/apps/triage:latest", of=_APPS),
        Break(_IMAGE, f"DOCKER|docker.io/library/nginx{_DIGEST}", of=_APPS),
        Break(_IMAGE, ABSENT, of=_APPS),
        Break(_STRINGS, [{"name": "db", "connectionString": "Server=db;Password=example"}], of=_APPS),
        Break("properties", {"DB_PASSWORD": "example"}, of=_OWN_SETTINGS),
        Break("properties[*].value", "Server=db;Password=example", of=_OWN_STRINGS),
        Break(f"{_SETTINGS}[*].name", "DOCKER_REGISTRY_SERVER_PASSWORD", of=_APPS),
        Break(f"{_SETTINGS}[*]", {"name": "DB_PASSWORD", "value": "example"}, of=_APPS),
    ),
)
