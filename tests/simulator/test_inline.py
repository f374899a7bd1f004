"""A list of children inside their parent against children that are resources of their own."""

from __future__ import annotations

from typing import Any

import pytest

from simulator.errors import ArmError
from simulator.values import UNKNOWN
from tests.simulator.azure import GROUP, Azure, in_group
from tests.simulator.examples import EXAMPLES

PREFIX = {"addressSpace": {"addressPrefixes": ["10.0.0.0/16"]}}
NETWORK = {**in_group(), "virtualNetworkName": "vnet", **PREFIX}
INLINE = {"name": "inline", "addressPrefix": "10.0.0.0/24"}
OWN = {"name": "own", "addressPrefix": "10.0.1.0/24"}
CHANGE = {"tags": {"v": "2"}}


def changed(azure: Azure, made: Any, **inputs: Any) -> None:
    azure.update("network:VirtualNetwork", "vnet", made, {**NETWORK, **CHANGE, **inputs})


@pytest.mark.parametrize("listed", [[INLINE], []])
def test_a_write_that_lists_some_subnets_would_delete_the_others(azure: Azure, listed: list[Any]) -> None:
    made = azure.network(subnets=[INLINE])
    azure.subnet("own", "10.0.1.0/24")
    with pytest.raises(ArmError) as refused:
        changed(azure, made, subnets=listed)
    [refusal] = refused.value.refusals
    assert (refusal.code, refusal.target, refusal.quoted) == ("SubresourcesOverwritten", "subnets", False)
    assert "subnets/own" in refusal.message


def test_a_subnet_in_use_gives_azures_own_code(azure: Azure) -> None:
    made = azure.network()
    subnet = azure.subnet("own", "10.0.1.0/24")
    account = f"{GROUP}/providers/Microsoft.Storage/storageAccounts/sttest"
    azure.create("storage:StorageAccount", "st", EXAMPLES["storage:StorageAccount"])
    connections = [{"name": "pe", "privateLinkServiceId": account, "groupIds": ["blob"]}]
    inputs = {**in_group(), "privateEndpointName": "pe", "subnet": {"id": subnet.id}}
    azure.create("network:PrivateEndpoint", "pe", {**inputs, "privateLinkServiceConnections": connections})
    with pytest.raises(ArmError, match="InUseSubnetCannotBeDeleted"):
        changed(azure, made, subnets=[INLINE])


def test_a_write_without_the_list_or_with_all_of_them_keeps_the_subnets(azure: Azure) -> None:
    made = azure.network(subnets=[INLINE])
    azure.subnet("own", "10.0.1.0/24")
    changed(azure, made)
    changed(azure, made, subnets=[INLINE, OWN])
    azure.update("network:VirtualNetwork", "vnet", made, {**NETWORK, "subnets": UNKNOWN}, preview=True)
    assert azure.store.get(f"{made.id}/subnets/own") is not None


def test_rules_and_routes_are_lists_of_the_same_kind(azure: Azure) -> None:
    group = azure.create("network:NetworkSecurityGroup", "nsg", {**in_group(), "networkSecurityGroupName": "nsg"})
    azure.create("network:SecurityRule", "https", {
        "resourceGroupName": "rg-test", "networkSecurityGroupName": "nsg", "securityRuleName": "https",
        "access": "Allow", "direction": "Inbound", "priority": 200, "protocol": "Tcp", "sourceAddressPrefix": "*",
        "sourcePortRange": "*", "destinationAddressPrefix": "*", "destinationPortRange": "443",
    })  # fmt: skip
    with pytest.raises(ArmError, match="securityRules/https"):
        azure.update(
            "network:NetworkSecurityGroup", "nsg", group,
            {**in_group(), "networkSecurityGroupName": "nsg", "securityRules": []},
        )  # fmt: skip
