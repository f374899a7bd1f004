from __future__ import annotations

from dataclasses import replace

import pytest

from components.network.private_dns import REGISTRY, USED, VAULT, PrivateDns, aks_zone, problems, zone_names
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


@pytest.mark.capability("N6")
def test_each_zone_is_the_spokes_own_or_the_hubs() -> None:
    zone = "privatelink.vaultcore.azure.net"
    hub = f"/subscriptions/hub/resourceGroups/rg-dns/providers/Microsoft.Network/privateDnsZones/{zone}"
    built: list[PrivateDns] = []
    recorded = record(lambda: built.append(PrivateDns("x", replace(DNS, hub_zone_ids={zone: hub}))))
    own = {each.inputs["privateZoneName"] for each in recorded if each.type.endswith(":PrivateZone")}
    assert own == set(zone_names("canadacentral")) - {zone}
    assert not [each for each in recorded if each.name == f"x-link-{zone}"]
    assert built[0].zone_ids[zone] == hub


def test_an_id_of_another_zone_is_refused() -> None:
    args = replace(DNS, hub_zone_ids={"privatelink.azurecr.io": "/zones/privatelink.vaultcore.azure.net"})
    (problem,) = problems(args)
    assert problem.startswith("zone privatelink.azurecr.io is said to be the hub's, but the id ends otherwise: ")


def test_only_zones_of_what_gets_endpoints_are_made() -> None:
    recorded = record(lambda: PrivateDns("x", replace(DNS, links=(VAULT, REGISTRY))))
    made = {each.inputs["privateZoneName"] for each in recorded if each.type.endswith(":PrivateZone")}
    assert made == {"privatelink.vaultcore.azure.net", "privatelink.azurecr.io"}


@pytest.mark.capability("N6")
def test_azure_ml_has_both_of_its_zones() -> None:
    assert {"privatelink.api.azureml.ms", "privatelink.notebooks.azure.net"} <= set(zone_names("canadacentral"))


def test_a_known_region_leaves_no_placeholder() -> None:
    assert problems(replace(DNS, placement=PLACEMENT)) == []
