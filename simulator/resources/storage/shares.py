"""Microsoft.Storage/storageAccounts/fileServices/shares."""

from __future__ import annotations

from typing import Any, Final

from simulator.model import CREATED, Model, Request
from simulator.resources.storage.content_rules import SHARE_RULES

# What comes with a change of the tier, a lease, a snapshot or a deletion.
_LATER: Final = (
    "accessTierChangeTime", "accessTierStatus", "deletedTime", "leaseDuration", "snapshotTime", "version",
)  # fmt: skip
# When less may be paid for again.
_DOWNGRADES: Final = (
    "nextAllowedProvisionedBandwidthDowngradeTime", "nextAllowedProvisionedIopsDowngradeTime",
    "nextAllowedQuotaDowngradeTime",
)  # fmt: skip


class Shares(Model):
    """A file share."""

    token = "azure-native:storage:FileShare"
    rules = SHARE_RULES

    def defaults(self, request: Request) -> dict[str, Any]:
        """SMB."""
        return {"enabledProtocols": "SMB"}

    def outputs(self, request: Request) -> dict[str, Any]:
        """A new share: no lease, no snapshot."""
        is_provisioned = any(request.at(f"provisioned{each}") is not None for each in ("Iops", "BandwidthMibps"))
        return {
            "leaseState": "available",
            "leaseStatus": "unlocked",
            "lastModifiedTime": CREATED,
            **dict.fromkeys(_LATER),
            **dict.fromkeys(_DOWNGRADES, CREATED if is_provisioned else None),
        }
