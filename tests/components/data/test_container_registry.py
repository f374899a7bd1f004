from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from components.data.container_registry import ContainerRegistry, ContainerRegistryArgs, Replica, problems
from tests.components.data.examples import REPLICATED, encrypted_registry
from tests.components.examples import REGISTRY
from tests.components.recording import arm_id, one, record


def inputs(args: ContainerRegistryArgs = REGISTRY) -> dict[str, Any]:
    return one(record(lambda: ContainerRegistry("x", args)), "containerregistry:Registry").inputs


@pytest.mark.capability("R1")
def test_only_entra_identities_inside_the_spoke_pull() -> None:
    made = inputs()
    assert made["sku"] == {"name": "Premium"}
    assert made["adminUserEnabled"] is False
    assert made["anonymousPullEnabled"] is False
    assert made["publicNetworkAccess"] == "Disabled"
    assert made["policies"]["exportPolicy"] == {"status": "disabled"}


@pytest.mark.capability("R5")
def test_zero_days_of_retention_is_a_value_and_not_absence() -> None:
    assert inputs()["policies"]["retentionPolicy"] == {"status": "enabled", "days": 0}


@pytest.mark.capability("R2")
@pytest.mark.parametrize(("wanted", "expected"), [(True, "Enabled"), (False, "Disabled")])
def test_zone_redundancy_follows_the_setting(wanted: bool, expected: str) -> None:
    assert inputs(replace(REGISTRY, zone_redundancy=wanted))["zoneRedundancy"] == expected


@pytest.mark.parametrize(("days", "ok"), [(-1, False), (0, True), (365, True), (366, False)])
def test_retention_has_bounds(days: int, ok: bool) -> None:
    assert (problems(replace(REGISTRY, untagged_retention_days=days)) == []) is ok


@pytest.mark.capability("R2")
def test_layers_of_a_replica_have_an_address_of_their_own_in_the_spoke() -> None:
    recorded = record(lambda: ContainerRegistry("x", REPLICATED))
    replica = one(recorded, "containerregistry:Replication")
    assert replica.inputs["location"] == replica.inputs["replicationName"] == "canadaeast"
    assert replica.inputs["zoneRedundancy"] == "Disabled"
    assert replica.urn in one(recorded, "network:PrivateEndpoint").depends_on


@pytest.mark.capability("R2")
def test_two_copies_in_one_region_are_a_problem() -> None:
    home = Replica(region=REGISTRY.placement.region, zone_redundancy=True)
    assert problems(replace(REGISTRY, replicas=(home,))) == ["a second copy in canadacentral"]


@pytest.mark.capability("R1")
def test_layers_come_from_the_registrys_own_names() -> None:
    assert inputs()["dataEndpointEnabled"] is True


@pytest.mark.capability("R5")
def test_images_are_built_inside_the_network() -> None:
    pool = one(record(lambda: ContainerRegistry("x", REPLICATED)), "containerregistry:AgentPool").inputs
    assert pool["virtualNetworkSubnetResourceId"] == "/runners"
    assert (pool["tier"], pool["count"]) == ("S2", 2)


@pytest.mark.capability("R4")
@pytest.mark.parametrize(("wanted", "expected"), [(True, {"status": "enabled"}), (False, None)])
def test_an_image_can_be_hidden_until_it_is_scanned(wanted: bool, expected: dict[str, str] | None) -> None:
    assert inputs(replace(REGISTRY, quarantine=wanted))["policies"].get("quarantinePolicy") == expected


@pytest.mark.capability("K3")
def test_a_key_of_our_own_is_used_by_client_id_and_without_a_version() -> None:
    recorded = record(lambda: ContainerRegistry("x", encrypted_registry()))
    registry = one(recorded, "containerregistry:Registry")
    assert registry.inputs["encryption"] == {
        "status": "enabled",
        "keyVaultProperties": {"keyIdentifier": "https://a-vault.example/keys/registry", "identity": "a-client"},
    }
    assert registry.inputs["identity"] == {
        "type": "UserAssigned",
        "userAssignedIdentities": {arm_id("encryption-registry-id"): {}},
    }
    assert one(recorded, "UserAssignedIdentity", "registry-role").urn in registry.depends_on
