"""Whether the ranges hold what the pools may grow to."""

from __future__ import annotations

from collections.abc import Iterator

from facts.subnets import SUBNETS
from stacks.checks.addresses import subnets_of
from stacks.problems import Problem
from stacks.settings import Settings
from stacks.types import SYSTEM_POOL_SURGE_PERCENT, USER_POOL_SURGE_PERCENT

AZURE_RESERVES = 5
"""Addresses that Azure takes in every subnet: azure-docs articles/virtual-network/virtual-networks-faq.md."""

POD_PREFIX_OF_A_NODE = 24
"""In an overlay every node takes a /24 of the pod range: azure-aks-docs azure-cni-overlay.md."""


def subnets_have_their_size(settings: Settings) -> Iterator[Problem]:
    """No subnet is smaller or larger than what goes into it takes by its nature."""
    for name, subnet in subnets_of(settings).items():
        traits = SUBNETS[name]
        if traits.largest <= subnet.prefixlen <= traits.smallest:
            continue
        small = subnet.prefixlen > traits.smallest
        yield Problem(
            path=("network", "subnets", name),
            what=f"The subnet {subnet} is too {'small' if small else 'large'}: {traits.because}.",
            follows="Creation fails, or stops half-way when the addresses run out; a subnet in use can't grow.",
            fix=f"Give it a /{traits.smallest} or more." if small else f"Give it a /{traits.largest} or less.",
        )


def node_subnets_hold_every_node(settings: Settings) -> Iterator[Problem]:
    """Each node subnet has an address for every node at the upper bound, also during an upgrade."""
    needs = {
        "system_pool": _system_nodes(settings),
        "gpu_pool": _gpu_nodes(settings),
        "user_pool": _user_nodes(settings),
    }
    for name, needed in needs.items():
        subnet = subnets_of(settings).get(name)
        if subnet is None:
            continue
        usable = max(subnet.num_addresses - AZURE_RESERVES, 0)
        if needed > usable:
            yield Problem(
                path=("network", "subnets", name),
                what=f"{subnet} has {usable} usable addresses; the pools may need {needed}, upgrades included.",
                follows="The autoscaler and upgrades stop with SubnetIsFull; a subnet in use can't grow.",
                fix=f"Give it a /{_prefix_for(needed + AZURE_RESERVES)} or more, or lower `max_count`.",
            )


def pod_range_holds_every_node(settings: Settings) -> Iterator[Problem]:
    """The pod range has a /24 for every node at the upper bounds."""
    pods, needed = (
        settings.network.pod_cidr,
        sum((_system_nodes(settings), _gpu_nodes(settings), _user_nodes(settings))),
    )
    room = 2 ** (POD_PREFIX_OF_A_NODE - pods.prefixlen) if pods.prefixlen <= POD_PREFIX_OF_A_NODE else 0
    if needed > room:
        yield Problem(
            path=("network", "pod_cidr"),
            what=f"{pods} has room for {room} nodes; the pools may need {needed}, upgrades included.",
            follows="Nodes beyond that never become ready, because they get no pod addresses.",
            fix=f"Give it a /{POD_PREFIX_OF_A_NODE - ceil_log2(needed)} or more, or lower `max_count`.",
        )


def with_surge(count: int, percent: int) -> int:
    """The nodes of a pool while it is upgraded at `count` nodes; AKS rounds the surge up to whole nodes."""
    return count + -(-count * percent // 100)


def _system_nodes(settings: Settings) -> int:
    return with_surge(settings.cluster.system_pool.max_count, SYSTEM_POOL_SURGE_PERCENT)


def _gpu_nodes(settings: Settings) -> int:
    return sum(
        pool.max_count * (2 if pool.spot is not None and pool.spot.fallback else 1)
        for pool in settings.cluster.gpu_pools.values()
    )


def _user_nodes(settings: Settings) -> int:
    """A spot pool is upgraded without surge; counting one all the same leaves an address or two free."""
    return sum(with_surge(pool.max_count, USER_POOL_SURGE_PERCENT) for pool in settings.cluster.pools.values())


def ceil_log2(number: int) -> int:
    """The smallest power of two that is not below `number`, as its exponent."""
    return (number - 1).bit_length()


def _prefix_for(addresses: int) -> int:
    return 32 - ceil_log2(addresses)


CHECKS = (
    subnets_have_their_size,
    node_subnets_hold_every_node,
    pod_range_holds_every_node,
)
