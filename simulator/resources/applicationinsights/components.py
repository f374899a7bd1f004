"""Microsoft.Insights/components."""

from __future__ import annotations

from typing import Any

from simulator.model import CREATED, TENANT, Model, Request, guid
from simulator.resources.applicationinsights.component_rules import COMPONENT_RULES


class Components(Model):
    """An Application Insights component."""

    token = "azure-native:applicationinsights:Component"
    secrets = ("connectionString", "instrumentationKey")
    rules = COMPONENT_RULES

    def defaults(self, request: Request) -> dict[str, Any]:
        """What the service has for a new component."""
        return {
            "retentionInDays": 90,
            "ingestionMode": "LogAnalytics",
            "publicNetworkAccessForIngestion": "Enabled",
            "publicNetworkAccessForQuery": "Enabled",
        }

    def outputs(self, request: Request) -> dict[str, Any]:
        """Keys and the connection string, which are secrets."""
        instrumentation, app = guid(request.id, "instrumentation"), guid(request.id, "app")
        region = request.location or "global"
        return {
            "appId": app,
            "applicationId": request.name,
            "connectionString": f"InstrumentationKey={instrumentation};IngestionEndpoint=https://{region}-1.in."
            f"applicationinsights.azure.com/;LiveEndpoint=https://{region}.livediagnostics.monitor.azure.com/;"
            f"ApplicationId={app}",
            "creationDate": CREATED,
            "instrumentationKey": instrumentation,
            "tenantId": TENANT,
            "privateLinkScopedResources": [],
            "hockeyAppToken": None,
            "laMigrationDate": None,
        }
