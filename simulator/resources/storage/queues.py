"""Microsoft.Storage/storageAccounts/queueServices/queues."""

from __future__ import annotations

from simulator.model import Model
from simulator.resources.storage.content_rules import QUEUE_RULES


class Queues(Model):
    """A queue."""

    token = "azure-native:storage:Queue"
    rules = QUEUE_RULES
