"""EVH-001: an Event Hubs namespace is reached through private endpoints only."""

from __future__ import annotations

from typing import Final

from policies.rule import ABSENT, Break, Category, Context, Example, Property, Rule, Severity, Verdict
from policies.types import EVENT_NAMESPACE, EVENT_NETWORK_RULES
from policies.view import Judged, View


def check(view: View, context: Context) -> Judged:
    """Public access is off; where it were on, nothing but named networks would get in, and none is named."""
    yield from view.must_be("publicNetworkAccess", "Disabled")
    if context.resource.type == EVENT_NETWORK_RULES:
        yield from view.must_be("defaultAction", "Deny")
        yield from view.must_not_be_set("ipRules", "because each opens the namespace to a public address")


_CLOSED: Final = {"publicNetworkAccess": "Disabled"}
_RULES: Final = {**_CLOSED, "defaultAction": "Deny"}
_OF_RULES: Final = (EVENT_NETWORK_RULES,)
_API: Final = "Namespace and NamespaceNetworkRuleSet, Microsoft.EventHub 2024-01-01"

RULE = Rule(
    id="EVH-001",
    title="An Event Hubs namespace is reached through private endpoints only",
    severity=Severity.CRITICAL,
    category=Category.NETWORK,
    types=(EVENT_NAMESPACE, EVENT_NETWORK_RULES),
    controls=(
        "itsg33/SC-7",
        "itsg33/AC-17(3)",
        "mcsb/NS-2",
        "hipaa/164.312(e)(1)",
        "gdpr/32(1)(b)",
        "gc-guardrails/9",
        "popa/10",
        "hia/60",
    ),
    equivalents={"azure_policy": ("0602787f-9896-402a-a6e1-39ee63ee435e",)},
    why="Events are personal information in motion; who reaches the namespace needs but one token to read all.",
    fix="Set publicNetworkAccess to Disabled on the namespace and its rule set, defaultAction to Deny, and no ipRules.",
    link="https://learn.microsoft.com/azure/event-hubs/private-link-service",
    properties=(
        Property("publicNetworkAccess", "Enabled", Verdict.FAIL, f"{_API}: enabled by default"),
        Property("defaultAction", "Allow", Verdict.FAIL, f"{_API}: Allow (not re-read)", of=_OF_RULES),
        Property("ipRules", ABSENT, Verdict.PASS, f"{_API}: none", of=_OF_RULES),
    ),
    check=check,
    good=(
        Example(_CLOSED),
        Example({"publicNetworkAccess": "disabled"}, environment="dev"),
        Example({**_RULES, "ipRules": []}, type=EVENT_NETWORK_RULES),
    ),
    bad=(
        Example({"publicNetworkAccess": "Enabled"}),
        Example({"publicNetworkAccess": "SecuredByPerimeter"}),
        Example({**_RULES, "publicNetworkAccess": "Enabled"}, type=EVENT_NETWORK_RULES),
        Example({**_RULES, "defaultAction": "Allow"}, type=EVENT_NETWORK_RULES),
        Example({**_RULES, "ipRules": [{"ipMask": "203.0.113.7"}]}, type=EVENT_NETWORK_RULES),
    ),
    breaks=(
        Break("publicNetworkAccess", "Enabled"),
        Break("publicNetworkAccess", ABSENT),
        Break("defaultAction", "Allow", of=_OF_RULES),
        Break("defaultAction", ABSENT, of=_OF_RULES),
        Break("ipRules", [{"ipMask": "0.0.0.0/0", "action": "Allow"}], of=_OF_RULES),
    ),
)
