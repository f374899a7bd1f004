"""Microsoft.OperationalInsights/workspaces."""

from __future__ import annotations

import base64
from typing import Any

from simulator.model import CREATED, Model, Request, digest, guid
from simulator.resources.operationalinsights.workspace_rules import WORKSPACE_RULES
from simulator.store import Record


class Workspaces(Model):
    """A Log Analytics workspace."""

    token = "azure-native:operationalinsights:Workspace"
    functions = ("getSharedKeys", "getWorkspaceSharedKeys")
    rules = WORKSPACE_RULES

    def defaults(self, request: Request) -> dict[str, Any]:
        """Pay per GB, 30 days, no daily cap."""
        return {
            "sku": {"name": "PerGB2018"},
            "retentionInDays": 30,
            "publicNetworkAccessForIngestion": "Enabled",
            "publicNetworkAccessForQuery": "Enabled",
            "workspaceCapping": {"dailyQuotaGb": -1.0},
        }

    def outputs(self, request: Request) -> dict[str, Any]:
        """The customer id that agents use."""
        return {
            "customerId": guid(request.id, "customer"),
            "workspaceCapping": {"dataIngestionStatus": "RespectQuota"},
            "createdDate": CREATED,
            "modifiedDate": CREATED,
        }

    def invoke(self, function: str, record: Record) -> dict[str, Any]:
        """The two shared keys."""
        keys = [base64.b64encode(digest(record.id, name, 64).encode()).decode() for name in ("primary", "secondary")]
        return {"primarySharedKey": keys[0], "secondarySharedKey": keys[1]}
