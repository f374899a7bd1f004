"""What Azure refuses about an Azure Firewall: its subnets, its tier, its rules."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, Final

from simulator.ids import name_of
from simulator.model import Request
from simulator.resources.network.addresses import is_host_name, ranges_of
from simulator.rule import Fault, rule
from simulator.values import UNKNOWN, at

_SUBNET: Final = "AzureFirewallSubnet"
_MANAGEMENT: Final = "AzureFirewallManagementSubnet"
_LONGEST_PREFIX: Final = 26
_DOCS: Final = "azure-docs:firewall/firewall-faq.yml (checked 2026-11-25; code not confirmed)"
TIERS: Final = {"Basic": 0, "Standard": 1, "Premium": 2}


def _parts(request: Request) -> Iterator[tuple[str, str, Any]]:
    """The path of each subnet that the firewall lies in, the name that it must have, and its id."""
    listed = request.at("ipConfigurations")
    for index, item in enumerate(listed if isinstance(listed, list) else ()):
        if isinstance(item, Mapping):
            yield f"ipConfigurations.{index}.subnet.id", _SUBNET, at(item, "subnet.id")
    yield "managementIpConfiguration.subnet.id", _MANAGEMENT, request.at("managementIpConfiguration.subnet.id")


@rule("net-firewall-subnet-name", kind="static", source=_DOCS)
def subnet_name(request: Request) -> Iterator[Fault]:
    """The subnets of a firewall have the names that Azure gives them."""
    for path, wanted, subnet in _parts(request):
        if isinstance(subnet, str) and name_of(subnet).lower() != wanted.lower():
            yield Fault(
                f"this configuration of an Azure Firewall lies in a subnet called {wanted}, not in {name_of(subnet)}",
                path,
                f"make a subnet {wanted} of /{_LONGEST_PREFIX} or larger",
            )


@rule("net-firewall-subnet-size", kind="cross-resource", source=_DOCS)
def subnet_size(request: Request) -> Iterator[Fault]:
    """The subnets of a firewall leave room for it to grow."""
    for path, _, subnet_id in _parts(request):
        subnet = request.world.get(subnet_id) if isinstance(subnet_id, str) else None
        for network in ranges_of(subnet.body) if subnet is not None else ():
            if network.version == 4 and network.prefixlen > _LONGEST_PREFIX:
                yield Fault(
                    f"subnet {subnet_id} has the prefix {network}; an Azure Firewall needs /{_LONGEST_PREFIX} or "
                    "larger",
                    path,
                    f"give it a prefix length of {_LONGEST_PREFIX} or less",
                )


@rule(
    "net-firewall-basic-needs-management", kind="static", reads=("sku.tier", "sku.name", "managementIpConfiguration"),
    source="Azure/terraform-azurerm-caf-enterprise-scale#845 (code not confirmed)",
)  # fmt: skip
def basic_management(request: Request) -> Iterator[Fault]:
    """A Basic firewall in a network is managed through a subnet of its own."""
    is_basic = request.known("sku.tier") == "Basic" and request.known("sku.name", "AZFW_VNet") == "AZFW_VNet"
    if is_basic and request.at("managementIpConfiguration") is None:
        yield Fault(
            "a firewall of the tier Basic needs a managementIpConfiguration",
            "managementIpConfiguration",
            f"give it a subnet {_MANAGEMENT} and a public IP address of its own",
        )


@rule(
    "net-firewall-hub-of-sku", kind="static", code="AzureFirewallInvalidRequest",
    source="hashicorp/terraform-provider-azurerm users' reports of AzureFirewallInvalidRequest (checked 2026-11-25)",
    reads=("sku.name", "virtualHub"),
)  # fmt: skip
def hub_of_sku(request: Request) -> Iterator[Fault]:
    """Only a firewall of a hub lies in one."""
    if request.known("sku.name", "AZFW_VNet") == "AZFW_VNet" and request.at("virtualHub.id") is not None:
        yield Fault(
            "Request parameter VirtualHub can not be specified in current SKU AZFW_VNet for the Azure Firewall",
            "virtualHub",
            "use sku: {name: AZFW_Hub}, or leave virtualHub out",
        )


@rule(
    "net-firewall-hub-threat-intel", kind="static", code="AzureFirewallDoesNotAcceptThreatIntelModeInSku",
    source="public reports of AzureFirewallDoesNotAcceptThreatIntelModeInSku (checked 2026-11-25)",
    reads=("sku.name", "threatIntelMode"),
)  # fmt: skip
def hub_threat_intelligence(request: Request) -> Iterator[Fault]:
    """A firewall of a hub takes its threat intelligence from its policy."""
    if request.known("sku.name") == "AZFW_Hub" and request.known("threatIntelMode") not in (None, ""):
        yield Fault(
            "a firewall of the SKU AZFW_Hub takes no threatIntelMode",
            "threatIntelMode",
            "set threatIntelMode at its policy",
        )


@rule(
    "net-firewall-policy-tier", kind="cross-resource", reads=("sku.tier", "firewallPolicy.id"),
    source="azure-docs:firewall-manager/policy-overview.md (checked 2026-11-25; code not confirmed)",
)  # fmt: skip
def tier_of_policy(request: Request) -> Iterator[Fault]:
    """A firewall takes a policy of its own tier or below; Basic stands alone."""
    reference = request.known("firewallPolicy.id")
    policy = request.world.get(reference) if isinstance(reference, str) else None
    theirs = at(policy.body, "sku.tier") if policy is not None else None
    theirs = "Standard" if theirs is None else theirs
    own = request.known("sku.tier", "Standard")
    if policy is None or theirs is UNKNOWN or theirs not in TIERS or own not in TIERS:
        return
    if TIERS[theirs] > TIERS[own] or (own != theirs and "Basic" in (own, theirs)):
        yield Fault(
            f"the firewall is {own} and its policy {policy.id} is {theirs}",
            "firewallPolicy.id",
            "give both the same tier",
        )


@rule(
    "net-firewall-policy-or-rules", kind="static", code="AzureFirewallPolicyAndRuleCollectionsConflict",
    source="Azure/azure-cli#11834; public reports of the code (checked 2026-11-25)",
    reads=("firewallPolicy",),
)  # fmt: skip
def policy_or_rules(request: Request) -> Iterator[Fault]:
    """A firewall has a policy or rules of its own."""
    for member in ("applicationRuleCollections", "networkRuleCollections", "natRuleCollections"):
        if request.known(member) and request.at("firewallPolicy.id") is not None:
            yield Fault(f"the firewall has a policy and {member} of its own", member, "move the rules into the policy")


@rule(
    "net-firewall-fqdn-needs-dns-proxy", kind="static", code="AzureFirewallDNSProxyMustBeEnabled", quoted=True,
    source="Azure/azure-sdk-for-go#11094", reads=("additionalProperties",),
)  # fmt: skip
def names_need_proxy(request: Request) -> Iterator[Fault]:
    """Host names in network rules need the DNS proxy."""
    properties = request.known("additionalProperties", {})
    enabled = str(properties.get("Network.DNS.EnableProxy")).lower() == "true"
    relaxed = str(properties.get("Network.DNS.RequireProxyForNetworkRules")).lower() == "false"
    for path, collection, item in _network_rules(request):
        if item.get("destinationFqdns") not in (None, [], UNKNOWN) and not enabled and not relaxed:
            yield Fault(
                "In order to use DestinationFqdns in Network Rules, DNS Proxy must be enabled, or "
                f"RequireProxyForNetworkRules must be set to 'false'. See rule {item.get('name')} in network rule "
                f"collection {collection}",
                path,
                'set additionalProperties: {"Network.DNS.EnableProxy": "true"}',
            )


@rule(
    "net-firewall-rule-address", kind="static", code="AzureFirewallRuleInvalidIpAddressOrRangeFormat", quoted=True,
    source="hashicorp/terraform-provider-azurerm#8312",
)  # fmt: skip
def addresses(request: Request) -> Iterator[Fault]:
    """The destinations of a network rule are addresses, ranges or service tags; host names have a list of their own."""
    for path, _, item in _network_rules(request):
        listed = item.get("destinationAddresses")
        for text in listed if isinstance(listed, list) else ():
            if isinstance(text, str) and is_host_name(text):
                yield Fault(
                    f"AzureFirewallRule {item.get('name')}: Invalid IP address value or range or Service Tag {text}.",
                    path,
                    "move host names to destinationFqdns",
                )


def _network_rules(request: Request) -> Iterator[tuple[str, str, Mapping[str, Any]]]:
    listed = request.at("networkRuleCollections")
    for index, collection in enumerate(listed if isinstance(listed, list) else ()):
        rules = collection.get("rules") if isinstance(collection, Mapping) else None
        for item in rules if isinstance(rules, list) else ():
            if isinstance(item, Mapping):
                yield f"networkRuleCollections.{index}", str(collection.get("name")), item


RULES: Final = (
    subnet_name, subnet_size, basic_management, hub_of_sku, hub_threat_intelligence, tier_of_policy, policy_or_rules,
    names_need_proxy, addresses,
)  # fmt: skip
