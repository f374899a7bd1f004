"""Microsoft.Storage/storageAccounts/blobServices/containers."""

from __future__ import annotations

from typing import Any

from simulator.model import CREATED, Model, Request
from simulator.resources.storage.content_rules import CONTAINER_RULES


class BlobContainers(Model):
    """A container, which is a file system where the account has a hierarchical namespace."""

    token = "azure-native:storage:BlobContainer"
    unchangeable = ("defaultEncryptionScope", "denyEncryptionScopeOverride")
    unchangeable_code = "ContainerOperationFailure"
    rules = CONTAINER_RULES

    def defaults(self, request: Request) -> dict[str, Any]:
        """Nobody reads it without credentials; the key is the account's."""
        return {
            "publicAccess": "None",
            "defaultEncryptionScope": "$account-encryption-key",
            "denyEncryptionScopeOverride": False,
        }

    def outputs(self, request: Request) -> dict[str, Any]:
        """A new container: no lease, no hold."""
        return {
            "deleted": False,
            "hasImmutabilityPolicy": False,
            "hasLegalHold": False,
            "legalHold": {"hasLegalHold": False, "tags": []},
            "leaseState": "Available",
            "leaseStatus": "Unlocked",
            "remainingRetentionDays": 0,
            "lastModifiedTime": CREATED,
            "deletedTime": None,
            "leaseDuration": None,
            "version": None,
        }
