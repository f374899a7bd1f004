"""AKS-024: the cluster itself refuses what breaks its safeguards."""

from __future__ import annotations

from typing import Any, Final

from policies.references import leading_to
from policies.resource import Resource
from policies.rule import ABSENT, Break, Category, Context, Example, Property, Rule, Scope, Severity, Verdict
from policies.rules._faults import without
from policies.types import CLUSTER, SAFEGUARD
from policies.view import Fault, Judged, View, guarded


def check(view: View, context: Context) -> Judged:
    """A cluster has safeguards; they enforce where the profile says so, and leave out no namespace of a team."""
    if context.resource.type == CLUSTER:
        if not leading_to(context.stack, context.resource, SAFEGUARD, "resourceUri"):
            yield Fault("resourceName", "has no deployment safeguards that name it in resourceUri")
        return
    levels = ("Enforce",) if context.profile.parameters.enforced_safeguards else ("Enforce", "Warn")
    yield from view.must_be_one_of("level", levels)
    for excluded in view.each("excludedNamespaces"):
        yield from guarded(_excluded(excluded, context))


def _excluded(namespace: View, context: Context) -> Judged:
    if namespace.text("", absent="") not in context.profile.parameters.unguarded_namespaces:
        yield Fault(namespace.path, "is not among the profile's unguarded_namespaces")


_ID: Final = (
    "/subscriptions/00000000-0000-0000-0000-000000000000/resourceGroups/rg/providers/"
    "Microsoft.ContainerService/managedClusters/aks"
)


def _safeguards(level: str = "Enforce", *excluded: str, **options: Any) -> Example:
    return Example({"level": level, "excludedNamespaces": list(excluded)}, type=SAFEGUARD, **options)


def _cluster(uri: str | None) -> Example:
    own = Resource(type=SAFEGUARD, name="safeguards", properties={"level": "Warn", "resourceUri": uri})
    return Example({"resourceName": "aks"}, type=CLUSTER, others=(own,) if uri else (), options={"id": _ID})


RULE = Rule(
    id="AKS-024",
    severity=Severity.MEDIUM,
    category=Category.KUBERNETES,
    controls=(
        "itsg33/CM-6",
        "itsg33/CM-7",
        "mcsb/PV-2",
        "popa/10",
    ),
    title="The cluster refuses what breaks its safeguards",
    types=(CLUSTER, SAFEGUARD),
    scope=Scope.STACK,
    parameters=("enforced_safeguards", "unguarded_namespaces"),
    why=(
        "These rules see what this program makes. What a team or a model deploys later only the cluster can refuse; a "
        "safeguard that warns, or leaves a team out, refuses nothing."
    ),
    fix="Make a DeploymentSafeguard for the cluster with level Enforce, and exclude namespaces of the platform only "
    "(settings: cluster.safeguards).",
    link="https://learn.microsoft.com/azure/aks/deployment-safeguards",
    properties=(
        Property(
            "level",
            ABSENT,
            Verdict.FAIL,
            "DeploymentSafeguard, Microsoft.ContainerService 2025-07-01: required (not re-read)",
            of=(SAFEGUARD,),
        ),
    ),
    check=check,
    good=(
        _cluster(_ID.upper()),
        _safeguards("Enforce", "flux-system", parameters={"unguarded_namespaces": ("flux-system",)}),
        _safeguards("Warn", parameters={"enforced_safeguards": False}),
    ),
    bad=(
        _cluster(None),
        _cluster(f"{_ID}2"),
        _safeguards("Warn", parameters={"enforced_safeguards": True}),
        _safeguards("Off", parameters={"enforced_safeguards": False}),
        _safeguards("Enforce", "flux-system", "team", parameters={"unguarded_namespaces": ("flux-system",)}),
    ),
    breaks=(
        without("no safeguards", lambda stack, resource: list(stack.of(SAFEGUARD)) if resource.type == CLUSTER else []),
        Break("level", "Off", of=(SAFEGUARD,)),
        Break("level", ABSENT, of=(SAFEGUARD,)),
        Break("excludedNamespaces", ["vision"], of=(SAFEGUARD,)),
        Break("excludedNamespaces[*]", "vision", of=(SAFEGUARD,)),
    ),
)
