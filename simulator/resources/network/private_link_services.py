"""Microsoft.Network/privateLinkServices."""

from __future__ import annotations

from typing import Any

from simulator.model import Model, Request, digest, guid
from simulator.resources.network import child_name_rules, private_link_service_rules


class PrivateLinkServices(Model):
    """A service of one's own behind private endpoints of others."""

    token = "azure-native:network:PrivateLinkService"
    rules = (*child_name_rules.RULES, *private_link_service_rules.RULES)

    def outputs(self, request: Request) -> dict[str, Any]:
        """The name under which others ask for a connection, and the interface behind which the service is."""
        name = f"{request.name}.{digest(request.id, 'alias', 8)}.{request.location}.azure.privatelinkservice"
        group = request.id.split("/providers/", 1)[0]
        nic = f"{request.name}.nic.{guid(request.id, 'nic')}"
        return {
            "alias": name,
            "networkInterfaces": [{"id": f"{group}/providers/Microsoft.Network/networkInterfaces/{nic}"}],
        }
