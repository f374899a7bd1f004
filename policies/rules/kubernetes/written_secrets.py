"""K8S-040: no secret stands in a manifest."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any, Final

from policies.rule import ABSENT, Break, Category, Context, Example, Property, Rule, Severity, StackBreak, Verdict
from policies.rules._faults import changing
from policies.types import CONFIG_MAP, KUBERNETES_SECRET
from policies.values import SECRET, UNKNOWN, UnjudgeableError, joined, look_up
from policies.view import Fault, Judged, View, guarded

_KEYS: Final = re.compile(
    r"-----BEGIN [A-Z ]*PRIVATE KEY|AccountKey=|SharedAccessKey=|[?&]sig=|eyJ[\w-]{8,}\.eyJ|gh[pousr]_\w{30}", re.ASCII
)
_NAMES: Final = re.compile(r"password|passwd|secret|token|(access|account|api|private)[._-]?key", re.IGNORECASE)
_WRITTEN: Final = ("data", "stringData")


def check(view: View, context: Context) -> Judged:
    """A Secret has no value that can be read here; a ConfigMap has none that is a secret."""
    if context.resource.type == KUBERNETES_SECRET:
        for path in _WRITTEN:
            for name in view.keys(path):
                yield from guarded(_value(view.below(path), name))
        return
    for name in view.keys("data"):
        yield from guarded(_entry(view.below("data"), name))


def _value(data: View, name: str) -> Judged:
    found = look_up(data.value, f"[{name}]", data.path)
    if found is UNKNOWN:
        raise UnjudgeableError(joined(data.path, f"[{name}]"), "is not known yet")
    if found not in (SECRET, ABSENT, ""):
        yield Fault(joined(data.path, f"[{name}]"), "must not be written: mount it from the vault (secrets store)")


def _entry(data: View, name: str) -> Judged:
    text = data.text(f"[{name}]", absent="")
    if _KEYS.search(text) or (text and _NAMES.search(name)):
        yield Fault(joined(data.path, f"[{name}]"), "looks like a secret, and everybody reads a ConfigMap")


def _config(**data: str) -> Example:
    return Example({"metadata": {"name": "settings"}, "data": {"level": "info", **data}}, type=CONFIG_MAP)


def _secret(**fields: Any) -> Example:
    return Example({"metadata": {"name": "pull"}, **fields}, type=KUBERNETES_SECRET)


def _breaks() -> Iterator[Break | StackBreak]:
    private_key = "-----BEGIN RSA PRIVATE KEY-----"  # pragma: allowlist secret
    yield Break("data[*]", private_key, of=(CONFIG_MAP,))
    yield changing("a password", ("data.databasePassword", "example"), where=lambda view: view.has("data.level"))
    yield Break("stringData[*]", "example", of=(KUBERNETES_SECRET,))
    yield Break("data[*]", "ZXhhbXBsZQ==", of=(KUBERNETES_SECRET,))


_OF_SECRET: Final = (KUBERNETES_SECRET,)
_SOURCE: Final = "Kubernetes API core/v1: none"

RULE = Rule(
    id="K8S-040",
    title="No secret stands in a manifest",
    severity=Severity.HIGH,
    category=Category.IDENTITY,
    types=(CONFIG_MAP, KUBERNETES_SECRET),
    controls=(
        "itsg33/IA-5(7)",
        "itsg33/SC-28",
        "mcsb/IM-8",
        "cis-aks/4.4.2",
        "hipaa/164.312(a)(2)(iv)",
        "gdpr/32(1)(b)",
        "popa/10",
        "hia/60",
    ),
    why="Base64 is no encryption: what stands in a manifest is in the repository, in its history and in every backup.",
    fix="Keep it in the vault and mount it with a SecretProviderClass, or let the workload sign in with its identity.",
    link="https://learn.microsoft.com/azure/aks/csi-secrets-store-driver",
    properties=(
        Property("data", ABSENT, Verdict.PASS, _SOURCE),
        Property("stringData", ABSENT, Verdict.PASS, _SOURCE, of=_OF_SECRET),
    ),
    check=check,
    good=(
        _config(mode="quiet"),
        _config(retries="3"),
        _secret(data={"password": SECRET}, stringData={"user": ""}),
    ),
    bad=(
        _config(apiKey="example"),
        _config(connection="AccountName=st;AccountKey=example"),
        _secret(data={"password": SECRET, "user": "ZXhhbXBsZQ=="}),
        _secret(stringData={"password": "example"}),
    ),
    breaks=tuple(_breaks()),
)
