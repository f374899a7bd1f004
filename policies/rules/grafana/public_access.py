"""GRAF-001: dashboards are reached through a private endpoint, and without keys."""

from __future__ import annotations

from typing import Any, Final

from policies.rule import ABSENT, Break, Category, Context, Example, Property, Rule, Severity, Verdict
from policies.rules._identities import MANAGED
from policies.types import GRAFANA
from policies.view import Judged, View

_ACCESS: Final = "properties.publicNetworkAccess"
_KEYS: Final = "properties.apiKey"


def check(grafana: View, _context: Context) -> Judged:
    """No public door; no tokens of service accounts; an identity that reads the metrics."""
    yield from grafana.must_be(_ACCESS, "Disabled")
    yield from grafana.must_be(_KEYS, "Disabled")
    yield from grafana.must_be_one_of("identity.type", MANAGED)


def _grafana(access: str = "Disabled", keys: str = "Disabled", kind: str = "UserAssigned") -> dict[str, Any]:
    return {"properties": {"publicNetworkAccess": access, "apiKey": keys}, "identity": {"type": kind}}


_API: Final = "Grafana, Microsoft.Dashboard 2024-10-01"

RULE = Rule(
    id="GRAF-001",
    title="Dashboards are reached through a private endpoint, and without keys",
    severity=Severity.CRITICAL,
    category=Category.NETWORK,
    types=(GRAFANA,),
    controls=(
        "itsg33/SC-7",
        "itsg33/IA-5",
        "mcsb/NS-2",
        "mcsb/IM-1",
        "mcsb/IM-3",
        "hipaa/164.312(e)(1)",
        "gdpr/32(1)(b)",
        "popa/10",
        "hia/60",
    ),
    equivalents={
        "azure_policy": ("e8775d5a-73b7-4977-a39b-833ef0114628", "0656cf40-485c-427b-b992-703a4ecf4f88"),
    },
    why="Dashboards query metrics and logs with one identity for everybody; a token does so without a person.",
    fix="Set publicNetworkAccess and apiKey to Disabled, and give the instance a managed identity.",
    link="https://learn.microsoft.com/azure/managed-grafana/how-to-set-up-private-access",
    properties=(
        Property(_ACCESS, "Enabled", Verdict.FAIL, f"{_API}: Enabled"),
        Property(_KEYS, "Disabled", Verdict.PASS, f"{_API}: Disabled"),
        Property("identity.type", ABSENT, Verdict.FAIL, f"{_API}: none"),
    ),
    check=check,
    good=(Example(_grafana()), Example(_grafana("disabled", kind="SystemAssigned"), environment="dev")),
    bad=(Example(_grafana("Enabled")), Example(_grafana(keys="Enabled")), Example(_grafana(kind="None"))),
    breaks=(
        Break(_ACCESS, "Enabled"),
        Break(_ACCESS, ABSENT),
        Break(_KEYS, "Enabled"),
        Break("identity", ABSENT),
    ),
)
