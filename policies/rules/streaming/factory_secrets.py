"""ADF-004: a data factory takes its secrets from a vault."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, Final

from policies.rule import ABSENT, Category, Context, Example, Property, Rule, Severity, StackBreak, Verdict
from policies.rules._faults import changing
from policies.types import LINKED_SERVICE
from policies.values import UNKNOWN, UnjudgeableError, is_list, joined
from policies.view import Fault, Judged, View

_ABOUT: Final = "properties.typeProperties"
_DEPTH: Final = 8


def check(service: View, _context: Context) -> Judged:
    """Nothing that it says of itself is a SecureString: a secret that stands here is one that was written here."""
    settings = service.below(_ABOUT)
    for path, kind in _kinds(settings.value, settings.path, _DEPTH):
        if kind is UNKNOWN:
            raise UnjudgeableError(path, "is not known yet")
        if isinstance(kind, str) and kind.lower() == "securestring":
            yield Fault(path, "must be an AzureKeyVaultSecret: a SecureString is written into the program")


def _kinds(value: Any, path: str, depth: int) -> Iterator[tuple[str, Any]]:
    """The type of each object within."""
    if value is UNKNOWN:
        yield path, value
    elif isinstance(value, Mapping) and depth:
        yield path, value.get("type")
        for name, item in value.items():
            yield from _kinds(item, joined(path, str(name)), depth - 1)
    elif is_list(value) and depth:
        for index, item in enumerate(value):
            yield from _kinds(item, f"{path}[{index}]", depth - 1)


def _service(**settings: Any) -> dict[str, Any]:
    return {"properties": {"type": "AzureSqlDatabase", "typeProperties": {"server": "a-server", **settings}}}


def _breaks() -> Iterator[StackBreak]:
    yield changing("a password", (f"{_ABOUT}.password", {"type": "SecureString", "value": "example"}))


_KEPT: Final = {"type": "AzureKeyVaultSecret", "secretName": "password", "store": {"referenceName": "vault"}}

RULE = Rule(
    id="ADF-004",
    title="A data factory takes its secrets from a vault",
    severity=Severity.HIGH,
    category=Category.IDENTITY,
    types=(LINKED_SERVICE,),
    controls=("itsg33/IA-5(7)", "itsg33/SC-28", "mcsb/IM-8", "hipaa/164.312(d)", "gdpr/32(1)(b)", "popa/10", "hia/60"),
    equivalents={"azure_policy": ("127ef6d7-242f-43b3-9eef-947faf1725d0",)},
    why="A secret in a linked service stands in the program, its state and its history, and is rotated by nobody.",
    fix="Sign in with the factory's identity; where that can't be, name an AzureKeyVaultSecret.",
    link="https://learn.microsoft.com/azure/data-factory/store-credentials-in-key-vault",
    properties=(Property(_ABOUT, ABSENT, Verdict.PASS, "LinkedService, Microsoft.DataFactory 2018-06-01: nothing"),),
    check=check,
    good=(Example(_service(password=_KEPT)), Example(_service(), environment="dev")),
    bad=(
        Example(_service(password={"type": "SecureString", "value": "example"})),
        Example(_service(password=_KEPT, extra=[{"accountKey": {"type": "securestring", "value": "example"}}])),
    ),
    breaks=tuple(_breaks()),
)
