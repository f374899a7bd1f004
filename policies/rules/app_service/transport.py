"""APP-001: an app and its publishing site speak TLS 1.2 or newer, and nothing else."""

from __future__ import annotations

from typing import Any, Final

from policies.rule import ABSENT, Break, Category, Context, Example, Property, Rule, Severity, Verdict
from policies.types import WEB_APP, WEB_APP_SLOT
from policies.view import Judged, View

_APP: Final = "siteConfig.minTlsVersion"
_PUBLISHING: Final = "siteConfig.scmMinTlsVersion"
_VERSIONS: Final = ("1.2", "1.3")


def check(app: View, _context: Context) -> Judged:
    """HTTP is answered with a redirection only, and both sites refuse old versions."""
    yield from app.must_be("httpsOnly", True)
    yield from app.must_be_one_of(_APP, _VERSIONS)
    yield from app.must_be_one_of(_PUBLISHING, _VERSIONS)


def _app(version: str = "1.2", publishing: str = "1.2", *, https: bool = True) -> dict[str, Any]:
    return {"httpsOnly": https, "siteConfig": {"minTlsVersion": version, "scmMinTlsVersion": publishing}}


_SOURCE: Final = "WebApp, Microsoft.Web: differs with the age of the app, so it must be written (not re-read)"

RULE = Rule(
    id="APP-001",
    title="An app and its publishing site speak TLS 1.2 or newer, and nothing else",
    severity=Severity.HIGH,
    category=Category.ENCRYPTION,
    types=(WEB_APP, WEB_APP_SLOT),
    controls=(
        "itsg33/SC-8(1)",
        "mcsb/DP-3",
        "mcsb/NS-8",
        "cis-azure/9.1",
        "cis-azure/9.4",
        "hipaa/164.312(e)(2)(ii)",
        "gdpr/32(1)(a)",
        "gc-guardrails/7",
        "popa/10",
        "hia/60",
    ),
    equivalents={
        "checkov": ("CKV_AZURE_14", "CKV_AZURE_15", "CKV_AZURE_145", "CKV_AZURE_153"),
        "psrule": ("Azure.AppService.UseHTTPS", "Azure.AppService.MinTLS"),
        "azure_policy": (
            "a4af4a39-4135-47fb-b175-47fbdf85311d",
            "f0e6e85b-9b9f-4a4b-b67b-f730d42f1b0b",
            "af1d7e88-c1c8-4ea8-be1f-87bff0df9101",
        ),
        "trivy": ("AZU-0004", "AZU-0006", "AZU-0072"),
    },
    why="What people enter in a form, and the token they sign in with, can be read and changed on the way.",
    fix="Set httpsOnly to true, and minTlsVersion and scmMinTlsVersion to 1.2 or 1.3.",
    link="https://learn.microsoft.com/azure/app-service/overview-tls",
    properties=(
        Property(
            "httpsOnly", False, Verdict.FAIL, "WebApp, Microsoft.Web 2025-05-01: false unless it is set (not re-read)"
        ),
        Property(_APP, ABSENT, Verdict.FAIL, _SOURCE),
        Property(_PUBLISHING, ABSENT, Verdict.FAIL, _SOURCE),
    ),
    check=check,
    remedy=lambda _app, _tags: {"httpsOnly": True, _APP: "1.2", _PUBLISHING: "1.2"},
    good=(Example(_app()), Example(_app("1.3", "1.3"), type=WEB_APP_SLOT)),
    bad=(
        Example(_app(https=False)),
        Example(_app("1.1")),
        Example(_app(publishing="1.0")),
        Example(_app("1.0"), type=WEB_APP_SLOT),
    ),
    breaks=(
        Break("httpsOnly", False),
        Break("httpsOnly", ABSENT),
        Break(_APP, "1.0"),
        Break(_APP, ABSENT),
        Break(_PUBLISHING, "1.1"),
        Break(_PUBLISHING, ABSENT),
    ),
)
