"""NET-010: rules of a firewall name whom they let out, and where to."""

from __future__ import annotations

from typing import Any, Final

from policies.addresses import is_everyone
from policies.rule import ABSENT, Break, Category, Context, Example, Property, Rule, Severity, Verdict
from policies.types import FIREWALL_RULES
from policies.values import UnjudgeableError
from policies.view import Doubt, Fault, Judged, View

# Domains in which anybody gets a name by renting a service: a wildcard of them lets data out to anybody.
_RENTED: Final = (
    "amazonaws.com",
    "azure-api.net",
    "azurecr.io",
    "azureedge.net",
    "azurefd.net",
    "azurewebsites.net",
    "cloudapp.azure.com",
    "cloudapp.net",
    "core.windows.net",
    "database.windows.net",
    "github.io",
    "servicebus.windows.net",
    "trafficmanager.net",
    "vault.azure.net",
)
_LISTS: Final = ("sourceAddresses", "destinationAddresses", "destinationPorts", "destinationFqdns", "targetFqdns")


def check(view: View, _context: Context) -> Judged:
    """No allowing rule has everybody as source or destination, every port, or a domain that strangers have names in."""
    for collection in view.each("ruleCollections"):
        if collection.word("action.type") == "deny":
            continue
        for rule in collection.each("rules"):
            for name in _LISTS:
                try:
                    yield from _judge(rule, name)
                except UnjudgeableError as error:
                    yield Doubt(error.path, error.reason)


def _judge(rule: View, name: str) -> Judged:
    for number, text in enumerate(rule.texts(name)):
        wrong = _wrong(name, text.lower())
        if wrong:
            yield Fault(f"{rule.path}.{name}[{number}]", wrong)


def _wrong(name: str, text: str) -> str:
    if name == "destinationPorts":
        return "is every port" if text in {"*", "0-65535", "1-65535"} else ""
    if name.endswith("Addresses"):
        return "is everybody" if is_everyone(text) or text.split(".", maxsplit=1)[0] == "azurecloud" else ""
    if not text.startswith("*"):
        return ""
    domain = text.lstrip("*").lstrip(".")
    if "." not in domain:
        return "is every name there is, or every name of a top-level domain"
    rented = any(domain == one or domain.endswith(f".{one}") for one in _RENTED)
    return "is a domain in which anybody gets names" if rented else ""


def _rules(**lists: Any) -> dict[str, Any]:
    rule = {"ruleType": "NetworkRule", "name": "r", "sourceAddresses": ["10.0.0.0/24"], **lists}
    collection = {"name": "c", "action": {"type": "Allow"}, "rules": [rule]}
    return {"ruleCollections": [collection]}


def _allowing(found: Any) -> bool:
    return "'deny'" not in str(found).lower()


def _denying(**lists: Any) -> dict[str, Any]:
    return {"ruleCollections": [{**_rules(**lists)["ruleCollections"][0], "action": {"type": "deny"}}]}


_FULL: Final = _rules(
    destinationAddresses=["AzureMonitor"],
    destinationPorts=["443"],
    destinationFqdns=["ntp.ubuntu.com"],
    targetFqdns=["*.quay.io"],
)
_SOURCE: Final = "FirewallPolicyRuleCollectionGroup, Microsoft.Network 2024-07-01"
_PLACE: Final = "ruleCollections[*].rules[*]"

RULE = Rule(
    id="NET-010",
    title="Rules of a firewall name whom they let out and where to",
    severity=Severity.HIGH,
    category=Category.NETWORK,
    types=(FIREWALL_RULES,),
    controls=("itsg33/SC-7(5)", "itsg33/SC-7(8)", "mcsb/NS-3", "gdpr/32(1)(b)", "gc-guardrails/9", "popa/10"),
    why="A rule to everywhere makes the firewall a cable: what reads the data can send it to any server in the world.",
    fix="Name subnets as sources, and hosts, regional service tags or ranges as destinations, each with its ports.",
    link="https://learn.microsoft.com/azure/firewall/policy-rule-sets",
    properties=(
        Property("ruleCollections[*].action.type", "Allow", Verdict.FAIL, f"{_SOURCE}: required"),
        *(Property(f"{_PLACE}.{name}", ABSENT, Verdict.PASS, f"{_SOURCE}: none of this kind") for name in _LISTS),
    ),
    check=check,
    good=(
        Example(_FULL),
        Example(_denying(destinationAddresses=["*"], destinationPorts=["*"]), title="it refuses everybody"),
    ),
    bad=(
        Example(_rules(sourceAddresses=["10.0.0.0/24", "*"])),
        Example(_rules(destinationAddresses=["0.0.0.0/0"])),
        Example(_rules(destinationAddresses=["AzureCloud"])),
        Example(_rules(destinationAddresses=["AzureMonitor"], destinationPorts=["443", "*"])),
        Example(_rules(ruleType="ApplicationRule", targetFqdns=["github.com", "*"])),
        Example(_rules(ruleType="ApplicationRule", targetFqdns=["*.com"])),
        Example(_rules(ruleType="ApplicationRule", targetFqdns=["*.blob.core.windows.net"])),
        Example(_rules(destinationFqdns=["*.Azurewebsites.net"])),
    ),
    breaks=(
        *(Break(f"{_PLACE}.{name}", ["*"], where=_allowing) for name in _LISTS),
        Break("ruleCollections[*].action.type", "Allow", where=lambda found: "'deny'" in str(found)),
    ),
)
