"""What Microsoft.Network and its locks and links refuse, and what they accept just beside it."""

from __future__ import annotations

from typing import Any

import pytest

from simulator.errors import ArmError
from tests.simulator.azure import Azure, in_group
from tests.simulator.examples import EXAMPLES

ENDPOINT = EXAMPLES["network:PrivateEndpoint"]
CONNECTION = ENDPOINT["privateLinkServiceConnections"][0]
HUB = "/subscriptions/11111111-1111-1111-1111-111111111111/resourceGroups/rg-hub/providers"


def endpoint(**connection: Any) -> dict[str, Any]:
    elsewhere = {"subnet": {"id": f"{HUB}/Microsoft.Network/virtualNetworks/hub/subnets/pe"}}
    target = {"privateLinkServiceId": f"{HUB}/Microsoft.KeyVault/vaults/kv"}
    return {**ENDPOINT, **elsewhere, "privateLinkServiceConnections": [{**CONNECTION, **target, **connection}]}


def refused_codes(azure: Azure, short: str, inputs: dict[str, Any]) -> list[str]:
    try:
        azure.create(short, "main", inputs)
    except ArmError as error:
        return [refusal.code for refusal in error.refusals]
    return []


@pytest.mark.parametrize(
    ("connection", "code"),
    [
        ({"groupIds": ["vault"]}, None),
        ({"groupIds": ["Vault"]}, None),
        ({"groupIds": ["blob"]}, "BadRequest"),
        ({"groupIds": ["vault", "vault"]}, "OnlyOneGroupIdPermitted"),
        ({"privateLinkServiceId": f"{HUB}/Microsoft.DocumentDB/databaseAccounts/db", "groupIds": ["MongoDB"]}, None),
        ({"privateLinkServiceId": f"{HUB}/Microsoft.Network/privateLinkServices/pls", "groupIds": []}, None),
        ({"requestMessage": "x" * 140}, None),
        ({"requestMessage": "x" * 141}, "BadRequest"),
    ],
)
def test_a_connection_fits_its_target(azure: Azure, connection: dict[str, Any], code: str | None) -> None:
    azure.group()
    assert refused_codes(azure, "network:PrivateEndpoint", endpoint(**connection)) == ([code] if code else [])


@pytest.mark.parametrize(
    ("region", "codes"), [("canadacentral", []), ("Canada Central", []), ("canadaeast", ["InvalidResourceReference"])]
)
def test_an_endpoint_lies_in_the_region_of_its_network(azure: Azure, region: str, codes: list[str]) -> None:
    azure.group()
    azure.network()
    azure.subnet("snet-pe", "10.0.0.0/24")
    inputs = {**endpoint(), "subnet": ENDPOINT["subnet"], "location": region}
    assert refused_codes(azure, "network:PrivateEndpoint", inputs) == codes


LOCK = {"resourceGroupName": "rg-test", "lockName": "keep"}


@pytest.mark.parametrize("level", ["CanNotDelete", "ReadOnly"])
def test_a_lock_keeps_what_it_holds_until_it_is_deleted(azure: Azure, level: str) -> None:
    group = azure.group()
    network = azure.network()
    lock = azure.create("authorization:ManagementLockAtResourceGroupLevel", "keep", {**LOCK, "level": level})
    for resource_id in (network.id, group.id):
        with pytest.raises(ArmError) as refused:
            azure.service.delete(resource_id)
        assert [refusal.code for refusal in refused.value.refusals] == ["ScopeLocked"]
    azure.service.delete(lock.id)
    azure.service.delete(network.id)


@pytest.mark.parametrize(("level", "codes"), [("CanNotDelete", []), ("ReadOnly", ["ScopeLocked"])])
def test_only_a_read_only_lock_refuses_writes(azure: Azure, level: str, codes: list[str]) -> None:
    azure.group()
    azure.create("authorization:ManagementLockAtResourceGroupLevel", "keep", {**LOCK, "level": level})
    inputs = {**in_group(), "routeTableName": "rt"}
    assert refused_codes(azure, "network:RouteTable", inputs) == codes


def test_a_lock_on_another_group_keeps_nothing_here(azure: Azure) -> None:
    azure.group()
    network = azure.network()
    lock = {**LOCK, "resourceGroupName": "rg-test2", "level": "ReadOnly"}
    azure.create("authorization:ManagementLockAtResourceGroupLevel", "keep", lock)
    azure.service.delete(network.id)
