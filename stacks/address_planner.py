"""The address planner: where a range fits beside those that are published already.

Owns the arithmetic, and one promise: a published range never moves, whatever is added later. Azure can't move a subnet
that is in use, and firewalls elsewhere know its range. Does not own which ranges there are (settings) or what may not
overlap (`stacks.checks.addresses`).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from ipaddress import IPv4Network


class SpaceExhaustedError(ValueError):
    """The address space has no free range of the size."""


def first_free(space: IPv4Network, taken: Iterable[IPv4Network], prefix: int) -> IPv4Network | None:
    """The lowest range of `prefix` bits in `space` that meets none of `taken`; None where there is none."""
    blocks = sorted(taken)
    size, end = 2 ** (32 - prefix), int(space.broadcast_address) + 1
    start = -(-int(space.network_address) // size) * size
    while start + size <= end:
        candidate = IPv4Network((start, prefix))
        clash = next((block for block in blocks if block.overlaps(candidate)), None)
        if clash is None:
            return candidate
        # Rounded up, because a range begins at a multiple of its own size.
        start = -(-(int(clash.broadcast_address) + 1) // size) * size
    return None


def plan(space: IPv4Network, published: Mapping[str, IPv4Network], wanted: Mapping[str, int]) -> dict[str, IPv4Network]:
    """The published ranges as they are, and one for each of `wanted` (prefix lengths by name) that has none.

    The largest is placed first: small ranges fill what is left between large ones, and not the other way round.

    Raises:
        SpaceExhaustedError: naming the first range that does not fit.
    """
    ranges = dict(published)
    for name, prefix in sorted(wanted.items(), key=lambda each: (each[1], each[0])):
        if name in ranges:
            continue
        found = first_free(space, ranges.values(), prefix)
        if found is None:
            raise SpaceExhaustedError(f"{space} has no free /{prefix} left for {name}; widen `network.address_space`")
        ranges[name] = found
    return ranges
