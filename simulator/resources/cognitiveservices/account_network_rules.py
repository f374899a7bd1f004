"""What Cognitive Services refuses in the network rules and injections of an account."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from ipaddress import IPv4Network
from typing import Any, Final

from simulator.ids import key, name_of, parents
from simulator.model import Request, normal_location
from simulator.resources.firewall_rules import is_private, known_items, range_of, without_endpoint
from simulator.resources.network.addresses import networks
from simulator.rule import Fault, rule
from simulator.values import UNKNOWN, at, has_unknown

_DOCS: Final = "MicrosoftDocs/azure-ai-docs:cognitive-services-virtual-networks.md (2025-05-19; code not confirmed)"
_ACLS: Final = "properties.networkAcls"
_SUBDOMAIN: Final = "properties.customSubDomainName"
_INJECTIONS: Final = "properties.networkInjections"
_SMALLEST_RANGE: Final = 30
_MAX_RULES: Final = 100
_AGENTS: Final = "Microsoft.App/environments"
_TYPE: Final = "Microsoft.CognitiveServices/accounts"
_SAMPLE: Final = "15-private-network-standard-agent-setup/README.md (2026-01-28)"
_RESERVED: Final = tuple(
    IPv4Network(text)
    for text in (
        "0.0.0.0/8", "100.64.0.0/11", "100.100.0.0/17", "100.100.192.0/19", "100.100.224.0/19", "127.0.0.0/8",
        "169.254.0.0/16", "172.30.0.0/16", "172.31.0.0/16", "192.0.2.0/24",
    )
)  # fmt: skip


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


@rule(
    "cog-agent-subnet-shared", kind="cross-resource", reads=(_INJECTIONS,),
    source=f"MicrosoftDocs/azure-ai-docs#504; microsoft-foundry/foundry-samples:{_SAMPLE} (code not confirmed)",
)  # fmt: skip
def agents_share_no_subnet(request: Request) -> Iterator[Fault]:
    """The subnet of an account's agents is for them alone."""
    for other in request.world.of_type(_TYPE):
        listed = at(other.body, _INJECTIONS)
        taken = {key(str(at(item, "subnetArmId"))) for item in listed} if isinstance(listed, list) else set()
        for subnet_id in _agent_subnets(request):
            if other.key != key(request.id) and key(subnet_id) in taken:
                yield Fault(
                    f"subnet {subnet_id} is that of the agents of {other.id}",
                    _INJECTIONS,
                    "give each account a subnet of its own",
                )


@rule(
    "cog-agent-subnet-range", kind="cross-resource", reads=(_INJECTIONS,), code="OperationError",
    source=f"microsoft-foundry/foundry-samples#256, #302, {_SAMPLE}; the code of #280",
)  # fmt: skip
def agents_have_free_ranges(request: Request) -> Iterator[Fault]:
    """The platform of the agents has ranges of its own, which their subnet and its network must not overlap."""
    for subnet_id in _agent_subnets(request):
        subnet, network = request.world.get(subnet_id), request.world.get(next(parents(subnet_id), ""))
        own = subnet.body if subnet is not None else {}
        space = at(network.body, "addressSpace.addressPrefixes") if network is not None else None
        ranges = [*networks(own.get("addressPrefix")), *networks(own.get("addressPrefixes")), *networks(space)]
        for found in (each for each in ranges if any(each.overlaps(reserved) for reserved in _RESERVED)):
            yield Fault(
                f"the range {found} of subnet {subnet_id} or its network overlaps one that the agents' platform uses",
                _INJECTIONS,
                f"use private ranges outside {', '.join(map(str, _RESERVED))}",
            )


@rule(
    "cog-agent-subnet-region", kind="cross-resource", reads=(_INJECTIONS, "location"),
    source=f"microsoft-foundry/foundry-samples:{_SAMPLE} (code not confirmed)",
)  # fmt: skip
def agents_are_near(request: Request) -> Iterator[Fault]:
    """Agents run in a network of the account's own region."""
    for subnet_id in _agent_subnets(request):
        network = request.world.get(next(parents(subnet_id), ""))
        where = network.body.get("location") if network is not None else None
        if isinstance(where, str) and request.location and normal_location(where) != request.location:
            yield Fault(
                f"the network of subnet {subnet_id} is in {where}, and the account in {request.location}",
                _INJECTIONS,
                f"use a network in {request.location}",
            )


def _agent_subnets(request: Request) -> Iterator[str]:
    for _, item in known_items(request, _INJECTIONS):
        subnet_id = at(item, "subnetArmId")
        if isinstance(subnet_id, str) and at(item, "useMicrosoftManagedNetwork") is not True:
            yield subnet_id


ACCOUNT_NETWORK_RULES: Final = (
    network_rules_need_subdomain, address_rules_are_public, rules_are_few, subnet_has_endpoint,
    agents_have_their_subnet, agents_share_no_subnet, agents_have_free_ranges,
    agents_are_near,
)  # fmt: skip
