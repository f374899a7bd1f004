"""Microsoft.MachineLearningServices/workspaces/datastores."""

from __future__ import annotations

from typing import Any

from simulator.model import Model, Request
from simulator.resources.machinelearningservices.datastore_rules import DATASTORE_RULES


class Datastores(Model):
    """How a workspace reaches a container, a file system or a share."""

    token = "azure-native:machinelearningservices:Datastore"
    write_only = ("properties.credentials.secrets",)
    rules = DATASTORE_RULES

    def defaults(self, request: Request) -> dict[str, Any]:
        """Public Azure, over HTTPS, with nobody's identity."""
        kind = request.at("properties.datastoreType")
        if kind not in ("AzureBlob", "AzureDataLakeGen2", "AzureFile"):
            return {}
        return {
            "properties": {
                "endpoint": "core.windows.net",
                "protocol": "https",
                "serviceDataAccessAuthIdentity": "None",
            }
        }
