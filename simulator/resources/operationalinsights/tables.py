"""Microsoft.OperationalInsights/workspaces/tables."""

from __future__ import annotations

from typing import Any, Final

from simulator.model import Model, Request
from simulator.resources.operationalinsights.table_rules import TABLE_RULES
from simulator.store import Record
from simulator.values import UNKNOWN

# The column that each table has beside its own.
_STANDARD: Final = ({"name": "TenantId", "type": "guid", "isDefaultDisplay": False, "isHidden": False},)


class Tables(Model):
    """A table of a workspace: one of one's own, or one of Azure's whose plan and retention are set."""

    token = "azure-native:operationalinsights:Table"
    rules = TABLE_RULES

    def defaults(self, request: Request) -> dict[str, Any]:
        """The plan for queries of all kinds; a table with columns of its own is one of one's own."""
        if request.known("schema.columns") is None or not request.name.endswith("_CL"):
            return {"plan": "Analytics"}
        kind = {"tableType": "CustomLog", "tableSubType": "DataCollectionRuleBased", "solutions": ["LogManagement"]}
        return {"plan": "Analytics", "schema": {**kind, "standardColumns": list(_STANDARD)}}

    def outputs(self, request: Request) -> dict[str, Any]:
        """How long rows are kept, here and in the archive."""
        basic = request.at("plan") == "Basic"
        days = 30 if basic else _days(request, "retentionInDays")
        total = _days(request, "totalRetentionInDays")
        if total == _workspace_days(request):
            total = days
        unknown = UNKNOWN in (days, total)
        return {
            "retentionInDays": days,
            "totalRetentionInDays": total,
            "archiveRetentionInDays": UNKNOWN if unknown else max(0, total - days),
            "retentionInDaysAsDefault": request.at("retentionInDays") in (None, -1),
            "totalRetentionInDaysAsDefault": request.at("totalRetentionInDays") in (None, -1),
            "provisioningState": "Succeeded",
            "lastPlanModifiedDate": None,
            "resultStatistics": None,
        }


def _days(request: Request, name: str) -> Any:
    """-1 and nothing are both what the workspace has."""
    value = request.at(name)
    return _workspace_days(request) if value in (None, -1) else value


def _workspace_days(request: Request) -> Any:
    workspace: Record | None = request.world.get(request.id.rsplit("/", 2)[0])
    days = workspace.body.get("retentionInDays") if workspace is not None else None
    return 30 if days is None else days
