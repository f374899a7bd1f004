"""One valid resource of each type of Azure AI Search."""

from __future__ import annotations

from typing import Any

from tests.simulator.examples.foundation import ACCOUNT, IN_GROUP, RG

EXAMPLES: dict[str, dict[str, Any]] = {
    "search:Service": {
        **IN_GROUP, "searchServiceName": "srch-test", "sku": {"name": "standard"}, "replicaCount": 3,
        "publicNetworkAccess": "Disabled", "disableLocalAuth": True, "identity": {"type": "SystemAssigned"},
    },
    "search:SharedPrivateLinkResource": {
        **RG, "searchServiceName": "srch-test", "sharedPrivateLinkResourceName": "lake",
        "properties": {"privateLinkResourceId": ACCOUNT, "groupId": "blob", "requestMessage": "indexer"},
    },
}  # fmt: skip
