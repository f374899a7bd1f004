"""NET-003: subnets have no way out that nobody made, and endpoints in them obey their security group."""

from __future__ import annotations

from typing import Final

from policies.rule import ABSENT, Break, Category, Context, Example, Property, Rule, Severity, Verdict
from policies.types import SUBNET, VIRTUAL_NETWORK
from policies.view import Judged, View, guarded

# The firewall and gateways have addresses of their own. learn.microsoft.com/azure/virtual-network/ip-services/
# default-outbound-access (not re-read): delegated subnets have no such way out either, so none has to be closed.
_OWN_ADDRESSES: Final = frozenset(
    {"azurefirewallsubnet", "azurefirewallmanagementsubnet", "gatewaysubnet", "azurebastionsubnet", "routeserversubnet"}
)


def check(view: View, context: Context) -> Judged:
    """Of a subnet, and of every subnet that a virtual network declares inline."""
    if context.resource.type == SUBNET:
        yield from _subnet(view, view.word("subnetName", absent=context.resource.name))
        return
    for subnet in view.each("subnets"):
        yield from guarded(_inline(subnet))


def _inline(subnet: View) -> Judged:
    yield from _subnet(subnet, subnet.word("name", absent=""))


def _subnet(subnet: View, name: str) -> Judged:
    """The default way out is closed where a subnet has one; the group also holds for private endpoints."""
    yield from subnet.must_be_one_of(
        "privateEndpointNetworkPolicies",
        ("Enabled", "NetworkSecurityGroupEnabled"),
        "as otherwise private endpoints take traffic that the group refuses",
    )
    if name not in _OWN_ADDRESSES and not list(subnet.each("delegations")):
        yield from subnet.must_be(
            "defaultOutboundAccess", False, "as machines otherwise reach the internet past the firewall"
        )


_SOURCE: Final = "Subnet, Microsoft.Network 2024-07-01 (not re-read)"
_POLICIES: Final = {"privateEndpointNetworkPolicies": "NetworkSecurityGroupEnabled"}
_CLOSED: Final = {**_POLICIES, "defaultOutboundAccess": False}
_DELEGATED: Final = {"delegations": [{"name": "one", "serviceName": "Microsoft.Web/serverFarms"}]}

_INLINE: Final = {"subnets": [{"name": "a", **_CLOSED}, {"name": "b", **_POLICIES, **_DELEGATED}]}


def _properties(type_: str, prefix: str) -> tuple[Property, ...]:
    return (
        Property(f"{prefix}privateEndpointNetworkPolicies", "Disabled", Verdict.FAIL, _SOURCE, of=(type_,)),
        Property(f"{prefix}defaultOutboundAccess", True, Verdict.FAIL, _SOURCE, of=(type_,)),
        Property(
            f"{prefix}delegations", ABSENT, Verdict.FAIL, f"{_SOURCE}: to no service unless one is named", of=(type_,)
        ),
    )


RULE = Rule(
    id="NET-003",
    title="Subnets have no way out that nobody made, and endpoints in them obey their security group",
    severity=Severity.HIGH,
    category=Category.NETWORK,
    types=(SUBNET, VIRTUAL_NETWORK),
    controls=(
        "itsg33/SC-7(5)",
        "itsg33/SC-7(8)",
        "mcsb/NS-3",
        "hipaa/164.312(e)(1)",
        "gdpr/32(1)(b)",
        "gc-guardrails/9",
        "popa/10",
        "hia/60",
    ),
    equivalents={"azure_policy": ("7bca8353-aa3b-429b-904a-9229c4385837",)},
    why="Data leaves by an address that Azure lends and no firewall sees, or through endpoints that nothing guards.",
    fix="Set defaultOutboundAccess to false and privateEndpointNetworkPolicies to NetworkSecurityGroupEnabled.",
    link="https://learn.microsoft.com/azure/virtual-network/ip-services/default-outbound-access",
    properties=(*_properties(SUBNET, ""), *_properties(VIRTUAL_NETWORK, "subnets[*].")),
    check=check,
    good=(
        Example({**_POLICIES, "subnetName": "snet", "defaultOutboundAccess": False}),
        Example({**_POLICIES, "subnetName": "snet-app", **_DELEGATED}, title="a delegated subnet"),
        Example({**_POLICIES, "subnetName": "AzureFirewallSubnet"}, title="the firewall has addresses of its own"),
        Example({"privateEndpointNetworkPolicies": "Enabled", "defaultOutboundAccess": "false"}),
        Example(_INLINE, type=VIRTUAL_NETWORK),
    ),
    bad=(
        Example({**_POLICIES, "subnetName": "snet"}),
        Example({**_POLICIES, "subnetName": "snet", "defaultOutboundAccess": True}),
        Example({**_POLICIES, "subnetName": "snet", "delegations": []}),
        Example({"subnetName": "snet", "defaultOutboundAccess": False}),
        Example({"privateEndpointNetworkPolicies": "RouteTableEnabled", "defaultOutboundAccess": False}),
        Example({"privateEndpointNetworkPolicies": "disabled", **_DELEGATED}),
        Example({"subnets": [{"name": "a", **_CLOSED}, {"name": "b", **_POLICIES}]}, type=VIRTUAL_NETWORK),
        Example({"subnets": [{"name": "a", **_DELEGATED}]}, type=VIRTUAL_NETWORK),
    ),
    breaks=(
        Break("subnets[*].privateEndpointNetworkPolicies", ABSENT, of=(VIRTUAL_NETWORK,)),
        Break("subnets[*].privateEndpointNetworkPolicies", "Disabled", of=(VIRTUAL_NETWORK,)),
        Break("subnets[*]", {"name": "c", **_POLICIES}, of=(VIRTUAL_NETWORK,)),
        Break("privateEndpointNetworkPolicies", ABSENT, of=(SUBNET,)),
        Break("privateEndpointNetworkPolicies", "Disabled", of=(SUBNET,)),
        Break("privateEndpointNetworkPolicies", "RouteTableEnabled", of=(SUBNET,)),
        Break("defaultOutboundAccess", True, where=lambda found: found.get("defaultOutboundAccess") is False),
        Break("defaultOutboundAccess", ABSENT, where=lambda found: found.get("defaultOutboundAccess") is False),
        Break(
            "delegations",
            ABSENT,
            where=lambda found: "delegations" in found and "defaultOutboundAccess" not in found,
        ),
    ),
)
