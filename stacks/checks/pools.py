"""The node pools: sizes, bounds, zones and GPUs."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from facts.gpu_slices import slice_name
from facts.regions import region
from facts.vm_sizes import VmSize, gpu_sizes_in, vm_size, vm_sizes
from stacks.problems import Problem, SettingPath, closest
from stacks.sections.cluster import GpuPoolSettings, SystemPoolSettings, UserPoolSettings
from stacks.settings import Settings

SYSTEM_VCPUS = 4
SYSTEM_MEMORY_GIB = 4
"""AKS wants at least this of a system pool's size: azure-aks-docs articles/aks/use-system-pools.md."""

LABEL_DOMAINS = ("platform.gov", "kubernetes.azure.com", "kubernetes.io", "k8s.io")
"""Every label in these domains is somebody's who needs it to be true: ours, AKS's or the kubelet's."""
PLATFORM_LABELS = frozenset(
    {
        "accelerator",
        "nvidia.com/device-plugin.config",
        "nvidia.com/gpu.deploy.container-toolkit",
        "nvidia.com/gpu.deploy.driver",
    }
)
"""Other labels that the platform sets (`components.aks.gpu_pool`)."""


@dataclass(frozen=True)
class _Pool:
    """A pool, where it stands, and its size as far as the facts know it."""

    path: SettingPath
    settings: SystemPoolSettings | UserPoolSettings | GpuPoolSettings
    size: VmSize | None


def _pools(settings: Settings) -> Iterator[_Pool]:
    cluster = settings.cluster
    yield _Pool(("cluster", "system_pool"), cluster.system_pool, _known(cluster.system_pool.vm_size))
    for name, user_pool in cluster.pools.items():
        yield _Pool(("cluster", "pools", name), user_pool, _known(user_pool.vm_size))
    for name, pool in cluster.gpu_pools.items():
        yield _Pool(("cluster", "gpu_pools", name), pool, _known(pool.vm_size))


def _gpu_pools(settings: Settings) -> Iterator[tuple[SettingPath, GpuPoolSettings, VmSize]]:
    """GPU pools whose size is known; `sizes_are_offered` reports the others."""
    for name, pool in settings.cluster.gpu_pools.items():
        if (size := _known(pool.vm_size)) is not None:
            yield ("cluster", "gpu_pools", name), pool, size


def _known(name: str) -> VmSize | None:
    try:
        return vm_size(name)
    except LookupError:
        return None


def bounds_are_in_order(settings: Settings) -> Iterator[Problem]:
    """The autoscaler's lower bound is not above its upper bound."""
    for pool in _pools(settings):
        low, high = pool.settings.min_count, pool.settings.max_count
        if low > high:
            yield Problem(
                path=(*pool.path, "min_count"),
                what=f"min_count {low} is above max_count {high}.",
                follows="Azure refuses the pool.",
                fix=f"Lower min_count to {high}, or raise max_count to {low}.",
            )


def sizes_are_offered(settings: Settings) -> Iterator[Problem]:
    """Every size is known, and the region lists it."""
    where = settings.region.value
    for pool in _pools(settings):
        gpu = isinstance(pool.settings, GpuPoolSettings)
        if pool.size is None:
            yield _unknown_size(pool)
        elif where not in pool.size.regions:
            same = gpu_sizes_in(where) if gpu else [size for size in vm_sizes().values() if where in size.regions]
            offered = ", ".join(size.name for size in same if size.has_gpu == gpu and _near(size, pool.size))
            yield Problem(
                path=(*pool.path, "vm_size"),
                what=f"{where} does not offer {pool.size.name}.",
                follows="Azure refuses the pool (SkuNotAvailable).",
                fix=f"Offered there (facts/vm_sizes.csv): {offered}." if offered else "Choose another region.",
            )


def _near(size: VmSize, wanted: VmSize) -> bool:
    """GPUs are few, so all are worth naming; of the other sizes those with as many vCPUs."""
    return size.has_gpu or size.vcpus == wanted.vcpus


def _unknown_size(pool: _Pool) -> Problem:
    name = pool.settings.vm_size
    meant = closest(name, vm_sizes())
    return Problem(
        path=(*pool.path, "vm_size"),
        what=f"{name} is not in facts/vm_sizes.csv." + ("" if meant is None else f" Did you mean {meant}?"),
        follows="Nobody could say whether the region offers it, what quota it takes or what GPU it has.",
        fix="Correct the name; if the size is real, add a row with its source and date.",
    )


def system_pool_suits_system_pods(settings: Settings) -> Iterator[Problem]:
    """The cluster's own pods get enough processors, and no GPU."""
    pool = settings.cluster.system_pool
    size = _known(pool.vm_size)
    if size is None:
        return
    path = ("cluster", "system_pool", "vm_size")
    if size.has_gpu:
        yield Problem(
            path=path,
            what=f"{size.name} has a GPU ({size.gpu_model}).",
            follows="The cluster's own pods would hold a GPU for ever, at many times the price.",
            fix="Choose a size of the D series here, and put the GPU into `cluster.gpu_pools`.",
        )
    elif size.vcpus < SYSTEM_VCPUS or size.memory_gib < SYSTEM_MEMORY_GIB:
        yield Problem(
            path=path,
            what=f"{size.name} has {size.vcpus} vCPUs and {size.memory_gib:g} GiB.",
            follows="AKS wants more for a system pool; the cluster's own pods would be evicted.",
            fix=f"Choose a size with {SYSTEM_VCPUS} vCPUs and {SYSTEM_MEMORY_GIB} GiB or more.",
        )


def gpu_pools_have_gpus(settings: Settings) -> Iterator[Problem]:
    """The size of a GPU pool has a GPU."""
    for path, _, size in _gpu_pools(settings):
        if not size.has_gpu:
            offered = ", ".join(each.name for each in gpu_sizes_in(settings.region.value))
            yield Problem(
                path=(*path, "vm_size"),
                what=f"{size.name} has no GPU.",
                follows="The pool's taint keeps everything but GPU work away, and GPU work would never be scheduled.",
                fix=f"Choose a GPU size: {offered}.",
            )


def mig_fits_the_gpu(settings: Settings) -> Iterator[Problem]:
    """Only a GPU that can be sliced is sliced, and with a driver."""
    for path, pool, size in _gpu_pools(settings):
        if pool.mig_profile is None:
            continue
        if size.mig_capable is not True:
            known = "can't be sliced" if size.mig_capable is False else "is not known to be sliceable"
            yield Problem(
                path=(*path, "mig_profile"),
                what=f"{pool.mig_profile} is set, but the GPU of {size.name} ({size.gpu_model}) {known}.",
                follows="Azure refuses the pool: MIG is for A100, H100 and H200.",
                fix="Remove mig_profile, or choose an A100 or H100 size.",
            )
        elif pool.mig_strategy == "mixed" and slice_name(size, pool.mig_profile) is None:
            yield Problem(
                path=(*path, "mig_strategy"),
                what=f"Under which name a slice of {size.gpu_model} is asked for is not known here.",
                follows="No quota or queue of a team could name the slices, so nobody would get one.",
                fix="Write `mig_strategy: single`, or add the slices to facts/gpu_slices.py.",
            )
        if pool.driver == "operator":
            yield Problem(
                path=(*path, "driver"),
                what="The driver is left to the operator, but mig_profile is set.",
                follows="AKS slices a GPU with the driver's own tool as a node starts: without it, nodes stay whole.",
                fix="Write `driver: aks`, or remove mig_profile and let the GPU operator slice.",
            )


def driver_fits_the_gpu(settings: Settings) -> Iterator[Problem]:
    """AKS installs drivers for NVIDIA only (Azure/karpenter-provider-azure pkg/utils/gpu.go, 2026-08)."""
    for path, pool, size in _gpu_pools(settings):
        if size.gpu_vendor == "amd" and pool.driver == "aks":
            yield Problem(
                path=(*path, "driver"),
                what=f"AKS has no driver for the GPU of {size.name} ({size.gpu_model}).",
                follows="The pool's nodes start without a usable GPU.",
                fix="Write `driver: operator`, and install the AMD GPU operator.",
            )


def zones_exist(settings: Settings) -> Iterator[Problem]:
    """Every zone is one of the region's, and named once."""
    offered = region(settings.region.value).zones
    for pool in _pools(settings):
        zones = pool.settings.zones
        if missing := [zone for zone in zones if zone not in offered]:
            has = f"has the zones {', '.join(offered)}" if offered else "has no availability zones"
            yield Problem(
                path=(*pool.path, "zones"),
                what=f"{settings.region.value} {has}, not {', '.join(missing)}.",
                follows="Azure refuses the pool (AvailabilityZoneNotSupported).",
                fix="Write the region's zones." if offered else "Remove `zones`.",
            )
        if twice := [zone for zone, count in Counter(zones).items() if count > 1]:
            yield Problem(
                path=(*pool.path, "zones"),
                what=f"Zone {', '.join(twice)} is written twice.",
                follows="Azure refuses the pool, or it has fewer zones than it seems.",
                fix="Name each zone once.",
            )


def spot_price_is_a_price(settings: Settings) -> Iterator[Problem]:
    """A maximum price is an amount, or -1 for none."""
    for pool in _pools(settings):
        spot = None if isinstance(pool.settings, SystemPoolSettings) else pool.settings.spot
        if spot is not None and -1 < spot.max_price <= 0:
            yield Problem(
                path=(*pool.path, "spot", "max_price"),
                what=f"{spot.max_price:g} is no price.",
                follows="Azure refuses the pool: a price is above 0, and only -1 means no limit.",
                fix="Write -1, or the most that an hour may cost in USD.",
            )


def labels_are_not_the_platforms(settings: Settings) -> Iterator[Problem]:
    """Further labels are further ones: what the platform, AKS and the GPU operator say of a node stays true."""
    for pool in _pools(settings):
        labels = () if isinstance(pool.settings, SystemPoolSettings) else pool.settings.labels
        for label in labels:
            prefix = label.rpartition("/")[0]
            owned = any(prefix == each or prefix.endswith(f".{each}") for each in LABEL_DOMAINS)
            if owned or label in PLATFORM_LABELS:
                yield Problem(
                    path=(*pool.path, "labels", label),
                    what=f"{label} is set by the platform, AKS or the GPU operator.",
                    follows="Pods would land on nodes of another team, kind or classification, or on none.",
                    fix="Choose a label of your own, for example `example.org/purpose`.",
                )


CHECKS = (
    bounds_are_in_order,
    sizes_are_offered,
    system_pool_suits_system_pods,
    gpu_pools_have_gpus,
    mig_fits_the_gpu,
    driver_fits_the_gpu,
    zones_exist,
    spot_price_is_a_price,
    labels_are_not_the_platforms,
)
