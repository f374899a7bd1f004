"""Microsoft.Compute/capacityReservationGroups."""

from __future__ import annotations

from collections.abc import Iterator
from http import HTTPStatus
from typing import Any

from simulator.errors import Refusal
from simulator.ids import name_of
from simulator.model import Model, Request
from simulator.resources.compute.zone_rules import zones_in_region, zones_kept
from simulator.store import Record
from simulator.world import World


class CapacityReservationGroups(Model):
    """Reservations of virtual machines that a node pool may draw on."""

    token = "azure-native:compute:CapacityReservationGroup"
    rules = (zones_in_region, zones_kept)

    def outputs(self, request: Request) -> dict[str, Any]:
        """What uses the group: nothing that a rehearsal would change."""
        return {"virtualMachinesAssociated": []}

    def delete_refusals(self, record: Record, world: World) -> Iterator[Refusal]:
        """A group goes after its reservations: Azure/azure-rest-api-specs#18767, #14711 (checked 2026-11-25)."""
        held = [name_of(each.id) for each in world.below(record.id)]
        if held:
            yield Refusal(
                "CannotDeleteResource",
                f"{name_of(record.id)} still holds the capacity reservations {', '.join(held)}",
                status=HTTPStatus.CONFLICT,
                fix="name the group in each reservation by the group's own output, so that they are deleted first",
            )
