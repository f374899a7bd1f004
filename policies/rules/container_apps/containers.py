"""CAPP-003: container apps and jobs run images of ours that stay the same, and take secrets from a vault."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final

from policies.rule import ABSENT, Break, Category, Context, Example, Property, Rule, Scope, Severity, Verdict
from policies.rules._identities import MANAGED
from policies.rules._registries import pinned_image
from policies.types import CONTAINER_APP, CONTAINER_JOB
from policies.values import joined
from policies.view import Fault, Judged, View, guarded, judged_each

_LISTS: Final = ("template.containers", "template.initContainers")
_SECRETS: Final = "configuration.secrets"
_REGISTRIES: Final = "configuration.registries"


def check(app: View, context: Context) -> Judged:
    """Images, who pulls them, where secrets come from, and as whom the app signs in."""
    yield from app.must_be_one_of("identity.type", MANAGED)
    for path in _LISTS:
        for container in app.each(path):
            image = joined(container.path, "image")
            yield from guarded(_image(container, image, context))
    yield from judged_each(app.each(_SECRETS), _secret)
    for registry in app.each(_REGISTRIES):
        yield from registry.must_not_be_set("passwordSecretRef", "because the identity pulls without a password")


def _secret(secret: View) -> Judged:
    if not secret.has("keyVaultUrl"):
        yield Fault(joined(secret.path, "keyVaultUrl"), "must be set: a value of its own stays in the template")


def _image(container: View, path: str, context: Context) -> Judged:
    yield from pinned_image(container.text("image"), path, context)


_SHA: Final = "@sha256:" + 64 * "0"
_OURS: Final = f"crplatform.azurecr.io/runners/github{_SHA}"
_KEPT: Final = {"name": "key", "keyVaultUrl": "https://v.vault.azure.net/secrets/key", "identity": "an-identity"}


def _job(image: str = _OURS, first: str = _OURS, kind: str = "UserAssigned", **changes: Any) -> dict[str, Any]:
    registry = {"server": "crplatform.azurecr.io", "identity": "an-identity"}
    return {
        "identity": {"type": kind},
        "template": {"containers": [{"image": _OURS}, {"image": image}], "initContainers": [{"image": first}]},
        "configuration": {"secrets": [_KEPT], "registries": [registry], **changes},
    }


_API: Final = "Job and ContainerApp, Microsoft.App 2025-02-02-preview"


def _properties() -> Iterator[Property]:
    yield Property("identity.type", ABSENT, Verdict.FAIL, f"{_API}: none")
    for path in _LISTS:
        yield Property(f"{path}[*].image", ABSENT, Verdict.FAIL, f"{_API}: required")
    url = f"{_SECRETS}[*].keyVaultUrl"
    yield Property(url, ABSENT, Verdict.FAIL, f"{_API}: the value stands in the template", unknown=Verdict.PASS)
    yield Property(f"{_REGISTRIES}[*].passwordSecretRef", ABSENT, Verdict.PASS, f"{_API}: none")


RULE = Rule(
    id="CAPP-003",
    title="Container apps and jobs run images of ours that stay the same, and take secrets from a vault",
    severity=Severity.HIGH,
    category=Category.SUPPLY_CHAIN,
    types=(CONTAINER_JOB, CONTAINER_APP),
    scope=Scope.STACK,
    controls=(
        "itsg33/SI-7",
        "itsg33/SA-12",
        "itsg33/IA-5",
        "mcsb/IM-3",
        "mcsb/IM-8",
        "hipaa/164.312(d)",
        "gdpr/32(1)(b)",
        "popa/10",
        "hia/60",
    ),
    equivalents={"azure_policy": ("b874ab2d-72dd-47f1-8cb5-4a306478a4e7",)},
    parameters=("image_registries",),
    why="A runner holds the rights of a deployment: who moves its tag or finds its secret has them too.",
    fix="Name images of our registry by digest, pull with the identity, and give each secret a keyVaultUrl.",
    link="https://learn.microsoft.com/azure/container-apps/manage-secrets",
    properties=tuple(_properties()),
    check=check,
    good=(
        Example(_job(registries=[{"server": "crplatform.azurecr.io", "passwordSecretRef": ""}])),
        Example(_job(secrets=[]), type=CONTAINER_APP),
    ),
    bad=(
        Example(_job("crplatform.azurecr.io/runners/github:2.1")),
        Example(_job(first=f"ghcr.io/runners/github{_SHA}")),
        Example(_job(kind="None")),
        Example(_job(secrets=[_KEPT, {"name": "second", "value": "example"}]), title="the second secret"),
        Example(_job(registries=[{"server": "crplatform.azurecr.io", "passwordSecretRef": "pull"}])),
    ),
    breaks=(
        Break("identity", ABSENT),
        *(Break(f"{path}[*].image", image) for path in _LISTS for image in (f"nginx{_SHA}", f"{_OURS[:-3]}", ABSENT)),
        Break(f"{_SECRETS}[*]", {"name": "github-app-key", "value": "example"}),
        Break(f"{_REGISTRIES}[*].passwordSecretRef", "pull"),
    ),
)
