"""A deletion cascades as ARM's does, and is refused while something outside uses what would go."""

from __future__ import annotations

from typing import Any

import pytest

from simulator.errors import ArmError
from tests.simulator.azure import GROUP, Azure, in_group
from tests.simulator.examples import EXAMPLES, VNET, deploy

NETWORK = f"{GROUP}/providers/Microsoft.Network"
OTHER = "rg-other"


def refused_delete(azure: Azure, resource_id: str) -> list[tuple[str, int]]:
    with pytest.raises(ArmError) as refused:
        azure.service.delete(resource_id)
    assert azure.store.get(resource_id) is not None
    assert all(refusal.fix for refusal in refused.value.refusals)
    return [(refusal.code, int(refusal.status)) for refusal in refused.value.refusals]


def subnet(azure: Azure, **inputs: Any) -> None:
    azure.network()
    azure.subnet("snet", "10.0.1.0/24", **inputs)


def endpoint_elsewhere(azure: Azure) -> str:
    azure.create("resources:ResourceGroup", "other", {"resourceGroupName": OTHER, "location": "canadacentral"})
    inputs = {**in_group(), "resourceGroupName": OTHER, "privateEndpointName": "pe"}
    return azure.create("network:PrivateEndpoint", "pe", {**inputs, "subnet": {"id": f"{VNET}/subnets/snet"}}).id


def test_a_group_takes_everything_in_it_along(azure: Azure) -> None:
    deploy(azure)
    azure.service.delete(GROUP)
    assert azure.store.get(GROUP) is None
    assert azure.store.below(GROUP) == []
    # Some examples lie in groups of their own.
    assert {note.urn for note in azure.store.notes()} <= {record.urn for record in azure.store.all()}


def test_a_group_whose_network_is_used_from_outside_stays(azure: Azure) -> None:
    subnet(azure)
    user = endpoint_elsewhere(azure)
    assert refused_delete(azure, GROUP) == [("InUseSubnetCannotBeDeleted", 409)]
    azure.service.delete(user)
    azure.service.delete(GROUP)
    assert azure.store.get(VNET) is None


def test_a_network_takes_its_unused_subnets_along(azure: Azure) -> None:
    subnet(azure)
    azure.service.delete(VNET)
    assert azure.store.get(f"{VNET}/subnets/snet") is None


def test_a_network_with_a_used_subnet_stays(azure: Azure) -> None:
    subnet(azure)
    endpoint_elsewhere(azure)
    assert refused_delete(azure, VNET) == [("InUseSubnetCannotBeDeleted", 409)]


def test_a_network_with_a_used_subnet_of_its_own_declaration_stays(azure: Azure) -> None:
    azure.network(subnets=[{"name": "snet", "addressPrefix": "10.0.1.0/24"}])
    endpoint_elsewhere(azure)
    assert refused_delete(azure, VNET) == [("InUseSubnetCannotBeDeleted", 409)]


@pytest.mark.parametrize(
    ("user", "used", "code"),
    [
        ("network:Subnet", f"{NETWORK}/networkSecurityGroups/nsg", "InUseNetworkSecurityGroupCannotBeDeleted"),
        ("network:Subnet", f"{NETWORK}/routeTables/rt", "InUseRouteTableCannotBeDeleted"),
        ("network:Subnet", f"{NETWORK}/natGateways/ng", "InUseNatGatewayCannotBeDeleted"),
        ("network:NatGateway", f"{NETWORK}/publicIPAddresses/pip", "PublicIPAddressCannotBeDeleted"),
        ("network:PrivateEndpoint", f"{VNET}/subnets/snet-pe", "InUseSubnetCannotBeDeleted"),
    ],
)
def test_what_is_in_use_stays_until_its_user_is_gone(azure: Azure, user: str, used: str, code: str) -> None:
    made = {}
    for short, inputs in EXAMPLES.items():
        made[short] = azure.create(short, short, inputs)
        if short == user:
            break
    assert refused_delete(azure, used) == [(code, 409)]
    azure.service.delete(made[user].id)
    azure.service.delete(used)


def test_a_pool_keeps_its_subnet(azure: Azure) -> None:
    deploy(azure)
    azure.service.delete(f"{NETWORK}/privateEndpoints/pe-kv")
    [refused] = refused_delete(azure, f"{VNET}/subnets/snet-pe")
    assert refused == ("InUseSubnetCannotBeDeleted", 409)


def test_a_firewall_rule_of_an_account_does_not_keep_a_subnet(azure: Azure) -> None:
    # Storage takes only subnets that have its service endpoint.
    subnet(azure, serviceEndpoints=[{"service": "Microsoft.Storage"}])
    rules = {"defaultAction": "Deny", "virtualNetworkRules": [{"virtualNetworkResourceId": f"{VNET}/subnets/snet"}]}
    azure.create("storage:StorageAccount", "st", {**EXAMPLES["storage:StorageAccount"], "networkRuleSet": rules})
    azure.service.delete(f"{VNET}/subnets/snet")


def test_a_role_on_a_subnet_goes_with_it(azure: Azure) -> None:
    subnet(azure)
    role = azure.create(
        "authorization:RoleAssignment",
        "role",
        {**EXAMPLES["authorization:RoleAssignment"], "scope": f"{VNET}/subnets/snet"},
    )
    azure.service.delete(f"{VNET}/subnets/snet")
    assert azure.store.get(role.id) is None


def test_the_settings_of_a_blob_service_go_and_the_service_stays(azure: Azure) -> None:
    deploy(azure, until="storage:FileServiceProperties")
    service = f"{GROUP}/providers/Microsoft.Storage/storageAccounts/sttest/blobServices/default"
    azure.service.delete(service)
    azure.create("storage:BlobContainer", "lake", EXAMPLES["storage:BlobContainer"])


def test_a_deleted_vault_leaves_nothing_that_can_be_read(azure: Azure) -> None:
    deploy(azure, until="keyvault:Key")
    azure.service.delete(f"{GROUP}/providers/Microsoft.KeyVault/vaults/kv-test")
    assert (
        azure.read("keyvault:Secret", "s", f"{GROUP}/providers/Microsoft.KeyVault/vaults/kv-test/secrets/token") is None
    )
