"""Microsoft.EventHub/namespaces/networkRuleSets."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final

from simulator.ids import parents
from simulator.model import Model, Request
from simulator.rule import Fault, rule
from simulator.values import at

_SOURCE: Final = "azurerm eventhub_namespace_resource.go (checked 2026-11-25; code not confirmed)"
_MOST_IP_RULES: Final = 128


@rule("evh-network-rules-access", kind="cross-resource", source=_SOURCE)
def rules_agree_with_the_namespace(request: Request) -> Iterator[Fault]:
    """The rules and the namespace say the same about public access."""
    namespace = request.world.get(next(parents(request.id), ""))
    theirs = at(namespace.body, "publicNetworkAccess") if namespace is not None else None
    mine = request.known("publicNetworkAccess")
    if isinstance(theirs, str) and isinstance(mine, str) and theirs.lower() != mine.lower():
        yield Fault(
            f"publicNetworkAccess is {mine} here and {theirs} in the namespace",
            "publicNetworkAccess",
            "write the same value in both",
        )


@rule(
    "evh-network-rules-ips", kind="static",
    source="MicrosoftDocs/azure-docs event-hubs-ip-filtering.md: 128 rules of one namespace (code not confirmed)",
)  # fmt: skip
def ip_rules_are_few(request: Request) -> Iterator[Fault]:
    """A namespace takes 128 rules for addresses."""
    listed = request.known("ipRules", [])
    if isinstance(listed, list) and len(listed) > _MOST_IP_RULES:
        yield Fault(f"{len(listed)} rules for addresses", "ipRules", f"use at most {_MOST_IP_RULES}; join ranges")


class NetworkRuleSets(Model):
    """Who reaches a namespace of Event Hubs over the network."""

    token = "azure-native:eventhub:NamespaceNetworkRuleSet"
    rules = (rules_agree_with_the_namespace, ip_rules_are_few)

    def defaults(self, request: Request) -> dict[str, Any]:
        """Open, but not to Azure's own services behind a firewall."""
        return {"defaultAction": "Allow", "publicNetworkAccess": "Enabled", "trustedServiceAccessEnabled": False}
