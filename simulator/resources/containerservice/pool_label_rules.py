"""What AKS refuses about the labels and taints of a node pool."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from simulator.model import Request
from simulator.resources.containerservice import CODES, docs, issue
from simulator.resources.containerservice.pool import pools_of
from simulator.rule import Fault, rule

_TAINT = re.compile(
    r"^([a-z0-9A-Z][-a-zA-Z0-9_.]*/)?[a-zA-Z0-9]([-a-zA-Z0-9_.]{0,61}[a-zA-Z0-9])?"
    r"(=([a-zA-Z0-9]([-a-zA-Z0-9_.]{0,61}[a-zA-Z0-9])?)?)?:(NoSchedule|PreferNoSchedule|NoExecute)$"
)
_LABEL_NAME = re.compile(r"^([a-z0-9]([-a-z0-9.]{0,251}[a-z0-9])?/)?[a-zA-Z0-9]([-a-zA-Z0-9_.]{0,61}[a-zA-Z0-9])?$")
_LABEL_VALUE = re.compile(r"^([a-zA-Z0-9]([-a-zA-Z0-9_.]{0,61}[a-zA-Z0-9])?)?$")
# AKS's own labels that reports show in programs and that AKS takes there.
_OWN_TAKEN: Final = frozenset({"kubernetes.azure.com/scalesetpriority", "kubernetes.azure.com/mode"})
# Kubernetes' own names that nodes may give themselves (Azure/AKS#1937).
_GIVEN_BY_NODES: Final = frozenset(
    f"{domain}/{name}"
    for domain, names in (
        ("kubernetes.io", ("hostname", "instance-type", "os", "arch")),
        ("beta.kubernetes.io", ("instance-type", "os", "arch")),
        ("failure-domain.beta.kubernetes.io", ("zone", "region")),
        ("failure-domain.kubernetes.io", ("zone", "region")),
    )
    for name in names
)
_ALLOWED_DOMAINS: Final = ("kubelet.kubernetes.io", "node.kubernetes.io")


@rule(
    "aks-node-taints", kind="static", code="InvalidParameter", reads=("nodeTaints",), source=docs("use-node-taints.md")
)
def node_taints(request: Request) -> Iterator[Fault]:
    """key=value:effect; an empty text is no taint (Azure/AKS-Construction writes one)."""
    for pool in pools_of(request):
        for taint in pool.listed("nodeTaints"):
            if taint and _TAINT.match(taint) is None:
                yield Fault(
                    f"nodeTaints holds '{taint}', which is not of the form key=value:effect",
                    f"{pool.prefix}nodeTaints",
                    "the effect is NoSchedule, PreferNoSchedule or NoExecute",
                )  # fmt: skip


@rule(
    "aks-system-pool-taint", kind="static", code="SystemPoolHasRestrictedTaint", quoted=True,
    source=f"{issue('istio/istio.io#16905; Azure/AKS#2578')}; {CODES}", reads=("mode", "nodeTaints"),
)  # fmt: skip
def system_pool_taint(request: Request) -> Iterator[Fault]:
    """A system pool keeps nobody out but the pods that aren't critical."""
    for pool in pools_of(request):
        strict = [taint for taint in pool.listed("nodeTaints") if taint and not taint.endswith(":PreferNoSchedule")]
        if pool.is_system and any(not taint.startswith("CriticalAddonsOnly") for taint in strict):
            yield Fault(
                "Placing custom taints on system pool is not supported(except 'CriticalAddonsOnly' taint or taint "
                "effect is 'PreferNoSchedule'). Please refer to https://aka.ms/aks/system-taints for detail",
                f"{pool.prefix}nodeTaints", "use CriticalAddonsOnly=true:NoSchedule, or make it a user pool",
            )  # fmt: skip


@rule("aks-node-labels", kind="static", code="InvalidParameter", reads=("nodeLabels",), source=docs("use-labels.md"))
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


@rule(
    "aks-node-label-reserved", kind="static", quoted=True, reads=("nodeLabels",),
    source=f"{issue('ams0/aks-nvme-ssd-provisioner#5')}; {docs('use-labels.md')}",
)  # fmt: skip
def node_label_reserved(request: Request) -> Iterator[Fault]:
    """AKS's own prefix is AKS's."""
    for pool in pools_of(request):
        labels = pool.known("nodeLabels")
        for name in labels if isinstance(labels, dict) else ():
            if name.startswith("kubernetes.azure.com/") and name not in _OWN_TAKEN:
                yield Fault(
                    f"Invalid node label key {name}. The 'kubernetes.azure.com' prefix is preserved by aks system "
                    "labels",
                    f"{pool.prefix}nodeLabels", "use a prefix of your own",
                )  # fmt: skip


@rule(
    "aks-node-label-namespace", kind="static", quoted=True, reads=("nodeLabels",),
    source=issue("hashicorp/terraform-provider-azurerm#18567; Azure/AKS#2866, #1937, #4628"),
)  # fmt: skip
def node_label_namespace(request: Request) -> Iterator[Fault]:
    """Nodes may give themselves few of Kubernetes' own labels; roles are let through, AKS takes them since 2025."""
    for pool in pools_of(request):
        labels = pool.known("nodeLabels")
        for name, value in labels.items() if isinstance(labels, dict) else ():
            domain = name.split("/")[0] if "/" in name else ""
            ours = domain.endswith(("kubernetes.io", "k8s.io")) and name not in _GIVEN_BY_NODES
            if ours and not domain.endswith(_ALLOWED_DOMAINS) and domain != "node-role.kubernetes.io":
                yield Fault(
                    "For Kubernetes version greater than or equal to 1.16, node label keys in the 'kubernetes.io' or "
                    "'k8s.io' namespace must begin with an allowed prefix (kubelet.kubernetes.io, "
                    "node.kubernetes.io). For more information, please check https://aka.ms/aks-node-labels-116.",
                    f"{pool.prefix}nodeLabels", f"rename {name}={value}, for example with node.kubernetes.io/",
                )  # fmt: skip


LABEL_RULES = (node_taints, system_pool_taint, node_labels, node_label_reserved, node_label_namespace)
