"""What AKS refuses about a node pool because of its VM size, its disks, its zones or its pods per node.

Sizes and regions that the tables (`facts`) don't hold are not judged.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from facts.regions import regions
from facts.vm_sizes import VmSize, vm_size, vm_sizes
from simulator.model import Request
from simulator.resources.containerservice import CODES, docs, issue, support
from simulator.resources.containerservice.pool import Pool, pools_of
from simulator.rule import Fault, rule

_GIB = 2**30
# Sizes of one processor, by name: the number after the family counts processors, or is 1 for the smallest of the old
# series (learn.microsoft.com, "Azure VM sizes naming conventions", read 2026-11-25).
_ONE_CORE = re.compile(r"^standard_(a|b|d|ds|f)1(m?l?s|ms|ls)?(_v\d+)?$", re.IGNORECASE)


def size_of(pool: Pool) -> VmSize | None:
    """The size of a pool's nodes, where the table has it."""
    name = pool.known("vmSize")
    try:
        return vm_size(name) if isinstance(name, str) else None
    except LookupError:
        return None


@rule(
    "aks-ephemeral-os-disk-too-large", kind="static", code="VMCacheSizeTooSmall", quoted=True,
    source=issue("Azure/AKS#2635; rancher/rancher#33679"), reads=("osDiskType", "osDiskSizeGB", "vmSize"),
)  # fmt: skip
def ephemeral_os_disk(request: Request) -> Iterator[Fault]:
    """An ephemeral disk lies in the cache, on the temporary disk or on NVMe, and has to fit."""
    for pool in pools_of(request):
        size, wanted = size_of(pool), pool.number("osDiskSizeGB")
        room = _room(size) if size is not None else None
        if pool.known("osDiskType") != "Ephemeral" or not room or wanted is None or wanted <= room:
            continue
        yield Fault(
            f"The virtual machine size {pool.known('vmSize')} has a cache size of {room * _GIB} bytes, but the OS disk "
            f"requires {int(wanted * _GIB)} bytes. Use a VM size with larger cache or disable ephemeral OS.",
            f"{pool.prefix}osDiskSizeGB", f"write at most {room}, or osDiskType Managed",
        )  # fmt: skip


@rule(
    "aks-ephemeral-os-disk-unsupported", kind="static", code="VMSizeDoesNotSupportEphemeralOS", quoted=True,
    source=f"{CODES}; its words in the notes of several public repositories, by exact string (checked 2026-11-25)",
    reads=("osDiskType", "vmSize"),
)  # fmt: skip
def ephemeral_os_disk_unsupported(request: Request) -> Iterator[Fault]:
    """A size without cache, temporary disk and NVMe has no place for it."""
    for pool in pools_of(request):
        size = size_of(pool)
        if pool.known("osDiskType") == "Ephemeral" and size is not None and size.ephemeral_os_disk is False:
            yield Fault(
                f"The Virtual Machine size {pool.known('vmSize')} does not support Ephemeral OS disk.",
                f"{pool.prefix}osDiskType", "use osDiskType Managed, or a size with a d, such as Standard_D4ds_v5",
            )  # fmt: skip


def _room(size: VmSize) -> int | None:
    """GiB for an ephemeral disk; `None` where the table can't tell."""
    if size.cache_disk_gib is None and _caches_may_be_larger(size):
        return None
    known = [gib for gib in (size.cache_disk_gib, size.temp_disk_gib, size.nvme_disk_gib) if gib is not None]
    return max(known) if known and size.ephemeral_os_disk else None


def _caches_may_be_larger(size: VmSize) -> bool:
    """Whether a size of the same series is known to have a cache larger than its temporary disk."""
    family = (other for other in vm_sizes().values() if other.series == size.series)
    return any((other.cache_disk_gib or 0) > (other.temp_disk_gib or 0) for other in family)


@rule(
    "aks-kubelet-disk", kind="static", code="VMTemporaryDiskTooSmall", reads=("kubeletDiskType", "vmSize"),
    source=f"{CODES}; the words of one report, by exact string (checked 2026-11-25)",
)  # fmt: skip
def kubelet_disk(request: Request) -> Iterator[Fault]:
    """Images and logs on the temporary disk take 30 GiB of it."""
    for pool in pools_of(request):
        size = size_of(pool)
        temporary = size.temp_disk_gib if size is not None else None
        if pool.known("kubeletDiskType") == "Temporary" and temporary is not None and temporary < 30:
            yield Fault(
                f"The virtual machine size {pool.known('vmSize')} has a max temporary disk size of "
                f"{temporary * _GIB} bytes, but the kubelet disk requires {30 * _GIB} bytes",
                f"{pool.prefix}kubeletDiskType", "use kubeletDiskType OS, or a size with a larger temporary disk",
            )  # fmt: skip


@rule(
    "aks-os-disk-size", kind="static", code="InvalidParameter", quoted=True, reads=("osDiskSizeGB",),
    source=issue("pulumi/pulumi-azure-native#663"),
)  # fmt: skip
def os_disk_size(request: Request) -> Iterator[Fault]:
    """0 is the default of the size; else an image needs 30 GiB, and a disk has at most 2048."""
    for pool in pools_of(request):
        size = pool.number("osDiskSizeGB")
        if size is not None and size != 0 and not 30 <= size <= 2048:
            yield Fault(f"The OSDiskSize for Agent {pool.name} cannot be less than 30GB or larger than 2048GB.",
                        f"{pool.prefix}osDiskSizeGB", "write 0 for the default, or from 30 to 2048")  # fmt: skip


@rule(
    "aks-system-pool-size", kind="static", code="SystemPoolSkuTooLow", quoted=True, reads=("mode", "vmSize"),
    source=f"{CODES}; its words in the notes of several public repositories, by exact string (checked 2026-11-25)",
)  # fmt: skip
def system_pool_size(request: Request) -> Iterator[Fault]:
    """AKS's own pods take two processors and 4 GiB; a size with exactly these is let through."""
    for pool in pools_of(request):
        size, name = size_of(pool), str(pool.known("vmSize", ""))
        small = _ONE_CORE.match(name) is not None or (size is not None and (size.vcpus < 2 or size.memory_gib < 4))
        if pool.is_system and small:
            yield Fault(
                "System node pool must use VM sku with more than 2 cores and 4GB memory. Nodepool name: "
                f"{pool.name}.",
                f"{pool.prefix}vmSize", f"use a larger size than {name}",
            )  # fmt: skip


@rule(
    "aks-max-pods", kind="static", code="InvalidParameter", reads=("maxPods",),
    source=docs("concepts-network-ip-address-planning.md"),
)  # fmt: skip
def max_pods(request: Request) -> Iterator[Fault]:
    """From 10 to 250 pods on a node."""
    for pool in pools_of(request):
        pods = pool.number("maxPods")
        if pods is not None and not 10 <= pods <= 250:
            yield Fault(f"maxPods is {pods}, and has to be from 10 to 250", f"{pool.prefix}maxPods")


@rule(
    "aks-max-pods-of-pool", kind="static", code="InsufficientMaxPods", reads=("maxPods", "count", "maxCount"),
    source=f"{CODES}; {docs('concepts-network-ip-address-planning.md')}",
)  # fmt: skip
def max_pods_of_pool(request: Request) -> Iterator[Fault]:
    """A system pool has room for thirty pods."""
    for pool in pools_of(request):
        pods, nodes = pool.number("maxPods"), pool.most_nodes
        if pool.is_system and pods is not None and pods >= 10 and nodes > 0 and pods * nodes < 30:
            yield Fault(
                f"maxPods {pods} on {nodes} nodes of pool {pool.name} makes {pods * nodes} pods, and a system pool "
                "needs room for 30",
                f"{pool.prefix}maxPods", "raise maxPods or the number of nodes",
            )  # fmt: skip


@rule(
    "aks-pool-zones", kind="static", code="AvailabilityZoneNotSupported", quoted=True,
    source=f"MicrosoftDocs/azure-aks-docs#416; {support('error-codes/availabilityzonenotsupported-error.md')}",
    reads=("availabilityZones",),
)  # fmt: skip
def pool_zones(request: Request) -> Iterator[Fault]:
    """The region has to have the zones."""
    for pool in pools_of(request):
        region = regions().get(pool.location)
        missing = [zone for zone in pool.listed("availabilityZones") if region is not None and zone not in region.zones]
        if region is not None and missing:
            yield Fault(
                f"The zone(s) {', '.join(missing)} for resource {pool.name} is not supported. The supported zones for "
                f"location {pool.location} are {', '.join(region.zones)}",
                f"{pool.prefix}availabilityZones",
                "leave availabilityZones out" if not region.zones else f"use {', '.join(region.zones)}",
            )


SIZE_RULES = (
    ephemeral_os_disk_unsupported, ephemeral_os_disk, kubelet_disk, os_disk_size, system_pool_size, max_pods,
    max_pods_of_pool, pool_zones,
)  # fmt: skip
