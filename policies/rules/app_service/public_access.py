"""APP-003: an app is reached, and reaches others, through our network only."""

from __future__ import annotations

from typing import Any, Final

from policies.rule import ABSENT, Break, Category, Context, Example, Property, Rule, Severity, Verdict
from policies.types import WEB_APP, WEB_APP_SLOT
from policies.view import Judged, View

# The older siteConfig.vnetRouteAllEnabled is not judged: it leaves out the pulling of images.
_ALL: Final = "outboundVnetRouting.allTraffic"


def check(app: View, _context: Context) -> Judged:
    """Public access is off, the app stands in a subnet, and all that it sends goes through it."""
    yield from app.must_be("publicNetworkAccess", "Disabled")
    yield from app.must_be_set("virtualNetworkSubnetId")
    yield from app.must_be(_ALL, True, "else what goes to the internet passes no firewall")


def _app(access: str = "Disabled", subnet: str = "/subscriptions/s/…/apps", *, routed: bool = True) -> dict[str, Any]:
    network = {"virtualNetworkSubnetId": subnet, "outboundVnetRouting": {"allTraffic": routed}}
    return {"publicNetworkAccess": access, **network}


RULE = Rule(
    id="APP-003",
    title="An app is reached, and reaches others, through our network only",
    severity=Severity.CRITICAL,
    category=Category.NETWORK,
    types=(WEB_APP, WEB_APP_SLOT),
    controls=(
        "itsg33/SC-7",
        "mcsb/NS-2",
        "hipaa/164.312(e)(1)",
        "gdpr/32(1)(b)",
        "gc-guardrails/9",
        "popa/10",
        "hia/60",
    ),
    equivalents={"checkov": ("CKV_AZURE_222",), "azure_policy": ("1b5ef780-c53c-4a64-87f3-bb9c8c8094ba",)},
    why="An open app is tried by everybody, past the gateway's firewall; one with a way out of its own leaks unseen.",
    fix="Set publicNetworkAccess to Disabled, virtualNetworkSubnetId, and outboundVnetRouting.allTraffic to true.",
    link="https://learn.microsoft.com/azure/app-service/overview-vnet-integration",
    properties=(
        Property("publicNetworkAccess", "Enabled", Verdict.FAIL, "WebApp, Microsoft.Web 2025-05-01 (not re-read)"),
        Property(
            "virtualNetworkSubnetId",
            ABSENT,
            Verdict.FAIL,
            "WebApp, Microsoft.Web 2025-05-01: in no network",
            unknown=Verdict.PASS,
        ),
        Property(_ALL, False, Verdict.FAIL, "WebApp, Microsoft.Web 2025-05-01: private addresses only (not re-read)"),
    ),
    check=check,
    good=(Example(_app()), Example(_app("disabled"), type=WEB_APP_SLOT)),
    bad=(
        Example(_app("Enabled")),
        Example(_app(subnet="")),
        Example(_app(routed=False)),
        Example(_app("Enabled"), type=WEB_APP_SLOT),
    ),
    breaks=(
        Break("publicNetworkAccess", "Enabled"),
        Break("publicNetworkAccess", ABSENT),
        Break("virtualNetworkSubnetId", ABSENT),
        Break(_ALL, False),
        Break("outboundVnetRouting", ABSENT),
    ),
)
