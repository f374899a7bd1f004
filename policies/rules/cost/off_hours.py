"""COST-010: a cluster that nobody uses at night sleeps."""

from __future__ import annotations

from dataclasses import replace
from typing import Any, Final

from policies.references import texts_in, users_of
from policies.resource import Resource, Stack
from policies.rule import Category, Context, Example, Rule, Scope, Severity, StackBreak
from policies.rules._faults import without
from policies.types import CLUSTER, LOGIC_WORKFLOW
from policies.values import UNKNOWN
from policies.view import Fault, Judged, View


def applies(cluster: View, context: Context) -> bool:
    """Where the profile wants it, and AKS can stop it: not where AKS itself chooses the nodes."""
    chosen = cluster.word("nodeProvisioningProfile.mode", absent="Manual") == "auto"
    return context.profile.parameters.sleeping_clusters and not chosen


def check(_cluster: View, context: Context) -> Judged:
    """A workflow that is on stops it."""
    if not any(_stops(one) for one in _workflows(context.stack, context.resource)):
        yield Fault("", "is stopped by no workflow at night and on weekends (sleeping_clusters)")


def _workflows(stack: Stack, cluster: Resource) -> list[Resource]:
    return [one for one in users_of(stack, cluster) if one.type == LOGIC_WORKFLOW]


def _stops(workflow: Resource) -> bool:
    on = workflow.view().word("state", absent="Enabled") == "enabled"
    # An address that is not known yet leads to the cluster, since the workflow depends on it.
    return on and any(one is UNKNOWN or "/stop?" in one for one in texts_in(workflow.properties.get("definition")))


_ID: Final = "/subscriptions/s/resourceGroups/rg/providers/Microsoft.ContainerService/managedClusters/aks"


def _workflow(action: str, state: str = "Enabled", cluster: str = _ID) -> Resource:
    address = f"https://management.azure.com{cluster}/{action}?api-version=2025-05-01"
    properties = {"state": state, "definition": {"actions": {action: {"inputs": {"uri": address}}}}}
    return Resource(type=LOGIC_WORKFLOW, name=action, properties=properties)


def _cluster(*workflows: Resource, sleeping: bool = True) -> Example:
    return Example({}, options={"id": _ID}, others=workflows, parameters={"sleeping_clusters": sleeping})


def _asleep(stack: Stack, cluster: Resource) -> Stack | None:
    doomed = _workflows(stack, cluster)
    if not doomed:
        return None
    off: dict[str, Any] = {"state": "Disabled"}
    return replace(
        stack,
        resources=tuple(
            replace(one, properties={**one.properties, **off}) if one in doomed else one for one in stack.resources
        ),
    )


RULE = Rule(
    id="COST-010",
    title="A cluster that nobody uses at night sleeps",
    severity=Severity.LOW,
    category=Category.COST,
    types=(CLUSTER,),
    applies=applies,
    scope=Scope.STACK,
    controls=("itsg33/SA-2",),
    parameters=("sleeping_clusters",),
    why="A week has 168 hours and people work in 60 of them: two thirds of what dev's nodes cost buys nothing.",
    fix="Let the cluster stop at night (settings: governance.off_hours), or stop it by a workflow of your own.",
    link="https://learn.microsoft.com/azure/aks/start-stop-cluster",
    check=check,
    good=(
        _cluster(_workflow("start"), _workflow("stop")),
        _cluster(sleeping=False),
        Example({"nodeProvisioningProfile": {"mode": "Auto"}}, environment="dev", title="AKS can't stop it"),
    ),
    bad=(
        _cluster(),
        _cluster(_workflow("start")),
        _cluster(_workflow("stop", "Disabled")),
        _cluster(_workflow("stop", cluster=f"{_ID}-other")),
    ),
    breaks=(without("no workflow", _workflows), StackBreak("workflows that are off", _asleep)),
)
