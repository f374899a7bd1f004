"""Slices of NVIDIA GPUs (MIG): how many of a profile one GPU gives, and under which name each is asked for.

Source: NVIDIA's "MIG User Guide" (names: A100 80GB and H100 NVL 94GB, read 2026-11-25; numbers not re-read).
"""

from __future__ import annotations

from types import MappingProxyType
from typing import Final

from facts.vm_sizes import VmSize

SLICES: Final = MappingProxyType({"MIG1g": 7, "MIG2g": 3, "MIG3g": 2, "MIG4g": 1, "MIG7g": 1})
"""How many slices of a profile one GPU gives."""

# By the memory of one GPU in GiB.
_NAMES: Final = {
    80: {"MIG1g": "1g.10gb", "MIG2g": "2g.20gb", "MIG3g": "3g.40gb", "MIG4g": "4g.40gb", "MIG7g": "7g.80gb"},
    94: {"MIG1g": "1g.12gb", "MIG2g": "2g.24gb", "MIG3g": "3g.47gb", "MIG4g": "4g.47gb", "MIG7g": "7g.94gb"},
}


def slice_name(size: VmSize, profile: str) -> str | None:
    """The slice's name, for example `3g.40gb`; None where the slices of the size's GPU are not known."""
    if size.gpu_memory_gib is None or not size.gpu_count:
        return None
    return _NAMES.get(int(size.gpu_memory_gib / size.gpu_count), {}).get(profile)
