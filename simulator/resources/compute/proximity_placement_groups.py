"""Microsoft.Compute/proximityPlacementGroups."""

from __future__ import annotations

from typing import Any

from simulator.model import Model, Request
from simulator.resources.compute.zone_rules import (
    placement_in_one_zone,
    placement_zone_needs_intent,
    zones_in_region,
    zones_kept,
)


class ProximityPlacementGroups(Model):
    """A place for machines that talk to each other a lot."""

    token = "azure-native:compute:ProximityPlacementGroup"
    rules = (zones_in_region, placement_in_one_zone, placement_zone_needs_intent, zones_kept)

    def defaults(self, request: Request) -> dict[str, Any]:
        """What the service fills in."""
        return {"proximityPlacementGroupType": "Standard"}
