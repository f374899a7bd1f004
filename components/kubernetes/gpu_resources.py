"""Under which name a GPU, a slice or a share of a pool is asked for, and how many a pool can have."""

from __future__ import annotations

from facts.vm_sizes import vm_size
from stacks.sections.cluster import GpuPoolSettings

# NVIDIA's profiles by the memory of the GPU: "MIG User Guide", A100 80GB and H100 NVL 94GB (read 2026-11-25).
_SLICES = {
    80: {"MIG1g": "1g.10gb", "MIG2g": "2g.20gb", "MIG3g": "3g.40gb", "MIG4g": "4g.40gb", "MIG7g": "7g.80gb"},
    94: {"MIG1g": "1g.12gb", "MIG2g": "2g.24gb", "MIG3g": "3g.47gb", "MIG4g": "4g.47gb", "MIG7g": "7g.94gb"},
}


def resource_name(pool: GpuPoolSettings) -> str:
    """What a pod writes into its requests.

    Raises:
        LookupError: for a mixed strategy on a GPU whose slices are not known.
    """
    size = vm_size(pool.vm_size)
    if pool.mig_profile is None or pool.mig_strategy == "single":
        return f"{size.gpu_vendor}.com/gpu"
    memory = None if size.gpu_memory_gib is None else int(size.gpu_memory_gib / size.gpu_count)
    if memory not in _SLICES:
        raise LookupError(f"the slices of {size.gpu_model} are not known here; write `mig_strategy: single`")
    return f"nvidia.com/mig-{_SLICES[memory][pool.mig_profile]}"
