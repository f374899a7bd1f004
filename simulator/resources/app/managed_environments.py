"""Microsoft.App/managedEnvironments."""

from __future__ import annotations

from typing import Any

from simulator.model import Model, Request, digest
from simulator.resources.app import environment_rules
from simulator.values import UNKNOWN


class ManagedEnvironments(Model):
    """A Container Apps environment."""

    token = "azure-native:app:ManagedEnvironment"
    rules = environment_rules.RULES

    def defaults(self, request: Request) -> dict[str, Any]:
        """Without zones, and open unless it is internal."""
        return {
            "zoneRedundant": False,
            "publicNetworkAccess": "Enabled",
            "peerAuthentication": {"mtls": {"enabled": False}},
        }

    def outputs(self, request: Request) -> dict[str, Any]:
        """Its domain, and the address of its load balancer."""
        inside = request.at("vnetConfiguration.internal")
        domain = f"{digest(request.id, 'domain', 10)}.{request.location}.azurecontainerapps.io"
        return {
            "defaultDomain": domain,
            "staticIp": UNKNOWN if inside is UNKNOWN else "10.0.0.250" if inside else "20.0.0.1",
            "deploymentErrors": None,
            "privateLinkDefaultDomain": None,
            "eventStreamEndpoint": f"https://{request.location}.azurecontainerapps.dev{request.id}/eventstream",
            "provisioningState": "Succeeded",
        }
