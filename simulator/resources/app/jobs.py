"""Microsoft.App/jobs."""

from __future__ import annotations

from typing import Any

from simulator.model import Model, Request
from simulator.resources.app import job_rules


class Jobs(Model):
    """A job of an environment."""

    token = "azure-native:app:Job"
    write_only = ("configuration.secrets",)
    rules = job_rules.RULES

    def outputs(self, request: Request) -> dict[str, Any]:
        """Addresses from which it may call, and where its events are."""
        return {
            "outboundIpAddresses": [],
            "eventStreamEndpoint": f"https://{request.location}.azurecontainerapps.dev{request.id}/eventstream",
            "runningState": "Ready",
            "provisioningState": "Succeeded",
        }
