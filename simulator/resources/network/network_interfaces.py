"""Microsoft.Network/networkInterfaces."""

from __future__ import annotations

from typing import Any

from simulator.model import Model, Request, guid
from simulator.resources.network import child_name_rules, private_address_rules


class NetworkInterfaces(Model):
    """A network interface."""

    token = "azure-native:network:NetworkInterface"
    rules = (child_name_rules.unique_names, *private_address_rules.RULES)

    def outputs(self, request: Request) -> dict[str, Any]:
        """Its GUID."""
        return {"resourceGuid": guid(request.id, "resource")}
