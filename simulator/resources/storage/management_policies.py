"""Microsoft.Storage/storageAccounts/managementPolicies."""

from __future__ import annotations

from typing import Any

from simulator.model import CREATED, Model, Request
from simulator.resources.storage.lifecycle_rules import LIFECYCLE_RULES


class ManagementPolicies(Model):
    """The lifecycle rules of an account's blobs."""

    token = "azure-native:storage:ManagementPolicy"
    rules = LIFECYCLE_RULES

    def outputs(self, request: Request) -> dict[str, Any]:
        """When the rules last changed."""
        return {"lastModifiedTime": CREATED}
