"""Address ranges as Microsoft.Network reads them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network, ip_address, ip_network
from typing import Any

from simulator.values import UNKNOWN, at

# A service tag has no such last label: `Storage.CanadaCentral`, `Office365.Exchange.Optimize`.
_HOST = re.compile(r"^[^/\s]+\.(com|net|org|io|dev|ca|local|internal)$", re.IGNORECASE)

Network = IPv4Network | IPv6Network
Address = IPv4Address | IPv6Address


def prefixes(value: Any) -> list[str]:
    """The known prefixes in a value that may be one prefix, a list, unknown or absent."""
    listed = value if isinstance(value, list) else [value]
    return [prefix for prefix in listed if isinstance(prefix, str)]


def networks(value: Any) -> list[Network]:
    """The valid ranges among the prefixes."""
    return [network for prefix in prefixes(value) if (network := parse(prefix)) is not None]


def parse(prefix: str) -> Network | None:
    """A range with no host bits set, or `None`."""
    try:
        return ip_network(prefix)
    except ValueError:
        return None


def meant(prefix: str) -> Network | None:
    """The range that a prefix lies in when its host bits are dropped; `None` when it is no prefix at all."""
    try:
        return ip_network(prefix, strict=False)
    except ValueError:
        return None


def address(text: str) -> Address | None:
    """A single address, or `None`."""
    try:
        return ip_address(text)
    except ValueError:
        return None


def is_host_name(text: str) -> bool:
    """Whether a text is surely a host name: a service tag with a region looks like one, but for its last label."""
    return _HOST.search(text) is not None


def inside(inner: Network, outers: list[Network]) -> bool:
    """Whether a range lies wholly in one of some others."""
    return any(inner.version == outer.version and inner.subnet_of(outer) for outer in outers)  # type: ignore[arg-type]


def holds(ranges: list[Network], one: Address) -> bool:
    """Whether an address lies in one of some ranges."""
    return any(one.version == network.version and one in network for network in ranges)


def overlap(one: list[Network], other: list[Network]) -> tuple[Network, Network] | None:
    """The first two ranges that share an address."""
    for first in one:
        for second in other:
            if first.version == second.version and first.overlaps(second):
                return first, second
    return None


def pairs_that_meet(ranges: list[Network]) -> Iterator[tuple[Network, Network]]:
    """Each range with the first of those after it that it shares an address with."""
    for index, network in enumerate(ranges):
        if met := overlap([network], ranges[index + 1 :]):
            yield met


def is_settled(*values: Any) -> bool:
    """Whether every value is known, so that a rule over them can be judged."""
    return all(value is not UNKNOWN and not (isinstance(value, list) and UNKNOWN in value) for value in values)


def ranges_of(subnet: Mapping[str, Any]) -> list[Network]:
    """The valid ranges of a subnet, however it spells them."""
    return [*networks(at(subnet, "addressPrefix")), *networks(at(subnet, "addressPrefixes"))]


def space_of(network: Mapping[str, Any]) -> list[Network]:
    """The ranges of a network; none while one of them is unknown, so that nothing is judged against a part of them."""
    listed = at(network, "addressSpace.addressPrefixes")
    return networks(listed) if is_settled(listed) else []
