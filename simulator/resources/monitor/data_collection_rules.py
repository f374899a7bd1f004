"""Microsoft.Insights/dataCollectionRules."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from simulator.model import Model, Request, digest, guid
from simulator.resources.monitor.data_collection_flow_rules import FLOW_RULES
from simulator.resources.monitor.data_collection_source_rules import SOURCE_RULES
from simulator.values import at


class DataCollectionRules(Model):
    """What is collected, how it is changed, and where it goes."""

    token = "azure-native:monitor:DataCollectionRule"
    rules = (*SOURCE_RULES, *FLOW_RULES)

    def outputs(self, request: Request) -> dict[str, Any]:
        """The id that the ingestion API calls it by."""
        return {
            **_destinations(request),
            "immutableId": f"dcr-{digest(request.id, 'dcr', 32)}",
            "etag": guid(request.id, "etag"),
            "provisioningState": "Succeeded",
        }


def _destinations(request: Request) -> dict[str, Any]:
    """The workspaces among the destinations, each with the id that its queries call it by."""
    workspaces = request.known("destinations.logAnalytics")
    if not isinstance(workspaces, list):
        return {}
    return {"destinations": {"logAnalytics": [_with_id(each, request) for each in workspaces]}}


def _with_id(destination: Any, request: Request) -> Any:
    workspace = request.world.get(str(at(destination, "workspaceResourceId")))
    if workspace is None or not isinstance(destination, Mapping):
        return destination
    return {**destination, "workspaceId": workspace.outputs.get("customerId")}
