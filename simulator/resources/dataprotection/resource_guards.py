"""Microsoft.DataProtection/resourceGuards."""

from __future__ import annotations

from typing import Any

from simulator.model import Model, Request


class ResourceGuards(Model):
    """What only a second person may allow."""

    token = "azure-native:dataprotection:ResourceGuard"

    def outputs(self, request: Request) -> dict[str, Any]:
        """Its state."""
        return {"properties": {"provisioningState": "Succeeded", "allowAutoApprovals": True}}
