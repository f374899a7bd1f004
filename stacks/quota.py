"""How much of the subscription's vCPU quota a stack may need: every pool at its most nodes, family by family.

Owns the sum. Does not own what a subscription was granted (`simulator.subscription` in a rehearsal, `az vm list-usage`
for real), nor how a size draws on a quota (`facts.vm_quota`).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from facts.vm_quota import vm_quota
from stacks.settings import Settings
from stacks.types import SYSTEM_POOL_SURGE_PERCENT


@dataclass(frozen=True)
class Need:
    """One pool's share of a family's quota. `family` None: nothing certain is known of the size."""

    pool: str
    vm_size: str
    nodes: int
    family: str | None
    spot: bool
    vcpus: int


def needs(settings: Settings) -> Iterator[Need]:
    """Every pool at its most nodes; the system pool also while it is upgraded."""
    cluster = settings.cluster
    most = cluster.system_pool.max_count
    yield _need("system", cluster.system_pool.vm_size, most + -(-most * SYSTEM_POOL_SURGE_PERCENT // 100), spot=False)
    for name, pool in cluster.pools.items():
        yield _need(name, pool.vm_size, pool.max_count, spot=pool.spot is not None)
    for name, gpu_pool in cluster.gpu_pools.items():
        yield _need(name, gpu_pool.vm_size, gpu_pool.max_count, spot=gpu_pool.spot is not None)
        if gpu_pool.spot is not None and gpu_pool.spot.fallback:
            yield _need(f"{name}od", gpu_pool.vm_size, gpu_pool.max_count, spot=False)


def _need(pool: str, size: str, nodes: int, *, spot: bool) -> Need:
    known = vm_quota(size)
    return Need(
        pool=pool,
        vm_size=size,
        nodes=nodes,
        family=None if known is None else known.family,
        spot=spot,
        vcpus=0 if known is None else known.vcpus * nodes,
    )


SPOT_FAMILY = "lowPriorityCores"
"""Spot machines of every size share one quota (`az vm list-usage`)."""


def by_family(settings: Settings) -> Mapping[str, int]:
    """The vCPUs that each quota must have."""
    found: dict[str, int] = {}
    for need in needs(settings):
        family = SPOT_FAMILY if need.spot else need.family
        if family is not None:
            found[family] = found.get(family, 0) + need.vcpus
    return found
