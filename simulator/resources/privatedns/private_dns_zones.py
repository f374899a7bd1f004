"""Microsoft.Network/privateDnsZones."""

from __future__ import annotations

from collections.abc import Iterator
from http import HTTPStatus
from typing import Any, Final

from simulator.errors import Refusal
from simulator.model import Model, Request
from simulator.resources.privatedns import zone_rules
from simulator.store import Record
from simulator.world import World

_LINKS: Final = "microsoft.network/privatednszones/virtualnetworklinks"


class PrivateDnsZones(Model):
    """A private DNS zone."""

    token = "azure-native:privatedns:PrivateZone"
    rules = (zone_rules.two_labels, zone_rules.free_name, zone_rules.global_location)

    def outputs(self, request: Request) -> dict[str, Any]:
        """Counters and limits of a new zone (azure-docs, Azure DNS limits)."""
        return {
            "maxNumberOfRecordSets": 25_000,
            "maxNumberOfVirtualNetworkLinks": 1_000,
            "maxNumberOfVirtualNetworkLinksWithRegistration": 100,
            "numberOfRecordSets": 1,
            "numberOfVirtualNetworkLinks": 0,
            "numberOfVirtualNetworkLinksWithRegistration": 0,
            "internalId": request.name,
        }

    def delete_refusals(self, record: Record, world: World) -> Iterator[Refusal]:
        """A zone goes after its links (hashicorp/terraform-provider-azurerm and others, checked 2026-11-25)."""
        links = [child.id for child in world.below(record.id) if child.type.lower() == _LINKS]
        if links:
            yield Refusal(
                "CannotDeleteResource",
                "Cannot delete resource while nested resources exist. Some existing nested resource IDs include: "
                f"'{links[0]}'. Please delete all nested resources before deleting this resource.",
                status=HTTPStatus.CONFLICT,
                fix="delete the links first: pass the zone's name to them as its output, so that the order is known",
                quoted=True,
            )
