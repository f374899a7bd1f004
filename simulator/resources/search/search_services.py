"""Microsoft.Search/searchServices."""

from __future__ import annotations

from typing import Any

from simulator.model import Model, Request, digest
from simulator.resources.search.service_rules import SERVICE_RULES
from simulator.store import Record


class SearchServices(Model):
    """A service of Azure AI Search."""

    token = "azure-native:search:Service"
    functions = ("listAdminKey",)
    rules = SERVICE_RULES

    def defaults(self, request: Request) -> dict[str, Any]:
        """One replica, one partition, open to everyone."""
        return {
            "replicaCount": 1,
            "partitionCount": 1,
            "hostingMode": "Default",
            "publicNetworkAccess": "Enabled",
            "encryptionWithCmk": {"enforcement": "Unspecified"},
        }

    def outputs(self, request: Request) -> dict[str, Any]:
        """Its endpoint and state."""
        return {
            "endpoint": f"https://{request.name}.search.windows.net",
            "status": "running",
            "statusDetails": "",
            "encryptionWithCmk": {"encryptionComplianceStatus": "Compliant"},
        }

    def invoke(self, function: str, record: Record) -> dict[str, Any]:
        """The two admin keys."""
        return {name: digest(record.id, name, 52) for name in ("primaryKey", "secondaryKey")}
