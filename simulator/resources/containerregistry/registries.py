"""Microsoft.ContainerRegistry/registries."""

from __future__ import annotations

from typing import Any

from simulator.ids import name_of
from simulator.model import CREATED, Model, Request, digest
from simulator.resources.containerregistry.registry_key_rules import REGISTRY_KEY_RULES
from simulator.resources.containerregistry.registry_rules import REGISTRY_RULES
from simulator.store import Record


class Registries(Model):
    """A container registry."""

    token = "azure-native:containerregistry:Registry"
    unchangeable = ("zoneRedundancy",)
    unchangeable_code = "ZoneRedundancyCannotBeModified"
    functions = ("listRegistryCredentials",)
    rules = (*REGISTRY_RULES, *REGISTRY_KEY_RULES)
    # The scope maps that every registry has: container-registry-token-based-repository-permissions.md (checked
    # 2026-11-25).
    born_with = (
        "scopeMaps/_repositories_admin", "scopeMaps/_repositories_pull", "scopeMaps/_repositories_push",
        "scopeMaps/_repositories_pull_metadata_read", "scopeMaps/_repositories_push_metadata_write",
    )  # fmt: skip

    def defaults(self, request: Request) -> dict[str, Any]:
        """What the service has for a new registry."""
        return {
            "adminUserEnabled": False,
            "anonymousPullEnabled": False,
            "dataEndpointEnabled": False,
            "encryption": {"status": "disabled"},
            "networkRuleBypassOptions": "AzureServices",
            "policies": {
                "azureADAuthenticationAsArmPolicy": {"status": "enabled"},
                "exportPolicy": {"status": "enabled"},
                "quarantinePolicy": {"status": "disabled"},
                "retentionPolicy": {"days": 7, "lastUpdatedTime": CREATED, "status": "disabled"},
                "softDeletePolicy": {"lastUpdatedTime": CREATED, "retentionDays": 7, "status": "disabled"},
                "trustPolicy": {"status": "disabled", "type": "Notary"},
            },
            "publicNetworkAccess": "Enabled",
            "zoneRedundancy": "Disabled",
        }

    def outputs(self, request: Request) -> dict[str, Any]:
        """The login server."""
        return {
            "loginServer": f"{request.name.lower()}.azurecr.io",
            "dataEndpointHostNames": [f"{request.name.lower()}.{request.location}.data.azurecr.io"],
            "privateEndpointConnections": [],
            "sku": {"tier": request.text("sku.name")},
            "creationDate": CREATED,
        }

    def invoke(self, function: str, record: Record) -> dict[str, Any]:
        """The admin user's credentials."""
        passwords = [{"name": name, "value": digest(record.id, name, 52)} for name in ("password", "password2")]
        return {"username": name_of(record.id), "passwords": passwords}
