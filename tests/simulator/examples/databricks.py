"""One valid resource of each type of Microsoft.Databricks."""

from __future__ import annotations

from typing import Any

from tests.simulator.azure import GROUP
from tests.simulator.examples.foundation import HUB_NETWORK, IN_GROUP, RG

EXAMPLES: dict[str, dict[str, Any]] = {
    "databricks:AccessConnector": {**IN_GROUP, "connectorName": "dbac-test", "identity": {"type": "SystemAssigned"}},
    "databricks:Workspace": {
        **IN_GROUP, "workspaceName": "dbw-test", "sku": {"name": "premium"},
        "managedResourceGroupId": f"{GROUP.rpartition('/')[0]}/rg-dbw-managed",
    },
    "databricks:VNetPeering": {
        **RG, "workspaceName": "dbw-test", "peeringName": "to-hub", "remoteVirtualNetwork": {"id": HUB_NETWORK},
    },
    "databricks:PrivateEndpointConnection": {
        **RG, "workspaceName": "dbw-test", "privateEndpointConnectionName": "pec",
        "properties": {"privateLinkServiceConnectionState": {"status": "Approved", "description": "ours"}},
    },
}  # fmt: skip
