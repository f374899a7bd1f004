"""Pools of nodes: those that a cluster declares inline and those that are resources of their own, read as one."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from functools import cache
from typing import Any, Final

from facts.vm_sizes import VmSize, vm_size
from policies.resource import Resource, Stack
from policies.rule import Break, Context, Example, Property, StackBreak, Verdict
from policies.rules._faults import changing, having
from policies.types import AGENT_POOL, CLUSTER
from policies.values import places, steps, with_value
from policies.view import View

MACHINES: Final = "virtualMachinesProfile.scale.manual"
"""Where a pool of the type VirtualMachines has its sizes, each with a number of nodes."""
INLINE: Final = "agentPoolProfiles[*]"
_GPU_SERIES: Final = re.compile(r"standard_n[cdgpv]\d", re.IGNORECASE)


def pools(view: View, context: Context) -> Iterator[View]:
    """The pool itself, or every pool that the cluster declares inline."""
    if context.resource.type == AGENT_POOL:
        yield view
    else:
        yield from view.each("agentPoolProfiles")


def pool_properties(
    path: str, default: Any, absent: Verdict, source: str, unknown: Verdict = Verdict.UNKNOWN
) -> tuple[Property, Property]:
    """A property of pools, in both forms."""
    return (
        Property(f"{INLINE}.{path}", default, absent, source, of=(CLUSTER,), unknown=unknown),
        Property(path, default, absent, source, of=(AGENT_POOL,), unknown=unknown),
    )


def pool_breaks(path: str, value: Any, companions: tuple[str, ...] = ()) -> tuple[Break, Break]:
    """A fault of pools, in both forms."""
    return (
        Break(f"{INLINE}.{path}", value, of=(CLUSTER,), companions=companions),
        Break(path, value, of=(AGENT_POOL,), companions=companions),
    )


def pool_faults(
    title: str, path: str, value: Any, where: Callable[[View], bool], companions: tuple[str, ...] = ()
) -> tuple[StackBreak, StackBreak]:
    """A fault of those pools for which `where` holds, in both forms; of those that a cluster declares, in the first."""

    def change(stack: Stack, resource: Resource) -> Stack | None:
        if resource.type != CLUSTER:
            return None
        for place in places(resource.properties, INLINE):
            pool = resource.properties[place[0]][int(place[1][1:-1])]
            changed = with_value(resource.properties, (*place, *steps(path)), value)
            if where(View(pool)) and changed != resource.properties:
                return having(stack, resource, replace(resource, properties=changed))
        return None

    return changing(title, (path, value), where=where, companions=companions), StackBreak(
        f"inline: {title}", change, companions
    )


def inline(*own: Mapping[str, Any], **options: Any) -> Example:
    """A cluster that declares these pools."""
    return Example({"agentPoolProfiles": list(own)}, type=CLUSTER, **options)


def alone(own: Mapping[str, Any], **options: Any) -> Example:
    """A pool that is a resource of its own."""
    return Example(own, type=AGENT_POOL, **options)


@cache
def known_size(name: str) -> VmSize | None:
    """The facts of a VM size; None where they have none."""
    try:
        return vm_size(name)
    except LookupError:
        return None


def is_gpu_size(name: str) -> bool:
    """Whether nodes of a size have GPUs: by our facts, else by its series (NC, ND, NG, NP, NV)."""
    size = known_size(name)
    return size.has_gpu if size is not None else _GPU_SERIES.match(name) is not None


def has_gpus(pool: View) -> bool:
    """Whether a pool's nodes have GPUs. Raises UnjudgeableError where its size is not known."""
    own = (one.text("size", absent="") for one in pool.each(MACHINES))
    return is_gpu_size(pool.text("vmSize", absent="")) or any(is_gpu_size(size) for size in own)
