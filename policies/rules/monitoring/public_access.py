"""MON-002: logs are written and read through a private link only."""

from __future__ import annotations

from typing import Final

from policies.rule import Break, Category, Context, Example, Property, Rule, Severity, Verdict
from policies.types import APPLICATION_INSIGHTS, LOG_WORKSPACE
from policies.view import Judged, View

_PATHS: Final = ("publicNetworkAccessForIngestion", "publicNetworkAccessForQuery")


def check(view: View, _context: Context) -> Judged:
    """Neither writing nor reading is open to public networks."""
    for path in _PATHS:
        yield from view.must_be(path, "Disabled")


_CLOSED: Final = dict.fromkeys(_PATHS, "Disabled")

RULE = Rule(
    id="MON-002",
    title="Logs are written and read through a private link only",
    severity=Severity.MEDIUM,
    category=Category.NETWORK,
    types=(LOG_WORKSPACE, APPLICATION_INSIGHTS),
    controls=("itsg33/SC-7", "mcsb/NS-2", "hipaa/164.312(e)(1)", "gdpr/32(1)(b)", "popa/10", "hia/60"),
    equivalents={
        "azure_policy": ("6c53d030-cc64-46f0-906d-2bc061cd1334", "1bc02227-0cb6-4e11-8f53-eb0b22eab7e8"),
    },
    why="Whoever steals a token can read the audit logs, or fill them with noise, from any place on the Internet.",
    fix="Set both to Disabled and link the resource to a private link scope of Azure Monitor.",
    link="https://learn.microsoft.com/azure/azure-monitor/logs/private-link-security",
    properties=tuple(
        Property(
            path,
            "Enabled",
            Verdict.FAIL,
            "Workspace, OperationalInsights 2023-09-01; Component, Insights 2020-02-02: Enabled (not re-read)",
        )
        for path in _PATHS
    ),
    check=check,
    good=(Example(_CLOSED), Example({**_CLOSED, _PATHS[0]: "disabled"}, type=APPLICATION_INSIGHTS)),
    bad=(
        Example({**_CLOSED, _PATHS[0]: "Enabled"}),
        Example({**_CLOSED, _PATHS[1]: "SecuredByPerimeter"}),
        Example({_PATHS[0]: "Disabled"}, type=APPLICATION_INSIGHTS),
    ),
    breaks=tuple(Break(path, "Enabled") for path in _PATHS),
)
