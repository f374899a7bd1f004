"""Microsoft.Network/networkSecurityGroups/securityRules."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from simulator.errors import Refusal
from simulator.ids import key, name_of, parents
from simulator.model import Model, Request
from simulator.resources.network.security_rule_rules import addresses_are_ranges, ports_in_range, priority_in_range
from simulator.values import UNKNOWN


class SecurityRules(Model):
    """A security rule that is a resource of its own."""

    token = "azure-native:network:SecurityRule"
    rules = (priority_in_range, ports_in_range, addresses_are_ranges)

    def refusals(self, request: Request) -> Iterator[Refusal]:
        """No other rule of the group at the same priority and direction."""
        own = slot(request.inputs)
        if own is None:
            return
        group = next(parents(request.id))
        for sibling in request.world.below(group):
            if sibling.key != key(request.id) and slot(sibling.body) == own:
                yield conflict(request.name, name_of(sibling.id))
        holder = request.world.get(group)
        listed = holder.body.get("securityRules") if holder is not None else None
        for item in listed if isinstance(listed, list) else ():
            if isinstance(item, Mapping) and slot(item) == own and item.get("name") != request.name:
                yield conflict(request.name, str(item.get("name")))


def slot(rule: Mapping[str, Any]) -> tuple[Any, Any] | None:
    """Priority and direction, which no two rules may share; `None` while either is not known."""
    priority, direction = rule.get("priority"), rule.get("direction")
    if priority is UNKNOWN or direction is UNKNOWN or priority is None or direction is None:
        return None
    return priority, str(direction).lower()


def conflict(rule: str, other: str) -> Refusal:
    """The refusal of a rule whose place is taken."""
    return Refusal(
        "SecurityRuleConflict",
        f"Security rule {rule} conflicts with rule {other}. Rules cannot have the same Priority and Direction. To "
        "learn more, see aka.ms/nsgrules.",
        target="priority",
        fix="give one of the two rules another priority (100 to 4096)",
        quoted=True,
    )
