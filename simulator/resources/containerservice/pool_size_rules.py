"""What AKS refuses about a node pool because of its VM size, its disk, its zones or its pods per node.

Sizes and regions that the tables (`facts`) don't hold are not judged.
"""

from __future__ import annotations

from collections.abc import Iterator

from facts.regions import regions
from facts.vm_sizes import VmSize, vm_size, vm_sizes
from simulator.model import Request
from simulator.resources.containerservice.pool import Pool, pools_of
from simulator.rule import Fault, rule

_GIB = 2**30


@rule(
    "aks-ephemeral-os-disk-too-large", kind="static", code="VMCacheSizeTooSmall", quoted=True,
    source="Azure/AKS#2635; rancher/rancher#33679", reads=("osDiskType", "osDiskSizeGB", "vmSize"),
)  # fmt: skip
def ephemeral_os_disk(request: Request) -> Iterator[Fault]:
    """An ephemeral disk lies in the cache, on the temporary disk or on NVMe, and has to fit."""
    for pool in pools_of(request):
        size, wanted = _size(pool), pool.number("osDiskSizeGB")
        room = _room(size) if size is not None else None
        if pool.known("osDiskType") != "Ephemeral" or room is None or wanted is None or wanted <= room:
            continue
        yield Fault(
            f"The virtual machine size {pool.known('vmSize')} has a cache size of {room * _GIB} bytes, but the OS disk "
            f"requires {int(wanted * _GIB)} bytes. Use a VM size with larger cache or disable ephemeral OS.",
            f"{pool.prefix}osDiskSizeGB", f"write at most {room}, or osDiskType Managed",
        )  # fmt: skip


def _size(pool: Pool) -> VmSize | None:
    name = pool.known("vmSize")
    try:
        return vm_size(name) if isinstance(name, str) else None
    except LookupError:
        return None


def _room(size: VmSize) -> int | None:
    """GiB for an ephemeral disk; `None` where the table can't tell."""
    if size.ephemeral_os_disk is False:
        return 0
    if size.cache_disk_gib is None and _caches_may_be_larger(size):
        return None
    known = [gib for gib in (size.cache_disk_gib, size.temp_disk_gib, size.nvme_disk_gib) if gib is not None]
    return max(known) if known and size.ephemeral_os_disk else None


def _caches_may_be_larger(size: VmSize) -> bool:
    """Whether a size of the same series is known to have a cache larger than its temporary disk."""
    family = (other for other in vm_sizes().values() if other.series == size.series)
    return any((other.cache_disk_gib or 0) > (other.temp_disk_gib or 0) for other in family)


@rule(
    "aks-os-disk-size", kind="static", code="InvalidParameter", reads=("osDiskSizeGB",),
    source="azure-mgmt-containerservice 41.8.0 osDiskSizeGB; azure-cli aks --node-osdisk-size (not re-read)",
)  # fmt: skip
def os_disk_size(request: Request) -> Iterator[Fault]:
    """0 is the default of the size; else an image needs 30 GiB, and a disk has at most 2048."""
    for pool in pools_of(request):
        size = pool.number("osDiskSizeGB")
        if size is not None and size != 0 and not 30 <= size <= 2048:
            yield Fault(f"osDiskSizeGB is {size}, and has to be 0 or from 30 to 2048", f"{pool.prefix}osDiskSizeGB")


@rule(
    "aks-max-pods", kind="static", code="InvalidParameter", reads=("maxPods",),
    source="MicrosoftDocs/azure-aks-docs:concepts-network-ip-address-planning.md (not re-read)",
)  # fmt: skip
def max_pods(request: Request) -> Iterator[Fault]:
    """From 10 to 250 pods on a node."""
    for pool in pools_of(request):
        pods = pool.number("maxPods")
        if pods is not None and not 10 <= pods <= 250:
            yield Fault(f"maxPods is {pods}, and has to be from 10 to 250", f"{pool.prefix}maxPods")


@rule(
    "aks-gpu-instance-profile", kind="static", code="InvalidParameter", reads=("gpuInstanceProfile", "vmSize"),
    source="MicrosoftDocs/azure-aks-docs:articles/aks/gpu-multi-instance.md (2026-05-22)",
)  # fmt: skip
def gpu_instance_profile(request: Request) -> Iterator[Fault]:
    """Only A100 and newer data-centre GPUs can be sliced."""
    for pool in pools_of(request):
        size, profile = _size(pool), pool.known("gpuInstanceProfile")
        if profile is not None and size is not None and size.mig_capable is False:
            yield Fault(
                f"gpuInstanceProfile {profile} on {size.name}, whose GPUs can't be sliced",
                f"{pool.prefix}gpuInstanceProfile", "use a size with A100 or H100 GPUs, or leave the profile out",
            )  # fmt: skip


@rule(
    "aks-pool-zones", kind="static", code="AvailabilityZoneNotSupported", quoted=True,
    source="MicrosoftDocs/azure-aks-docs#416", reads=("availabilityZones",),
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


@rule(
    "aks-zones-need-standard-lb", kind="static", quoted=True, source="Azure/AKS#1133",
    reads=("availabilityZones", "networkProfile.loadBalancerSku"),
)  # fmt: skip
def zones_need_standard_lb(request: Request) -> Iterator[Fault]:
    """A basic load balancer has no zones."""
    for pool in pools_of(request):
        network = pool.cluster.get("networkProfile")
        sku = network.get("loadBalancerSku") if isinstance(network, dict) else None
        if isinstance(sku, str) and sku.lower() == "basic" and pool.listed("availabilityZones"):
            yield Fault(
                "Standard Load Balancer is required for availability zone.",
                "networkProfile.loadBalancerSku" if pool.prefix else "availabilityZones",
                "use loadBalancerSku standard",
            )  # fmt: skip


SIZE_RULES = (
    ephemeral_os_disk, os_disk_size, max_pods, gpu_instance_profile, pool_zones, zones_need_standard_lb
)  # fmt: skip
