"""NET-010: rules of a firewall name whom they let out, and where to."""

from __future__ import annotations

from functools import partial
from typing import Any, Final

from policies.addresses import is_everyone, is_rented
from policies.rule import ABSENT, Break, Category, Context, Example, Property, Rule, Severity, Verdict
from policies.types import FIREWALL, FIREWALL_RULES
from policies.values import UnjudgeableError
from policies.view import Doubt, Fault, Judged, View, judged_each

# Domains in which anybody gets a name by renting a service (our own list, 2026-11): a wildcard lets data out to them.
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
_LISTS: Final = (
    "sourceAddresses",
    "destinationAddresses",
    "destinationPorts",
    "destinationFqdns",
    "targetFqdns",
    "targetUrls",
)
_CLASSIC: Final = ("applicationRuleCollections", "networkRuleCollections")
"""Where a firewall without a policy has its rules; those that let in (NAT) name one address of a machine each."""
# Ports in one range from which on it is no service's own: those for answers are as many.
_MANY_PORTS: Final = 16_384


def check(view: View, context: Context) -> Judged:
    """No allowing rule has everybody as source or destination, every port, or a domain that strangers have names in."""
    paths = _CLASSIC if context.resource.type == FIREWALL else ("ruleCollections",)
    for collection in (one for path in paths for one in view.each(path)):
        if collection.word("action.type") == "deny":
            continue
        for rule in collection.each("rules"):
            for name in _LISTS:
                try:
                    yield from _judge(rule, name)
                except UnjudgeableError as error:
                    yield Doubt(error.path, error.reason)


def _judge(rule: View, name: str) -> Judged:
    yield from judged_each(rule.each(name), partial(_one, name))


def _one(name: str, item: View) -> Judged:
    wrong = _wrong(name, item.word("", absent=""))
    if wrong:
        yield Fault(item.path, wrong)


def _wrong(name: str, text: str) -> str:
    if name == "destinationPorts":
        return "is every port, or most of them" if text == "*" or _number_of_ports(text) >= _MANY_PORTS else ""
    if name.endswith("Addresses"):
        return "is everybody" if is_everyone(text) or is_rented(text) else ""
    if not text.startswith("*"):
        return ""
    # An address goes on after its host.
    domain = text.partition("/")[0].lstrip("*").lstrip(".")
    if "." not in domain:
        return "is every name there is, or every name of a top-level domain"
    rented = any(domain == one or domain.endswith(f".{one}") for one in _RENTED)
    return "is a domain in which anybody gets names" if rented else ""


def _number_of_ports(text: str) -> int:
    first, dash, last = text.partition("-")
    return int(last) - int(first) + 1 if dash and first.isdecimal() and last.isdecimal() else 1


def _rules(**lists: Any) -> dict[str, Any]:
    rule = {"ruleType": "NetworkRule", "name": "r", "sourceAddresses": ["10.0.0.0/24"], **lists}
    collection = {"name": "c", "action": {"type": "Allow"}, "rules": [rule]}
    return {"ruleCollections": [collection]}


def _classic(path: str, action: str = "Allow", **lists: Any) -> Example:
    rule = {"name": "r", "sourceAddresses": ["10.0.0.0/24"], **lists}
    return Example({path: [{"action": {"type": action}, "rules": [rule]}]}, type=FIREWALL)


def _allowing(found: Any) -> bool:
    return "'deny'" not in str(found).lower()


def _denying(**lists: Any) -> dict[str, Any]:
    return {"ruleCollections": [{**_rules(**lists)["ruleCollections"][0], "action": {"type": "deny"}}]}


_FULL: Final = _rules(
    destinationAddresses=["AzureMonitor"],
    destinationPorts=["443"],
    destinationFqdns=["ntp.ubuntu.com"],
    targetFqdns=["*.quay.io"],
    targetUrls=["github.com/gov-example/*"],
)
_SOURCE: Final = "FirewallPolicyRuleCollectionGroup, Microsoft.Network 2024-07-01"
_AZURE_FIREWALL: Final = "AzureFirewall, Microsoft.Network 2024-07-01"
_COLLECTIONS: Final = (("ruleCollections[*]", FIREWALL_RULES), *((f"{path}[*]", FIREWALL) for path in _CLASSIC))
_PLACE: Final = "ruleCollections[*].rules[*]"

RULE = Rule(
    id="NET-010",
    title="Rules of a firewall name whom they let out and where to",
    severity=Severity.HIGH,
    category=Category.NETWORK,
    types=(FIREWALL_RULES, FIREWALL),
    controls=("itsg33/SC-7(5)", "itsg33/SC-7(8)", "mcsb/NS-3", "gdpr/32(1)(b)", "gc-guardrails/9", "popa/10"),
    why="A rule to everywhere makes the firewall a cable: what reads the data can send it to any server in the world.",
    fix="Name subnets as sources, and hosts, regional service tags or ranges as destinations, each with its ports.",
    link="https://learn.microsoft.com/azure/firewall/policy-rule-sets",
    properties=(
        Property("ruleCollections[*].action.type", "Allow", Verdict.FAIL, f"{_SOURCE}: required", of=(FIREWALL_RULES,)),
        *(
            Property(f"{_PLACE}.{name}", ABSENT, Verdict.PASS, f"{_SOURCE}: none of this kind", of=(FIREWALL_RULES,))
            for name in _LISTS
        ),
        *(
            Property(f"{path}[*].action.type", "Allow", Verdict.FAIL, f"{_AZURE_FIREWALL}: required", of=(FIREWALL,))
            for path in _CLASSIC
        ),
    ),
    check=check,
    good=(
        Example(_FULL),
        Example(_denying(destinationAddresses=["*"], destinationPorts=["*"]), title="it refuses everybody"),
        Example(_rules(destinationPorts=["9000-9003"])),
        *(_classic(path, "Deny", sourceAddresses=["*"]) for path in _CLASSIC),
        _classic("applicationRuleCollections", targetFqdns=["github.com"]),
    ),
    bad=(
        Example(_rules(sourceAddresses=["10.0.0.0/24", "*"])),
        Example(_rules(destinationAddresses=["0.0.0.0/0"])),
        Example(_rules(destinationAddresses=["AzureCloud"])),
        Example(_rules(destinationAddresses=["1.0.0.0-223.255.255.255"]), title="from the first address to the last"),
        Example(_rules(destinationPorts=["1-65534"])),
        Example(_rules(ruleType="ApplicationRule", targetUrls=["github.com/gov-example/*", "*/upload"])),
        Example(_rules(ruleType="ApplicationRule", targetUrls=["*.blob.core.windows.net/in/*"])),
        _classic("networkRuleCollections", destinationAddresses=["*"]),
        _classic("applicationRuleCollections", targetFqdns=["*"]),
        Example(_rules(destinationAddresses=["AzureMonitor"], destinationPorts=["443", "*"])),
        Example(_rules(ruleType="ApplicationRule", targetFqdns=["github.com", "*"])),
        Example(_rules(ruleType="ApplicationRule", targetFqdns=["*.com"])),
        Example(_rules(ruleType="ApplicationRule", targetFqdns=["*.blob.core.windows.net"])),
        Example(_rules(destinationFqdns=["*.Azurewebsites.net"])),
    ),
    breaks=(
        *(Break(f"{_PLACE}.{name}", ["*"], of=(FIREWALL_RULES,), where=_allowing) for name in _LISTS),
        *(
            Break(f"{path}.action.type", "Allow", of=(type_,), where=lambda found: "'deny'" in str(found).lower())
            for path, type_ in _COLLECTIONS
        ),
        Break("applicationRuleCollections[*].rules[*].targetFqdns", ["*"], of=(FIREWALL,), where=_allowing),
    ),
)
