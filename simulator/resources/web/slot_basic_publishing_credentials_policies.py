"""Microsoft.Web/sites/slots/basicPublishingCredentialsPolicies."""

from __future__ import annotations

from typing import Any

from simulator.model import Model, Request


class FtpAllowedSlot(Model):
    """Whether a password publishes to a slot by FTP: it does not follow its site."""

    token = "azure-native:web:WebAppFtpAllowedSlot"

    def outputs(self, request: Request) -> dict[str, Any]:
        """Nothing else."""
        return {"systemData": None}


class ScmAllowedSlot(Model):
    """Whether a password publishes to a slot by its console."""

    token = "azure-native:web:WebAppScmAllowedSlot"

    def outputs(self, request: Request) -> dict[str, Any]:
        """Nothing else."""
        return {"systemData": None}
