"""Whether a node's OS disk can be ephemeral: on the host, free of charge and faster, lost with the node."""

from __future__ import annotations

from typing import Literal

from facts.vm_sizes import vm_size

OsDiskType = Literal["Ephemeral", "Managed"]


def os_disk_type(size: str, disk_gib: int) -> OsDiskType:
    """Ephemeral when the size is known to hold `disk_gib` in its cache or temporary disk; else Managed.

    Not known counts as no: AKS refuses an ephemeral disk that does not fit, a managed one always fits.
    """
    known = vm_size(size)
    if known.ephemeral_os_disk is not True:
        return "Managed"
    room = [gib for gib in (known.cache_disk_gib, known.temp_disk_gib) if gib is not None]
    return "Ephemeral" if any(gib >= disk_gib for gib in room) else "Managed"
