"""Names: filled in as azure-native does, and refused where ARM refuses them."""

from __future__ import annotations

import re
import uuid
from typing import Any

import pytest

from simulator.errors import ArmError
from simulator.ids import name_of, type_of
from simulator.naming import name_refusals
from simulator.values import UNKNOWN, Secret
from tests.simulator.azure import Azure, in_group, token_of, urn_of
from tests.simulator.examples import EXAMPLES


def without_name(short: str, parameter: str) -> dict[str, Any]:
    return {name: value for name, value in EXAMPLES[short].items() if name != parameter}


def checked(azure: Azure, short: str, name: str, seed: bytes, old: dict[str, Any] | None = None) -> dict[str, Any]:
    token = f"azure-native:{short}"
    inputs = without_name(short, "virtualNetworkName")
    filled, _ = azure.service.check(urn_of(token, name), token, inputs, old or {}, seed)
    return filled


def test_a_resource_without_a_name_gets_its_logical_name_and_eight_digits(azure: Azure) -> None:
    name = checked(azure, "network:VirtualNetwork", "spoke", b"seed")["virtualNetworkName"]
    assert re.fullmatch(r"spoke[0-9a-f]{8}", name)


def test_the_digits_follow_from_the_seed(azure: Azure) -> None:
    names = [
        checked(azure, "network:VirtualNetwork", "spoke", seed)["virtualNetworkName"] for seed in (b"a", b"a", b"b")
    ]
    assert names[0] == names[1] != names[2]


@pytest.mark.parametrize("old", ["vnet-old", Secret("vnet-old")])
def test_a_name_that_was_filled_in_stays_on_update(azure: Azure, old: Any) -> None:
    filled = checked(azure, "network:VirtualNetwork", "spoke", b"other", {"virtualNetworkName": old})
    assert filled["virtualNetworkName"] == "vnet-old"


@pytest.mark.parametrize("name", ["vnet", Secret("vnet"), UNKNOWN])
def test_a_name_that_is_given_stays(azure: Azure, name: Any) -> None:
    inputs = {**EXAMPLES["network:VirtualNetwork"], "virtualNetworkName": name}
    assert azure.checked("network:VirtualNetwork", "spoke", inputs)["virtualNetworkName"] == name


def test_a_child_gets_its_logical_name_as_it_is(azure: Azure) -> None:
    inputs = without_name("network:Subnet", "subnetName")
    assert azure.checked("network:Subnet", "snet-pe", inputs)["subnetName"] == "snet-pe"


def test_a_role_assignment_gets_a_guid(azure: Azure) -> None:
    inputs = without_name("authorization:RoleAssignment", "roleAssignmentName")
    name = azure.checked("authorization:RoleAssignment", "reader", inputs)["roleAssignmentName"]
    assert str(uuid.UUID(name)) == name


def test_a_logical_name_that_azure_does_not_take_is_refused_with_what_it_takes(azure: Azure) -> None:
    with pytest.raises(ArmError) as refused:
        azure.create("storage:StorageAccount", "MyAccount", without_name("storage:StorageAccount", "accountName"))
    [refusal] = refused.value.refusals
    assert (refusal.code, refusal.target) == ("AccountNameInvalid", "name")
    assert "MyAccount" in refusal.message
    assert refusal.fix == "use 3 to 24 characters matching ^[a-z0-9]+$"


@pytest.mark.parametrize(
    ("arm_type", "name"),
    [
        ("Microsoft.Resources/resourceGroups", "x" * 91),
        ("Microsoft.Resources/resourceGroups", "rg test"),
        ("Microsoft.Storage/storageAccounts", "st"),
        ("Microsoft.Storage/storageAccounts", "st-test"),
        ("Microsoft.Storage/storageAccounts", "x" * 25),
        ("Microsoft.Storage/storageAccounts/blobServices/containers", "Lake"),
        ("Microsoft.Storage/storageAccounts/blobServices/containers", "a--b"),
        ("Microsoft.KeyVault/vaults", "kv_test"),
        ("Microsoft.KeyVault/vaults", "x" * 25),
        ("Microsoft.ContainerRegistry/registries", "cr-test"),
        ("Microsoft.MachineLearningServices/workspaces", "ml"),
        ("Microsoft.Network/virtualNetworks/subnets", "-snet"),
        ("microsoft.network/virtualnetworks/SUBNETS", "snet-"),
        ("Microsoft.Network/privateDnsZones", "corp..internal"),
    ],
)
def test_names_that_azure_does_not_take(arm_type: str, name: str) -> None:
    [refusal] = name_refusals(arm_type, name)
    assert f"'{name}'" in refusal.message
    assert refusal.fix


@pytest.mark.parametrize(
    ("arm_type", "name"),
    [
        ("Microsoft.Resources/resourceGroups", "rg-(test)_1.x"),
        ("Microsoft.Storage/storageAccounts/blobServices/containers", "$web"),
        ("Microsoft.Storage/storageAccounts/blobServices/containers", "a1-b2"),
        ("Microsoft.Network/virtualNetworks/subnets", "AzureBastionSubnet"),
        ("Microsoft.Network/virtualNetworks/subnets", "s"),
        ("Microsoft.Network/privateEndpoints", "pe"),
        ("Microsoft.Network/applicationGateways", "agw-platform-prod-canadacentral-001"),
        ("Microsoft.Network/privateDnsZones", "aks-1." + "0" * 36 + ".privatelink.canadacentral.azmk8s.io"),
        ("Microsoft.MachineLearningServices/workspaces/computes", "cpu-cluster-production"),
        ("Microsoft.ContainerService/managedClusters", "aks_test-1"),
        ("Microsoft.Compute/diskEncryptionSets", "des-mlops-prod"),
        ("Microsoft.Compute/disks", "disk-1"),
        ("Microsoft.EventHub/namespaces/eventhubs", "x" * 256),
        ("Microsoft.ServiceBus/namespaces/queues", "orders/new-items"),
        ("Microsoft.ServiceBus/namespaces/topics", "a"),
        ("Microsoft.Web/serverfarms", "asp-" + "x" * 50),
        ("Microsoft.CognitiveServices/accounts/connections", "aiservices3jgh-bingsearchconnection"),
        ("Microsoft.CognitiveServices/accounts/projects/connections", "foundry-search-connection-canadacentral"),
        ("Microsoft.Portal/dashboards", "dash-appi-platform-production"),
        ("Microsoft.ContainerInstance/containerGroups", "containerGroupf493b8d1"),
        ("Microsoft.Nothing/known", "!?"),
    ],
)
def test_names_that_azure_takes(arm_type: str, name: str) -> None:
    assert list(name_refusals(arm_type, name)) == []


def test_every_name_of_the_examples_is_taken(azure: Azure) -> None:
    ids = {azure.service.type_of_token(token_of(short))[1].build(inputs) for short, inputs in EXAMPLES.items()}
    assert len(ids) == len(EXAMPLES)
    for resource_id in map(str, ids):
        assert list(name_refusals(type_of(resource_id), name_of(resource_id))) == []


def test_an_unknown_name_is_not_judged(azure: Azure) -> None:
    inputs = {**in_group(), "accountName": UNKNOWN, "kind": "StorageV2", "sku": {"name": "Standard_LRS"}}
    assert azure.create("storage:StorageAccount", "Lake", inputs, preview=True).id == ""
