"""OAI-001: an AI account is reached through private endpoints only."""

from __future__ import annotations

from typing import Any, Final

from policies.addresses import is_everyone
from policies.rule import ABSENT, Break, Category, Context, Example, Property, Rule, Severity, Verdict
from policies.types import AI_ACCOUNT
from policies.values import joined
from policies.view import Fault, Judged, View, guarded, judged_each

_ACCESS: Final = "properties.publicNetworkAccess"
_ACTION: Final = "properties.networkAcls.defaultAction"
_ADDRESSES: Final = "properties.networkAcls.ipRules"
_NAME: Final = "properties.customSubDomainName"


def check(account: View, _context: Context) -> Judged:
    """Public access is off, nothing is let in by default, and the account has a name of its own."""
    yield from account.must_be(_ACCESS, "Disabled")
    yield from account.must_be(_ACTION, "Deny", "else all are let in once public access is on")
    yield from account.must_be_set(_NAME, "private endpoints and tokens of Entra ID need it")
    yield from guarded(judged_each(account.each(_ADDRESSES), _address))


def _address(rule: View) -> Judged:
    if is_everyone(rule.text("value", absent="")):
        yield Fault(joined(rule.path, "value"), "lets in everybody")


def _account(**changes: Any) -> dict[str, Any]:
    closed = {"publicNetworkAccess": "Disabled", "networkAcls": {"defaultAction": "Deny"}}
    return {"properties": {**closed, "customSubDomainName": "oai-chat", **changes}}


RULE = Rule(
    id="OAI-001",
    title="An AI account is reached through private endpoints only",
    severity=Severity.CRITICAL,
    category=Category.NETWORK,
    types=(AI_ACCOUNT,),
    controls=(
        "itsg33/SC-7",
        "mcsb/NS-2",
        "hipaa/164.312(e)(1)",
        "gdpr/32(1)(b)",
        "gc-guardrails/9",
        "popa/10",
        "hia/60",
    ),
    equivalents={
        "checkov": ("CKV_AZURE_134",),
        "psrule": ("Azure.Cognitive.PublicAccess", "AZR-000280", "Azure.Cognitive.PrivateEndpoints", "AZR-000283"),
        "azure_policy": ("037eea7a-bd0a-46c5-9a66-03aea78705d3",),
    },
    why="Prompts carry what people tell the government; an open account takes them from anybody with a stolen token.",
    fix="Set publicNetworkAccess to Disabled, defaultAction to Deny, customSubDomainName, and add a private endpoint.",
    link="https://learn.microsoft.com/azure/ai-services/cognitive-services-virtual-networks",
    properties=(
        Property(_ACCESS, "Enabled", Verdict.FAIL, "Account, Microsoft.CognitiveServices 2025-06-01 (not re-read)"),
        Property(_ACTION, "Allow", Verdict.FAIL, "Account, Microsoft.CognitiveServices 2025-06-01 (not re-read)"),
        Property(
            _NAME,
            ABSENT,
            Verdict.FAIL,
            "learn.microsoft.com/azure/ai-services/cognitive-services-custom-subdomains: none (not re-read)",
            unknown=Verdict.PASS,
        ),
    ),
    check=check,
    good=(Example(_account()), Example(_account(publicNetworkAccess="disabled"), title="in another case")),
    bad=(
        Example(_account(publicNetworkAccess="Enabled")),
        Example(_account(networkAcls={"defaultAction": "Allow"})),
        Example(
            _account(networkAcls={"defaultAction": "Deny", "ipRules": [{"value": "20.1.2.3"}, {"value": "0.0.0.0/1"}]})
        ),
        Example(_account(customSubDomainName="")),
    ),
    breaks=(
        Break(_ACCESS, "Enabled"),
        Break(_ACCESS, ABSENT),
        Break(_ACTION, "Allow"),
        Break("properties.networkAcls", ABSENT),
        Break(_NAME, ABSENT),
    ),
)
