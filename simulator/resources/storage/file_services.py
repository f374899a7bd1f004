"""Microsoft.Storage/storageAccounts/fileServices."""

from __future__ import annotations

from simulator.model import Model
from simulator.resources.storage.service_rules import cors_rules_are_few, shares_are_kept_for_days


class FileServices(Model):
    """The settings of an account's file service; it exists with the account."""

    token = "azure-native:storage:FileServiceProperties"
    rules = (shares_are_kept_for_days, cors_rules_are_few)
