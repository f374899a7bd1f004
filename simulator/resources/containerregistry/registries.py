"""Microsoft.ContainerRegistry/registries."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from simulator.errors import Refusal
from simulator.ids import name_of
from simulator.model import CREATED, Model, Request, digest
from simulator.store import Record


class Registries(Model):
    """A container registry."""

    token = "azure-native:containerregistry:Registry"
    unchangeable = ("zoneRedundancy",)
    unchangeable_code = "ZoneRedundancyCannotBeModified"
    functions = ("listRegistryCredentials",)

    def defaults(self, request: Request) -> dict[str, Any]:
        """What the service has for a new registry."""
        return {
            "adminUserEnabled": False,
            "anonymousPullEnabled": False,
            "dataEndpointEnabled": False,
            "networkRuleBypassOptions": "AzureServices",
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

    def refusals(self, request: Request) -> Iterator[Refusal]:
        """Only Premium registries can be closed to the public network."""
        tier = request.known("sku.name")
        if tier in {"Basic", "Standard"} and request.at("publicNetworkAccess") == "Disabled":
            yield Refusal(
                "DisablingPublicNetworkAccessNotSupported",
                f"Disabling public network access is not supported for the SKU {tier}. For more information, please "
                "visit https://aka.ms/acr/private-link.",
                target="publicNetworkAccess",
                fix="use the SKU Premium",
                quoted=True,
            )

    def invoke(self, function: str, record: Record) -> dict[str, Any]:
        """The admin user's credentials."""
        passwords = [{"name": name, "value": digest(record.id, name, 52)} for name in ("password", "password2")]
        return {"username": name_of(record.id), "passwords": passwords}
