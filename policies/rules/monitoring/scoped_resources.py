"""MON-011: what is closed to public networks is in a private link scope, else nothing reaches it."""

from __future__ import annotations

from typing import Any, Final

from policies.references import behind
from policies.resource import Resource, Stack
from policies.rule import Category, Context, Example, Rule, Scope, Severity
from policies.rules._faults import without
from policies.types import APPLICATION_INSIGHTS, DATA_COLLECTION_ENDPOINT, LOG_WORKSPACE, SCOPED_RESOURCE
from policies.view import Fault, Judged, View

_INGESTION: Final = {
    LOG_WORKSPACE: "publicNetworkAccessForIngestion",
    APPLICATION_INSIGHTS: "publicNetworkAccessForIngestion",
    DATA_COLLECTION_ENDPOINT: "networkAcls.publicNetworkAccess",
}


def applies(view: View, context: Context) -> bool:
    """To what takes nothing from public networks."""
    return view.word(_INGESTION[context.resource.type], absent="enabled") == "disabled"


def check(_view: View, context: Context) -> Judged:
    """A private link scope names it."""
    if not _scoped(context.stack, context.resource):
        yield Fault("", "is in no private link scope: logs that are sent to it are lost")


def _scoped(stack: Stack, resource: Resource) -> list[Resource]:
    return [one for one in stack.of(SCOPED_RESOURCE) if resource in behind(stack, one, "linkedResourceId")]


_ID: Final = "/subscriptions/s/resourceGroups/rg/providers/Microsoft.OperationalInsights/workspaces/log"


def _link(target: str = _ID) -> Resource:
    return Resource(type=SCOPED_RESOURCE, name="scoped", properties={"linkedResourceId": target})


def _closed(type_: str, *others: Resource) -> Example:
    first, _, second = _INGESTION[type_].partition(".")
    properties: dict[str, Any] = {first: {second: "Disabled"} if second else "Disabled"}
    return Example(properties, type=type_, options={"id": _ID}, others=others)


RULE = Rule(
    id="MON-011",
    title="What takes logs from private networks only is in a private link scope",
    severity=Severity.MEDIUM,
    category=Category.LOGGING,
    types=tuple(_INGESTION),
    scope=Scope.STACK,
    controls=("itsg33/AU-5", "itsg33/SC-7", "mcsb/NS-2", "mcsb/LT-5", "gdpr/32(1)(b)", "popa/10"),
    why="A closed workspace that no scope names refuses every log, and nobody is told: the record has a hole.",
    fix="Add a PrivateLinkScopedResource to the scope, with the id of this as its linkedResourceId.",
    link="https://learn.microsoft.com/azure/azure-monitor/logs/private-link-configure",
    applies=applies,
    check=check,
    good=tuple(_closed(type_, _link(_ID.upper())) for type_ in _INGESTION),
    bad=(*(_closed(type_) for type_ in _INGESTION), _closed(LOG_WORKSPACE, _link(f"{_ID}-another"))),
    breaks=(without("the scope lets go of it", _scoped),),
)
