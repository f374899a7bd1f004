"""NET-003: subnets have no way out that nobody made, and endpoints in them obey their security group."""

from __future__ import annotations

from typing import Final

from policies.rule import ABSENT, Break, Category, Context, Example, Property, Rule, Severity, Verdict
from policies.types import SUBNET
from policies.view import Judged, View

# The firewall and gateways have addresses of their own. learn.microsoft.com/azure/virtual-network/ip-services/
# default-outbound-access (not re-read): delegated subnets have no such way out either, so none has to be closed.
_OWN_ADDRESSES: Final = frozenset({"azurefirewallsubnet", "azurefirewallmanagementsubnet", "gatewaysubnet"})


def check(view: View, context: Context) -> Judged:
    """The default way out is closed where a subnet has one; the group also holds for private endpoints."""
    yield from view.must_be_one_of(
        "privateEndpointNetworkPolicies",
        ("Enabled", "NetworkSecurityGroupEnabled"),
        "as otherwise private endpoints take traffic that the group refuses",
    )
    own = view.word("subnetName", absent=context.resource.name) in _OWN_ADDRESSES
    if not own and not list(view.each("delegations")):
        yield from view.must_be(
            "defaultOutboundAccess", False, "as machines otherwise reach the internet past the firewall"
        )


_SOURCE: Final = "Subnet, Microsoft.Network 2024-07-01 (not re-read)"
_POLICIES: Final = {"privateEndpointNetworkPolicies": "NetworkSecurityGroupEnabled"}
_DELEGATED: Final = {"delegations": [{"name": "one", "serviceName": "Microsoft.Web/serverFarms"}]}

RULE = Rule(
    id="NET-003",
    title="Subnets have no way out that nobody made, and endpoints in them obey their security group",
    severity=Severity.HIGH,
    category=Category.NETWORK,
    types=(SUBNET,),
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
    properties=(
        Property("privateEndpointNetworkPolicies", "Disabled", Verdict.FAIL, _SOURCE),
        Property("defaultOutboundAccess", True, Verdict.FAIL, _SOURCE),
        Property("delegations", ABSENT, Verdict.FAIL, f"{_SOURCE}: to no service unless one is named"),
    ),
    check=check,
    good=(
        Example({**_POLICIES, "subnetName": "snet", "defaultOutboundAccess": False}),
        Example({**_POLICIES, "subnetName": "snet-app", **_DELEGATED}, title="a delegated subnet"),
        Example({**_POLICIES, "subnetName": "AzureFirewallSubnet"}, title="the firewall has addresses of its own"),
        Example({"privateEndpointNetworkPolicies": "Enabled", "defaultOutboundAccess": "false"}),
    ),
    bad=(
        Example({**_POLICIES, "subnetName": "snet"}),
        Example({**_POLICIES, "subnetName": "snet", "defaultOutboundAccess": True}),
        Example({**_POLICIES, "subnetName": "snet", "delegations": []}),
        Example({"subnetName": "snet", "defaultOutboundAccess": False}),
        Example({"privateEndpointNetworkPolicies": "RouteTableEnabled", "defaultOutboundAccess": False}),
        Example({"privateEndpointNetworkPolicies": "disabled", **_DELEGATED}),
    ),
    breaks=(
        Break("privateEndpointNetworkPolicies", ABSENT),
        Break("privateEndpointNetworkPolicies", "Disabled"),
        Break("privateEndpointNetworkPolicies", "RouteTableEnabled"),
        Break("defaultOutboundAccess", True, where=lambda found: found.get("defaultOutboundAccess") is False),
        Break("defaultOutboundAccess", ABSENT, where=lambda found: found.get("defaultOutboundAccess") is False),
        Break(
            "delegations",
            ABSENT,
            where=lambda found: "delegations" in found and "defaultOutboundAccess" not in found,
        ),
    ),
)
