"""Microsoft.Network/loadBalancers."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from simulator.ids import key
from simulator.model import Model, Request, guid
from simulator.references import references
from simulator.resources.network import (
    child_name_rules,
    load_balancer_rules,
    nat_gateway_rules,
    own_part_rules,
    private_address_answers,
    private_address_rules,
)

_PARTS: Final = ("frontendIPConfigurations", "backendAddressPools", "probes")
_RULES: Final = ("loadBalancingRules", "inboundNatRules", "inboundNatPools", "outboundRules")


class LoadBalancers(Model):
    """A load balancer."""

    token = "azure-native:network:LoadBalancer"
    rules = (
        *child_name_rules.RULES,
        own_part_rules.own_parts_are_there,
        *load_balancer_rules.RULES,
        *private_address_rules.RULES,
        nat_gateway_rules.free_addresses,
    )

    def outputs(self, request: Request) -> dict[str, Any]:
        """Its addresses, and which of its rules use a frontend, a pool or a probe."""
        frontends = private_address_answers.with_addresses(request, "frontendIPConfigurations")
        used = {
            part: [_with_users(request, part, item) for item in listed]
            for part in _PARTS
            if isinstance(listed := frontends.get(part, request.at(part)), list)
        }
        return {"resourceGuid": guid(request.id, "resource"), **used}


def _with_users(request: Request, part: str, item: Any) -> Any:
    """A part with the rules of the same load balancer that name it."""
    if not isinstance(item, Mapping) or not isinstance(item.get("name"), str):
        return item
    own, found = key(f"{request.id}/{part}/{item['name']}"), dict(item)
    for member in _RULES:
        rules = request.at(member)
        named = [
            {"id": f"{request.id}/{member}/{each.get('name')}"}
            for each in (rules if isinstance(rules, list) else ())
            if isinstance(each, Mapping) and any(key(target) == own for _, target in references(each))
        ]
        if named:
            found[member] = named
    return found
