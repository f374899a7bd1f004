"""Microsoft.Network/privateEndpoints."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from simulator.model import Model, Request, guid
from simulator.resources.network import endpoint_rules, private_endpoint_answers
from simulator.resources.network.endpoint_address_rules import ADDRESS_RULES
from simulator.resources.network.endpoint_target_rules import TARGET_RULES


class PrivateEndpoints(Model):
    """A private endpoint. Its target approves the connection by itself, as within one tenant with the rights for it."""

    token = "azure-native:network:PrivateEndpoint"
    rules = (
        endpoint_rules.connections_are_named,
        endpoint_rules.aliases_ask_first,
        endpoint_rules.target_is_whole,
        endpoint_rules.group_id_is_there,
        endpoint_rules.one_group_id,
        endpoint_rules.group_id_fits,
        endpoint_rules.short_message,
        endpoint_rules.connections_stay,
        endpoint_rules.undelegated_subnet,
        endpoint_rules.region_of_subnet,
        *ADDRESS_RULES,
        *TARGET_RULES,
    )

    def outputs(self, request: Request) -> dict[str, Any]:
        """Its network interface and addresses, and connections with the state that the target gave them."""
        group = request.id.split("/providers/", 1)[0]
        nic = request.text("customNetworkInterfaceName", f"{request.name}.nic.{guid(request.id, 'nic')}")
        found: dict[str, Any] = {
            "networkInterfaces": [{"id": f"{group}/providers/Microsoft.Network/networkInterfaces/{nic}"}],
            "customDnsConfigs": private_endpoint_answers.dns_configs(request),
        }
        for name in ("privateLinkServiceConnections", "manualPrivateLinkServiceConnections"):
            connections = request.at(name)
            if isinstance(connections, list):
                found[name] = [_connection(request, name, item) for item in connections]
        return found


def _connection(request: Request, name: str, item: Any) -> Any:
    if not isinstance(item, Mapping):
        return item
    manual = name.startswith("manual")
    state = {
        "actionsRequired": "None",
        "description": "Awaiting approval" if manual else "Auto-approved",
        "status": "Pending" if manual else "Approved",
    }
    return {
        **item,
        "id": f"{request.id}/{name}/{item.get('name')}",
        "provisioningState": "Succeeded",
        "privateLinkServiceConnectionState": state,
    }
