"""What AKS refuses about a node pool because of its operating system, its processor or the features of its image."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from simulator.model import Request
from simulator.resources.containerservice import AZURERM, CODES, docs, issue
from simulator.resources.containerservice.pool import Pool, minor_of, pools_of
from simulator.resources.containerservice.pool_size_rules import size_of
from simulator.rule import Fault, rule

# Additive features come between the number of processors and the version; p is for Arm (learn.microsoft.com, "Azure VM
# sizes naming conventions", read 2026-11-25).
_ARM = re.compile(r"^standard_[bde][a-z]*\d+(-\d+)?[a-z]*p[a-z]*_v\d+$", re.IGNORECASE)
_WINDOWS_SKUS: Final = ("Windows2019", "Windows2022", "Windows2025", "WindowsAnnual")


def is_arm(pool: Pool) -> bool:
    """Whether the size of the pool's nodes has Arm processors, by its name."""
    size = pool.known("vmSize")
    return isinstance(size, str) and _ARM.match(size) is not None


@rule(
    "aks-os-sku", kind="static", code="InvalidOSSKU", reads=("osSKU", "osType"),
    source=f"{CODES}; {docs('create-node-pools.md')}",
)  # fmt: skip
def os_sku(request: Request) -> Iterator[Fault]:
    """Linux nodes have a Linux image, Windows nodes one of Windows."""
    for pool in pools_of(request):
        sku = pool.known("osSKU")
        if isinstance(sku, str) and pool.is_settled("osType") and (sku in _WINDOWS_SKUS) != pool.is_windows:
            kind = "Windows" if pool.is_windows else "Linux"
            yield Fault(f"osSKU {sku} is no image for osType {kind}", f"{pool.prefix}osSKU",
                        "leave osSKU out, or change osType")  # fmt: skip


@rule(
    "aks-windows-2019", kind="cross-resource", reads=("osSKU", "orchestratorVersion"),
    source=docs("includes/windows-server-2019-retirement.md"),
)  # fmt: skip
def windows_2019(request: Request) -> Iterator[Fault]:
    """Kubernetes 1.33 and later have no image of Windows Server 2019; a new cluster has a later one unless it says."""
    for pool in pools_of(request):
        version = pool.known("orchestratorVersion") or pool.cluster.get("kubernetesVersion")
        minor = minor_of(version)
        is_default = version is None and bool(pool.cluster) and pool.before is None
        if pool.known("osSKU") == "Windows2019" and (is_default or (minor is not None and minor >= (1, 33))):
            said = "the version that clusters get now" if minor is None else version
            yield Fault(f"osSKU Windows2019 is not supported with Kubernetes {said}", f"{pool.prefix}osSKU",
                        "use Windows2022")  # fmt: skip


@rule(
    "aks-windows-limits", kind="static", code="InvalidParameter", reads=("osType",),
    source=f"{docs('windows-vs-linux-containers.md')}; {docs('use-arm64-vms.md')}; {AZURERM}",
)  # fmt: skip
def windows_limits(request: Request) -> Iterator[Fault]:
    """What only Linux nodes have."""
    for pool in pools_of(request):
        if not pool.is_windows:
            continue
        for path in ("linuxOSConfig", "gpuInstanceProfile", "messageOfTheDay"):
            if pool.known(path) not in (None, ""):
                yield Fault(f"{path} is for Linux nodes, and pool {pool.name} runs Windows", f"{pool.prefix}{path}",
                            "leave it out")  # fmt: skip
        if is_arm(pool):
            yield Fault(f"{pool.known('vmSize')} has Arm processors, which Windows nodes don't run on",
                        f"{pool.prefix}vmSize", "use a size with x64 processors")  # fmt: skip


@rule(
    "aks-fips-arm", kind="static", code="InvalidParameter", reads=("enableFIPS", "vmSize", "osSKU"),
    source=f"{docs('use-arm64-vms.md')}; {issue('Azure/AKS#4787')}",
)  # fmt: skip
def fips_arm(request: Request) -> Iterator[Fault]:
    """There is one FIPS image for Arm: Azure Linux 3."""
    for pool in pools_of(request):
        ubuntu = str(pool.known("osSKU", "Ubuntu")).startswith("Ubuntu") and pool.is_settled("osSKU")
        if pool.known("enableFIPS") is True and is_arm(pool) and ubuntu:
            yield Fault("enableFIPS on a size with Arm processors needs osSKU AzureLinux", f"{pool.prefix}enableFIPS",
                        "use osSKU AzureLinux or a size with x64 processors")  # fmt: skip


@rule(
    "aks-fips-pod-sandboxing", kind="static", code="InvalidParameter", reads=("enableFIPS", "workloadRuntime"),
    source="Azure/AKS:CHANGELOG.md, 2026 (checked 2026-11-25)",
)  # fmt: skip
def fips_pod_sandboxing(request: Request) -> Iterator[Fault]:
    """The image for pod sandboxing isn't FIPS's."""
    for pool in pools_of(request):
        if pool.known("enableFIPS") is True and str(pool.known("workloadRuntime", "")).startswith("Kata"):
            yield Fault("enableFIPS does not go with pod sandboxing", f"{pool.prefix}enableFIPS", "leave one out")


@rule(
    "aks-pod-sandboxing-os", kind="static", code="InvalidParameter", reads=("osSKU", "workloadRuntime"),
    source=f"{docs('use-pod-sandboxing.md')}; code not confirmed",
)  # fmt: skip
def pod_sandboxing_os(request: Request) -> Iterator[Fault]:
    """Kata runs on Azure Linux alone; what AKS takes where nothing is said is Ubuntu."""
    for pool in pools_of(request):
        sku = pool.known("osSKU", "Ubuntu")
        if str(pool.known("workloadRuntime", "")).startswith("Kata") and not str(sku).startswith("AzureLinux"):
            yield Fault(f"workloadRuntime {pool.known('workloadRuntime')} needs osSKU AzureLinux, not {sku}",
                        f"{pool.prefix}osSKU", "use osSKU AzureLinux")  # fmt: skip


@rule(
    "aks-trusted-launch", kind="static", code="TrustedLaunchIncompatibleWithConfig", quoted=True,
    source=f"{issue('Azure/AKS#4181')}; {docs('use-trusted-launch.md')}",
    reads=("securityProfile", "osType", "vmSize", "type"),
)  # fmt: skip
def trusted_launch(request: Request) -> Iterator[Fault]:
    """Secure boot and virtual TPM are for Linux on x64."""
    for pool in pools_of(request):
        wanted = [f"securityProfile.{name}" for name in ("enableSecureBoot", "enableVTPM")
                  if pool.known(f"securityProfile.{name}") is True]  # fmt: skip
        if wanted and (pool.is_windows or is_arm(pool) or pool.known("type") == "AvailabilitySet"):
            yield Fault(
                "Trusted Launch enabled clusters using vTPM and/or Secure Boot are not supported for this agentpool. "
                "Secure Boot and/or vTPM requires the VM Image to be Trusted Launch Compatible. Ubuntu 1804, FIPS, "
                "Arm64, CBLMariner, GPU nodepools dont have Trusted Launch support.",
                f"{pool.prefix}{wanted[0]}", "leave securityProfile out, or use Linux on a size with x64 processors",
            )  # fmt: skip


@rule(
    "aks-gpu-instance-profile", kind="static", code="VMSizeDoesNotSupportMIG", reads=("gpuInstanceProfile", "vmSize"),
    source=f"{docs('gpu-multi-instance.md')}; {CODES}",
)  # fmt: skip
def gpu_instance_profile(request: Request) -> Iterator[Fault]:
    """Only A100 and newer data-centre GPUs can be sliced."""
    for pool in pools_of(request):
        size, profile = size_of(pool), pool.known("gpuInstanceProfile")
        if profile is not None and size is not None and size.mig_capable is False:
            yield Fault(
                f"gpuInstanceProfile {profile} on {size.name}, whose GPUs can't be sliced",
                f"{pool.prefix}gpuInstanceProfile", "use a size with A100 or H100 GPUs, or leave the profile out",
            )  # fmt: skip


OS_RULES = (
    os_sku, windows_2019, windows_limits, fips_arm, fips_pod_sandboxing, pod_sandboxing_os, trusted_launch,
    gpu_instance_profile,
)  # fmt: skip
