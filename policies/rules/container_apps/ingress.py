"""CAPP-005: what a container app answers is encrypted, and only its own pages may ask."""

from __future__ import annotations

from typing import Any, Final

from policies.rule import ABSENT, Break, Category, Context, Example, Property, Rule, Severity, Verdict
from policies.types import CONTAINER_APP
from policies.view import Fault, Judged, View, guarded, judged_each

_INSECURE: Final = "configuration.ingress.allowInsecure"
_ORIGINS: Final = "configuration.ingress.corsPolicy.allowedOrigins"


def check(app: View, _context: Context) -> Judged:
    """HTTP is answered with a redirection, and no page of everybody's may call the app."""
    yield from app.must_be(_INSECURE, False, "else it answers over HTTP as well")
    yield from guarded(judged_each(app.each(_ORIGINS), _origin))


def _origin(origin: View) -> Judged:
    if "*" in origin.text("", absent=""):
        yield Fault(origin.path, "lets any page call the app in its user's name")


def _app(*origins: str, **ingress: Any) -> dict[str, Any]:
    return {"configuration": {"ingress": {"corsPolicy": {"allowedOrigins": list(origins)}, **ingress}}}


_API: Final = "ContainerApp, Microsoft.App 2025-02-02-preview"

RULE = Rule(
    id="CAPP-005",
    title="What a container app answers is encrypted, and only its own pages may ask",
    severity=Severity.HIGH,
    category=Category.ENCRYPTION,
    types=(CONTAINER_APP,),
    controls=(
        "itsg33/SC-8(1)",
        "mcsb/DP-3",
        "mcsb/NS-8",
        "hipaa/164.312(e)(2)(ii)",
        "gdpr/32(1)(a)",
        "gc-guardrails/7",
        "popa/10",
        "hia/60",
    ),
    equivalents={"psrule": ("Azure.ContainerApp.Insecure",)},
    why="Over HTTP whoever stands in the network reads the questions, the answers and the tokens that came with them.",
    fix="Set configuration.ingress.allowInsecure to false; name the pages in corsPolicy.allowedOrigins.",
    link="https://learn.microsoft.com/azure/container-apps/ingress-overview",
    properties=(
        Property(_INSECURE, False, Verdict.PASS, f"{_API}: false (not re-read)"),
        Property(_ORIGINS, ABSENT, Verdict.PASS, f"{_API}: no other origin"),
    ),
    check=check,
    good=(
        Example(_app("https://portal.gov.example", allowInsecure=False, external=True)),
        Example({"configuration": {}}, title="nobody calls it"),
    ),
    bad=(
        Example(_app(allowInsecure=True)),
        Example(_app("https://portal.gov.example", "*")),
        Example(_app("https://*.example")),
    ),
    breaks=(Break(_INSECURE, True), Break(_ORIGINS, ["*"])),
)
