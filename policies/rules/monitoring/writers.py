"""MON-003: who writes logs signs in with Entra ID, and logs of applications hold no addresses of people."""

from __future__ import annotations

from typing import Final

from policies.rule import ABSENT, Break, Category, Context, Example, Property, Rule, Severity, Verdict
from policies.types import APPLICATION_INSIGHTS, LOG_WORKSPACE
from policies.view import Judged, View

_KEYS: Final = "features.disableLocalAuth"


def check(view: View, context: Context) -> Judged:
    """No keys; and for Application Insights a workspace of ours, and masked addresses."""
    if context.resource.type == LOG_WORKSPACE:
        yield from view.must_be(_KEYS, True, "so that no shared key writes logs")
        return
    yield from view.must_be_set("workspaceResourceId", "so that its logs are kept with the others")
    yield from view.must_be("disableLocalAuth", True, "so that no instrumentation key writes logs")
    yield from view.must_be("disableIpMasking", False, "because addresses of people are personal information")


_GOOD: Final = {
    "workspaceResourceId": "/subscriptions/s/resourceGroups/rg/providers/Microsoft.OperationalInsights/workspaces/log",
    "disableLocalAuth": True,
    "disableIpMasking": False,
}
_INSIGHTS: Final = "Component, Microsoft.Insights 2020-02-02 (not re-read)"
_ONLY: Final = (APPLICATION_INSIGHTS,)

RULE = Rule(
    id="MON-003",
    title="Logs are written with identities, not keys, and hold no addresses of people",
    severity=Severity.HIGH,
    category=Category.LOGGING,
    types=(APPLICATION_INSIGHTS, LOG_WORKSPACE),
    controls=(
        "itsg33/AU-9",
        "itsg33/IA-2",
        "itsg33/SI-12",
        "mcsb/LT-5",
        "hipaa/164.312(b)",
        "gdpr/5(1)(c)",
        "gdpr/25",
        "popa/10",
        "hia/60",
    ),
    equivalents={
        "psrule": ("Azure.AppInsights.Workspace",),
        "azure_policy": (
            "d550e854-df1a-4de9-bf44-cd894b39a95e",
            "199d5677-e4d9-4264-9465-efe1839c06bd",
            "e15effd4-2278-4c65-a0da-4d6f6d1890e2",
        ),
    },
    why="A key that leaks lets anybody forge logs, without a name; a client's address tells who asked a model what.",
    fix="Set disableLocalAuth true and workspaceResourceId; leave disableIpMasking out.",
    link="https://learn.microsoft.com/azure/azure-monitor/app/azure-ad-authentication",
    properties=(
        Property("workspaceResourceId", ABSENT, Verdict.FAIL, _INSIGHTS, of=_ONLY, unknown=Verdict.PASS),
        Property("disableLocalAuth", False, Verdict.FAIL, _INSIGHTS, of=_ONLY),
        Property("disableIpMasking", False, Verdict.PASS, _INSIGHTS, of=_ONLY),
        Property(
            _KEYS,
            False,
            Verdict.FAIL,
            "Workspace, Microsoft.OperationalInsights 2023-09-01 (not re-read)",
            of=(LOG_WORKSPACE,),
        ),
    ),
    check=check,
    good=(Example(_GOOD), Example({"features": {"disableLocalAuth": True}}, type=LOG_WORKSPACE)),
    bad=(
        Example({**_GOOD, "workspaceResourceId": ""}),
        Example({**_GOOD, "disableLocalAuth": False}),
        Example({**_GOOD, "disableIpMasking": True}),
        Example({"features": {"disableLocalAuth": False}}, type=LOG_WORKSPACE),
        Example({}, type=LOG_WORKSPACE),
    ),
    breaks=(
        Break("workspaceResourceId", ABSENT, of=_ONLY),
        Break("disableLocalAuth", False, of=_ONLY),
        Break("disableIpMasking", True, of=_ONLY),
        Break(_KEYS, ABSENT, of=(LOG_WORKSPACE,)),
    ),
)
