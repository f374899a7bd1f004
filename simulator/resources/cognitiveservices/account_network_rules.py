"""What Cognitive Services refuses in the network rules and injections of an account."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, Final

from simulator.ids import name_of, parents
from simulator.model import Request
from simulator.resources.firewall_rules import is_private, known_items, range_of, without_endpoint
from simulator.rule import Fault, rule
from simulator.values import UNKNOWN, at, has_unknown

_DOCS: Final = "MicrosoftDocs/azure-ai-docs:cognitive-services-virtual-networks.md (2025-05-19; code not confirmed)"
_ACLS: Final = "properties.networkAcls"
_SUBDOMAIN: Final = "properties.customSubDomainName"
_INJECTIONS: Final = "properties.networkInjections"
_SMALLEST_RANGE: Final = 30
_MAX_RULES: Final = 100
_AGENTS: Final = "Microsoft.App/environments"


def _restricts(acls: Any) -> bool:
    """Whether network rules say more than that everyone may come."""
    if not isinstance(acls, Mapping):
        return False
    lists = (acls.get("ipRules"), acls.get("virtualNetworkRules"))
    return acls.get("defaultAction") == "Deny" or any(isinstance(listed, list) and listed for listed in lists)


@rule(
    "cog-network-acls-need-subdomain", kind="static",
    source="hashicorp/terraform-provider-azurerm#24239 (code not confirmed)",
)  # fmt: skip
def network_rules_need_subdomain(request: Request) -> Iterator[Fault]:
    """Network rules hold for the subdomain of the account; the regional endpoint has none."""
    before = at(request.old.body, _SUBDOMAIN) if request.old is not None else None
    if _restricts(request.known(_ACLS)) and request.at(_SUBDOMAIN) in (None, "") and before in (None, ""):
        yield Fault(
            "the account has network rules (`networkAcls`) and no custom subdomain (`customSubDomainName`)",
            _SUBDOMAIN,
            "give the account a customSubDomainName; it can be added once and never changed",
        )


@rule("cog-ip-rule", kind="static", source=f"Azure/azure-powershell#25455; {_DOCS}")
def address_rules_are_public(request: Request) -> Iterator[Fault]:
    """Rules hold public IPv4 addresses, or ranges of at least four of them."""
    for target, item in known_items(request, f"{_ACLS}.ipRules"):
        text = at(item, "value")
        if not isinstance(text, str):
            continue
        network = range_of(text)
        if network is None:
            fault, fix = "is no IPv4 address or range", "write an IPv4 address, or a range such as 203.0.113.0/24"
        elif is_private(network):
            fault, fix = "is private", "allow its subnet by a virtual network rule, or use a private endpoint"
        elif "/" in text and network.prefixlen > _SMALLEST_RANGE:
            fault, fix = "is too small a range", "write its single addresses, without a prefix"
        else:
            continue
        yield Fault(f"the address rule '{text}' {fault}", f"{target}.value", fix)


@rule("cog-network-rule-limit", kind="static", source=_DOCS)
def rules_are_few(request: Request) -> Iterator[Fault]:
    """An account takes 100 rules for addresses and 100 for subnets."""
    for path in (f"{_ACLS}.ipRules", f"{_ACLS}.virtualNetworkRules"):
        listed = request.known(path)
        if isinstance(listed, list) and len(listed) > _MAX_RULES:
            yield Fault(f"{len(listed)} rules", path, f"use at most {_MAX_RULES}; join neighbouring ranges")


@rule(
    "cog-subnet-needs-service-endpoint", kind="cross-resource", code="SubnetsHaveNoServiceEndpointsConfigured",
    source=_DOCS,
)  # fmt: skip
def subnet_has_endpoint(request: Request) -> Iterator[Fault]:
    """A subnet reaches the account by a service endpoint, which it must have first."""
    path = f"{_ACLS}.virtualNetworkRules"
    for target, subnet_id in without_endpoint(request, path, "id", "Microsoft.CognitiveServices"):
        yield Fault(
            f"Subnets {name_of(subnet_id)} of virtual network {next(parents(subnet_id), '')} do not have "
            "ServiceEndpoints for Microsoft.CognitiveServices resources configured. Add Microsoft.CognitiveServices to "
            "subnet's ServiceEndpoints collection before trying to ACL Microsoft.CognitiveServices resources to these "
            "subnets.",
            f"{target}.id",
            "add Microsoft.CognitiveServices to the subnet's serviceEndpoints",
        )


@rule(
    "cog-agent-subnet-delegation", kind="cross-resource", reads=(_INJECTIONS,),
    source="microsoft-foundry/foundry-samples#256; Azure/bicep-ptn-aiml-landing-zone#111",
)  # fmt: skip
def agents_have_their_subnet(request: Request) -> Iterator[Fault]:
    """Agents run in a subnet that is delegated to Microsoft.App/environments, spelled exactly so."""
    for subnet_id in _agent_subnets(request):
        subnet = request.world.get(subnet_id)
        listed = subnet.body.get("delegations") if subnet is not None else UNKNOWN
        if has_unknown(listed):
            continue
        names = [at(item, "serviceName") for item in listed] if isinstance(listed, list) else []
        if _AGENTS not in names:
            yield Fault(
                f"The environment network configuration is invalid: subnet {subnet_id} is not delegated to {_AGENTS}",
                _INJECTIONS,
                f"delegate the subnet to {_AGENTS}; the service compares the case",
            )


def _agent_subnets(request: Request) -> Iterator[str]:
    for _, item in known_items(request, _INJECTIONS):
        subnet_id = at(item, "subnetArmId")
        if isinstance(subnet_id, str) and at(item, "useMicrosoftManagedNetwork") is not True:
            yield subnet_id


ACCOUNT_NETWORK_RULES: Final = (
    network_rules_need_subdomain, address_rules_are_public, rules_are_few, subnet_has_endpoint,
    agents_have_their_subnet,
)  # fmt: skip
