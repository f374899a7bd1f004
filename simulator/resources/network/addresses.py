"""Address ranges as Microsoft.Network reads them."""

from __future__ import annotations

from collections.abc import Iterator
from ipaddress import IPv4Network, IPv6Network, ip_network
from typing import Any

from simulator.errors import Refusal
from simulator.values import UNKNOWN

Network = IPv4Network | IPv6Network


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


def notation_refusals(value: Any, target: str, resource_id: str) -> Iterator[Refusal]:
    """Why the prefixes are not CIDR notation, host bits included."""
    for prefix in prefixes(value):
        if parse(prefix) is not None:
            continue
        try:
            meant = ip_network(prefix, strict=False)
        except ValueError:
            yield Refusal(
                "InvalidAddressPrefixFormat",
                f"Address prefix {prefix} of resource {resource_id} is not formatted correctly. It should follow CIDR "
                "notation, for example 10.0.0.0/24.",
                target=target,
                quoted=True,
            )
        else:
            yield Refusal(
                "InvalidCIDRNotation",
                f"The address prefix {prefix} in resource {resource_id} has an invalid CIDR notation. For the given "
                f"prefix length, the address prefix should be {meant}.",
                target=target,
                fix=f"write {meant}",
                quoted=True,
            )


def inside(inner: Network, outers: list[Network]) -> bool:
    """Whether a range lies wholly in one of some others."""
    return any(inner.version == outer.version and inner.subnet_of(outer) for outer in outers)  # type: ignore[arg-type]


def overlap(one: list[Network], other: list[Network]) -> tuple[Network, Network] | None:
    """The first two ranges that share an address."""
    for first in one:
        for second in other:
            if first.version == second.version and first.overlaps(second):
                return first, second
    return None


def is_settled(*values: Any) -> bool:
    """Whether every value is known, so that a rule over them can be judged."""
    return all(value is not UNKNOWN and not (isinstance(value, list) and UNKNOWN in value) for value in values)
