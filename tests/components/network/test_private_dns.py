from __future__ import annotations

from dataclasses import replace

import pytest

from components.network.private_dns import USED, PrivateDns, aks_zone, problems, zone_names
from facts.private_link import private_link
from tests.components.examples import DNS, PLACEMENT
from tests.components.recording import one, record


@pytest.mark.parametrize("region", ["canadacentral", "canadaeast"])
def test_every_endpoint_of_the_platform_finds_its_zones(region: str) -> None:
    for link in USED:
        assert set(private_link(*link).zones_in(region)) <= set(zone_names(region))


def test_zones_come_once_each_and_sorted() -> None:
    zones = zone_names("canadacentral")
    assert list(zones) == sorted(set(zones))


def test_the_api_servers_zone_is_regional() -> None:
    assert aks_zone("canadaeast") == "privatelink.canadaeast.azmk8s.io"


def test_each_zone_is_linked_and_no_machine_registers_itself() -> None:
    recorded = record(lambda: PrivateDns("x", DNS))
    for zone in zone_names("canadacentral"):
        link = one(recorded, "privatedns:VirtualNetworkLink", f"x-link-{zone}")
        assert link.inputs["virtualNetwork"] == {"id": "/vnet"}
        assert link.inputs["registrationEnabled"] is False
        assert link.inputs["location"] == "global"


def test_a_known_region_leaves_no_placeholder() -> None:
    assert problems(replace(DNS, placement=PLACEMENT)) == []
