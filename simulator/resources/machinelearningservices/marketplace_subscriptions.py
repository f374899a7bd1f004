"""Microsoft.MachineLearningServices/workspaces/marketplaceSubscriptions."""

from __future__ import annotations

from typing import Any

from simulator.model import Model, Request


class MarketplaceSubscriptions(Model):
    """The offer of a partner's model, taken for a workspace."""

    token = "azure-native:machinelearningservices:MarketplaceSubscription"

    def outputs(self, request: Request) -> dict[str, Any]:
        """Its state."""
        return {
            "properties": {
                "marketplaceSubscriptionStatus": "Subscribed",
                "provisioningState": "Succeeded",
            }
        }
