"""What Azure refuses about one security rule, whether it is a resource of its own or declared inside its group."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any, Final

from simulator.ids import key, name_of, parents
from simulator.model import Request
from simulator.resources.network.addresses import is_host_name, meant, pairs_that_meet, parse
from simulator.resources.network.service_tag_rules import tag_meant
from simulator.rule import Fault, rule
from simulator.values import UNKNOWN

GROUP: Final = "azure-native:network:NetworkSecurityGroup"
_PRIORITIES: Final = range(100, 4097)
_LAST_PORT: Final = 65535
_PORTS = re.compile(r"^(\d+)(?:-(\d+))?$")
_SIDES: Final = ("source", "destination")
# A service tag, with its region where it has one: `Storage.CanadaCentral`, `AzureFrontDoor.Backend`.
_TAG = re.compile(r"^[A-Za-z][A-Za-z0-9]*(\.[A-Za-z0-9]+)*$")
_NO_TAGS: Final = frozenset({"any", "all", "none"})
_DESCRIPTION: Final = 140


def rules_of(request: Request) -> Iterator[tuple[str, str, Mapping[str, Any]]]:
    """Every security rule of a request: the path before its members, its id, and itself."""
    if request.token != GROUP:
        yield "", request.id, request.inputs
        return
    listed = request.at("securityRules")
    for index, item in enumerate(listed if isinstance(listed, list) else ()):
        if isinstance(item, Mapping):
            yield f"securityRules.{index}.", f"{request.id}/securityRules/{item.get('name')}", item


def texts(item: Mapping[str, Any], *members: str) -> Iterator[tuple[str, str]]:
    """The known texts of members that hold one text or a list of them."""
    for member in members:
        value = item.get(member)
        for text in value if isinstance(value, list) else [value]:
            if isinstance(text, str):
                yield member, text


def slot(item: Mapping[str, Any]) -> tuple[Any, Any] | None:
    """Priority and direction, which no two rules may share; `None` while either is not known."""
    priority, direction = item.get("priority"), item.get("direction")
    if priority is UNKNOWN or direction is UNKNOWN or priority is None or direction is None:
        return None
    return priority, str(direction).lower()


@rule(
    "net-nsg-duplicate-priority", kind="cross-resource", code="SecurityRuleConflict", quoted=True,
    source="hashicorp/terraform-provider-azurerm#11137; grycap/im#359",
)  # fmt: skip
def own_priority(request: Request) -> Iterator[Fault]:
    """No two rules of a group have the same priority and direction."""
    seen: dict[tuple[Any, Any], str] = dict(_taken(request)) if request.token != GROUP else {}
    for prefix, rule_id, item in rules_of(request):
        place = slot(item)
        if place is None:
            continue
        name = name_of(rule_id)
        if place in seen:
            yield Fault(
                f"Security rule {name} conflicts with rule {seen[place]}. Rules cannot have the same Priority and "
                "Direction. To learn more, see aka.ms/nsgrules.",
                f"{prefix}priority",
                "give one of the two rules another priority (100 to 4096)",
            )
        seen[place] = name


def _taken(request: Request) -> Iterator[tuple[tuple[Any, Any], str]]:
    """The places of the other rules of a rule's group."""
    group = next(parents(request.id))
    holder = request.world.get(group)
    listed = holder.body.get("securityRules") if holder is not None else None
    for item in listed if isinstance(listed, list) else ():
        place = slot(item) if isinstance(item, Mapping) and item.get("name") != request.name else None
        if place is not None:
            yield place, str(item.get("name"))
    for sibling in request.world.below(group):
        place = slot(sibling.body)
        if sibling.key != key(request.id) and place is not None:
            yield place, name_of(sibling.id)


@rule(
    "net-nsg-priority", kind="static", code="SecurityRuleInvalidPriority", quoted=True,
    source="public reports of SecurityRuleInvalidPriority from az network nsg rule create (checked 2026-11-25)",
)  # fmt: skip
def priority_in_range(request: Request) -> Iterator[Fault]:
    """A priority is between 100 and 4096."""
    for prefix, _, item in rules_of(request):
        value = item.get("priority")
        if isinstance(value, (int, float)) and not isinstance(value, bool) and value not in _PRIORITIES:
            yield Fault(
                f"Security rule has invalid Priority. Value provided: {value} Allowed range 100-4096.",
                f"{prefix}priority",
                "choose a free priority between 100 and 4096",
            )


@rule(
    "net-nsg-ports", kind="static", code="SecurityRuleInvalidPortRange", quoted=True,
    source="hashicorp/terraform-provider-azurerm#1530; Azure/azure-cli#23499",
)  # fmt: skip
def ports_in_range(request: Request) -> Iterator[Fault]:
    """Ports are `*`, a number or a rising range of numbers up to 65535."""
    for prefix, _, item in rules_of(request):
        members = ("sourcePortRange", "sourcePortRanges", "destinationPortRange", "destinationPortRanges")
        for member, text in texts(item, *members):
            if text.strip() not in {"", "*"} and not _is_port_range(text.strip()):
                yield Fault(
                    f"Security rule has invalid Port range. Value provided: {text}. Value should be an integer OR "
                    "integer range with '-' delimiter. Valid range 0-65535.",
                    f"{prefix}{member}",
                    "write *, a port, or two ports with '-' between them (0 to 65535); a list goes into the plural",
                )


def _is_port_range(text: str) -> bool:
    found = _PORTS.match(re.sub(r"\s*-\s*", "-", text))
    if found is None:
        return False
    first = int(found[1])
    last = int(found[2]) if found[2] is not None else first
    return first <= last <= _LAST_PORT


@rule(
    "net-nsg-prefix-host-bits", kind="static", code="SecurityRuleInvalidAddressPrefix", quoted=True,
    source="Azure/azure-powershell#4557; Azure/azure-powershell#391; ernestio/ernest#473",
)  # fmt: skip
def addresses_are_ranges(request: Request) -> Iterator[Fault]:
    """A peer is `*`, an address, a range without host bits or a service tag."""
    members = [f"{side}Address{kind}" for side in _SIDES for kind in ("Prefix", "Prefixes")]
    for prefix, rule_id, item in rules_of(request):
        for member, text in texts(item, *members):
            if _is_peer(text):
                continue
            network = meant(text)
            yield Fault(
                f"Security rule {rule_id} has invalid Address prefix. Value provided: {text}",
                f"{prefix}{member}",
                f"write {network or tag_meant(text) or '*, an address, a range or a service tag'}",
            )


def _is_peer(text: str) -> bool:
    if text in {"", "*"} or parse(text) is not None:
        return True
    network = meant(text)
    if network is not None:
        return network.version != 4  # what Azure says about host bits of IPv6 is not known
    if is_host_name(text) or tag_meant(text) is not None or text.lower() in _NO_TAGS:
        return False
    return _TAG.match(text) is not None


@rule(
    "net-nsg-tag-in-list", kind="static", code="SecurityRuleParameterContainsUnsupportedValue", quoted=True,
    source="hashicorp/terraform-provider-azurerm#5617; ansible-collections/azure#639",
)  # fmt: skip
def lists_hold_addresses(request: Request) -> Iterator[Fault]:
    """A list of peers holds addresses; a tag or `*` stands alone, in the singular."""
    for prefix, rule_id, item in rules_of(request):
        for side in _SIDES:
            for member, text in texts(item, f"{side}AddressPrefixes"):
                if text != "" and _is_peer(text) and meant(text) is None:
                    yield Fault(
                        f"Security rule parameter {side.capitalize()}AddressPrefix for rule with Id {rule_id} cannot "
                        "specify existing VIRTUALNETWORK, INTERNET, AZURELOADBALANCER, '*' or system tags. Unsupported "
                        f"value used: {text}.",
                        f"{prefix}{member}",
                        f"write {side}AddressPrefix: {text}, one rule for each tag",
                    )


@rule(
    "net-nsg-overlapping-list", kind="static", code="OverlappingSubnetsNotPermittedInSecurityRule",
    source="alan-turing-institute/data-safe-haven#2077; kubernetes-sigs/cloud-provider-azure#6775",
)  # fmt: skip
def lists_are_disjoint(request: Request) -> Iterator[Fault]:
    """The ranges of a list share no address."""
    for prefix, rule_id, item in rules_of(request):
        for side in _SIDES:
            ranges = [network for _, text in texts(item, f"{side}AddressPrefixes") if (network := parse(text))]
            for first, second in pairs_that_meet(ranges):
                yield Fault(
                    f"security rule parameter {side.capitalize()}AddressPrefix for rule with Id {rule_id} contains the "
                    f"overlapping subnets {first} and {second}",
                    f"{prefix}{side}AddressPrefixes",
                    "keep the larger of the two",
                )


@rule(
    "net-nsg-one-kind-of-peer", kind="static", quoted=True,
    source="Azure/azure-cli#8615; hashicorp/terraform-provider-azurerm#29619 (code not confirmed)",
)  # fmt: skip
def one_kind_of_peer(request: Request) -> Iterator[Fault]:
    """Each side is said in exactly one way: one address, a list of them, or security groups of applications."""
    for prefix, rule_id, item in rules_of(request):
        for side in _SIDES:
            members = (f"{side}AddressPrefixes", f"{side}AddressPrefix", f"{side}ApplicationSecurityGroups")
            yield from _exactly_one(item, members, prefix, rule_id)
            yield from _exactly_one(item, (f"{side}PortRange", f"{side}PortRanges"), prefix, rule_id)


def _exactly_one(item: Mapping[str, Any], members: tuple[str, ...], prefix: str, rule_id: str) -> Iterator[Fault]:
    values = [item.get(member) for member in members]
    given = [member for member, value in zip(members, values, strict=True) if value not in (None, "", [])]
    if UNKNOWN in values or len(given) == 1:
        return
    names = ", ".join(member[0].upper() + member[1:] for member in members)
    yield Fault(
        f"Security rule with Id {rule_id} must specify a non empty value for exactly one of: {names}.",
        f"{prefix}{(given or members)[-1]}",
        f"leave out all but one of {', '.join(given)}" if given else f"give one of {', '.join(members)}",
    )


@rule(
    "net-nsg-description", kind="static",
    source="azure-rest-api-specs:network/networkSecurityGroup.json, description (140 characters; code not confirmed)",
)  # fmt: skip
def short_description(request: Request) -> Iterator[Fault]:
    """A description has at most 140 characters."""
    for prefix, rule_id, item in rules_of(request):
        text = item.get("description")
        if isinstance(text, str) and len(text) > _DESCRIPTION:
            yield Fault(
                f"the description of security rule {rule_id} has {len(text)} characters and may have {_DESCRIPTION}",
                f"{prefix}description",
                "shorten it",
            )


RULES: Final = (
    priority_in_range,
    own_priority,
    ports_in_range,
    addresses_are_ranges,
    lists_hold_addresses,
    lists_are_disjoint,
    one_kind_of_peer,
    short_description,
)
