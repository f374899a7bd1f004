"""Microsoft.Storage/storageAccounts/blobServices."""

from __future__ import annotations

from simulator.model import Model
from simulator.resources.storage.service_rules import BLOB_SERVICE_RULES


class BlobServices(Model):
    """The settings of an account's blob service.

    It exists with the account, so deleting it only forgets the settings.
    """

    token = "azure-native:storage:BlobServiceProperties"
    rules = BLOB_SERVICE_RULES
