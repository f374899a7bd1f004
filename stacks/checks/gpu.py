"""GPU pools against each other: fallbacks, reserved capacity, shares, teams."""

from __future__ import annotations

from collections.abc import Iterator

from stacks.problems import Problem
from stacks.settings import Settings

LONGEST_WITH_FALLBACK = 10
"""A pool's name has 12 characters at most, and the fallback's ends in `od`."""


def fallbacks_can_stand_in(settings: Settings) -> Iterator[Problem]:
    """A spot pool's fallback has a name, and the autoscaler asks it last."""
    cluster = settings.cluster
    for name, pool in cluster.gpu_pools.items():
        if pool.spot is None or not pool.spot.fallback:
            continue
        path = ("cluster", "gpu_pools", name)
        if len(name) > LONGEST_WITH_FALLBACK or f"{name}od" in cluster.gpu_pools:
            yield Problem(
                path=(*path, "spot", "fallback"),
                what=f"The fallback of {name} would be named {name}od, which is too long or taken.",
                follows="Azure refuses the pool, or takes it for the other one.",
                fix=f"Shorten the name to {LONGEST_WITH_FALLBACK} characters, and let no other pool be named {name}od.",
            )
        if cluster.autoscaler.expander != "priority":
            yield Problem(
                path=("cluster", "autoscaler", "expander"),
                what=f"{name} has a fallback, but the expander is {cluster.autoscaler.expander}.",
                follows="The dearer pool would grow as readily as the spot pool.",
                fix="Write `expander: priority`, or `fallback: false` at the pool.",
            )


def reserved_capacity_is_used(settings: Settings) -> Iterator[Problem]:
    """What is kept free can be taken: on demand, one in each zone, not more than the pool may have."""
    for name, pool in settings.cluster.gpu_pools.items():
        nodes = pool.reserved_nodes
        if nodes is None:
            continue
        wrong = None
        if pool.spot is not None:
            wrong = "is a spot pool, which can't use reserved capacity"
        elif nodes > pool.max_count:
            wrong = f"may have {pool.max_count} nodes"
        elif nodes < len(pool.zones):
            wrong = f"has {len(pool.zones)} zones, and a reservation lies in one"
        if wrong is not None:
            yield Problem(
                path=("cluster", "gpu_pools", name, "reserved_nodes"),
                what=f"{nodes} nodes are kept for {name}, which {wrong}.",
                follows="Azure refuses the pool, or capacity is paid for that nothing can use.",
                fix="Leave `reserved_nodes` out, or set it between the number of zones and `max_count`.",
            )


def slices_are_not_shared(settings: Settings) -> Iterator[Problem]:
    """A GPU is sliced or shared, not both."""
    for name, pool in settings.cluster.gpu_pools.items():
        if pool.mig_profile is not None and pool.shares > 1:
            yield Problem(
                path=("cluster", "gpu_pools", name, "shares"),
                what=f"{name} is sliced ({pool.mig_profile}), and each slice would have {pool.shares} pods.",
                follows="Pods would lose the memory of their own for which slices are made.",
                fix="Remove `shares`, or `mig_profile`.",
            )


CHECKS = (
    fallbacks_can_stand_in,
    reserved_capacity_is_used,
    slices_are_not_shared,
)
