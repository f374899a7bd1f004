"""Microsoft.MachineLearningServices/workspaces/onlineEndpoints/deployments."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from simulator.errors import Refusal
from simulator.ids import parents
from simulator.model import Model, Request
from simulator.resources.machinelearningservices.deployment_rules import DEPLOYMENT_RULES
from simulator.resources.machinelearningservices.endpoint_rules import delete_faults
from simulator.resources.machinelearningservices.state_rules import DEPLOYMENT_STATE_RULES
from simulator.store import Record
from simulator.world import World


class OnlineDeployments(Model):
    """A model behind an online endpoint, with the machines that run it."""

    token = "azure-native:machinelearningservices:OnlineDeployment"
    rules = (*DEPLOYMENT_RULES, *DEPLOYMENT_STATE_RULES)

    def defaults(self, request: Request) -> dict[str, Any]:
        """What the service has for a deployment that says nothing (reference-yaml-deployment-managed-online.md)."""
        return {
            "properties": {
                "appInsightsEnabled": False,
                "egressPublicNetworkAccess": "Enabled",
                "scaleSettings": {"scaleType": "Default"},
            },
            "sku": {"name": "Default", "capacity": 1},
        }

    def outputs(self, request: Request) -> dict[str, Any]:
        """Its state."""
        return {"properties": {"provisioningState": "Succeeded"}}

    def delete_refusals(self, record: Record, world: World) -> Iterator[Refusal]:
        """Traffic has to go elsewhere first (how-to-safely-rollout-online-endpoints.md; words and code are ours)."""
        for name, share in delete_faults(record, world.get(next(parents(record.id)))):
            yield Refusal(
                "BadRequest",
                f"deployment {name} gets {share} percent of the traffic of its endpoint and can't be deleted",
                fix="give its traffic to another deployment in an update of the endpoint, and delete it afterwards",
            )
