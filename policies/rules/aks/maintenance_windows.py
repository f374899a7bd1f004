"""AKS-023: upgrades of a cluster and of its nodes come in hours that were chosen."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Final

from policies.resource import Resource, Stack
from policies.rule import Category, Context, Example, Rule, Scope, Severity
from policies.rules._faults import without
from policies.types import CLUSTER, MAINTENANCE
from policies.view import Fault, Judged, View

# AKS takes a window from these names only (MaintenanceConfiguration, Microsoft.ContainerService 2025-09-01).
_UPGRADE: Final = "aksManagedAutoUpgradeSchedule"
_NODES: Final = "aksManagedNodeOSUpgradeSchedule"
_SCHEDULES: Final = ("daily", "weekly", "absoluteMonthly", "relativeMonthly")


def check(_cluster: View, context: Context) -> Judged:
    """Each of the two has a window with a schedule."""
    own = _windows(context.stack, context.resource)
    for name in (_UPGRADE, _NODES):
        if not any(_is(window, name) and _scheduled(window) for window in own):
            yield Fault("autoUpgradeProfile", f"has no maintenance window with a schedule that is named {name}")


def _windows(stack: Stack, cluster: Resource) -> list[Resource]:
    """The maintenance configurations of a cluster, which name it."""
    name = cluster.view().word("resourceName", absent=cluster.name)
    return [one for one in stack.of(MAINTENANCE) if one.view().word("resourceName", absent="") == name]


def _is(window: Resource, name: str) -> bool:
    return window.view().word("configName", absent="") == name.lower()


def _scheduled(window: Resource) -> bool:
    return any(window.view().has(f"maintenanceWindow.schedule.{one}") for one in _SCHEDULES)


def _window(name: str, cluster: str = "aks", **window: Any) -> Resource:
    schedule = {"schedule": {"weekly": {"dayOfWeek": "Sunday", "intervalWeeks": 1}}, **window}
    properties = {"resourceName": cluster, "configName": name, "maintenanceWindow": schedule}
    return Resource(type=MAINTENANCE, name=name, properties=properties)


def _cluster(*windows: Resource) -> Example:
    return Example({"resourceName": "aks"}, others=windows)


def _named(name: str) -> Callable[[Stack, Resource], list[Resource]]:
    return lambda stack, cluster: [one for one in _windows(stack, cluster) if _is(one, name)]


_BOTH: Final = (_window(_UPGRADE), _window(_NODES))

RULE = Rule(
    id="AKS-023",
    severity=Severity.MEDIUM,
    category=Category.RESILIENCE,
    controls=(
        "itsg33/CM-3",
        "itsg33/SI-2",
        "mcsb/PV-6",
        "popa/10",
    ),
    title="Upgrades come in chosen hours",
    types=(CLUSTER,),
    scope=Scope.STACK,
    why=(
        "Without a window AKS drains nodes whenever a patch comes out: models stop answering in working hours, and "
        "training that runs for days starts again."
    ),
    fix=f"Give the cluster maintenance configurations named {_UPGRADE} and {_NODES}, each with a schedule "
    "(settings: cluster.maintenance).",
    link="https://learn.microsoft.com/azure/aks/planned-maintenance",
    check=check,
    good=(_cluster(*_BOTH), _cluster(_window(_UPGRADE.upper(), "AKS"), _window(_NODES))),
    bad=(
        _cluster(_window(_UPGRADE)),
        _cluster(_window(_NODES)),
        _cluster(_window("default"), _window(_NODES)),
        _cluster(_window(_UPGRADE, "other"), _window(_NODES)),
        _cluster(_window(_UPGRADE, schedule={}), _window(_NODES)),
    ),
    breaks=(
        without("no window for upgrades", _named(_UPGRADE)),
        without("no window for nodes", _named(_NODES)),
    ),
)
