"""ADF-001: a data factory is reached, and reaches data, through private endpoints only."""

from __future__ import annotations

from typing import Any, Final

from policies.rule import ABSENT, Break, Category, Context, Example, Property, Rule, Severity, Verdict
from policies.types import DATA_FACTORY, INTEGRATION_RUNTIME
from policies.view import Judged, View

_NETWORK: Final = "properties.managedVirtualNetwork.referenceName"


def check(view: View, context: Context) -> Judged:
    """The factory has no public door; machines of Azure that move its data stand in its managed network."""
    if context.resource.type == DATA_FACTORY:
        yield from view.must_be("publicNetworkAccess", "Disabled")
    elif view.word("properties.type") == "managed":
        yield from view.must_be_set(_NETWORK, "else the runtime reaches data from public addresses")


def _runtime(kind: str = "Managed", **changes: Any) -> dict[str, Any]:
    network = {"type": "ManagedVirtualNetworkReference", "referenceName": "default"}
    return {"properties": {"type": kind, "managedVirtualNetwork": network, **changes}}


_OF_RUNTIME: Final = (INTEGRATION_RUNTIME,)
_API: Final = "Factory and IntegrationRuntime, Microsoft.DataFactory 2018-06-01"

RULE = Rule(
    id="ADF-001",
    title="A data factory is reached, and reaches data, through private endpoints only",
    severity=Severity.CRITICAL,
    category=Category.NETWORK,
    types=(DATA_FACTORY, INTEGRATION_RUNTIME),
    controls=(
        "itsg33/SC-7",
        "itsg33/SC-7(8)",
        "mcsb/NS-2",
        "hipaa/164.312(e)(1)",
        "gdpr/32(1)(b)",
        "gc-guardrails/9",
        "popa/10",
        "hia/60",
    ),
    equivalents={"checkov": ("CKV_AZURE_104",), "azure_policy": ("1cf164be-6819-4a50-b8fa-4bcaa4f98fb6",)},
    why="A factory may read all data and write it anywhere; a runtime outside a managed network does so over the "
    "Internet.",
    fix="Set publicNetworkAccess to Disabled, and give each managed runtime a managedVirtualNetwork.",
    link="https://learn.microsoft.com/azure/data-factory/managed-virtual-network-private-endpoint",
    properties=(
        Property("publicNetworkAccess", "Enabled", Verdict.FAIL, f"{_API}: Enabled (not re-read)", of=(DATA_FACTORY,)),
        Property("properties.type", ABSENT, Verdict.PASS, f"{_API}: required", of=_OF_RUNTIME),
        Property(_NETWORK, ABSENT, Verdict.FAIL, f"{_API}: none", of=_OF_RUNTIME, unknown=Verdict.PASS),
    ),
    check=check,
    good=(
        Example({"publicNetworkAccess": "Disabled"}),
        Example({"publicNetworkAccess": "disabled"}, environment="dev"),
        Example(_runtime(), type=INTEGRATION_RUNTIME),
        Example({"properties": {"type": "SelfHosted"}}, type=INTEGRATION_RUNTIME),
    ),
    bad=(
        Example({"publicNetworkAccess": "Enabled"}),
        Example({"properties": {"type": "managed"}}, type=INTEGRATION_RUNTIME),
    ),
    breaks=(
        Break("publicNetworkAccess", "Enabled", of=(DATA_FACTORY,)),
        Break("publicNetworkAccess", ABSENT, of=(DATA_FACTORY,)),
        Break(
            "properties.managedVirtualNetwork",
            ABSENT,
            of=_OF_RUNTIME,
            where=lambda runtime: runtime["properties"]["type"] == "Managed",
        ),
        Break("properties", {"type": "Managed"}, of=_OF_RUNTIME),
    ),
)
