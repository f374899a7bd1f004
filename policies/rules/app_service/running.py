"""APP-005: an app can't be debugged from afar, answers its own pages only, and is replaced where it fails."""

from __future__ import annotations

from typing import Any, Final

from policies.rule import ABSENT, Break, Category, Context, Example, Property, Rule, Severity, Verdict
from policies.types import WEB_APP, WEB_APP_SLOT
from policies.view import Fault, Judged, View, judged_each

_DEBUGGING: Final = "siteConfig.remoteDebuggingEnabled"
_HEALTH: Final = "siteConfig.healthCheckPath"
_ALWAYS: Final = "siteConfig.alwaysOn"
_ORIGINS: Final = "siteConfig.cors.allowedOrigins"

# Whether people sign in at the platform's door is not judged: an app may do that itself, which a stack does not show.


def check(app: View, _context: Context) -> Judged:
    """No debugger, a health check, never asleep, and no page of everybody's may call it."""
    yield from app.must_be(_DEBUGGING, False)
    yield from app.must_be_set(_HEALTH)
    yield from app.must_be(_ALWAYS, True)
    yield from judged_each(app.each(_ORIGINS), _origin)


def _origin(origin: View) -> Judged:
    if "*" in origin.text("", absent=""):
        yield Fault(origin.path, "lets any page call the app in its user's name")


def _app(*origins: str, **changes: Any) -> dict[str, Any]:
    kept = {"remoteDebuggingEnabled": False, "healthCheckPath": "/health", "alwaysOn": True}
    return {"siteConfig": {**kept, "cors": {"allowedOrigins": list(origins)}, **changes}}


RULE = Rule(
    id="APP-005",
    title="An app can't be debugged from afar, answers its own pages only, and is replaced where it fails",
    severity=Severity.MEDIUM,
    category=Category.GOVERNANCE,
    types=(WEB_APP, WEB_APP_SLOT),
    controls=("itsg33/CM-7", "itsg33/AC-17", "mcsb/PV-2", "cis-azure/9.12", "gdpr/25", "popa/10"),
    equivalents={
        "checkov": ("CKV_AZURE_72", "CKV_AZURE_155", "CKV_AZURE_57", "CKV_AZURE_213"),
        "psrule": ("Azure.AppService.RemoteDebug", "Azure.AppService.WebProbePath", "Azure.AppService.AlwaysOn"),
        "azure_policy": ("cb510bfd-1cba-4d9f-a230-cb0976f4bb71", "5744710e-cc2f-4ee8-8809-3b11e89f4bc9"),
    },
    why="A debugger reads what people enter from memory; without a health check a dead instance keeps its share.",
    fix="Leave remoteDebuggingEnabled off, set healthCheckPath and alwaysOn, and name each origin of CORS.",
    link="https://learn.microsoft.com/azure/app-service/monitor-instances-health-check",
    properties=(
        Property(_DEBUGGING, False, Verdict.PASS, "WebApp, Microsoft.Web 2025-05-01: off unless it is set"),
        Property(_HEALTH, ABSENT, Verdict.FAIL, "WebApp, Microsoft.Web 2025-05-01: none", unknown=Verdict.PASS),
        Property(_ALWAYS, False, Verdict.FAIL, "WebApp, Microsoft.Web 2025-05-01: off unless it is set (not re-read)"),
        Property(_ORIGINS, ABSENT, Verdict.PASS, "WebApp, Microsoft.Web 2025-05-01: no other origin"),
    ),
    check=check,
    good=(Example(_app("https://forms.gov.example")), Example(_app(), type=WEB_APP_SLOT)),
    bad=(
        Example(_app(remoteDebuggingEnabled=True)),
        Example(_app(healthCheckPath="")),
        Example(_app(alwaysOn=False)),
        Example(_app("https://forms.gov.example", "*"), title="the second origin"),
    ),
    breaks=(
        Break(_DEBUGGING, True),
        Break(_HEALTH, ABSENT),
        Break(_ALWAYS, False),
        Break(_ALWAYS, ABSENT),
        Break(_ORIGINS, ["*"]),
    ),
)
