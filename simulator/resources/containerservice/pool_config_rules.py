"""What AKS refuses about the kubelet and Linux settings of a node pool."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from simulator.model import Request
from simulator.resources.containerservice import CODES, docs
from simulator.resources.containerservice.pool import pools_of
from simulator.rule import Fault, rule

_SOURCE: Final = f"{docs('custom-node-configuration-reference.md')}; {CODES}"
_CHOICES: Final = {
    "cpuManagerPolicy": ("none", "static"),
    "topologyManagerPolicy": ("none", "best-effort", "restricted", "single-numa-node"),
}
_HUGE_PAGES: Final = {
    "transparentHugePageEnabled": ("always", "madvise", "never"),
    "transparentHugePageDefrag": ("always", "defer", "defer+madvise", "madvise", "never"),
}
# What the reference page lists; the SDK's limits for three more are in the general table of constraints.
_SYSCTLS: Final = {
    "fsAioMaxNr": (65536, 6553500),
    "fsInotifyMaxUserWatches": (781250, 2097152),
    "fsNrOpen": (8192, 20000500),
    "netCoreNetdevMaxBacklog": (1000, 3240000),
    "netCoreOptmemMax": (20480, 4194304),
    "netCoreRmemMax": (212992, 134217728),
    "netCoreSomaxconn": (4096, 3240000),
    "netCoreWmemMax": (212992, 134217728),
    "netIpv4NeighDefaultGcThresh1": (128, 80000),
    "netIpv4NeighDefaultGcThresh2": (512, 90000),
    "netIpv4NeighDefaultGcThresh3": (1024, 100000),
    "netIpv4TcpFinTimeout": (5, 120),
    "netIpv4TcpKeepaliveProbes": (1, 15),
    "netIpv4TcpKeepaliveTime": (30, 432000),
    "netIpv4TcpMaxSynBacklog": (128, 3240000),
    "netIpv4TcpMaxTwBuckets": (8000, 1440000),
    "vmSwappiness": (0, 100),
    "vmVfsCachePressure": (1, 100),
}
_PORTS = re.compile(r"^\s*(\d+)\s+(\d+)\s*$")


@rule("aks-kubelet-config", kind="static", code="InvalidCustomKubeletConfig", source=_SOURCE, reads=("kubeletConfig",))
def kubelet_config(request: Request) -> Iterator[Fault]:
    """Policies by name; collection of images starts above where it ends."""
    for pool in pools_of(request):
        for name, allowed in _CHOICES.items():
            value = pool.known(f"kubeletConfig.{name}")
            if isinstance(value, str) and value not in allowed:
                yield Fault(f"{name} '{value}' is none of {', '.join(allowed)}", f"{pool.prefix}kubeletConfig.{name}")
        high, low = (pool.number(f"kubeletConfig.imageGc{which}Threshold") for which in ("High", "Low"))
        for which, value in (("High", high), ("Low", low)):
            if value is not None and not 0 <= value <= 100:
                yield Fault(f"imageGc{which}Threshold is {value}, and has to be from 0 to 100",
                            f"{pool.prefix}kubeletConfig.imageGc{which}Threshold")  # fmt: skip
        if high is not None and low is not None and low > high:
            yield Fault(f"imageGcLowThreshold {low} is above imageGcHighThreshold {high}",
                        f"{pool.prefix}kubeletConfig.imageGcLowThreshold")  # fmt: skip


@rule("aks-linux-config", kind="static", code="InvalidCustomLinuxOSConfig", source=_SOURCE, reads=("linuxOSConfig",))
def linux_config(request: Request) -> Iterator[Fault]:
    """Kernel settings have ranges."""
    for pool in pools_of(request):
        base = f"{pool.prefix}linuxOSConfig"
        for name, allowed in _HUGE_PAGES.items():
            value = pool.known(f"linuxOSConfig.{name}")
            if isinstance(value, str) and value not in allowed:
                yield Fault(f"{name} '{value}' is none of {', '.join(allowed)}", f"{base}.{name}")
        for name, (least, most) in _SYSCTLS.items():
            number = pool.number(f"linuxOSConfig.sysctls.{name}")
            if number is not None and not least <= number <= most:
                yield Fault(f"{name} is {number}, and has to be from {least} to {most}", f"{base}.sysctls.{name}")


@rule(
    "aks-local-ports", kind="static", code="InvalidCustomLinuxOSConfig", source=_SOURCE,
    reads=("linuxOSConfig.sysctls",),
)  # fmt: skip
def local_ports(request: Request) -> Iterator[Fault]:
    """Two numbers: the first port that a connection may take, and the last."""
    path = "linuxOSConfig.sysctls.netIpv4IpLocalPortRange"
    for pool in pools_of(request):
        written = pool.known(path)
        found = _PORTS.match(written) if isinstance(written, str) else None
        if not isinstance(written, str):
            continue
        if found is None or not (1024 <= int(found[1]) <= 60999 and 32768 <= int(found[2]) <= 65535):
            yield Fault(
                f"netIpv4IpLocalPortRange '{written}' is not a first port from 1024 to 60999 and a last one from 32768 "
                "to 65535",
                f"{pool.prefix}{path}", "write 32768 60999, for example",
            )  # fmt: skip


@rule(
    "aks-swap-file", kind="static", code="InvalidCustomLinuxOSConfig", reads=("linuxOSConfig", "kubeletConfig"),
    source="kubernetes-sigs/cluster-api-provider-azure: FailSwapOn of azuremanagedmachinepool (checked 2026-11-25); "
    "code not confirmed",
)  # fmt: skip
def swap_file(request: Request) -> Iterator[Fault]:
    """The kubelet doesn't start on a node that swaps, unless it is told to."""
    for pool in pools_of(request):
        size = pool.number("linuxOSConfig.swapFileSizeMB")
        if size is not None and size > 0 and pool.known("kubeletConfig.failSwapOn") is not False:
            yield Fault(f"a swap file of {size} MB, and failSwapOn is not false",
                        f"{pool.prefix}linuxOSConfig.swapFileSizeMB",
                        "set kubeletConfig.failSwapOn to false")  # fmt: skip


CONFIG_RULES = (kubelet_config, linux_config, local_ports, swap_file)
