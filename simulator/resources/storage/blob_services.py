"""Microsoft.Storage/storageAccounts/blobServices."""

from __future__ import annotations

from simulator.model import Model
from simulator.resources.storage.service_rules import (
    blobs_are_kept_for_days,
    cors_rules_are_few,
    hierarchy_has_no_versions,
    restore_is_shorter_than_soft_delete,
    restore_needs_versions_and_feed,
)


class BlobServices(Model):
    """The settings of an account's blob service.

    It exists with the account, so deleting it only forgets the settings.
    """

    token = "azure-native:storage:BlobServiceProperties"
    rules = (
        hierarchy_has_no_versions, restore_is_shorter_than_soft_delete, restore_needs_versions_and_feed,
        blobs_are_kept_for_days, cors_rules_are_few,
    )  # fmt: skip
