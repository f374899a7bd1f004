"""AML-018: connections of an ML workspace keep no keys."""

from __future__ import annotations

from typing import Any, Final

from policies.rule import ABSENT, Break, Category, Context, Example, Property, Rule, Severity, Verdict
from policies.types import ML_CONNECTION
from policies.view import Judged, View

_WHO: Final = "properties.authType"
_SHARED: Final = "properties.isSharedToAll"


def check(connection: View, _context: Context) -> Judged:
    """Who uses it signs in; it is not lent to every project."""
    yield from connection.must_be_one_of(_WHO, ("AAD", "ManagedIdentity"), "all others keep a secret")
    yield from connection.must_be(_SHARED, False)


def _connection(who: str = "AAD", *, shared: bool = False) -> dict[str, Any]:
    return {"properties": {"authType": who, "category": "AzureOpenAI", "isSharedToAll": shared}}


_API: Final = "WorkspaceConnection, Microsoft.MachineLearningServices 2025-12-01"

RULE = Rule(
    id="AML-018",
    title="Connections of an ML workspace keep no keys",
    severity=Severity.HIGH,
    category=Category.IDENTITY,
    types=(ML_CONNECTION,),
    controls=(
        "itsg33/IA-5(7)",
        "itsg33/AC-6",
        "mcsb/IM-3",
        "mcsb/IM-8",
        "hipaa/164.312(d)",
        "gdpr/32(1)(b)",
        "popa/10",
        "hia/60",
    ),
    why="A connection hands its key to everybody who may run code in the workspace, and that key knows no person.",
    fix="Set authType to AAD or ManagedIdentity and isSharedToAll to false, and give roles on what it leads to.",
    link="https://learn.microsoft.com/azure/machine-learning/how-to-connection",
    properties=(
        Property(_WHO, ABSENT, Verdict.FAIL, f"{_API}: required"),
        Property(_SHARED, False, Verdict.PASS, f"{_API}: false (not re-read)"),
    ),
    check=check,
    good=(Example(_connection()), Example(_connection("managedidentity"), environment="dev")),
    bad=(
        Example(_connection("ApiKey")),
        Example(_connection("PAT")),
        Example(_connection("UsernamePassword"), environment="dev"),
        Example(_connection(shared=True)),
    ),
    breaks=(Break(_WHO, "ApiKey"), Break(_WHO, ABSENT), Break(_SHARED, True)),
)
