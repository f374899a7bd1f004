"""Microsoft.Insights/dataCollectionRules."""

from __future__ import annotations

from typing import Any

from simulator.model import Model, Request, digest, guid
from simulator.resources.monitor.data_collection_flow_rules import FLOW_RULES
from simulator.resources.monitor.data_collection_source_rules import SOURCE_RULES


class DataCollectionRules(Model):
    """What is collected, how it is changed, and where it goes."""

    token = "azure-native:monitor:DataCollectionRule"
    # A rule of another kind is another rule (azurerm, monitor_data_collection_rule).
    rules = (*SOURCE_RULES, *FLOW_RULES)

    def outputs(self, request: Request) -> dict[str, Any]:
        """The id that the ingestion API calls it by."""
        return {
            "immutableId": f"dcr-{digest(request.id, 'dcr', 32)}",
            "etag": guid(request.id, "etag"),
            "provisioningState": "Succeeded",
        }
