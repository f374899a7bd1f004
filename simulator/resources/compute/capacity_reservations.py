"""Microsoft.Compute/capacityReservationGroups/capacityReservations."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from simulator.ids import key, name_of, parents
from simulator.model import CREATED, Model, Request, guid
from simulator.resources.compute import REFERENCE
from simulator.resources.compute.zone_rules import (
    reservation_in_one_zone,
    reservation_in_region_of_group,
    reservation_in_zones_of_group,
    zones_kept,
)
from simulator.rule import Fault, rule
from simulator.values import at, has_unknown


@rule("capacity-reservation-size", kind="static", code="InvalidParameter", reads=("sku",),
      source=f"{REFERENCE}: name and capacity must be set; code not confirmed")  # fmt: skip
def size(request: Request) -> Iterator[Fault]:
    """A reservation is for a number of machines of one size."""
    for name in ("name", "capacity"):
        if request.at(f"sku.{name}") is None:
            yield Fault(f"sku.{name} of a capacity reservation is missing", "", "write the size and the number")


@rule("capacity-reservation-twice", kind="cross-resource", code="InvalidParameter", reads=("sku", "zones"),
      source="learn.microsoft.com: Create a capacity reservation (checked 2026-11-25); code not confirmed")  # fmt: skip
def twice(request: Request) -> Iterator[Fault]:
    """A group holds one reservation of a size in a zone."""
    wanted = _what(request.inputs)
    for other in request.world.below(next(parents(request.id))):
        if other.key != key(request.id) and wanted is not None and _what(other.body) == wanted:
            yield Fault(f"{name_of(other.id)} of the same group reserves {wanted[0]} there already",
                        "capacityReservationName", "raise its capacity, or use another group")  # fmt: skip


def _what(inputs: Mapping[str, Any]) -> tuple[str, list[str]] | None:
    """The size and the zones of a reservation, where both are known."""
    size_name, zones = at(inputs, "sku.name"), inputs.get("zones")
    if not isinstance(size_name, str) or has_unknown(zones):
        return None
    return size_name.lower(), sorted(map(str, zones or []))


class CapacityReservations(Model):
    """Machines of one size that are held ready, and paid for."""

    token = "azure-native:compute:CapacityReservation"
    # learn.microsoft.com, Modify a capacity reservation: only the quantity changes (checked 2026-11-25).
    unchangeable = ("sku.name",)
    rules = (
        size, reservation_in_region_of_group, reservation_in_one_zone, reservation_in_zones_of_group, twice, zones_kept,
    )  # fmt: skip

    def outputs(self, request: Request) -> dict[str, Any]:
        """Its own id, and its state."""
        return {
            "reservationId": guid(request.id, "reservation"), "provisioningState": "Succeeded",
            "provisioningTime": CREATED, "timeCreated": CREATED,
        }  # fmt: skip
