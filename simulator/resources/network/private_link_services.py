"""Microsoft.Network/privateLinkServices."""

from __future__ import annotations

from typing import Any

from simulator.model import Model, Request, digest
from simulator.resources.network import child_name_rules, private_link_service_rules


class PrivateLinkServices(Model):
    """A service of one's own behind private endpoints of others."""

    token = "azure-native:network:PrivateLinkService"
    rules = (*child_name_rules.RULES, *private_link_service_rules.RULES)

    def outputs(self, request: Request) -> dict[str, Any]:
        """The name under which others ask for a connection."""
        name = f"{request.name}.{digest(request.id, 'alias', 8)}.{request.location}.azure.privatelinkservice"
        return {"alias": name}
