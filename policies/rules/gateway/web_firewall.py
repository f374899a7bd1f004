"""GW-002: a web firewall refuses attacks, and doesn't only write them down."""

from __future__ import annotations

from typing import Any, Final

from policies.addresses import is_everyone
from policies.rule import ABSENT, Break, Category, Context, Example, Property, Rule, Severity, Verdict
from policies.types import WEB_FIREWALL_POLICY
from policies.values import joined
from policies.view import Fault, Judged, View, guarded, judged_each

_SETS: Final = "managedRules.managedRuleSets"
_WANTED: Final = ("microsoft_defaultruleset", "microsoft_botmanagerruleset")


def check(policy: View, _context: Context) -> Judged:
    """On, refusing, reading bodies, with Microsoft's rules for attacks and for robots."""
    yield from policy.must_be("policySettings.state", "Enabled")
    yield from policy.must_be("policySettings.mode", "Prevention")
    yield from policy.must_be("policySettings.requestBodyCheck", True)
    yield from guarded(_sets(policy))
    yield from guarded(judged_each(policy.each("customRules"), _custom))


def _custom(rule: View) -> Judged:
    """A rule that allows is asked first, and what it lets through nothing looks at."""
    if rule.word("action", absent="") != "allow" or rule.word("state", absent="Enabled") == "disabled":
        return
    for condition in rule.each("matchConditions"):
        if any(is_everyone(one) for one in condition.texts("matchValues")):
            yield Fault(joined(condition.path, "matchValues"), "lets everybody past the rules")


def _sets(policy: View) -> Judged:
    there = {one.word("ruleSetType", absent="") for one in policy.each(_SETS)}
    for wanted in _WANTED:
        if wanted not in there:
            yield Fault(_SETS, f"must have {wanted}")


def _policy(mode: str = "Prevention", *left_out: str, state: str = "Enabled", body: bool = True) -> dict[str, Any]:
    sets = [{"ruleSetType": one, "ruleSetVersion": "2.1"} for one in _WANTED if one not in left_out]
    settings = {"state": state, "mode": mode, "requestBodyCheck": body}
    return {"policySettings": settings, "managedRules": {"managedRuleSets": sets}}


def _allowing(*values: str) -> dict[str, Any]:
    return {"action": "Allow", "matchConditions": [{"operator": "IPMatch", "matchValues": list(values)}]}


_API: Final = "WebApplicationFirewallPolicy, Microsoft.Network 2024-05-01"

RULE = Rule(
    id="GW-002",
    title="A web firewall refuses attacks, and doesn't only write them down",
    severity=Severity.HIGH,
    category=Category.NETWORK,
    types=(WEB_FIREWALL_POLICY,),
    controls=(
        "itsg33/SC-7",
        "itsg33/SI-4",
        "itsg33/SI-10",
        "mcsb/NS-3",
        "mcsb/NS-6",
        "gdpr/32(1)(b)",
        "gc-guardrails/9",
        "popa/10",
    ),
    equivalents={
        "checkov": ("CKV_AZURE_122",),
        "psrule": ("Azure.AppGwWAF.PreventionMode",),
        "azure_policy": (
            "12430be1-6cc8-4527-a9a8-e3d38f250096",
            "ca85ef9a-741d-461d-8b7a-18c2da82c666",
            "ebea0d86-7fbd-42e3-8a46-27e7568c2525",
        ),
    },
    why="In detection an attack gets through and into a log that nobody reads that hour.",
    fix="Set state to Enabled, mode to Prevention and requestBodyCheck to true; add the default and the bot rule set.",
    link="https://learn.microsoft.com/azure/web-application-firewall/ag/create-waf-policy-ag",
    properties=(
        Property("policySettings.state", "Enabled", Verdict.PASS, f"{_API}: Enabled (not re-read)"),
        Property("policySettings.mode", "Detection", Verdict.FAIL, f"{_API}: Detection (not re-read)"),
        Property("policySettings.requestBodyCheck", True, Verdict.PASS, f"{_API}: true (not re-read)"),
    ),
    check=check,
    good=(
        Example({**_policy(), "customRules": [_allowing("20.1.2.0/24")]}),
        Example(_policy()),
        Example(_policy("prevention"), environment="dev"),
    ),
    bad=(
        Example(_policy("Detection")),
        Example(_policy(state="Disabled")),
        Example(_policy(body=False)),
        Example({**_policy(), "customRules": [_allowing("20.1.2.0/24"), _allowing("20.1.2.3", "0.0.0.0/0")]}),
        Example(_policy("Prevention", _WANTED[0])),
        Example(_policy("Prevention", _WANTED[1])),
    ),
    breaks=(
        Break("policySettings.state", "Disabled"),
        Break("customRules", [_allowing("0.0.0.0/0")]),
        Break("policySettings.mode", "Detection"),
        Break("policySettings.mode", ABSENT),
        Break("policySettings.requestBodyCheck", False),
        Break(f"{_SETS}[*].ruleSetType", "OWASP"),
    ),
)
