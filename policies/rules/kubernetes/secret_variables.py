"""K8S-016: no container gets a secret as an environment variable."""

from __future__ import annotations

import re
from typing import Any, Final

from policies.rule import ABSENT, Category, Context, Rule, Severity, Verdict
from policies.rules.kubernetes._pods import (
    CRON_JOB,
    POD,
    PODS,
    container_breaks,
    container_properties,
    containers,
    example,
    examples,
)
from policies.view import Fault, Judged, View, guarded

# Whole words of names, as programs write them. FILE, PATH and URL at the end say that the value is no secret itself.
_SECRET: Final = re.compile(
    r"(^|_)(PASSWORD|PASSWD|SECRET|TOKEN|CREDENTIALS?|(API|ACCESS|ACCOUNT|PRIVATE|STORAGE|SECRET)_?KEY|CONNECTION_?STRING)"
    r"(_BASE64)?$",
    re.IGNORECASE,
)


def check(view: View, context: Context) -> Judged:
    """No variable is taken from a Secret, and none whose name says secret has its value in the manifest."""
    yield from containers(view, context, _container)


def _container(container: View, _pod: View) -> Judged:
    for variable in container.each("env"):
        yield from guarded(_variable(variable))
    for source in container.each("envFrom"):
        yield from source.must_not_be_set("secretRef", "mount the secret as a file")


def _variable(variable: View) -> Judged:
    if variable.has("valueFrom.secretKeyRef"):
        yield Fault(f"{variable.path}.valueFrom.secretKeyRef", "must not be set: mount the secret as a file")
    elif _SECRET.search(variable.text("name", absent="")) and variable.text("value"):
        yield Fault(f"{variable.path}.value", "must not be set: the name says that it is a secret")


_FINE: Final[dict[str, Any]] = {"name": "MODE", "value": "fast"}


def _pod(env: dict[str, Any] | None = None, source: dict[str, Any] | None = None) -> dict[str, Any]:
    more = {"env": [_FINE, env or _FINE], "envFrom": [source or {"configMapRef": {"name": "settings"}}]}
    other = {"env": [_FINE, {"name": "PASSWORD", "value": ""}], "envFrom": []}
    return {
        "containers": [{"name": "second"}, {"name": "main", **more}],
        "initContainers": [{"name": "first", **other}],
        "ephemeralContainers": [{"name": "debugger", **other}],
    }


RULE = Rule(
    id="K8S-016",
    severity=Severity.MEDIUM,
    category=Category.IDENTITY,
    controls=("itsg33/IA-5(7)", "mcsb/IM-8", "cis-aks/4.5.1", "gdpr/32(1)(b)", "popa/10"),
    equivalents={"checkov": ("CKV_K8S_35",)},
    title="No container gets a secret as an environment variable",
    types=PODS,
    why=(
        "Variables are in every crash report, in the listing of processes and in every program that a container "
        "starts; one that is written in the manifest is also in its history."
    ),
    fix="Use workload identity; where a service takes secrets only, mount them with the Key Vault CSI driver.",
    link="https://learn.microsoft.com/azure/aks/csi-secrets-store-driver",
    properties=container_properties(
        "env[*].value", ABSENT, Verdict.PASS, "core/v1 EnvVar: empty (not re-read)", unknown=Verdict.PASS
    ),
    check=check,
    good=(
        *examples(_pod()),
        example(_pod({"name": "TOKEN_FILE", "value": "/var/run/token"})),
        example(_pod({"name": "MAX_TOKENS", "value": "512"}), title="tokens of a model"),
        example(_pod({"name": "NODE", "valueFrom": {"fieldRef": {"fieldPath": "spec.nodeName"}}})),
    ),
    bad=(
        example(_pod({"name": "SETTING", "valueFrom": {"secretKeyRef": {"name": "s", "key": "k"}}})),
        example(_pod(source={"secretRef": {"name": "s"}}), POD),
        example(_pod({"name": "DB_PASSWORD", "value": "x"}), CRON_JOB),
        example(_pod({"name": "OpenAI_api_key", "value": "x"})),
    ),
    breaks=(
        *container_breaks("env[*]", {"name": "A", "valueFrom": {"secretKeyRef": {"name": "s", "key": "k"}}}),
        *container_breaks("env", [{"name": "CLIENT_SECRET", "value": "x"}]),
        *container_breaks("env[*]", {"name": "CLIENT_SECRET", "value": "x"}),
        *container_breaks("envFrom", [{"secretRef": {"name": "s"}}]),
    ),
)
