"""Microsoft.Storage/storageAccounts/tableServices."""

from __future__ import annotations

from simulator.model import Model
from simulator.resources.storage.content_rules import QUEUE_RULES
from simulator.resources.storage.service_rules import cors_rules_are_few


class TableServices(Model):
    """The settings of an account's table service; it exists with the account."""

    token = "azure-native:storage:TableServiceProperties"
    rules = (*QUEUE_RULES, cors_rules_are_few)
