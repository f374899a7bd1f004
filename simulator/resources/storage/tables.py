"""Microsoft.Storage/storageAccounts/tableServices/tables."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from simulator.model import Model, Request
from simulator.resources.storage.content_rules import QUEUE_RULES
from simulator.rule import Fault, rule


@rule(
    "st-table-name",
    kind="static",
    code="InvalidResourceName",
    source="learn.microsoft.com rest/api/storageservices/understanding-the-table-service-data-model (checked "
    "2026-11-25; code not confirmed)",
)
def name_is_not_reserved(request: Request) -> Iterator[Fault]:
    """One name is the service's own."""
    if request.name.lower() == "tables":
        yield Fault("the name tables is reserved", "tableName", "use another name")


class Tables(Model):
    """A table."""

    token = "azure-native:storage:Table"
    rules = (*QUEUE_RULES, name_is_not_reserved)

    def outputs(self, request: Request) -> dict[str, Any]:
        """Its name, as the service has it."""
        return {"tableName": request.name}
