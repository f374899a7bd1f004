"""Microsoft.Web/sites/basicPublishingCredentialsPolicies."""

from __future__ import annotations

from typing import Any

from simulator.model import Model, Request


class FtpAllowed(Model):
    """Whether a password publishes to a site by FTP."""

    token = "azure-native:web:WebAppFtpAllowed"

    def outputs(self, request: Request) -> dict[str, Any]:
        """Nothing else."""
        return {"systemData": None}


class ScmAllowed(Model):
    """Whether a password publishes to a site by its console."""

    token = "azure-native:web:WebAppScmAllowed"

    def outputs(self, request: Request) -> dict[str, Any]:
        """Nothing else."""
        return {"systemData": None}
