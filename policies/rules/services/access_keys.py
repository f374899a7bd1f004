"""SVC-005: nobody makes keys of event hubs, queues and relays."""

from __future__ import annotations

from typing import Final

from policies.rule import ABSENT, Break, Category, Context, Example, Property, Rule, Severity, Verdict
from policies.view import Judged, View

_RULES: Final = (
    "azure-native:eventhub:NamespaceAuthorizationRule",
    "azure-native:eventhub:EventHubAuthorizationRule",
    "azure-native:servicebus:NamespaceAuthorizationRule",
    "azure-native:servicebus:QueueAuthorizationRule",
    "azure-native:servicebus:TopicAuthorizationRule",
    "azure-native:relay:NamespaceAuthorizationRule",
    "azure-native:relay:HybridConnectionAuthorizationRule",
    "azure-native:relay:WCFRelayAuthorizationRule",
)


def check(rule: View, _context: Context) -> Judged:
    """A rule without rights is one whose keys open nothing."""
    yield from rule.must_not_be_set("rights", "because it makes two keys without an end: give roles for data instead")


RULE = Rule(
    id="SVC-005",
    title="Nobody makes keys of event hubs, queues and relays",
    severity=Severity.HIGH,
    category=Category.IDENTITY,
    types=_RULES,
    controls=(
        "itsg33/IA-5",
        "itsg33/AC-6",
        "mcsb/IM-1",
        "hipaa/164.312(d)",
        "gdpr/32(1)(b)",
        "gc-guardrails/2",
        "popa/10",
        "hia/60",
    ),
    equivalents={
        "azure_policy": ("b278e460-7cfc-4451-8294-cccc40a940d7", "a1817ec0-a368-432a-8057-8371e17ac6ee"),
    },
    why="Each rule has two keys, which anybody uses who has them, from wherever the namespace is reached.",
    fix="Take the rule away; give senders and readers a role for data in Entra ID.",
    link="https://learn.microsoft.com/azure/event-hubs/authorize-access-azure-active-directory",
    properties=(Property("rights", ABSENT, Verdict.PASS, "AuthorizationRule of each service: required"),),
    check=check,
    good=tuple(Example({"rights": []}, type=type_) for type_ in _RULES),
    bad=tuple(Example({"rights": ["Listen", "Send"]}, type=type_) for type_ in _RULES),
    breaks=(Break("rights", ["Manage", "Listen", "Send"]),),
)
