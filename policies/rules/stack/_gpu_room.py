"""Room for GPUs: which pools a pod may run on, and how many GPUs each of them has as Kubernetes counts."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Final

from facts.gpu_slices import SLICES
from policies.resource import Stack
from policies.rules.aks._pools import has_gpus, known_size
from policies.types import AGENT_POOL, CLUSTER
from policies.values import UnjudgeableError
from policies.view import View

GPU: Final = "nvidia.com/gpu"
_SLICES: Final = {profile.lower(): number for profile, number in SLICES.items()}
_SHARES: Final = re.compile(r"shares-(\d+)")
_STOPPING: Final = ("NoSchedule", "NoExecute")
# Labels in these domains come from the kubelet, AKS or the GPU operator: what they hold is not written in the pool.
_FROM_OTHERS: Final = ("kubernetes.io", "k8s.io", "kubernetes.azure.com", "nvidia.com")


@dataclass(frozen=True)
class Toleration:
    """What a pod tolerates; an empty key tolerates everything."""

    key: str
    value: str
    exists: bool

    def tolerates(self, key: str, value: str) -> bool:
        """Whether it lets a pod onto a node with this taint."""
        return self.key in ("", key) and (self.exists or self.value == value)


@dataclass(frozen=True)
class GpuPool:
    """A pool with GPUs. `each`: GPUs of a node, `nodes`: the most of them."""

    name: str
    labels: Mapping[str, str]
    taints: tuple[str, ...]
    each: int
    nodes: int

    def selected(self, selector: Mapping[str, str]) -> bool:
        """Whether a selector can take its nodes; labels that others set are taken for granted."""
        return all(
            self.labels[key] == value if key in self.labels else key.partition("/")[0].endswith(_FROM_OTHERS)
            for key, value in selector.items()
        )

    def tolerated(self, tolerations: tuple[Toleration, ...]) -> bool:
        """Whether every taint that stops pods is tolerated."""
        return all(_let_in(taint, tolerations) for taint in self.taints)


def _let_in(taint: str, tolerations: tuple[Toleration, ...]) -> bool:
    named, _, effect = taint.rpartition(":")
    key, _, value = named.partition("=")
    # AKS gives pods that ask for GPUs the toleration of such a taint (ExtendedResourceToleration, not re-read).
    return effect not in _STOPPING or key == GPU or any(each.tolerates(key, value) for each in tolerations)


def tolerations(holder: View, path: str) -> tuple[Toleration, ...]:
    """What stands at `path`."""
    return tuple(
        Toleration(
            each.text("key", absent=""),
            each.text("value", absent=""),
            each.word("operator", absent="Equal") == "exists",
        )
        for each in holder.each(path)
    )


def labels(holder: View, path: str) -> Mapping[str, str]:
    """A map of texts."""
    return {key: holder.text(f"{path}[{key}]", absent="") for key in holder.keys(path)}


def gpu_pools(stack: Stack) -> list[GpuPool]:
    """Every pool with GPUs. Raises UnjudgeableError where there is no cluster, or a pool can't be read."""
    if not any(True for _ in stack.of(CLUSTER, AGENT_POOL)):
        raise UnjudgeableError("", "stands beside no cluster whose nodes could be counted")
    return stack.once("pools with GPUs", lambda: [_pool(view) for view in _views(stack) if has_gpus(view)])


def _views(stack: Stack) -> Iterator[View]:
    for cluster in stack.of(CLUSTER):
        yield from cluster.view().each("agentPoolProfiles")
    for pool in stack.of(AGENT_POOL):
        yield pool.view()


def _pool(view: View) -> GpuPool:
    name = view.text("agentPoolName", absent="") or view.text("name", absent="")
    size = known_size(view.text("vmSize", absent=""))
    if size is None:
        raise UnjudgeableError("vmSize", "is a size with GPUs that our facts don't have")
    grows = view.flag("enableAutoScaling", absent=False)
    nodes = view.number("maxCount" if grows else "count", absent=0)
    own = {**labels(view, "nodeLabels"), "agentpool": name, "kubernetes.azure.com/agentpool": name}
    shares = _SHARES.fullmatch(own.get("nvidia.com/device-plugin.config", ""))
    slices = _SLICES.get(view.word("gpuInstanceProfile", absent=""), 1)
    each = int(size.gpu_count * slices) * (int(shares[1]) if shares else 1)
    return GpuPool(name, own, tuple(view.texts("nodeTaints")), each, int(nodes or 0))
