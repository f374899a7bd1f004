"""What AKS no longer makes: kinds of node pools whose time is over. Pools that exist already are left alone."""

from __future__ import annotations

from collections.abc import Iterator

from simulator.model import Request
from simulator.resources.containerservice import CHANGELOG, docs, issue
from simulator.resources.containerservice.pool import pools_of
from simulator.rule import Fault, rule


@rule("aks-availability-set-retired", kind="static", code="InvalidAgentPoolType", quoted=True, reads=("type",),
      source=f"{issue('Azure/Microsoft-Defender-for-Cloud#1002')}; {docs('availability-sets-on-aks.md')}")  # fmt: skip
def availability_set_retired(request: Request) -> Iterator[Fault]:
    """Availability sets went on 2025-09-30."""
    for pool in pools_of(request):
        if pool.before is None and pool.known("type") == "AvailabilitySet":
            yield Fault(
                "The VMAS (AvailabilitySet) agent pool has been deprecated and is no longer available for creation.",
                f"{pool.prefix}type", "use type VirtualMachineScaleSets",
            )  # fmt: skip


@rule("aks-wasm-retired", kind="static", code="InvalidParameter", reads=("workloadRuntime",),
      source=f"{CHANGELOG}; Azure/AKS#4770, which it names; code not confirmed")  # fmt: skip
def wasm_retired(request: Request) -> Iterator[Fault]:
    """Pools for WebAssembly went on 2025-05-05."""
    for pool in pools_of(request):
        if pool.before is None and pool.known("workloadRuntime") == "WasmWasi":
            yield Fault("workloadRuntime WasmWasi is retired, and no new pool can have it",
                        f"{pool.prefix}workloadRuntime",
                        "use OCIContainer, and bring a runtime such as SpinKube")  # fmt: skip


@rule("aks-mariner-retired", kind="static", code="InvalidOSSKU", reads=("osSKU",),
      source=f"{CHANGELOG}; code not confirmed")  # fmt: skip
def mariner_retired(request: Request) -> Iterator[Fault]:
    """CBL-Mariner became Azure Linux."""
    for pool in pools_of(request):
        if pool.before is None and pool.known("osSKU") in ("CBLMariner", "Mariner"):
            yield Fault(f"osSKU {pool.known('osSKU')} is retired, and no new pool can have it", f"{pool.prefix}osSKU",
                        "use AzureLinux")  # fmt: skip


RETIRED_RULES = (availability_set_retired, wasm_retired, mariner_retired)
