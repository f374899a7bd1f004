"""Microsoft.Web/sites/config, the names of settings that stay with a slot."""

from __future__ import annotations

from typing import Any

from simulator.model import Model, Request


class SlotConfigNames(Model):
    """What a swap leaves where it is; a name that no slot sets is taken."""

    token = "azure-native:web:WebAppSlotConfigurationNames"

    def outputs(self, request: Request) -> dict[str, Any]:
        """Nothing else."""
        return {"systemData": None}
