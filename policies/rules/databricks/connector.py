"""DBX-006: Databricks reads storage with an identity of ours."""

from __future__ import annotations

from policies.rule import ABSENT, Break, Category, Context, Example, Property, Rule, Severity, Verdict
from policies.types import DATABRICKS_CONNECTOR
from policies.view import Judged, View


def check(connector: View, _context: Context) -> Judged:
    """The connector is an identity in storage: one that is made, named and judged here."""
    yield from connector.must_be("identity.type", "UserAssigned", "so that its roles can be given before it is made")


RULE = Rule(
    id="DBX-006",
    title="Databricks reads storage with an identity of ours",
    severity=Severity.MEDIUM,
    category=Category.IDENTITY,
    types=(DATABRICKS_CONNECTOR,),
    controls=("itsg33/IA-9", "itsg33/AC-6", "mcsb/IM-3", "hipaa/164.312(d)", "gdpr/32(1)(b)", "popa/10", "hia/60"),
    why="Without an identity Unity Catalog wants a key of the account; one of Azure's own is gone with its connector.",
    fix="Give the connector identity.type UserAssigned and an identity that holds a role for data on its storage.",
    link="https://learn.microsoft.com/azure/databricks/connect/unity-catalog/cloud-storage/azure-managed-identities",
    properties=(
        Property("identity.type", ABSENT, Verdict.FAIL, "AccessConnector, Microsoft.Databricks 2024-05-01: none"),
    ),
    check=check,
    good=(
        Example({"identity": {"type": "UserAssigned"}}),
        Example({"identity": {"type": "userassigned"}}, environment="dev"),
    ),
    bad=(Example({}), Example({"identity": {"type": "None"}}), Example({"identity": {"type": "SystemAssigned"}})),
    breaks=(Break("identity", ABSENT), Break("identity.type", "None")),
)
