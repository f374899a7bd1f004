"""Microsoft.Storage/storageAccounts/fileServices."""

from __future__ import annotations

from simulator.model import Model


class FileServices(Model):
    """The settings of an account's file service; it exists with the account."""

    token = "azure-native:storage:FileServiceProperties"
