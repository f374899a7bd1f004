"""NET-020: a firewall refuses what is known as hostile, and answers names itself."""

from __future__ import annotations

from typing import Any, Final

from policies.addresses import is_everyone
from policies.rule import ABSENT, Break, Category, Context, Example, Property, Rule, Severity, Verdict
from policies.types import FIREWALL_POLICY
from policies.view import Fault, Judged, View, guarded, judged_each

_PROXY: Final = "dnsSettings.enableProxy"
_TRUSTED: Final = ("threatIntelWhitelist.ipAddresses", "threatIntelWhitelist.fqdns")
_INTRUSION: Final = "intrusionDetection.mode"


def check(policy: View, _context: Context) -> Judged:
    """Threat intelligence denies; DNS goes through it; the tier that can find intrusions stops them."""
    yield from policy.must_be("threatIntelMode", "Deny", "else it writes down and lets through")
    yield from policy.must_be(_PROXY, True, "else rules with names and clients resolve differently")
    for path in _TRUSTED:
        yield from guarded(_trusted(policy, path))
    yield from policy.must_not_be("sku.tier", ("Basic",), "which can't deny")
    if policy.word("sku.tier") == "premium":
        yield from policy.must_be(_INTRUSION, "Deny")


def _trusted(policy: View, path: str) -> Judged:
    yield from judged_each(policy.each(path), _one_trusted)


def _one_trusted(one: View) -> Judged:
    text = one.text("", absent="")
    if is_everyone(text) or text.startswith("*"):
        yield Fault(one.path, "takes everybody, or a whole domain, out of threat intelligence")


def _policy(mode: str = "Deny", tier: str = "Standard", *, proxy: bool = True, **changes: Any) -> dict[str, Any]:
    return {"threatIntelMode": mode, "dnsSettings": {"enableProxy": proxy}, "sku": {"tier": tier}, **changes}


_DENY: Final = {"mode": "Deny"}


def _is_premium(policy: Any) -> bool:
    return bool(policy["sku"]["tier"] == "Premium")


_API: Final = "FirewallPolicy, Microsoft.Network 2024-05-01"

RULE = Rule(
    id="NET-020",
    title="A firewall refuses what is known as hostile, and answers names itself",
    severity=Severity.HIGH,
    category=Category.NETWORK,
    types=(FIREWALL_POLICY,),
    controls=(
        "itsg33/SC-7(5)",
        "itsg33/SI-4",
        "mcsb/NS-3",
        "mcsb/NS-4",
        "hipaa/164.312(e)(1)",
        "gdpr/32(1)(b)",
        "gc-guardrails/9",
        "popa/10",
        "hia/60",
    ),
    equivalents={
        "checkov": ("CKV_AZURE_216", "CKV_AZURE_220"),
        "psrule": ("Azure.Firewall.PolicyMode",),
        "azure_policy": ("da79a7e2-8aa1-45ed-af81-ba050c153564", "3f84c9b0-8b64-4208-98d4-6ada96bb49c3"),
    },
    why="Machines that were taken over call addresses that are known; a firewall that only alerts lets them.",
    fix="Set threatIntelMode to Deny, dnsSettings.enableProxy to true, and on Premium intrusionDetection.mode to Deny.",
    link="https://learn.microsoft.com/azure/firewall/threat-intel",
    properties=(
        Property("threatIntelMode", "Alert", Verdict.FAIL, f"{_API}: Alert"),
        Property(_PROXY, False, Verdict.FAIL, f"{_API}: false"),
        *(Property(path, ABSENT, Verdict.PASS, f"{_API}: nobody") for path in _TRUSTED),
        Property("sku.tier", "Standard", Verdict.PASS, f"{_API}: Standard (not re-read)"),
        Property(_INTRUSION, "Off", Verdict.FAIL, f"{_API}: Off"),
    ),
    check=check,
    good=(
        Example(_policy()),
        Example(_policy(threatIntelWhitelist={"ipAddresses": ["20.1.2.3"], "fqdns": ["updates.vendor.example"]})),
        Example(_policy("deny", "Premium", intrusionDetection=_DENY), environment="dr"),
    ),
    bad=(
        Example(_policy("Alert")),
        Example(_policy("Off")),
        Example(_policy(proxy=False)),
        Example(_policy(tier="Basic")),
        Example(_policy(tier="premium")),
        Example(_policy(threatIntelWhitelist={"ipAddresses": ["20.1.2.3", "0.0.0.0/0"]})),
        Example(_policy(threatIntelWhitelist={"fqdns": ["*"]})),
        Example(_policy(tier="Premium", intrusionDetection={"mode": "Alert"})),
    ),
    breaks=(
        Break("threatIntelMode", "Alert"),
        Break("threatIntelMode", ABSENT),
        Break("dnsSettings", ABSENT),
        Break("sku.tier", "Basic"),
        *(Break(path, ["*"]) for path in _TRUSTED),
        Break(_INTRUSION, "Alert", where=_is_premium),
    ),
)
