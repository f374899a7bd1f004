"""MON-002: logs and metrics are written and read through a private link only."""

from __future__ import annotations

from typing import Final

from policies.rule import Category, Context, Example, Rule, Severity
from policies.rules._setting import Setting, Settings, breaks, examples, judged, properties
from policies.types import (
    APPLICATION_INSIGHTS,
    DATA_COLLECTION_ENDPOINT,
    LOG_WORKSPACE,
    METRICS_WORKSPACE,
    PRIVATE_LINK_SCOPE,
)
from policies.view import Judged, View

_PATHS: Final = ("publicNetworkAccessForIngestion", "publicNetworkAccessForQuery")
_MODES: Final = ("accessModeSettings.ingestionAccessMode", "accessModeSettings.queryAccessMode")


def _closed(api: str, *paths: str) -> tuple[Setting, ...]:
    return tuple(Setting(path, "Disabled", "Enabled", f"{api}: Enabled (not re-read)", "Enabled") for path in paths)


_SETTINGS: Final[Settings] = {
    LOG_WORKSPACE: _closed("Workspace, Microsoft.OperationalInsights 2023-09-01", *_PATHS),
    APPLICATION_INSIGHTS: _closed("Component, Microsoft.Insights 2020-02-02", *_PATHS),
    METRICS_WORKSPACE: _closed("AzureMonitorWorkspace, Microsoft.Monitor 2023-04-03", "publicNetworkAccess"),
    DATA_COLLECTION_ENDPOINT: _closed(
        "DataCollectionEndpoint, Microsoft.Insights 2022-06-01", "networkAcls.publicNetworkAccess"
    ),
    PRIVATE_LINK_SCOPE: tuple(
        Setting(path, "PrivateOnly", "Open", "PrivateLinkScope, Microsoft.Insights 2021-07-01-preview: Open", "Open")
        for path in _MODES
    ),
}


def check(view: View, context: Context) -> Judged:
    """Neither writing nor reading is open to public networks."""
    yield from judged(view, context, _SETTINGS)


_CLOSED: Final = dict.fromkeys(_PATHS, "Disabled")

RULE = Rule(
    id="MON-002",
    title="Logs and metrics are written and read through a private link only",
    severity=Severity.HIGH,
    category=Category.NETWORK,
    types=tuple(_SETTINGS),
    controls=("itsg33/SC-7", "mcsb/NS-2", "hipaa/164.312(e)(1)", "gdpr/32(1)(b)", "popa/10", "hia/60"),
    equivalents={
        "azure_policy": (
            "6c53d030-cc64-46f0-906d-2bc061cd1334",
            "1bc02227-0cb6-4e11-8f53-eb0b22eab7e8",
            "a499fed8-bcc8-4195-b154-641f14743757",
        ),
    },
    why="Whoever steals a token can read the audit logs, or fill them with noise, from any place on the internet.",
    fix="Set public access to Disabled, link the resource to a private link scope, and make the scope PrivateOnly "
    "(settings: network.private_monitoring).",
    link="https://learn.microsoft.com/azure/azure-monitor/logs/private-link-security",
    properties=properties(_SETTINGS),
    check=check,
    good=(
        *examples(_SETTINGS, bad=False),
        Example({**_CLOSED, _PATHS[0]: "disabled"}, type=APPLICATION_INSIGHTS),
    ),
    bad=(
        *examples(_SETTINGS, bad=True),
        Example({**_CLOSED, _PATHS[1]: "SecuredByPerimeter"}),
        Example({_PATHS[0]: "Disabled"}, type=APPLICATION_INSIGHTS),
    ),
    breaks=breaks(_SETTINGS),
)
