"""DBX-002: clusters of Databricks run in a network of ours."""

from __future__ import annotations

from typing import Any, Final

from policies.rule import ABSENT, Break, Category, Context, Example, Property, Rule, Severity, Verdict
from policies.types import DATABRICKS_WORKSPACE
from policies.view import Judged, View

_PATHS: Final = tuple(
    f"parameters.{name}.value"
    for name in ("customVirtualNetworkId", "customPrivateSubnetName", "customPublicSubnetName")
)


def check(workspace: View, _context: Context) -> Judged:
    """The network and both of its subnets are named."""
    for path in _PATHS:
        yield from workspace.must_be_set(path)


def _workspace(network: str = "/subscriptions/s/…/vnet", private: str = "private", public: str = "public") -> Any:
    named = {"customPrivateSubnetName": {"value": private}, "customPublicSubnetName": {"value": public}}
    return {"parameters": {"customVirtualNetworkId": {"value": network}, **named}}


RULE = Rule(
    id="DBX-002",
    title="Clusters of Databricks run in a network of ours",
    severity=Severity.HIGH,
    category=Category.NETWORK,
    types=(DATABRICKS_WORKSPACE,),
    controls=(
        "itsg33/SC-7",
        "mcsb/NS-2",
        "hipaa/164.312(e)(1)",
        "gdpr/32(1)(b)",
        "gc-guardrails/8",
        "popa/10",
        "hia/60",
    ),
    equivalents={"azure_policy": ("9c25c9e4-ee12-4882-afd2-11fb9d87893f",)},
    why="In the network that Databricks makes, no firewall of ours sees what notebooks send, and to whom.",
    fix="Set customVirtualNetworkId, customPrivateSubnetName and customPublicSubnetName; all three at creation.",
    link="https://learn.microsoft.com/azure/databricks/security/network/classic/vnet-inject",
    properties=tuple(
        Property(
            path,
            ABSENT,
            Verdict.FAIL,
            "Workspace, Microsoft.Databricks 2026-01-01: a network of its own",
            unknown=Verdict.PASS,
        )
        for path in _PATHS
    ),
    check=check,
    good=(Example(_workspace()),),
    bad=(
        Example(_workspace(network="")),
        Example(_workspace(private="")),
        Example(_workspace(public="")),
    ),
    breaks=tuple(Break(path, ABSENT) for path in _PATHS),
)
