"""A resource that must exist does: parents and references inside the simulated subscription."""

from __future__ import annotations

from typing import Any

import pytest

from simulator.errors import ArmError
from tests.simulator.azure import GROUP, Azure, in_group
from tests.simulator.examples import EXAMPLES, IDENTITY, VAULT, deploy

NETWORK = f"{GROUP}/providers/Microsoft.Network"
VNET = f"{NETWORK}/virtualNetworks/vnet"
ACCOUNT = f"{GROUP}/providers/Microsoft.Storage/storageAccounts/sttest"


def refused_by(azure: Azure, short: str, inputs: dict[str, Any]) -> ArmError:
    with pytest.raises(ArmError) as refused:
        azure.create(short, "refused", inputs)
    return refused.value


def test_a_subnet_of_a_network_here_must_exist(azure: Azure) -> None:
    azure.network()
    inputs = {**in_group(), "privateEndpointName": "pe", "subnet": {"id": f"{VNET}/subnets/snte"}}
    [refusal] = refused_by(azure, "network:PrivateEndpoint", inputs).refusals
    assert (refusal.code, refusal.target, refusal.quoted) == ("InvalidResourceReference", "subnet.id", True)
    assert f"Resource {VNET}/subnets/snte referenced by resource {NETWORK}/privateEndpoints/pe" in refusal.message
    assert refusal.fix is not None
    assert refusal.fix.startswith("create Microsoft.Network/virtualNetworks/subnets 'snte' first; pass its `id` output")


def test_a_key_of_a_vault_here_must_exist(azure: Azure) -> None:
    azure.create("keyvault:Vault", "kv", EXAMPLES["keyvault:Vault"])
    inputs = {**EXAMPLES["storage:StorageAccount"], "tags": None, "identity": None}
    inputs["encryption"] = {"keyVaultProperties": {"keyName": f"{VAULT}/keys/none"}}
    [refusal] = refused_by(azure, "storage:StorageAccount", inputs).refusals
    assert (refusal.code, refusal.target) == ("ResourceNotFound", "encryption.keyVaultProperties.keyName")


def test_a_resource_of_a_group_here_must_exist(azure: Azure) -> None:
    azure.network()
    inputs = {
        "resourceGroupName": "rg-test", "virtualNetworkName": "vnet", "subnetName": "s", "addressPrefix": "10.0.0.0/24",
        "routeTable": {"id": f"{NETWORK}/routeTables/none"},
    }  # fmt: skip
    assert refused_by(azure, "network:Subnet", inputs).refusals[0].target == "routeTable.id"


def test_an_identity_that_is_the_key_of_a_map_must_exist(azure: Azure) -> None:
    identity = {"type": "UserAssigned", "userAssignedIdentities": {IDENTITY: {}}}
    inputs = {**EXAMPLES["containerregistry:Registry"], "identity": identity}
    assert refused_by(azure, "containerregistry:Registry", inputs).refusals[0].code == "ResourceNotFound"


def test_every_missing_reference_is_named_at_once(azure: Azure) -> None:
    azure.network()
    connections = [{"name": "kv", "privateLinkServiceId": VAULT, "groupIds": ["vault"]}]
    inputs = {
        **in_group(), "privateEndpointName": "pe", "subnet": {"id": f"{VNET}/subnets/none"},
        "privateLinkServiceConnections": connections,
    }  # fmt: skip
    targets = [refusal.target for refusal in refused_by(azure, "network:PrivateEndpoint", inputs).refusals]
    assert sorted(map(str, targets)) == ["privateLinkServiceConnections[0].privateLinkServiceId", "subnet.id"]


def test_a_network_whose_name_only_begins_like_its_own_is_another_one(azure: Azure) -> None:
    azure.network()
    peering = {
        "resourceGroupName": "rg-test", "virtualNetworkName": "vnet", "virtualNetworkPeeringName": "p",
        "remoteVirtualNetwork": {"id": f"{VNET}2"},
    }  # fmt: skip
    assert refused_by(azure, "network:VirtualNetworkPeering", peering).refusals[0].code == "InvalidResourceReference"


def test_a_resource_without_its_parent_is_refused(azure: Azure) -> None:
    inputs = {
        "resourceGroupName": "rg-test",
        "virtualNetworkName": "v",
        "subnetName": "s",
        "addressPrefix": "10.0.0.0/24",
    }
    [refusal] = refused_by(azure, "network:Subnet", inputs).refusals
    assert refusal.code == "ParentResourceNotFound"
    assert "'virtualNetworks/subnets'" in refusal.message
    assert refusal.fix is not None
    assert refusal.fix.startswith("create Microsoft.Network/virtualNetworks 'v' first")


def test_a_container_needs_its_account_and_nothing_in_between(azure: Azure) -> None:
    inputs = EXAMPLES["storage:BlobContainer"]
    assert refused_by(azure, "storage:BlobContainer", inputs).refusals[0].code == "ParentResourceNotFound"
    azure.create("storage:StorageAccount", "st", EXAMPLES["storage:StorageAccount"])
    assert azure.create("storage:BlobContainer", "lake", inputs).id == f"{ACCOUNT}/blobServices/default/containers/lake"


def test_a_role_on_a_container_that_is_not_there_is_refused(azure: Azure) -> None:
    deploy(azure, until="storage:BlobContainer")
    with pytest.raises(ArmError, match="ParentResourceNotFound"):
        azure.assign(f"{ACCOUNT}/blobServices/default/containers/none")
