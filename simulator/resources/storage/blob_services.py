"""Microsoft.Storage/storageAccounts/blobServices."""

from __future__ import annotations

from collections.abc import Iterator

from simulator.errors import Refusal
from simulator.ids import parents
from simulator.model import Model, Request


class BlobServices(Model):
    """The settings of an account's blob service.

    It exists with the account, so deleting it only forgets the settings.
    """

    token = "azure-native:storage:BlobServiceProperties"

    def refusals(self, request: Request) -> Iterator[Refusal]:
        """Versions of blobs need a flat namespace."""
        account = request.world.get(next(parents(request.id)))
        if (
            account is not None
            and account.body.get("isHnsEnabled") is True
            and request.at("isVersioningEnabled") is True
        ):
            yield Refusal(
                "FeatureNotSupportedForAccount",
                "blob versioning is not available in an account with a hierarchical namespace",
                target="isVersioningEnabled",
                fix="leave versioning off for a data lake; soft delete protects its files",
            )
