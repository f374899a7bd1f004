"""Microsoft.Network/privateDnsZones/{recordType}."""

from __future__ import annotations

from typing import Any

from simulator.model import UNKNOWN_TEXT, Model, Request
from simulator.resources.privatedns import record_rules


class RecordSets(Model):
    """The records of one name and type in a private zone."""

    token = "azure-native:privatedns:PrivateRecordSet"
    rules = record_rules.RULES

    def outputs(self, request: Request) -> dict[str, Any]:
        """The full name, and that nobody registered it by itself."""
        parts = request.id.split("/")
        zone = UNKNOWN_TEXT if UNKNOWN_TEXT in request.id else parts[-3]
        return {"fqdn": f"{zone}." if request.name == "@" else f"{request.name}.{zone}.", "isAutoRegistered": False}
