from __future__ import annotations

from dataclasses import replace

import pytest

from components.aks.capacity_reservation import CapacityReservation, by_zone, problems
from tests.components.aks.examples import RESERVED
from tests.components.recording import one, record


@pytest.mark.capability("G5")
def test_each_zone_keeps_its_share_of_the_nodes() -> None:
    recorded = record(lambda: CapacityReservation("x", RESERVED))
    made = [one(recorded, "compute:CapacityReservation", f"x-zone-{zone}").inputs for zone in ("1", "2")]
    assert [(each["zones"], each["sku"]) for each in made] == [
        (["1"], {"name": "Standard_NV36ads_A10_v5", "capacity": 2}),
        (["2"], {"name": "Standard_NV36ads_A10_v5", "capacity": 1}),
    ]
    assert one(recorded, ":CapacityReservationGroup").inputs["zones"] == ["1", "2"]


def test_without_zones_one_reservation_serves_the_region() -> None:
    assert by_zone(replace(RESERVED, zones=())) == {None: 3}


def test_a_zone_without_a_node_is_a_problem() -> None:
    assert problems(replace(RESERVED, nodes=1)) == ["1 reserved nodes for 2 zones: needs one in each"]
