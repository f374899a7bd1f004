"""What Azure refuses about a firewall policy and its groups of rule collections."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, Final

from simulator.ids import key, parents
from simulator.model import Request
from simulator.resources.network.firewall_service_rules import TIERS
from simulator.rule import Fault, rule
from simulator.values import UNKNOWN, at

_GROUPS: Final = "microsoft.network/firewallpolicies/rulecollectiongroups"
_DOCS: Final = "azure-docs:firewall-manager/policy-overview.md (checked 2026-11-25; code not confirmed)"
_PREMIUM: Final = ("intrusionDetection", "transportSecurity")
_DESTINATIONS: Final = ("destinationAddresses", "destinationIpGroups", "destinationFqdns")


@rule("net-fwpolicy-premium-features", kind="static", reads=("sku.tier",), source=_DOCS)
def premium_features(request: Request) -> Iterator[Fault]:
    """Intrusion detection and TLS inspection need Premium."""
    tier = request.known("sku.tier", "Standard")
    for member in _PREMIUM:
        found = request.at(member)
        if tier != "Premium" and found not in (None, UNKNOWN) and at(found, "mode") != "Off":
            yield Fault(f"{member} needs a policy of the tier Premium; this one is {tier}", member, "use Premium")


@rule(
    "net-fwpolicy-basic-has-no-dns", kind="static", reads=("sku.tier", "dnsSettings"),
    source="Azure/Azure-Landing-Zones#1470 (code not confirmed)",
)  # fmt: skip
def basic_dns(request: Request) -> Iterator[Fault]:
    """A Basic policy has no DNS settings."""
    uses = request.known("dnsSettings.servers") or request.at("dnsSettings.enableProxy") is True
    if request.known("sku.tier") == "Basic" and uses:
        yield Fault("a policy of the tier Basic has no dnsSettings", "dnsSettings", "use Standard, or leave them out")


@rule("net-fwpolicy-parent-tier", kind="cross-resource", reads=("sku.tier", "basePolicy.id"), source=_DOCS)
def parent_tier(request: Request) -> Iterator[Fault]:
    """A policy is of its parent's tier or above."""
    reference = request.known("basePolicy.id")
    parent = request.world.get(reference) if isinstance(reference, str) else None
    theirs = at(parent.body, "sku.tier") if parent is not None else None
    theirs, own = "Standard" if theirs is None else theirs, request.known("sku.tier", "Standard")
    if parent is not None and TIERS.get(str(theirs), 0) > TIERS.get(str(own), 2):
        yield Fault(
            f"the policy is {own} and its parent {parent.id} is {theirs}",
            "basePolicy.id",
            f"use the tier {theirs}, or a parent of the tier {own}",
        )


@rule("net-fwpolicy-parent-itself", kind="static", reads=("basePolicy.id",), source=_DOCS)
def another_parent(request: Request) -> Iterator[Fault]:
    """A policy isn't its own parent."""
    reference = request.known("basePolicy.id")
    if isinstance(reference, str) and key(reference) == key(request.id):
        yield Fault("a policy can't be its own parent", "basePolicy.id", "name another policy")


def _collections(request: Request) -> Iterator[tuple[int, Mapping[str, Any]]]:
    listed = request.at("ruleCollections")
    for index, item in enumerate(listed if isinstance(listed, list) else ()):
        if isinstance(item, Mapping):
            yield index, item


def _rules(request: Request, kind: str) -> Iterator[tuple[str, Mapping[str, Any]]]:
    for index, collection in _collections(request):
        listed = collection.get("rules")
        for item in listed if isinstance(listed, list) else ():
            if isinstance(item, Mapping) and item.get("ruleType") == kind:
                yield f"ruleCollections.{index}", item


@rule(
    "net-fwrules-destination", kind="static", quoted=True, source="Azure/azure-cli#18932 (code not confirmed)",
)  # fmt: skip
def has_destination(request: Request) -> Iterator[Fault]:
    """A network rule says where traffic goes."""
    for path, item in _rules(request, "NetworkRule"):
        if all(item.get(member) in (None, []) for member in _DESTINATIONS):
            yield Fault(
                f"Firewall Policy Network Rule {item.get('name')} must have one of destinationAddresses, "
                "destinationIpGroups or destinationFqdns specified",
                path,
                "give the rule a destination; * is everything",
            )


@rule(
    "net-fwrules-fqdn-needs-dns-proxy", kind="cross-resource",
    source="Azure/data-management-zone#177; Azure/azure-sdk-for-go#11094 (code not confirmed)",
)  # fmt: skip
def names_need_proxy(request: Request) -> Iterator[Fault]:
    """Host names in network rules need the DNS proxy of the policy."""
    policy = request.world.get(next(parents(request.id)))
    settings = policy.body.get("dnsSettings") if policy is not None else UNKNOWN
    if settings is UNKNOWN or at(settings, "enableProxy") is True or at(settings, "enableProxy") is UNKNOWN:
        return
    if at(settings, "requireProxyForNetworkRules") is False:
        return
    for path, item in _rules(request, "NetworkRule"):
        if item.get("destinationFqdns") not in (None, [], UNKNOWN):
            yield Fault(
                f"network rule {item.get('name')} has destinationFqdns, and the DNS proxy of the policy is off",
                path,
                "set dnsSettings: {enableProxy: true} at the policy",
            )


@rule("net-fwrules-unique-names", kind="static", source=_DOCS)
def unique_names(request: Request) -> Iterator[Fault]:
    """The rules of a collection have different names."""
    for index, collection in _collections(request):
        listed = collection.get("rules")
        names = [item.get("name") for item in (listed if isinstance(listed, list) else ()) if isinstance(item, Mapping)]
        twice = {name for name in names if isinstance(name, str) and names.count(name) > 1}
        for name in sorted(twice):
            yield Fault(
                f"two rules of collection {collection.get('name')} are called {name}",
                f"ruleCollections.{index}",
                "give each rule a name of its own",
            )


@rule("net-fwrules-group-priority", kind="cross-resource", reads=("priority",), source=_DOCS)
def own_priority(request: Request) -> Iterator[Fault]:
    """The groups of a policy have different priorities."""
    own = request.known("priority")
    for record in request.world.below(next(parents(request.id))):
        taken = record.body.get("priority")
        if record.type.lower() == _GROUPS and record.key != key(request.id) and own is not None and taken == own:
            yield Fault(f"group {record.id} has the priority {own} already", "priority", "choose a free priority")


POLICY_RULES: Final = (premium_features, basic_dns, parent_tier, another_parent)
GROUP_RULES: Final = (has_destination, names_need_proxy, unique_names, own_priority)
