"""What AKS refuses about a node pool by itself: counts, modes, spot capacity, names, taints and labels.

Each rule serves both a pool of its own and the pools inside a cluster. What a VM size or region can't do is in
`pool_size_rules`, what depends on the rest of the cluster in `pool_cluster_rules`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from simulator.model import Request
from simulator.resources.containerservice.pool import POOL_TOKEN, pools_of
from simulator.rule import Fault, rule

_NAME = re.compile(r"^[a-z][a-z0-9]{0,11}$")
_TAINT = re.compile(
    r"^([a-z0-9A-Z][-a-zA-Z0-9_.]*/)?[a-zA-Z0-9]([-a-zA-Z0-9_.]{0,61}[a-zA-Z0-9])?"
    r"(=([a-zA-Z0-9]([-a-zA-Z0-9_.]{0,61}[a-zA-Z0-9])?)?)?:(NoSchedule|PreferNoSchedule|NoExecute)$"
)
_LABEL_NAME = re.compile(r"^([a-z0-9]([-a-z0-9.]{0,251}[a-z0-9])?/)?[a-zA-Z0-9]([-a-zA-Z0-9_.]{0,61}[a-zA-Z0-9])?$")
_LABEL_VALUE = re.compile(r"^([a-zA-Z0-9]([-a-zA-Z0-9_.]{0,61}[a-zA-Z0-9])?)?$")
_SURGE = re.compile(r"^(\d+|[1-9]\d*%)$")
SPOT_TAINT: Final = "kubernetes.azure.com/scalesetpriority=spot:NoSchedule"
MAX_NODES: Final = 1000


@rule("aks-pool-name", kind="static", code="InvalidParameter", source="Azure/AKS#3300", quoted=True)
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


@rule(
    "aks-windows-pool-name", kind="static", code="WindowsAgentPoolNameTooLong",
    source="MicrosoftDocs/azure-aks-docs:articles/aks/create-node-pools.md (not re-read)", reads=("osType",),
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


@rule(
    "aks-system-pool", kind="static", code="InvalidParameter",
    source="MicrosoftDocs/azure-aks-docs:articles/aks/use-system-pools.md; Azure/azure-cli#22442",
    reads=("mode", "osType", "count", "minCount", "scaleSetPriority"),
)  # fmt: skip
def system_pool(request: Request) -> Iterator[Fault]:
    """A system pool runs Linux on regular capacity and never goes down to no node."""
    for pool in pools_of(request):
        if not pool.is_system:
            continue
        if pool.is_windows:
            yield Fault("a system pool runs Linux, not Windows", f"{pool.prefix}osType", "make it a user pool")
        if pool.is_spot:
            yield Fault("a system pool can't be a spot pool", f"{pool.prefix}scaleSetPriority", "make it a user pool")
        for path in ("count", "minCount"):
            if pool.number(path) == 0 and (path == "count" or pool.known("enableAutoScaling") is True):
                yield Fault(f"a system pool needs a {path} of at least 1", f"{pool.prefix}{path}", "write 1 or more")


@rule("aks-pool-count", kind="static", code="InvalidParameter", source="Azure/azure-cli#22442; AKS service quotas")
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
    source="pulumi/pulumi-azure-native#2943", reads=("enableAutoScaling", "count"),
)  # fmt: skip
def autoscaler_count_missing(request: Request) -> Iterator[Fault]:
    """A new pool of the autoscaler says with how many nodes it starts."""
    is_new = request.token == POOL_TOKEN and request.old is None
    if is_new and request.at("enableAutoScaling") is True and request.at("count") is None:
        yield Fault("Required parameter properties.count is missing (null).", "count", "write the first count")


@rule(
    "aks-autoscaler-range", kind="static", code="InvalidParameter",
    source="MicrosoftDocs/azure-docs#56294; azure-cli aks validators",
    reads=("enableAutoScaling", "count", "minCount", "maxCount"),
)  # fmt: skip
def autoscaler_range(request: Request) -> Iterator[Fault]:
    """The autoscaler has two bounds, and a pool starts between them."""
    for pool in pools_of(request):
        if pool.known("enableAutoScaling") is not True:
            continue
        for path in ("minCount", "maxCount"):
            if path not in pool.fields or pool.fields[path] is None:
                yield Fault(f"enableAutoScaling needs a {path}", f"{pool.prefix}{path}", f"write {path}")
        least, most, count = pool.number("minCount"), pool.number("maxCount"), pool.number("count")
        if least is not None and most is not None and least > most:
            yield Fault(f"minCount {least} is more than maxCount {most}", f"{pool.prefix}minCount")
        elif pool.before is None and count is not None:
            below, above = least is not None and count < least, most is not None and count > most
            if below or above:
                yield Fault(
                    f"count {count} is not between minCount {least} and maxCount {most}", f"{pool.prefix}count",
                    "start within the bounds of the autoscaler",
                )  # fmt: skip


@rule(
    "aks-needs-scale-sets", kind="static",
    source="MicrosoftDocs/SupportArticles-docs:error-using-feature-requiring-virtual-machine-scale-set.md",
    reads=("type", "enableAutoScaling"),
)  # fmt: skip
def needs_scale_sets(request: Request) -> Iterator[Fault]:
    """Machines of an availability set are not scaled for anybody, and lie in no zone."""
    for pool in pools_of(request):
        if pool.known("type") != "AvailabilitySet":
            continue
        if pool.known("enableAutoScaling") is True:
            yield Fault(
                f"AgentPool {pool.name} has set auto scaling as enabled but isn't on Virtual Machine Scale Sets",
                f"{pool.prefix}type", "use type VirtualMachineScaleSets",
            )  # fmt: skip
        if pool.listed("availabilityZones"):
            yield Fault(
                f"pool {pool.name} names availabilityZones and isn't on Virtual Machine Scale Sets",
                f"{pool.prefix}type", "use type VirtualMachineScaleSets",
            )  # fmt: skip


@rule(
    "aks-spot-max-surge", kind="static", code="InvalidParameter", quoted=True, source="Azure/bicep#14517",
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
    source="MicrosoftDocs/azure-aks-docs:articles/aks/spot-node-pool.md",
)  # fmt: skip
def spot_price(request: Request) -> Iterator[Fault]:
    """-1, or dollars with five decimals; only spot pools have a price."""
    for pool in pools_of(request):
        price = pool.number("spotMaxPrice")
        if price is None or price == -1:
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
    source="azure-mgmt-containerservice 41.8.0 AgentPool.scale_set_eviction_policy (not re-read)",
)  # fmt: skip
def spot_eviction(request: Request) -> Iterator[Fault]:
    """Only spot nodes are evicted; `Delete`, which is the default, is let through."""
    for pool in pools_of(request):
        if not pool.is_spot and pool.known("scaleSetEvictionPolicy") == "Deallocate":
            yield Fault(
                "scaleSetEvictionPolicy Deallocate on a pool that isn't a spot pool",
                f"{pool.prefix}scaleSetEvictionPolicy", "leave it out, or use scaleSetPriority Spot",
            )  # fmt: skip


@rule(
    "aks-spot-taint", kind="lifecycle", code="PropertyChangeNotAllowed", quoted=True,
    source="pulumi/pulumi-azure-native#959", reads=("scaleSetPriority", "nodeTaints"),
)  # fmt: skip
def spot_taint(request: Request) -> Iterator[Fault]:
    """AKS taints a spot pool by itself, and reads a later PUT without the taint as taking it away."""
    for pool in pools_of(request):
        if (
            pool.prefix == ""
            and pool.before is not None
            and pool.is_spot
            and SPOT_TAINT not in pool.listed("nodeTaints")
        ):
            yield Fault(
                "Changing property 'properties.nodeTaints' is not allowed.", "nodeTaints",
                f"list {SPOT_TAINT} among nodeTaints",
            )  # fmt: skip


@rule(
    "aks-upgrade-settings", kind="static", code="InvalidParameter", reads=("upgradeSettings",),
    source="azure-mgmt-containerservice 41.8.0 AgentPoolUpgradeSettings; upgrade-aks-cluster (not re-read)",
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
        for name, least, most in (("drainTimeoutInMinutes", 0, 1440), ("nodeSoakDurationInMinutes", 0, 30)):
            minutes = pool.number(f"upgradeSettings.{name}")
            if minutes is not None and not least <= minutes <= most:
                yield Fault(f"{name} is {minutes}, and has to be from {least} to {most}",
                            f"{pool.prefix}upgradeSettings.{name}")  # fmt: skip


@rule(
    "aks-node-taints", kind="static", code="InvalidParameter", reads=("nodeTaints",),
    source="MicrosoftDocs/azure-aks-docs:articles/aks/use-node-taints.md (not re-read)",
)  # fmt: skip
def node_taints(request: Request) -> Iterator[Fault]:
    """key=value:effect."""
    for pool in pools_of(request):
        for taint in pool.listed("nodeTaints"):
            if _TAINT.match(taint) is None:
                yield Fault(
                    f"nodeTaints holds '{taint}', which is not of the form key=value:effect",
                    f"{pool.prefix}nodeTaints",
                    "the effect is NoSchedule, PreferNoSchedule or NoExecute",
                )  # fmt: skip


@rule(
    "aks-node-labels", kind="static", code="InvalidParameter", reads=("nodeLabels",),
    source="MicrosoftDocs/azure-aks-docs:articles/aks/use-labels.md (not re-read)",
)  # fmt: skip
def node_labels(request: Request) -> Iterator[Fault]:
    """Kubernetes' own syntax for names and values."""
    for pool in pools_of(request):
        labels = pool.known("nodeLabels")
        for name, value in labels.items() if isinstance(labels, dict) else ():
            if _LABEL_NAME.match(name) is None or (isinstance(value, str) and _LABEL_VALUE.match(value) is None):
                yield Fault(
                    f"nodeLabels holds '{name}: {value}', which is no Kubernetes label", f"{pool.prefix}nodeLabels",
                    "use letters, digits, - _ . with a letter or digit at both ends, at most 63 characters",
                )  # fmt: skip


POOL_RULES = (
    pool_name, windows_pool_name, system_pool, pool_count, autoscaler_count_missing, autoscaler_range, needs_scale_sets,
    spot_max_surge, spot_price, spot_eviction, spot_taint, upgrade_settings, node_taints, node_labels,
)  # fmt: skip
