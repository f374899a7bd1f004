"""What Azure refuses about one security rule, whether it is a resource of its own or declared inside its group."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from ipaddress import ip_network
from typing import Any, Final

from simulator.model import Request
from simulator.rule import Fault, rule

_GROUP: Final = "azure-native:network:NetworkSecurityGroup"
_PRIORITIES: Final = range(100, 4097)
_LAST_PORT: Final = 65535
_PORTS = re.compile(r"^(\d+)(?:-(\d+))?$")
# A service tag begins with a letter. Only what can be meant as nothing but an address is judged.
_ADDRESS = re.compile(r"^\d+(\.\d+){3}(/\d+)?$")
_DOCS: Final = "azure-docs:virtual-network/network-security-groups-overview.md (not re-read)"


def rules_of(request: Request) -> Iterator[tuple[str, str, Mapping[str, Any]]]:
    """Every security rule of a request: the path before its members, its id, and itself."""
    if request.token != _GROUP:
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


@rule("net-nsg-priority", kind="static", code="SecurityRuleInvalidPriority", source=_DOCS)
def priority_in_range(request: Request) -> Iterator[Fault]:
    """A priority is between 100 and 4096."""
    for prefix, rule_id, item in rules_of(request):
        value = item.get("priority")
        if isinstance(value, (int, float)) and not isinstance(value, bool) and value not in _PRIORITIES:
            yield Fault(
                f"security rule {rule_id} has priority {value}; the range is 100 to 4096",
                f"{prefix}priority",
                "choose a free priority between 100 and 4096",
            )


@rule("net-nsg-ports", kind="static", code="SecurityRuleInvalidPortRange", source=_DOCS)
def ports_in_range(request: Request) -> Iterator[Fault]:
    """Ports are `*`, a number or a rising range of numbers up to 65535."""
    for prefix, rule_id, item in rules_of(request):
        members = ("sourcePortRange", "sourcePortRanges", "destinationPortRange", "destinationPortRanges")
        for member, text in texts(item, *members):
            if text.strip() not in {"", "*"} and not _is_port_range(text.strip()):
                yield Fault(
                    f"security rule {rule_id} has the port range '{text}'",
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
    source="Azure/azure-powershell#4557",
)  # fmt: skip
def addresses_are_ranges(request: Request) -> Iterator[Fault]:
    """IPv4 addresses are well formed, and ranges have no host bits set."""
    for prefix, rule_id, item in rules_of(request):
        sides = (
            "sourceAddressPrefix",
            "sourceAddressPrefixes",
            "destinationAddressPrefix",
            "destinationAddressPrefixes",
        )
        for member, text in texts(item, *sides):
            if _ADDRESS.match(text) is None or _is_network(text, strict=True):
                continue
            yield Fault(
                f"Security rule {rule_id} has invalid Address prefix. Value provided: {text}",
                f"{prefix}{member}",
                f"write {ip_network(text, strict=False)}" if _is_network(text, strict=False) else "correct the address",
            )


def _is_network(text: str, *, strict: bool) -> bool:
    try:
        ip_network(text, strict=strict)
    except ValueError:
        return False
    return True
