"""STK-005: whoever runs images may pull them from the stack's registry, and may not push."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from policies.references import behind
from policies.resource import Resource, Stack
from policies.rule import (
    ABSENT,
    Break,
    Category,
    Context,
    Example,
    Property,
    Rule,
    Scope,
    Severity,
    StackBreak,
    Verdict,
)
from policies.rules._faults import having_properties, without
from policies.rules._role_assignments import assignment_of, covers, held_by, holds, role_definition, role_name
from policies.types import (
    CLUSTER,
    CONTAINER_JOB,
    IDENTITY,
    ML_COMPUTE,
    ML_ENDPOINT,
    REGISTRY,
    WEB_APP,
    WEB_APP_SLOT,
)
from policies.view import Fault, Judged, View

# Where each names the identity that pulls: nodes of a cluster pull with the kubelet's.
_WHERE: Final[Mapping[str, str]] = {
    CLUSTER: "identityProfile",
    ML_COMPUTE: "identity",
    ML_ENDPOINT: "identity",
    WEB_APP: "identity",
    WEB_APP_SLOT: "identity",
    CONTAINER_JOB: "identity",
}
_PUSHING: Final = ("AcrPush", "AcrDelete", "AcrImageSigner", "Contributor", "Owner")


def applies(_view: View, context: Context) -> bool:
    """Where the stack has a registry."""
    return any(True for _ in context.stack.of(REGISTRY))


def check(view: View, context: Context) -> Judged:
    """One of its identities holds AcrPull at each registry of the stack, and none holds more there."""
    stack, path = context.stack, _WHERE[context.resource.type]
    if not view.has(path):
        if context.resource.type == CLUSTER:
            yield Fault(path, "must name the kubelet's identity, or nobody can let the nodes pull images")
        return
    pullers = pullers_of(stack, context.resource)
    for registry in stack.of(REGISTRY) if pullers else ():
        for role_held in _PUSHING:
            if any(holds(stack, one, role_held, registry) for one in pullers):
                yield Fault(path, f"may change the images that it runs ({role_held} at {registry.name})")
        if not any(holds(stack, one, "AcrPull", registry) for one in pullers):
            yield Fault(path, f"may not pull from the stack's registry (no AcrPull at {registry.name})")


def pullers_of(stack: Stack, holder: Resource) -> tuple[Resource, ...]:
    """The identities of the stack that something runs as."""
    return tuple(one for one in behind(stack, holder, _WHERE[holder.type]) if one.type == IDENTITY)


def _pulls(stack: Stack, holder: Resource) -> list[Resource]:
    held = (one for identity in pullers_of(stack, holder) for one in held_by(stack, identity))
    return [
        one
        for one in held
        if role_name(stack, one) == "AcrPull" and any(covers(stack, one, cr) for cr in stack.of(REGISTRY))
    ]


def _pushing(stack: Stack, holder: Resource) -> Stack | None:
    for one in _pulls(stack, holder):
        return having_properties(stack, one, roleDefinitionId=role_definition("AcrPush"))
    return None


_PREFIX: Final = "/subscriptions/s/resourceGroups/rg/providers/"
_KUBELET: Final = f"{_PREFIX}Microsoft.ManagedIdentity/userAssignedIdentities/kubelet"
_CR: Final = f"{_PREFIX}Microsoft.ContainerRegistry/registries/cr"
_IDENTITY: Final = Resource(type=IDENTITY, name="kubelet", id=_KUBELET, urn="urn:kubelet")
_REGISTRY: Final = Resource(type=REGISTRY, name="cr", id=_CR)
_CLUSTER: Final[dict[str, Any]] = {"identityProfile": {"kubeletidentity": {"resourceId": _KUBELET}}}
_JOB: Final = {"identity": {"type": "UserAssigned", "userAssignedIdentities": [_KUBELET]}}


def _held(name: str, scope: str = _CR) -> Resource:
    return assignment_of(name, _IDENTITY.urn, scope)


RULE = Rule(
    id="STK-005",
    title="Whoever runs images may pull them and not push",
    severity=Severity.HIGH,
    category=Category.SUPPLY_CHAIN,
    types=tuple(_WHERE),
    scope=Scope.STACK,
    controls=(
        "itsg33/AC-6",
        "itsg33/CM-5",
        "mcsb/PA-7",
        "cis-aks/5.1.3",
        "hipaa/164.312(a)(1)",
        "gdpr/32(1)(b)",
        "popa/10",
        "hia/60",
    ),
    why="Without AcrPull nodes fall back to keys or to public images; with more, one pod changes what all others run.",
    fix="Give the identity AcrPull at the registry of the stack, and take every other role of it there away.",
    link="https://learn.microsoft.com/azure/container-registry/container-registry-roles",
    properties=(
        Property(
            "identityProfile",
            ABSENT,
            Verdict.FAIL,
            "ManagedCluster, Microsoft.ContainerService 2025-05-01: Azure makes a kubelet identity of its own",
            of=(CLUSTER,),
        ),
        Property(
            "identity",
            ABSENT,
            Verdict.PASS,
            "Job, Microsoft.App 2025-01-01, and the others: no identity, so nothing of ours pulls",
            of=tuple(type_ for type_ in _WHERE if type_ != CLUSTER),
        ),
    ),
    applies=applies,
    check=check,
    good=(
        Example(_CLUSTER, others=(_IDENTITY, _REGISTRY, _held("AcrPull"))),
        Example(
            _JOB,
            type=CONTAINER_JOB,
            others=(_IDENTITY, _REGISTRY, _held("AcrPull", "/subscriptions/s/resourceGroups/RG")),
        ),
        Example({}, title="no registry in the stack"),
    ),
    bad=(
        Example(_CLUSTER, others=(_IDENTITY, _REGISTRY)),
        Example({}, others=(_IDENTITY, _REGISTRY, _held("AcrPull"))),
        Example(_CLUSTER, others=(_IDENTITY, _REGISTRY, _held("AcrPull"), _held("AcrPush"))),
        Example(_JOB, type=CONTAINER_JOB, others=(_IDENTITY, _REGISTRY, _held("AcrPull", f"{_CR}2"))),
    ),
    breaks=(
        Break("identityProfile", ABSENT, of=(CLUSTER,)),
        without("its AcrPull is taken away", _pulls),
        StackBreak("its AcrPull becomes AcrPush", _pushing, companions=("IAM-009",)),
    ),
)
