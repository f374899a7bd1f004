"""What Azure Storage refuses in the network rules of an account."""

from __future__ import annotations

import re
from collections.abc import Iterator

from simulator.ids import name_of, parents
from simulator.model import Request
from simulator.resources.firewall_rules import is_private, known_items, range_of, without_endpoint
from simulator.rule import Fault, rule
from simulator.values import at

_MAX_RULES = 400
_SUBNET = re.compile(
    r"/subscriptions/[^/]+/resourceGroups/[^/]+/providers/Microsoft\.Network/virtualNetworks/[^/]+/subnets/[^/]+",
    re.IGNORECASE,
)
_SMALLEST_RANGE = 30


@rule(
    "st-ip-rule",
    kind="static",
    code="InvalidValuesForRequestParameters",
    source="Azure/azure-cli#13828, Azure/azure-cli#7417, hashicorp/terraform-provider-azurerm#5444",
    quoted=True,
)
def address_rules_are_public(request: Request) -> Iterator[Fault]:
    """Rules hold public IPv4 addresses, or ranges of at least four of them."""
    for target, item in known_items(request, "networkRuleSet.ipRules"):
        text = at(item, "iPAddressOrRange")
        if not isinstance(text, str):
            continue
        network = range_of(text)
        if network is None:
            fix = f"{text} is no IPv4 address or range"
        elif is_private(network):
            fix = f"{text} is private: allow its subnet by a virtual network rule, or use a private endpoint"
        elif "/" in text and network.prefixlen > _SMALLEST_RANGE:
            fix = f"write the single addresses of {text}, without a prefix"
        else:
            continue
        yield Fault(
            "Values for request parameters are invalid: networkAcls.ipRule[*].value. For more information, see - "
            "https://aka.ms/storagenetworkruleset",
            f"{target}.iPAddressOrRange",
            fix,
        )


@rule(
    "st-subnet-id",
    kind="static",
    code="InvalidValuesForRequestParameters",
    source="Azure/azure-cli#18112, Azure/bicep#10609 (checked 2026-11-25)",
    quoted=True,
)
def subnets_are_named_by_id(request: Request) -> Iterator[Fault]:
    """A rule names a subnet by its whole id."""
    for target, item in known_items(request, "networkRuleSet.virtualNetworkRules"):
        text = at(item, "virtualNetworkResourceId")
        if isinstance(text, str) and _SUBNET.fullmatch(text) is None:
            yield Fault(
                "Values for request parameters are invalid: networkAcls.virtualNetworkRules[*].id. For more "
                "information, see - https://aka.ms/storagenetworkruleset",
                f"{target}.virtualNetworkResourceId",
                f"'{text}' is no id of a subnet",
            )


@rule(
    "st-resource-access-id",
    kind="static",
    code="InvalidValuesForRequestParameters",
    source="Azure/azure-powershell#23640 (checked 2026-11-25)",
    quoted=True,
)
def resources_are_named_by_id(request: Request) -> Iterator[Fault]:
    """A rule for a resource names it by its id."""
    for target, item in known_items(request, "networkRuleSet.resourceAccessRules"):
        text = at(item, "resourceId")
        if isinstance(text, str) and not text.startswith("/subscriptions/"):
            yield Fault(
                "Values for request parameters are invalid: networkAcls.resourceAccessRules[*].resourceId.",
                f"{target}.resourceId",
                f"'{text}' is no id of a resource",
            )


@rule(
    "st-subnet-needs-service-endpoint",
    kind="cross-resource",
    code="NetworkAclsValidationFailure",
    source="hashicorp/terraform-provider-azurerm storage_account_network_rules; learn.microsoft.com "
    "storage/common/storage-network-security-virtual-networks (2026-11-24)",
)
def subnet_has_endpoint(request: Request) -> Iterator[Fault]:
    """A subnet reaches the account by a service endpoint, which it must have first."""
    rules = without_endpoint(
        request, "networkRuleSet.virtualNetworkRules", "virtualNetworkResourceId", "Microsoft.Storage"
    )
    for target, subnet_id in rules:
        yield Fault(
            "Validation of network acls failure: SubnetsHaveNoServiceEndpointsConfigured:Subnets "
            f"{name_of(subnet_id)} of virtual network {next(parents(subnet_id), '')} do not have ServiceEndpoints for "
            "Microsoft.Storage resources configured. Add Microsoft.Storage to subnet's ServiceEndpoints collection "
            "before trying to ACL Microsoft.Storage resources to these subnets..",
            f"{target}.virtualNetworkResourceId",
            "add Microsoft.Storage to the subnet's serviceEndpoints",
        )


@rule(
    "st-network-rule-limit",
    kind="static",
    code="InvalidValuesForRequestParameters",
    source="learn.microsoft.com storage/common/storage-network-security-limitations (2026-11-24)",
)
def rules_are_few(request: Request) -> Iterator[Fault]:
    """An account takes 400 rules for addresses and 400 for subnets."""
    for path in ("networkRuleSet.ipRules", "networkRuleSet.virtualNetworkRules"):
        listed = request.known(path, [])
        if isinstance(listed, list) and len(listed) > _MAX_RULES:
            yield Fault(f"{len(listed)} rules", path, f"use at most {_MAX_RULES}; join neighbouring ranges")


NETWORK_RULES = (
    address_rules_are_public, subnets_are_named_by_id, resources_are_named_by_id, subnet_has_endpoint, rules_are_few,
)  # fmt: skip
