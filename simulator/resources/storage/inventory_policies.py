"""Microsoft.Storage/storageAccounts/inventoryPolicies."""

from __future__ import annotations

from typing import Any

from simulator.model import CREATED, Model, Request
from simulator.resources.storage.inventory_rules import INVENTORY_RULES


class InventoryPolicies(Model):
    """Reports on the blobs of an account."""

    token = "azure-native:storage:BlobInventoryPolicy"
    rules = INVENTORY_RULES

    def outputs(self, request: Request) -> dict[str, Any]:
        """When the rules last changed."""
        return {"lastModifiedTime": CREATED}
