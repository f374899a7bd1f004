"""What AKS refuses about a node pool by itself: names, modes, counts, spot capacity, upgrades.

Each rule serves both a pool of its own and the pools inside a cluster. Labels and taints are in `pool_label_rules`,
what an operating system or VM size can't do in `pool_os_rules` and `pool_size_rules`, what depends on the rest of the
cluster in `pool_cluster_rules`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from simulator.model import Request
from simulator.resources.containerservice import AZURERM, CHANGELOG, CODES, docs, issue
from simulator.resources.containerservice.pool import POOL_TOKEN, pools_of
from simulator.rule import Fault, rule

_OWN: Final = "aksmanagedap"
_NAME = re.compile(r"^[a-z][a-z0-9]{0,11}$")
_SURGE = re.compile(r"^(\d+|[1-9]\d*%)$")
_MODES: Final = ("System", "User", "Gateway")
MAX_NODES: Final = 1000


@rule("aks-pool-name", kind="static", code="InvalidParameter", source=issue("Azure/AKS#3300"), quoted=True)
def pool_name(request: Request) -> Iterator[Fault]:
    """Lower-case letters and digits, a letter first, at most twelve."""
    for pool in pools_of(request):
        if pool.name and _NAME.match(pool.name) is None:
            yield Fault(
                "The value of parameter agentPoolProfile.name is invalid. Please see https://aka.ms/aks-naming-rules "
                "for more details.",
                f"{pool.prefix}name" if pool.prefix else "agentPoolName",
                "use 1 to 12 lower-case letters and digits, a letter first",
            )


@rule("aks-pool-name-reserved", kind="static", code="InvalidParameter", source=f"{CHANGELOG}; code not confirmed")
def pool_name_reserved(request: Request) -> Iterator[Fault]:
    """A name for pools of AKS's own."""
    for pool in pools_of(request):
        if pool.name == _OWN and pool.before is None:
            yield Fault(f"the pool name {_OWN} is reserved for a component of AKS",
                        f"{pool.prefix}name" if pool.prefix else "agentPoolName", "use another name")  # fmt: skip


@rule(
    "aks-windows-pool-name", kind="static", code="WindowsAgentPoolNameTooLong", reads=("osType",),
    source=f"{docs('create-node-pools.md')}; {CODES}",
)  # fmt: skip
def windows_pool_name(request: Request) -> Iterator[Fault]:
    """Windows host names are short: six characters are left for the pool."""
    for pool in pools_of(request):
        if pool.is_windows and len(pool.name) > 6:
            yield Fault(
                f"the name of Windows pool '{pool.name}' has {len(pool.name)} characters and may have 6",
                f"{pool.prefix}name" if pool.prefix else "agentPoolName",
                "use at most 6 characters",
            )


@rule("aks-pool-mode", kind="static", code="InvalidParameter", source=CHANGELOG, reads=("mode",))
def pool_mode(request: Request) -> Iterator[Fault]:
    """AKS tells apart the case of a mode since 2025, and no longer takes another word for User."""
    for pool in pools_of(request):
        mode = pool.known("mode")
        if isinstance(mode, str) and mode not in _MODES:
            yield Fault(f"mode '{mode}' is none of {', '.join(_MODES)}", f"{pool.prefix}mode",
                        "write System or User, in this case")  # fmt: skip


@rule(
    "aks-system-pool-linux", kind="static", code="SystemPoolMustBeLinux", reads=("mode", "osType"),
    source=f"{docs('use-system-pools.md')}; {CODES}",
)  # fmt: skip
def system_pool_linux(request: Request) -> Iterator[Fault]:
    """AKS's own pods are for Linux."""
    for pool in pools_of(request):
        if pool.is_system and pool.is_windows:
            yield Fault("a system pool runs Linux, not Windows", f"{pool.prefix}osType", "make it a user pool")


@rule(
    "aks-system-pool-regular", kind="static", code="SystemPoolMustBeRegular", reads=("mode", "scaleSetPriority"),
    source=f"{docs('spot-node-pool.md')}; {CODES}",
)  # fmt: skip
def system_pool_regular(request: Request) -> Iterator[Fault]:
    """Spare capacity may go at any time, and with it AKS's own pods."""
    for pool in pools_of(request):
        if pool.is_system and pool.is_spot:
            yield Fault("a system pool can't be a spot pool", f"{pool.prefix}scaleSetPriority", "make it a user pool")


@rule(
    "aks-system-pool-count", kind="static", code="InvalidParameter", reads=("mode", "count", "minCount"),
    source=issue("kubernetes-sigs/cluster-api-provider-azure#5947; Azure/AKS#4298"),
)  # fmt: skip
def system_pool_count(request: Request) -> Iterator[Fault]:
    """A system pool never goes down to no node."""
    for pool in pools_of(request):
        for path in ("count", "minCount") if pool.is_system else ():
            if pool.number(path) == 0 and (path == "count" or pool.known("enableAutoScaling") is True):
                yield Fault(
                    f"agentPoolProfile.{path} was 0. It must be greater or equal to minCount:1 and less than or equal "
                    f"to maxCount:{MAX_NODES}: a system pool keeps a node",
                    f"{pool.prefix}{path}", "write 1 or more",
                )  # fmt: skip


@rule(
    "aks-pool-count", kind="static", code="InvalidParameter",
    source=f"{docs('quotas-skus-regions.md')}; Azure/azure-cli#22442",
)  # fmt: skip
def pool_count(request: Request) -> Iterator[Fault]:
    """From none to a thousand nodes."""
    for pool in pools_of(request):
        for path in ("count", "minCount", "maxCount"):
            number = pool.number(path)
            if number is not None and not 0 <= number <= MAX_NODES:
                yield Fault(
                    f"{path} is {number} and has to be from 0 to {MAX_NODES}", f"{pool.prefix}{path}",
                    "spread the nodes over several pools" if number > 0 else None,
                )  # fmt: skip


@rule(
    "aks-autoscaler-count-missing", kind="static", code="InvalidParameter", quoted=True,
    source=issue("pulumi/pulumi-azure-native#2943"), reads=("enableAutoScaling", "count"),
)  # fmt: skip
def autoscaler_count_missing(request: Request) -> Iterator[Fault]:
    """A new pool of the autoscaler says with how many nodes it starts."""
    is_new = request.token == POOL_TOKEN and request.old is None
    if is_new and request.at("enableAutoScaling") is True and request.at("count") is None:
        yield Fault("Required parameter properties.count is missing (null).", "count", "write the first count")


@rule(
    "aks-autoscaler-range", kind="static", code="InvalidParameter",
    source=issue("MicrosoftDocs/azure-docs#56294; azure-cli aks validators; Azure/bicep-registry-modules e2e tests"),
    reads=("enableAutoScaling", "count", "minCount", "maxCount"),
)  # fmt: skip
def autoscaler_range(request: Request) -> Iterator[Fault]:
    """The autoscaler has two bounds, and a pool doesn't start above them."""
    for pool in pools_of(request):
        if pool.known("enableAutoScaling") is not True:
            continue
        for path in ("minCount", "maxCount"):
            if path not in pool.fields or pool.fields[path] is None:
                yield Fault(f"enableAutoScaling needs a {path}", f"{pool.prefix}{path}", f"write {path}")
        least, most, count = pool.number("minCount"), pool.number("maxCount"), pool.number("count")
        if least is not None and most is not None and least > most:
            yield Fault(f"minCount {least} is more than maxCount {most}", f"{pool.prefix}minCount")
        # Fewer nodes than minCount are taken: the autoscaler makes up for them.
        elif pool.before is None and count is not None and most is not None and count > most:
            yield Fault(
                f"count {count} is more than maxCount {most}", f"{pool.prefix}count",
                "start within the bounds of the autoscaler",
            )  # fmt: skip


@rule(
    "aks-spot-max-surge", kind="static", code="InvalidParameter", quoted=True, source=issue("Azure/bicep#14517"),
    reads=("scaleSetPriority", "upgradeSettings"),
)  # fmt: skip
def spot_max_surge(request: Request) -> Iterator[Fault]:
    """Spot pools are upgraded without a surge."""
    for pool in pools_of(request):
        if pool.is_spot and pool.known("upgradeSettings.maxSurge") not in (None, ""):
            yield Fault(
                "The value of parameter agentPoolProfile.upgrade.maxSurge is invalid. Error details: Spot pools can't "
                "set max surge. Please see https://aka.ms/aks-naming-rules for more details.",
                f"{pool.prefix}upgradeSettings.maxSurge", "leave maxSurge out",
            )  # fmt: skip


@rule(
    "aks-spot-price", kind="static", code="InvalidParameter", reads=("scaleSetPriority", "spotMaxPrice"),
    source=docs("spot-node-pool.md"),
)  # fmt: skip
def spot_price(request: Request) -> Iterator[Fault]:
    """-1, or dollars with five decimals; only spot pools have a price."""
    for pool in pools_of(request):
        price = pool.number("spotMaxPrice")
        if price is None or price == -1 or not pool.is_settled("scaleSetPriority"):
            continue
        target = f"{pool.prefix}spotMaxPrice"
        if not pool.is_spot:
            yield Fault(f"spotMaxPrice {price} on a pool that isn't a spot pool", target, "leave it out")
        elif price <= 0 or round(price, 5) != price:
            yield Fault(
                f"spotMaxPrice {price} is neither -1 nor a positive price with at most five decimals", target,
                "write -1 for the on-demand price as the limit",
            )  # fmt: skip


@rule(
    "aks-spot-eviction", kind="static", code="InvalidParameter", reads=("scaleSetPriority", "scaleSetEvictionPolicy"),
    source=f"the SDK's words on AgentPool.scaleSetEvictionPolicy; {AZURERM}",
)  # fmt: skip
def spot_eviction(request: Request) -> Iterator[Fault]:
    """Only spot nodes are evicted; `Delete`, which is the default, is let through."""
    for pool in pools_of(request):
        settled = pool.is_settled("scaleSetPriority")
        if settled and not pool.is_spot and pool.known("scaleSetEvictionPolicy") == "Deallocate":
            yield Fault(
                "scaleSetEvictionPolicy Deallocate on a pool that isn't a spot pool",
                f"{pool.prefix}scaleSetEvictionPolicy", "leave it out, or use scaleSetPriority Spot",
            )  # fmt: skip


@rule(
    "aks-upgrade-settings", kind="static", code="InvalidParameter", reads=("upgradeSettings",),
    source=f"{docs('upgrade-aks-node-pools-rolling.md')}; {CHANGELOG}",
)  # fmt: skip
def upgrade_settings(request: Request) -> Iterator[Fault]:
    """A surge is a number or a percentage; something has to give way; times have bounds."""
    for pool in pools_of(request):
        surge, away = pool.known("upgradeSettings.maxSurge"), pool.known("upgradeSettings.maxUnavailable")
        for name, value in (("maxSurge", surge), ("maxUnavailable", away)):
            if isinstance(value, str) and value and _SURGE.match(value) is None and value != "0%":
                yield Fault(
                    f"{name} '{value}' is neither a number nor a percentage", f"{pool.prefix}upgradeSettings.{name}",
                    "write 1 or 33%, for example",
                )  # fmt: skip
        if surge in ("0", "0%") and away in ("0", "0%"):
            yield Fault(
                "maxSurge and maxUnavailable can't both be 0", f"{pool.prefix}upgradeSettings.maxSurge",
                "let one of the two be 1",
            )  # fmt: skip
        for name, least, most in (("drainTimeoutInMinutes", 5, 1440), ("nodeSoakDurationInMinutes", 0, 30)):
            minutes = pool.number(f"upgradeSettings.{name}")
            # 0 stands for the default in programs that other tools wrote.
            if minutes is not None and minutes != 0 and not least <= minutes <= most:
                yield Fault(f"{name} is {minutes}, and has to be from {least} to {most}",
                            f"{pool.prefix}upgradeSettings.{name}")  # fmt: skip


POOL_RULES = (
    pool_name, pool_name_reserved, windows_pool_name, pool_mode, system_pool_linux, system_pool_regular,
    system_pool_count, pool_count, autoscaler_count_missing, autoscaler_range, spot_max_surge, spot_price,
    spot_eviction, upgrade_settings,
)  # fmt: skip
