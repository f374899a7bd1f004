"""Microsoft.MachineLearningServices/workspaces/computes: what a compute answers of its machines."""

from __future__ import annotations

from typing import Any, Final

from simulator.model import CREATED, PRINCIPAL, TENANT, Request, digest, normal_location
from simulator.resources.machinelearningservices.workspace_rules import workspace_of

_NODE_STATES: Final = ("idle", "leaving", "preempted", "preparing", "running", "unusable")
_APPLICATIONS: Final = {"Jupyter": "tree", "Jupyter Lab": "lab"}
_IMAGE: Final = "26.01.01"


def running(request: Request) -> dict[str, Any]:
    """The machines of a new cluster or instance; nothing for what is only attached."""
    kind = request.at("properties.computeType")
    if kind == "AmlCompute":
        return {"properties": _cluster()}
    return {"properties": _instance(request)} if kind == "ComputeInstance" else {}


def _cluster() -> dict[str, Any]:
    """No node runs before the first job, or before the cluster has grown to its smallest size."""
    return {
        "allocationState": "Steady",
        "allocationStateTransitionTime": CREATED,
        "currentNodeCount": 0,
        "targetNodeCount": 0,
        "nodeStateCounts": {f"{state}NodeCount": 0 for state in _NODE_STATES},
    }


def _instance(request: Request) -> dict[str, Any]:
    region = _region(request)
    number = int(digest(request.id, "address", 2), 16) % 250 + 1
    is_public = request.at("properties.properties.enableNodePublicIp") is not False
    return {
        "state": "Running",
        "applications": [
            {"displayName": name, "endpointUri": f"https://{request.name}.{region}.instances.azureml.ms/{path}"}
            for name, path in _APPLICATIONS.items()
        ],
        "connectivityEndpoints": {
            "privateIpAddress": f"10.0.0.{number}",
            "publicIpAddress": f"203.0.113.{number}" if is_public else None,
        },
        "createdBy": {"userId": PRINCIPAL, "userName": "rehearsal", "userOrgId": TENANT},
        "osImageMetadata": {
            "currentImageVersion": _IMAGE,
            "isLatestOsImageVersion": True,
            "latestImageVersion": _IMAGE,
        },
        "sshSettings": {"adminUserName": "azureuser", "sshPort": 50000},
    }


def _region(request: Request) -> str:
    if request.at("properties.computeLocation") is not None:
        return normal_location(request.text("properties.computeLocation"))
    workspace = workspace_of(request)
    above = str(workspace.body.get("location", "")) if workspace is not None else ""
    return request.location or normal_location(above)
