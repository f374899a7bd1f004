"""Under which name a GPU, a slice or a share of a pool is asked for."""

from __future__ import annotations

from facts.gpu_slices import slice_name
from facts.vm_sizes import vm_size
from stacks.sections.cluster import GpuPoolSettings


def resource_name(pool: GpuPoolSettings) -> str:
    """What a pod writes into its requests.

    Raises:
        LookupError: for a mixed strategy on a GPU whose slices are not known.
    """
    size = vm_size(pool.vm_size)
    if pool.mig_profile is None or pool.mig_strategy == "single":
        return f"{size.gpu_vendor}.com/gpu"
    name = slice_name(size, pool.mig_profile)
    if name is None:
        raise LookupError(f"the slices of {size.gpu_model} are not known here; write `mig_strategy: single`")
    return f"nvidia.com/mig-{name}"
