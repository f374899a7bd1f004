"""DBX-005: the root storage of a Databricks workspace is closed to all but its connector."""

from __future__ import annotations

from typing import Any, Final

from policies.rule import ABSENT, Break, Category, Context, Example, Property, Rule, Severity, Verdict
from policies.types import DATABRICKS_WORKSPACE
from policies.view import Judged, View

_KIND: Final = "accessConnector.identityType"


def check(workspace: View, _context: Context) -> Judged:
    """The firewall is on, and an access connector with an identity passes it."""
    yield from workspace.must_be("defaultStorageFirewall", "Enabled")
    yield from workspace.must_be_one_of(_KIND, ("SystemAssigned", "UserAssigned"))


def _workspace(firewall: str = "Enabled", kind: str = "UserAssigned") -> dict[str, Any]:
    return {"defaultStorageFirewall": firewall, "accessConnector": {"id": "/subscriptions/s/…", "identityType": kind}}


RULE = Rule(
    id="DBX-005",
    title="The root storage of a Databricks workspace is closed to all but its connector",
    severity=Severity.CRITICAL,
    category=Category.NETWORK,
    types=(DATABRICKS_WORKSPACE,),
    controls=(
        "itsg33/SC-7",
        "mcsb/NS-2",
        "hipaa/164.312(e)(1)",
        "gdpr/32(1)(b)",
        "gc-guardrails/9",
        "popa/10",
        "hia/60",
    ),
    why="Results of notebooks and libraries lie in an account that Databricks makes, open to every network.",
    fix="Set defaultStorageFirewall to Enabled and name an access connector with its identity.",
    link="https://learn.microsoft.com/azure/databricks/security/network/storage/firewall-support",
    properties=(
        Property(
            "defaultStorageFirewall",
            "Disabled",
            Verdict.FAIL,
            "learn.microsoft.com/azure/databricks/security/network/storage/firewall-support: off (not re-read)",
        ),
        Property(_KIND, ABSENT, Verdict.FAIL, "Workspace, Microsoft.Databricks 2026-01-01: no connector"),
    ),
    check=check,
    good=(Example(_workspace()), Example(_workspace(kind="systemassigned"))),
    bad=(Example(_workspace("Disabled")), Example(_workspace(kind="None"))),
    breaks=(
        Break("defaultStorageFirewall", "Disabled"),
        Break("defaultStorageFirewall", ABSENT),
        Break(_KIND, "None"),
        Break("accessConnector", ABSENT),
    ),
)
