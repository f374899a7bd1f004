"""MON-002: logs and metrics are written and read through a private link only."""

from __future__ import annotations

from typing import Any, Final

from policies.rule import Break, Category, Context, Example, Property, Rule, Severity, Verdict
from policies.types import (
    APPLICATION_INSIGHTS,
    DATA_COLLECTION_ENDPOINT,
    LOG_WORKSPACE,
    METRICS_WORKSPACE,
    PRIVATE_LINK_SCOPE,
)
from policies.values import steps, with_value
from policies.view import Judged, View

_PATHS: Final = ("publicNetworkAccessForIngestion", "publicNetworkAccessForQuery")
_MODES: Final = ("accessModeSettings.ingestionAccessMode", "accessModeSettings.queryAccessMode")
# What closes each type: where it stands, the value, and what Azure takes where it is absent.
_CLOSED_BY: Final = {
    LOG_WORKSPACE: (_PATHS, "Disabled", "Workspace, OperationalInsights 2023-09-01: Enabled (not re-read)"),
    APPLICATION_INSIGHTS: (_PATHS, "Disabled", "Component, Insights 2020-02-02: Enabled (not re-read)"),
    METRICS_WORKSPACE: (("publicNetworkAccess",), "Disabled", "AzureMonitorWorkspace, Monitor 2023-04-03: Enabled"),
    DATA_COLLECTION_ENDPOINT: (
        ("networkAcls.publicNetworkAccess",),
        "Disabled",
        "DataCollectionEndpoint, Insights 2022-06-01: Enabled (not re-read)",
    ),
    PRIVATE_LINK_SCOPE: (_MODES, "PrivateOnly", "PrivateLinkScope, Insights 2021-07-01-preview: Open"),
}
_OPEN: Final = {"Disabled": "Enabled", "PrivateOnly": "Open"}


def check(view: View, context: Context) -> Judged:
    """Neither writing nor reading is open to public networks."""
    paths, closed, _ = _CLOSED_BY[context.resource.type]
    for path in paths:
        yield from view.must_be(path, closed)


def _of(type_: str, *, opened: int | None = None) -> dict[str, Any]:
    paths, closed, _ = _CLOSED_BY[type_]
    made: Any = {}
    for index, path in enumerate(paths):
        made = with_value(made, steps(path), _OPEN[closed] if index == opened else closed)
    return dict(made)


_CLOSED: Final = dict.fromkeys(_PATHS, "Disabled")

RULE = Rule(
    id="MON-002",
    title="Logs and metrics are written and read through a private link only",
    severity=Severity.MEDIUM,
    category=Category.NETWORK,
    types=tuple(_CLOSED_BY),
    controls=("itsg33/SC-7", "mcsb/NS-2", "hipaa/164.312(e)(1)", "gdpr/32(1)(b)", "popa/10", "hia/60"),
    equivalents={
        "azure_policy": (
            "6c53d030-cc64-46f0-906d-2bc061cd1334",
            "1bc02227-0cb6-4e11-8f53-eb0b22eab7e8",
            "a499fed8-bcc8-4195-b154-641f14743757",
        ),
    },
    why="Whoever steals a token can read the audit logs, or fill them with noise, from any place on the Internet.",
    fix="Set public access to Disabled, link the resource to a private link scope, and make the scope PrivateOnly.",
    link="https://learn.microsoft.com/azure/azure-monitor/logs/private-link-security",
    properties=tuple(
        Property(path, _OPEN[closed], Verdict.FAIL, source, of=(type_,))
        for type_, (paths, closed, source) in _CLOSED_BY.items()
        for path in paths
    ),
    check=check,
    good=(
        *(Example(_of(type_), type=type_) for type_ in _CLOSED_BY),
        Example({**_CLOSED, _PATHS[0]: "disabled"}, type=APPLICATION_INSIGHTS),
    ),
    bad=(
        *(
            Example(_of(type_, opened=index), type=type_)
            for type_, (paths, _, _) in _CLOSED_BY.items()
            for index in range(len(paths))
        ),
        Example({**_CLOSED, _PATHS[1]: "SecuredByPerimeter"}),
        Example({_PATHS[0]: "Disabled"}, type=APPLICATION_INSIGHTS),
    ),
    breaks=tuple(
        Break(path, _OPEN[closed], of=(type_,)) for type_, (paths, closed, _) in _CLOSED_BY.items() for path in paths
    ),
)
