"""Microsoft.Storage/storageAccounts/queueServices."""

from __future__ import annotations

from simulator.model import Model
from simulator.resources.storage.content_rules import QUEUE_RULES
from simulator.resources.storage.service_rules import cors_rules_are_few


class QueueServices(Model):
    """The settings of an account's queue service; it exists with the account."""

    token = "azure-native:storage:QueueServiceProperties"
    rules = (*QUEUE_RULES, cors_rules_are_few)
