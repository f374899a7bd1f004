"""NET-002: no security rule lets the internet in."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from policies.addresses import is_everyone, is_rented
from policies.rule import ABSENT, Break, Category, Context, Example, Property, Rule, Severity, Verdict
from policies.types import SECURITY_GROUP, SECURITY_RULE
from policies.view import Fault, Judged, View, guarded


def check(view: View, context: Context) -> Judged:
    """A rule that allows inbound traffic names senders, whether it stands in its group or by itself."""
    if context.resource.type == SECURITY_RULE:
        yield from guarded(_rule(view))
        return
    for rule in view.each("securityRules"):
        yield from guarded(_rule(rule))


def _rule(rule: View) -> Judged:
    if rule.word("direction") != "inbound" or rule.word("access") != "allow":
        return
    yield from guarded(_one_sender(rule))
    for sender in rule.each("sourceAddressPrefixes"):
        yield from guarded(_sender(sender, ""))


def _one_sender(rule: View) -> Judged:
    yield from _sender(rule, "sourceAddressPrefix")


def _sender(holder: View, path: str) -> Judged:
    sender = holder.text(path, absent="")
    if is_everyone(sender) or is_rented(sender):
        yield Fault(".".join(filter(None, (holder.path, path))), "lets anybody in; it must name who may")


_SOURCE: Final = "SecurityRule, Microsoft.Network 2024-07-01: Azure refuses a rule without it"
_SENDERS: Final = "SecurityRule, Microsoft.Network 2024-07-01: one of prefix, prefixes or groups is given"
_READ: Final = (
    ("direction", _SOURCE),
    ("access", _SOURCE),
    ("sourceAddressPrefix", _SENDERS),
    ("sourceAddressPrefixes", _SENDERS),
)


def _properties(prefix: str, type_: str) -> tuple[Property, ...]:
    return tuple(Property(prefix + path, ABSENT, Verdict.PASS, source, of=(type_,)) for path, source in _READ)


def _from(**senders: Any) -> dict[str, Any]:
    return {"direction": "Inbound", "access": "Allow", "protocol": "Tcp", "destinationPortRange": "443", **senders}


def _inbound(properties: Mapping[str, Any]) -> bool:
    return properties.get("direction") == "Inbound" and properties.get("access") == "Allow"


def _anybody(properties: Mapping[str, Any]) -> bool:
    return properties.get("sourceAddressPrefix") == "*"


_OFFICE: Final = {"sourceAddressPrefix": "10.250.0.0/24"}

RULE = Rule(
    id="NET-002",
    title="No security rule lets the internet in",
    severity=Severity.CRITICAL,
    category=Category.NETWORK,
    types=(SECURITY_RULE, SECURITY_GROUP),
    controls=(
        "itsg33/SC-7(5)",
        "mcsb/NS-1",
        "mcsb/NS-3",
        "cis-azure/7.1",
        "cis-azure/7.2",
        "cis-azure/7.3",
        "cis-azure/7.4",
        "hipaa/164.312(e)(1)",
        "gdpr/32(1)(b)",
        "gc-guardrails/9",
        "popa/10",
        "hia/60",
    ),
    equivalents={
        "checkov": ("CKV_AZURE_9", "CKV_AZURE_10", "CKV_AZURE_160", "CKV_AZURE_77"),
        "psrule": ("Azure.NSG.AnyInboundSource",),
        "azure_policy": ("22730e10-96f6-4aac-ad84-9383d35b5917",),
    },
    why="Everyone on the internet can try the service behind it, and so can every machine in every peered network.",
    fix="Name the senders: the address range of a subnet or of an office, or the service tag of one Azure service.",
    link="https://learn.microsoft.com/azure/virtual-network/network-security-groups-overview#security-rules",
    properties=(*_properties("", SECURITY_RULE), *_properties("securityRules[*].", SECURITY_GROUP)),
    check=check,
    good=(
        Example(_from(**_OFFICE, sourceAddressPrefixes=["10.251.0.0/24"])),
        Example(_from(sourceAddressPrefix="AzureLoadBalancer"), title="one service of Azure"),
        Example({**_from(sourceAddressPrefix="*"), "access": "Deny"}, title="refuses everybody"),
        Example({**_from(sourceAddressPrefix="*"), "direction": "Outbound"}, title="the other way"),
        Example(
            {"securityRules": [_from(**_OFFICE, sourceAddressPrefixes=["10.251.0.0/24"])]},
            type=SECURITY_GROUP,
        ),
    ),
    bad=(
        Example(_from(sourceAddressPrefix="*")),
        Example(_from(sourceAddressPrefix="internet"), title="a tag in another case"),
        Example({**_from(sourceAddressPrefix="Any"), "direction": "inbound", "access": "allow"}),
        Example(_from(sourceAddressPrefix="::/0"), title="everybody by IPv6"),
        Example(_from(sourceAddressPrefix="AzureCloud.canadacentral"), title="whoever rents a machine of Azure"),
        Example(_from(sourceAddressPrefixes=["10.250.0.0/24", "0.0.0.0/0"]), title="the second of a list"),
        Example(_from(sourceAddressPrefixes=["0.0.0.0/1", "10.0.0.0/24"]), title="half of the internet"),
        Example(
            {"securityRules": [_from(**_OFFICE), _from(sourceAddressPrefix="Internet", protocol="Udp")]},
            type=SECURITY_GROUP,
        ),
    ),
    breaks=(
        Break("sourceAddressPrefix", "Internet", of=(SECURITY_RULE,), where=_inbound),
        Break("sourceAddressPrefixes", ["10.0.0.0/24", "0.0.0.0/0"], of=(SECURITY_RULE,), where=_inbound),
        Break("direction", "Inbound", of=(SECURITY_RULE,), where=_anybody),
        Break("access", "Allow", of=(SECURITY_RULE,), where=_anybody),
        Break("securityRules", [_from(**_OFFICE), _from(sourceAddressPrefix="*")], of=(SECURITY_GROUP,)),
        Break("securityRules", [_from(sourceAddressPrefixes=["10.0.0.0/24", "::/0"])], of=(SECURITY_GROUP,)),
    ),
)
