"""AKS-010: nodes have no public addresses, and stand in a subnet of ours."""

from __future__ import annotations

from typing import Any, Final

from policies.rule import ABSENT, Category, Context, Rule, Severity, Verdict
from policies.rules.aks._pools import alone, inline, pool_breaks, pool_properties, pools
from policies.types import AGENT_POOL, CLUSTER
from policies.view import Judged, View

_SUBNET: Final = "/subscriptions/s/resourceGroups/rg/providers/Microsoft.Network/virtualNetworks/vnet/subnets/snet"


def check(view: View, context: Context) -> Judged:
    """No pool gives its nodes public addresses, and every one names its subnet."""
    for pool in pools(view, context):
        yield from pool.must_be("enableNodePublicIP", False)
        yield from pool.must_be_set("vnetSubnetID", "else AKS makes a network without our groups and routes")


def _pool(**changed: Any) -> dict[str, Any]:
    pool = {"name": "pool", "enableNodePublicIP": False, "vnetSubnetID": _SUBNET, **changed}
    return {key: value for key, value in pool.items() if value is not None}


RULE = Rule(
    id="AKS-010",
    severity=Severity.CRITICAL,
    category=Category.NETWORK,
    controls=(
        "itsg33/SC-7",
        "mcsb/NS-1",
        "cis-aks/5.4.3",
        "hipaa/164.312(e)(1)",
        "gdpr/32(1)(b)",
        "gc-guardrails/9",
        "popa/10",
        "hia/60",
    ),
    equivalents={"checkov": ("CKV_AZURE_143",)},
    title="Nodes have no public addresses",
    types=(AGENT_POOL, CLUSTER),
    why=(
        "A node with a public address is reached from the internet past the firewall, and its pods leave past it; a "
        "network of AKS's own has none of our security groups."
    ),
    fix="Set enableNodePublicIP to false (or leave it out) and vnetSubnetID to a subnet of ours, on every pool.",
    link="https://learn.microsoft.com/azure/aks/use-node-public-ips",
    properties=(
        *pool_properties(
            "enableNodePublicIP",
            False,
            Verdict.PASS,
            "AgentPool, Microsoft.ContainerService 2025-09-01: no public addresses unless asked for (not re-read)",
        ),
        *pool_properties(
            "vnetSubnetID",
            ABSENT,
            Verdict.FAIL,
            "AgentPool, Microsoft.ContainerService 2025-09-01: without it a network is generated",
            unknown=Verdict.PASS,
        ),
    ),
    check=check,
    good=(alone(_pool()), inline(_pool(), _pool(name="other"))),
    bad=(
        alone(_pool(enableNodePublicIP=True)),
        alone(_pool(vnetSubnetID=None)),
        inline(_pool(), _pool(enableNodePublicIP=True)),
        inline(_pool(), _pool(vnetSubnetID=None)),
    ),
    breaks=(*pool_breaks("enableNodePublicIP", True), *pool_breaks("vnetSubnetID", ABSENT)),
)
