"""Microsoft.Storage/storageAccounts/fileServices/shares."""

from __future__ import annotations

from typing import Any

from simulator.model import CREATED, Model, Request
from simulator.resources.storage.content_rules import SHARE_RULES


class Shares(Model):
    """A file share."""

    token = "azure-native:storage:FileShare"
    rules = SHARE_RULES

    def defaults(self, request: Request) -> dict[str, Any]:
        """SMB."""
        return {"enabledProtocols": "SMB"}

    def outputs(self, request: Request) -> dict[str, Any]:
        """A new share: no lease, no snapshot."""
        return {"leaseState": "available", "leaseStatus": "unlocked", "lastModifiedTime": CREATED}
