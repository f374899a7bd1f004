"""Microsoft.Storage/storageAccounts/fileServices."""

from __future__ import annotations

from simulator.model import Model
from simulator.resources.storage.service_rules import FILE_SERVICE_RULES


class FileServices(Model):
    """The settings of an account's file service; it exists with the account."""

    token = "azure-native:storage:FileServiceProperties"
    rules = FILE_SERVICE_RULES
