"""Instance types of the attached cluster, from the settings of its GPU pools.

Owns the arithmetic: what of a node one job gets. Does not own pools or labels (`components.aks.gpu_pool`). A pool with
a team's or spot's taint has no type: the pods of Azure ML don't tolerate those.
"""

from __future__ import annotations

from components.aks.gpu_pool import POOL
from components.machine_learning.attached_cluster import InstanceType
from facts.vm_sizes import vm_size
from stacks.sections.cluster import GpuPoolSettings
from stacks.settings import Settings

DEFAULT = "cpu"
"""The type of a job that names none."""

SLICES = {"MIG1g": 7, "MIG2g": 3, "MIG3g": 2, "MIG4g": 1, "MIG7g": 1}
"""Slices of one GPU, by profile (NVIDIA MIG user guide, A100 and H100)."""

# AKS keeps a part of each node for itself; agents on the node need the rest of what is left out.
_KEPT_CPUS, _USABLE_MEMORY = 2, 0.8


def instance_types(settings: Settings) -> dict[str, InstanceType]:
    """The types by name: one without GPU, and one for each pool that any job may use."""
    usable = {name: pool for name, pool in settings.cluster.gpu_pools.items() if _takes_any_job(settings, pool)}
    cpu = InstanceType(node_labels={"kubernetes.azure.com/mode": "user"}, cpus=1, memory_gib=4)
    return {DEFAULT: cpu, **{name: _of_pool(name, pool) for name, pool in usable.items()}}


def _takes_any_job(settings: Settings, pool: GpuPoolSettings) -> bool:
    level = pool.classification or settings.classification
    shared = pool.spot is None and pool.team is None and not pool.taints
    return shared and pool.mig_strategy == "single" and level == settings.classification


def _of_pool(name: str, pool: GpuPoolSettings) -> InstanceType:
    """A whole node, or its share where GPUs are sliced or shared."""
    size = vm_size(pool.vm_size)
    gpus = max(1, int(size.gpu_count))
    parts = pool.shares if pool.mig_profile is None else SLICES[pool.mig_profile]
    jobs = 1 if parts == 1 else gpus * parts
    return InstanceType(
        node_labels={POOL: name},
        cpus=max(1, (size.vcpus - _KEPT_CPUS) // jobs),
        memory_gib=max(1, int(size.memory_gib * _USABLE_MEMORY) // jobs),
        gpus=gpus if parts == 1 else 1,
    )
