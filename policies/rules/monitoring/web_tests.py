"""MON-012: whoever watches an address from outside watches its certificate too."""

from __future__ import annotations

from typing import Any, Final

from policies.rule import ABSENT, Break, Category, Context, Example, Property, Rule, Severity, Verdict
from policies.types import WEB_TEST
from policies.view import Fault, Judged, View, guarded

_URL: Final = "request.requestUrl"
_CERTIFICATE: Final = "validationRules.sSLCheck"
_DAYS: Final = "validationRules.sSLCertRemainingLifetimeCheck"
# Time to renew a certificate by hand.
_LEAST_DAYS: Final = 7


def check(test: View, _context: Context) -> Judged:
    """It is on, asks over HTTPS, and fails before the certificate ends."""
    yield from test.must_be("enabled", True)
    yield from test.must_be(_CERTIFICATE, True)
    yield from test.must_be_between(_DAYS, _LEAST_DAYS, None)
    yield from guarded(_encrypted(test))


def _encrypted(test: View) -> Judged:
    if not test.word(_URL).startswith("https://"):
        yield Fault(_URL, "must begin with https://")


def _test(url: str = "https://triage.gov.example/health", days: int = 14, **changes: Any) -> dict[str, Any]:
    rules = {"sSLCheck": True, "sSLCertRemainingLifetimeCheck": days}
    return {"enabled": True, "request": {"requestUrl": url}, "validationRules": rules, **changes}


_API: Final = "WebTest, Microsoft.Insights 2022-06-15"

RULE = Rule(
    id="MON-012",
    title="Whoever watches an address from outside watches its certificate too",
    severity=Severity.LOW,
    category=Category.LOGGING,
    types=(WEB_TEST,),
    controls=("itsg33/SI-4", "itsg33/SC-8(1)", "mcsb/LT-3", "gdpr/32(1)(b)", "popa/10"),
    why="A certificate that nobody renewed is an outage whose day was known for months.",
    fix="Enable the test, give it an https address, and check the certificate 7 days or more before its end.",
    link="https://learn.microsoft.com/azure/azure-monitor/app/availability",
    properties=(
        Property("enabled", ABSENT, Verdict.FAIL, f"{_API}: names no default, so it must be written"),
        Property(_CERTIFICATE, ABSENT, Verdict.FAIL, f"{_API}: names no default, so it must be written"),
        Property(_DAYS, ABSENT, Verdict.FAIL, f"{_API}: none"),
        Property(_URL, ABSENT, Verdict.FAIL, f"{_API}: required"),
    ),
    check=check,
    good=(Example(_test()), Example(_test(days=30), environment="dev")),
    bad=(
        Example(_test("http://triage.gov.example")),
        Example(_test(days=6)),
        Example(_test(enabled=False)),
        Example(_test(validationRules={"sSLCheck": False, "sSLCertRemainingLifetimeCheck": 14})),
    ),
    breaks=(
        Break("enabled", False),
        Break(_CERTIFICATE, False),
        Break(_DAYS, 1),
        Break(_URL, "http://triage.gov.example"),
    ),
)
