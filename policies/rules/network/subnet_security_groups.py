"""NET-001: every subnet has a network security group."""

from __future__ import annotations

from typing import Final

from policies.rule import ABSENT, Break, Category, Context, Example, Property, Rule, Severity, Verdict
from policies.types import SUBNET, VIRTUAL_NETWORK
from policies.view import Judged, View, judged_each

# Azure refuses a group on these, or advises against it: learn.microsoft.com/azure/virtual-network/
# virtual-network-vnet-plan-design-arm.
_WITHOUT: Final = frozenset(
    {"gatewaysubnet", "azurefirewallsubnet", "azurefirewallmanagementsubnet", "routeserversubnet"}
)


def check(view: View, context: Context) -> Judged:
    """A subnet names a group; so does every subnet that a virtual network declares inline."""
    if context.resource.type == SUBNET:
        if view.word("subnetName", absent=context.resource.name) not in _WITHOUT:
            yield from view.must_be_set("networkSecurityGroup.id")
        return
    yield from judged_each(view.each("subnets"), _inline)


def _inline(subnet: View) -> Judged:
    if subnet.word("name", absent="") not in _WITHOUT:
        yield from subnet.must_be_set("networkSecurityGroup.id")


_GROUP: Final = {"id": "/subscriptions/s/resourceGroups/rg/providers/Microsoft.Network/networkSecurityGroups/nsg"}
_SOURCE: Final = "Subnet, Microsoft.Network 2024-07-01: a subnet has no group unless one is named"

RULE = Rule(
    id="NET-001",
    title="Every subnet has a network security group",
    severity=Severity.CRITICAL,
    category=Category.NETWORK,
    types=(SUBNET, VIRTUAL_NETWORK),
    controls=(
        "itsg33/SC-7",
        "mcsb/NS-1",
        "hipaa/164.312(e)(1)",
        "gdpr/32(1)(b)",
        "gc-guardrails/8",
        "popa/10",
        "hia/60",
    ),
    equivalents={
        "checkov": ("CKV2_AZURE_31",),
        "psrule": ("Azure.VNET.UseNSGs", "AZR-000263"),
        "azure_policy": ("e71308d3-144b-4262-b144-efdc3cc90517",),
    },
    why="Without a group everything in the network and its peers reaches everything in the subnet, on every port.",
    fix="Name a network security group in the subnet's networkSecurityGroup.id, with rules for what the subnet serves.",
    link="https://learn.microsoft.com/azure/virtual-network/network-security-groups-overview",
    properties=(
        Property("networkSecurityGroup.id", ABSENT, Verdict.FAIL, _SOURCE, of=(SUBNET,), unknown=Verdict.PASS),
        Property(
            "subnets[*].networkSecurityGroup.id",
            ABSENT,
            Verdict.FAIL,
            _SOURCE,
            of=(VIRTUAL_NETWORK,),
            unknown=Verdict.PASS,
        ),
    ),
    check=check,
    good=(
        Example({"subnetName": "snet-cluster", "networkSecurityGroup": _GROUP}),
        Example({"subnetName": "AzureFirewallSubnet"}, title="Azure refuses a group here"),
        Example({"subnets": [{"name": "a", "networkSecurityGroup": _GROUP}]}, type=VIRTUAL_NETWORK),
    ),
    bad=(
        Example({"subnetName": "snet-cluster"}),
        Example({"subnets": [{"name": "a", "networkSecurityGroup": _GROUP}, {"name": "b"}]}, type=VIRTUAL_NETWORK),
    ),
    breaks=(
        Break("networkSecurityGroup", ABSENT, of=(SUBNET,)),
        Break("subnets[*].networkSecurityGroup", ABSENT, of=(VIRTUAL_NETWORK,)),
    ),
)
