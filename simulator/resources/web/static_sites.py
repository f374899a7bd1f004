"""Microsoft.Web/staticSites."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final

from simulator.model import Model, Request, digest
from simulator.rule import Fault, rule

_REGIONS: Final = ("westus2", "centralus", "eastus2", "westeurope", "eastasia")
# Reported as usable in 2026 and not in the list that ARM gave before: not refused.
_REPORTED: Final = ("centralindia", "eastasiastage")


@rule(
    "app-static-site-region", kind="static", code="LocationNotAvailableForResourceType", quoted=True,
    source="Azure/static-web-apps#443, #1743; lordlinus/Enterprise-ChatGPT#5", reads=("location",),
)  # fmt: skip
def region_has_static_sites(request: Request) -> Iterator[Fault]:
    """Static sites are all over the world, but their functions are in a few regions."""
    if request.location and request.location not in (*_REGIONS, *_REPORTED):
        yield Fault(
            f"The provided location '{request.location}' is not available for resource type 'Microsoft.Web/staticSites'"
            f". List of available regions for the resource type is '{','.join(_REGIONS)}'.",
            "location",
            f"use one of {', '.join(_REGIONS)}",
        )


@rule(
    "app-static-site-identity", kind="static", code="BadRequest", quoted=True, reads=("sku.name",),
    source="Azure/azure-rest-api-specs#17525; Azure/static-web-apps#571, #856",
)  # fmt: skip
def identity_needs_standard(request: Request) -> Iterator[Fault]:
    """A free site has no identity, and may not even say None."""
    if request.known("sku.name") == "Free" and request.known("identity") is not None:
        yield Fault("SkuCode 'SKU' is invalid.", "identity", "leave identity out, or use the SKU Standard")


class StaticSites(Model):
    """A static web app."""

    token = "azure-native:web:StaticSite"
    write_only = ("repositoryToken",)
    rules = (region_has_static_sites, identity_needs_standard)

    def defaults(self, request: Request) -> dict[str, Any]:
        """Free, unless the request says otherwise."""
        return {
            "sku": {"name": "Free", "tier": "Free"}, "allowConfigFileUpdates": True, "provider": "None",
            "stagingEnvironmentPolicy": "Enabled", "enterpriseGradeCdnStatus": "Disabled",
        }  # fmt: skip

    def outputs(self, request: Request) -> dict[str, Any]:
        """A host name of two words and a number."""
        host = f"calm-sea-0{digest(request.id, 'host', 8)}.1.azurestaticapps.net"
        return {
            "defaultHostname": host,
            "contentDistributionEndpoint": "https://content-am2.infrastructure.1.azurestaticapps.net",
            "customDomains": [],
            "databaseConnections": [],
            "keyVaultReferenceIdentity": "SystemAssigned",
            "linkedBackends": [],
            "privateEndpointConnections": [],
            "userProvidedFunctionApps": [],
            "systemData": None,
        }
