"""Microsoft.MachineLearningServices/workspaces/computes."""

from __future__ import annotations

from typing import Any

from simulator.model import CREATED, Model, Request
from simulator.resources.machinelearningservices.compute_answers import running
from simulator.resources.machinelearningservices.compute_network_rules import COMPUTE_NETWORK_RULES
from simulator.resources.machinelearningservices.compute_rules import COMPUTE_RULES
from simulator.resources.machinelearningservices.identity_rules import has_identity_ids
from simulator.resources.machinelearningservices.state_rules import COMPUTE_STATE_RULES


class Computes(Model):
    """A cluster, an instance, or a Kubernetes cluster that is attached."""

    token = "azure-native:machinelearningservices:Compute"
    rules = (has_identity_ids, *COMPUTE_RULES, *COMPUTE_NETWORK_RULES, *COMPUTE_STATE_RULES)

    def outputs(self, request: Request) -> dict[str, Any]:
        """Its state; the nodes come with the first job."""
        return {
            "properties": {
                "createdOn": CREATED,
                "isAttachedCompute": False,
                "modifiedOn": CREATED,
                "provisioningErrors": [],
                "provisioningState": "Succeeded",
                **running(request),
            }
        }
