"""Machines that a stack can run: how many of each size at the fewest and at the most, wherever they are declared."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Final

from policies.resource import Resource
from policies.rules.aks._pools import MACHINES
from policies.types import AGENT_POOL, CLUSTER, ML_COMPUTE, ML_DEPLOYMENT
from policies.view import View

HOLDERS: Final = (AGENT_POOL, CLUSTER, ML_COMPUTE, ML_DEPLOYMENT)
"""Types that run machines."""


@dataclass(frozen=True)
class Machines:
    """Machines of one size; None: nobody says how many."""

    size: str
    fewest: float | None
    most: float | None


def machines(resource: Resource) -> Iterator[Machines]:
    """What a resource of `HOLDERS` runs. Raises UnjudgeableError where it can't be read."""
    view = resource.view()
    if resource.type == AGENT_POOL:
        yield from _pool(view)
    elif resource.type == CLUSTER:
        for pool in view.each("agentPoolProfiles"):
            yield from _pool(pool)
    elif resource.type == ML_DEPLOYMENT:
        instances = view.number("sku.capacity", absent=1)
        yield Machines(view.text("properties.instanceType", absent=""), instances, instances)
    elif view.word("properties.computeType", absent="") == "amlcompute":
        compute = view.below("properties.properties")
        fewest = compute.number("scaleSettings.minNodeCount", absent=0)
        yield Machines(_size(compute), fewest, compute.number("scaleSettings.maxNodeCount", absent=None))
    else:  # a person's machine, which stops when it is idle
        yield Machines(_size(view.below("properties.properties")), 0, 1)


def _pool(pool: View) -> Iterator[Machines]:
    several = list(pool.each(MACHINES))
    for one in several:
        nodes = one.number("count", absent=None)
        yield Machines(one.text("size", absent=""), nodes, nodes)
    if several:
        return
    if pool.flag("enableAutoScaling", absent=False):
        fewest, most = (pool.number(path, absent=None) for path in ("minCount", "maxCount"))
    else:
        fewest = most = pool.number("count", absent=1)
    yield Machines(_size(pool), fewest, most)


def _size(holder: View) -> str:
    return holder.text("vmSize", absent="")


def of_aks(size: str, **counts: Any) -> Resource:
    """A pool, for examples."""
    return Resource(type=AGENT_POOL, name="pool", properties={"vmSize": size, **counts})


def inline(size: str, **counts: Any) -> Resource:
    """A cluster with a pool, for examples."""
    return Resource(type=CLUSTER, name="aks", properties={"agentPoolProfiles": [{"vmSize": size, **counts}]})


def several(*machines_: tuple[str, int]) -> Resource:
    """A pool of several sizes, for examples."""
    manual = [{"size": size, "count": count} for size, count in machines_]
    properties = {"type": "VirtualMachines", "virtualMachinesProfile": {"scale": {"manual": manual}}}
    return Resource(type=AGENT_POOL, name="several", properties=properties)


def of_ml(size: str, most: int | None, fewest: int = 0) -> Resource:
    """A cluster of Azure ML, or a person's machine, for examples."""
    kind = "ComputeInstance" if most is None else "AmlCompute"
    scale = {} if most is None else {"scaleSettings": {"minNodeCount": fewest, "maxNodeCount": most}}
    properties = {"computeType": kind, "properties": {"vmSize": size, **scale}}
    return Resource(type=ML_COMPUTE, name="compute", properties={"properties": properties})


def deployed(size: str, instances: int) -> Resource:
    """A deployed model, for examples."""
    properties = {"properties": {"instanceType": size}, "sku": {"capacity": instances}}
    return Resource(type=ML_DEPLOYMENT, name="deployment", properties=properties)
