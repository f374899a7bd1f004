"""ACR-006: a registry has a replica in another region."""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from policies.resource import Resource, Stack
from policies.rule import Category, Context, Example, Rule, Scope, Severity, StackBreak
from policies.types import REGISTRY, REPLICATION
from policies.view import Fault, Judged, View

# Zones are not judged: since 2025 every registry in a region with zones is in all of them, whatever zoneRedundancy
# says (learn.microsoft.com/azure/container-registry/zone-redundancy, read 2026-11-25). Where a replica may be is
# judged with every other location.


def applies(_registry: View, context: Context) -> bool:
    """Where the profile wants a replica."""
    return context.profile.parameters.registry_replica


def check(registry: View, context: Context) -> Judged:
    """One replication names the registry and another place than the registry's."""
    name, home = registry.word("registryName", absent=""), _place(registry)
    for replication in context.stack.of(REPLICATION):
        replica = replication.view()
        if replica.word("registryName", absent="") == name and _place(replica) != home:
            return
    yield Fault("", "has no replica in another region")


def _place(view: View) -> str:
    return view.word("location", absent="").replace(" ", "")


def _without_replica(stack: Stack, _registry: Resource) -> Stack:
    return replace(stack, resources=tuple(one for one in stack.resources if one.type != REPLICATION))


_REGISTRY: Final = {"registryName": "cr", "location": "canadacentral"}


def _replica(location: str, registry: str = "cr") -> Resource:
    return Resource(type=REPLICATION, name="replica", properties={"registryName": registry, "location": location})


RULE = Rule(
    id="ACR-006",
    title="A registry has a replica in another region",
    severity=Severity.MEDIUM,
    category=Category.RESILIENCE,
    types=(REGISTRY,),
    controls=("itsg33/CP-6", "itsg33/CP-9", "gdpr/32(1)(b)", "gc-guardrails/5", "gc-guardrails/13", "popa/10"),
    equivalents={"checkov": ("CKV_AZURE_233",), "psrule": ("Azure.ACR.GeoReplica", "Azure.ACR.ReplicaLocation")},
    scope=Scope.STACK,
    parameters=("registry_replica",),
    why="When the registry's region is lost nothing can start anywhere: every node pulls its images from there.",
    fix="Add a Replication of the registry in the other Canadian region (settings: registry.replicas).",
    link="https://learn.microsoft.com/azure/container-registry/container-registry-geo-replication",
    applies=applies,
    check=check,
    good=(
        Example(_REGISTRY, others=(_replica("canadaeast", "other"), _replica("canadaeast", "CR"))),
        Example(_REGISTRY, environment="dev", title="dev waits for its region"),
    ),
    bad=(
        Example(_REGISTRY),
        Example(_REGISTRY, others=(_replica("Canada Central"),), title="in the region of the registry itself"),
        Example(_REGISTRY, others=(_replica("canadaeast", "other"),), title="of another registry"),
    ),
    breaks=(StackBreak("the replica is taken away", _without_replica),),
)
