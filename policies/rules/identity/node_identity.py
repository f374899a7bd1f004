"""IAM-009: the identity of a cluster's nodes may pull images, and nothing else."""

from __future__ import annotations

from typing import Any, Final

from policies.references import behind
from policies.resource import Resource, Stack
from policies.rule import ABSENT, Category, Context, Example, Property, Rule, Scope, Severity, StackBreak, Verdict
from policies.rules._role_assignments import assignment_of, judged_roles, with_role
from policies.types import CLUSTER, IDENTITY
from policies.view import Fault, Judged, View

_ALLOWED: Final = frozenset({"AcrPull"})


def check(view: View, context: Context) -> Judged:
    """Every role of the kubelet's identity is AcrPull."""
    if not view.has("identityProfile"):
        return
    for identity in _kubelets(context.stack, context.resource):
        yield from judged_roles(context.stack, identity, _other_role, "identityProfile")


def _other_role(_stack: Stack, assignment: Resource, name: str) -> Judged:
    if name not in _ALLOWED:
        shown = name or "a custom role"
        yield Fault("identityProfile", f"holds {shown} ({assignment.name}), and so does every pod of the node")


def _kubelets(stack: Stack, cluster: Resource) -> tuple[Resource, ...]:
    return tuple(one for one in behind(stack, cluster, "identityProfile") if one.type == IDENTITY)


def _reading(stack: Stack, cluster: Resource) -> Stack | None:
    changed = (with_role(stack, identity, "Key Vault Secrets User") for identity in _kubelets(stack, cluster))
    return next(filter(None, changed), None)


_KUBELET: Final = "/subscriptions/s/resourceGroups/rg/providers/Microsoft.ManagedIdentity/userAssignedIdentities/id"
_IDENTITY: Final = Resource(type=IDENTITY, name="kubelet", id=_KUBELET, urn="urn:kubelet")
_CLUSTER: Final[dict[str, Any]] = {"identityProfile": {"kubeletidentity": {"resourceId": _KUBELET}}}


def _held(name: str) -> Resource:
    return assignment_of(name, _IDENTITY.urn)


RULE = Rule(
    id="IAM-009",
    title="Nodes of a cluster may pull images and nothing else",
    severity=Severity.HIGH,
    category=Category.IDENTITY,
    types=(CLUSTER,),
    scope=Scope.STACK,
    controls=(
        "itsg33/AC-6",
        "itsg33/SC-7",
        "mcsb/PA-7",
        "cis-aks/5.2.1",
        "hipaa/164.312(a)(1)",
        "gdpr/32(1)(b)",
        "popa/10",
        "hia/60",
    ),
    why="Every pod can ask its node for the kubelet's token; what that identity may do, each container may.",
    fix="Take the role away from the kubelet's identity and give it to the identity of the workload that needs it.",
    link="https://learn.microsoft.com/azure/aks/use-managed-identity",
    properties=(
        Property(
            "identityProfile",
            ABSENT,
            Verdict.PASS,
            "ManagedCluster, Microsoft.ContainerService 2025-05-01: Azure makes an identity without roles",
        ),
    ),
    check=check,
    good=(Example(_CLUSTER, others=(_IDENTITY, _held("AcrPull"))), Example(_CLUSTER, others=(_IDENTITY,))),
    bad=(
        Example(_CLUSTER, others=(_IDENTITY, _held("AcrPull"), _held("Key Vault Secrets User"))),
        Example(_CLUSTER, others=(_IDENTITY, _held("Contributor"))),
    ),
    breaks=(StackBreak("its role reads secrets", _reading, companions=("STK-005",)),),
)
