"""Nothing that Azure accepts is refused: what may come from elsewhere is taken on trust and noted."""

from __future__ import annotations

from typing import Any

import pytest

from simulator.errors import ArmError
from simulator.values import UNKNOWN
from tests.simulator.azure import GROUP, HUB, READER, SOMEONE, Azure, in_group
from tests.simulator.examples import EXAMPLES, deploy

NETWORK = f"{GROUP}/providers/Microsoft.Network"
VNET = f"{NETWORK}/virtualNetworks/vnet"
CLUSTER = f"{GROUP}/providers/Microsoft.ContainerService/managedClusters/aks"
ACCOUNT = f"{GROUP}/providers/Microsoft.Storage/storageAccounts/sttest"


def trusted(azure: Azure) -> set[str]:
    return {note.detail for note in azure.store.notes() if note.kind == "trusted"}


def endpoint(azure: Azure, **inputs: Any) -> Any:
    named = {"privateEndpointName": "pe", "subnet": {"id": f"{VNET}/subnets/snet"}}
    return azure.create("network:PrivateEndpoint", "pe", {**in_group(), **named, **inputs})


def test_a_sub_resource_that_its_parent_declares_exists(azure: Azure) -> None:
    azure.network(subnets=[{"name": "Snet", "addressPrefix": "10.0.0.0/24"}])
    endpoint(azure)
    assert trusted(azure) == set()


def test_a_pool_that_its_cluster_declares_exists(azure: Azure) -> None:
    deploy(azure, until="containerservice:AgentPool")
    azure.assign(f"{CLUSTER}/agentPools/SYSTEM")
    assert f"{CLUSTER}/agentPools/SYSTEM" not in trusted(azure)


def test_a_namespace_of_a_cluster_that_is_here_is_known(azure: Azure) -> None:
    deploy(azure, until="containerservice:AgentPool")
    azure.assign(f"{CLUSTER}/namespaces/ml-training")
    azure.assign(f"{HUB}/providers/Microsoft.ContainerService/managedClusters/hub/namespaces/x")
    assert {each for each in trusted(azure) if "/namespaces/" in each} == {
        f"{HUB}/providers/Microsoft.ContainerService/managedClusters/hub/namespaces/x"
    }


def test_a_load_balancer_refers_to_its_own_parts(azure: Azure) -> None:
    balancer = f"{NETWORK}/loadBalancers/lb"
    inputs = {
        **in_group(), "loadBalancerName": "lb", "sku": {"name": "Standard"},
        "frontendIPConfigurations": [{"name": "front"}], "backendAddressPools": [{"name": "back"}],
        "loadBalancingRules": [
            {
                "name": "rule", "protocol": "Tcp", "frontendPort": 443, "backendPort": 443,
                "frontendIPConfiguration": {"id": f"{balancer}/frontendIPConfigurations/front"},
                "backendAddressPool": {"id": f"{balancer}/backendAddressPools/back"},
            }
        ],
    }  # fmt: skip
    azure.create("network:LoadBalancer", "lb", inputs)
    nic = {
        **in_group(), "networkInterfaceName": "nic",
        "ipConfigurations": [
            {"name": "ip", "loadBalancerBackendAddressPools": [{"id": f"{balancer}/backendAddressPools/back"}]}
        ],
    }  # fmt: skip
    azure.create("network:NetworkInterface", "nic", nic)
    assert trusted(azure) == set()


@pytest.mark.parametrize(
    "scope",
    [
        f"{CLUSTER}/namespaces/ml",
        f"{GROUP}/providers/Microsoft.EventHub/namespaces/ns/authorizationRules/RootManageSharedAccessKey",
        f"{VNET}/subnets/snet/providers/Microsoft.Insights/diagnosticSettings/none",
        f"{HUB}/providers/Microsoft.ContainerRegistry/registries/hub",
        "/subscriptions/11111111-1111-1111-1111-111111111111",
        "/providers/Microsoft.Management/managementGroups/mg",
        f"{HUB}",
    ],
)
def test_a_role_can_be_assigned_where_only_azure_knows_what_there_is(azure: Azure, scope: str) -> None:
    deploy(azure, until="containerservice:AgentPool")
    if "EventHub" in scope:
        azure.create("eventhub:Namespace", "ns", {**in_group(), "namespaceName": "ns", "sku": {"name": "Standard"}})
    if "subnets" in scope:
        azure.subnet("snet", "10.0.9.0/24")
        with pytest.raises(ArmError, match="ParentResourceNotFound"):
            azure.assign(scope)
        return
    made = azure.assign(scope)
    assert made.id.startswith(scope)
    assert made.outputs["scope"] == scope


def test_an_extension_of_an_extension_is_found(azure: Azure) -> None:
    azure.network()
    azure.subnet("snet", "10.0.0.0/24")
    role = azure.assign(f"{VNET}/subnets/snet")
    lock = {"scope": role.id, "lockName": "keep", "level": "CanNotDelete"}
    made = azure.create("authorization:ManagementLockByScope", "keep", lock)
    assert made.id == f"{role.id}/providers/Microsoft.Authorization/locks/keep"
    assert [record.id for record in azure.service.world.below(f"{VNET}/subnets/snet")] == [role.id, made.id]


@pytest.mark.parametrize("spelled", [str.upper, str.lower])
def test_an_id_in_another_case_is_the_same_id(azure: Azure, spelled: Any) -> None:
    azure.network()
    azure.subnet("snet", "10.0.0.0/24")
    endpoint(azure, subnet={"id": spelled(f"{VNET}/subnets/snet")})
    assert trusted(azure) == set()


def test_the_network_of_a_hub_is_taken_on_trust(azure: Azure) -> None:
    azure.network()
    azure.create("network:VirtualNetworkPeering", "hub", EXAMPLES["network:VirtualNetworkPeering"])
    assert trusted(azure) == {f"{HUB}/providers/Microsoft.Network/virtualNetworks/hub"}


def test_what_lies_in_a_group_that_is_not_here_is_taken_on_trust(azure: Azure) -> None:
    managed = f"{GROUP.replace('rg-test', 'MC_rg-test_aks_canadacentral')}/providers/Microsoft.Network/routeTables/rt"
    azure.network()
    azure.subnet("snet", "10.0.0.0/24", routeTable={"id": managed})
    assert trusted(azure) == {managed}


def test_a_resource_in_a_group_that_is_not_here_is_taken_on_trust(azure: Azure) -> None:
    azure.create("storage:StorageAccount", "st", {**EXAMPLES["storage:StorageAccount"], "resourceGroupName": "rg-old"})
    assert trusted(azure) == {GROUP.replace("rg-test", "rg-old")}


def test_the_interface_of_a_private_endpoint_can_be_watched(azure: Azure) -> None:
    deploy(azure, until="network:PrivateDnsZoneGroup")
    read = azure.service.world.get(f"{NETWORK}/privateEndpoints/pe-kv")
    assert read is not None
    nic = read.outputs["networkInterfaces"][0]["id"]
    setting = {
        **EXAMPLES["monitor:DiagnosticSetting"],
        "resourceUri": nic,
        "logs": None,
        "metrics": [{"enabled": True}],
    }
    azure.create("monitor:DiagnosticSetting", "nic", setting)
    assert nic not in trusted(azure)


@pytest.mark.parametrize(
    "reference",
    [
        f"{NETWORK}/networkInterfaces/made-by-azure",
        f"{GROUP}/providers/Microsoft.Compute/disks/vm_OsDisk_1",
        f"{GROUP}/providers/Microsoft.Insights/actionGroups/smart-detection",
        f"{ACCOUNT}/privateEndpointConnections/made-by-an-endpoint",
        f"{ACCOUNT}/blobServices/default/containers/$web",
    ],
)
def test_what_services_make_by_themselves_is_taken_on_trust(azure: Azure, reference: str) -> None:
    deploy(azure, until="storage:BlobContainer")
    alert = {**EXAMPLES["monitor:ActivityLogAlert"], "activityLogAlertName": "alert", "scopes": [reference]}
    azure.create("monitor:ActivityLogAlert", "alert", alert)
    assert reference in trusted(azure)


def test_a_role_of_azures_own_is_found_at_a_resource_group(azure: Azure) -> None:
    azure.group()
    role = f"{GROUP}{READER}"
    inputs = {"scope": GROUP, "roleAssignmentName": SOMEONE, "principalId": SOMEONE, "roleDefinitionId": role}
    azure.create("authorization:RoleAssignment", "role", inputs)
    assert role in trusted(azure)


@pytest.mark.parametrize("holder", ["workspaces/mlw-test", "registries/mlr-test"])
@pytest.mark.parametrize(
    "asset",
    [
        "environments/sklearn", "environments/sklearn/versions/1", "models/bert", "models/bert/versions/1",
        "data/runs", "data/runs/versions/1", "codes/score", "codes/score/versions/1", "components/train",
        "components/train/versions/1", "jobs/nightly",
    ],
)  # fmt: skip
def test_assets_that_the_tools_of_azure_ml_make_are_taken_on_trust(azure: Azure, holder: str, asset: str) -> None:
    deploy(azure, until="machinelearningservices:Registry")
    reference = f"{GROUP}/providers/Microsoft.MachineLearningServices/{holder}/{asset}"
    assert azure.service.world.holder(reference) is not None
    azure.assign(reference)
    group = {**EXAMPLES["resources:ResourceGroup"], "resourceGroupName": "rg-ml", "managedBy": reference}
    azure.create("resources:ResourceGroup", "ml", group)
    assert reference in trusted(azure)


@pytest.mark.parametrize(
    "inputs",
    [
        {"tags": {"note": f"{VNET}/subnets/none"}},
        {"tags": {"note": f"see {VNET}/subnets/none"}},
        {"customDomain": {"name": f"{VNET}/subnets/none is gone"}},
    ],
)
def test_an_id_in_a_text_is_a_text(azure: Azure, inputs: dict[str, Any]) -> None:
    azure.network()
    azure.create("storage:StorageAccount", "st", {**EXAMPLES["storage:StorageAccount"], **inputs})
    assert trusted(azure) == set()


def test_the_parameters_of_a_policy_are_not_looked_up(azure: Azure) -> None:
    azure.network()
    inputs = {
        "scope": GROUP, "policyAssignmentName": "logs",
        "policyDefinitionId": "/providers/Microsoft.Authorization/policyDefinitions/x",
        "parameters": {"subnet": {"value": f"{VNET}/subnets/later"}},
    }  # fmt: skip
    azure.create("authorization:PolicyAssignment", "logs", inputs)
    assert trusted(azure) == set()


def test_unknown_references_are_not_judged(azure: Azure) -> None:
    azure.network()
    named = {**in_group(), "privateEndpointName": "pe", "subnet": {"id": UNKNOWN}}
    azure.create("network:PrivateEndpoint", "pe", named, preview=True)


def test_the_parent_of_a_derived_path_is_not_judged(azure: Azure) -> None:
    invitation = {"resourceGroupName": "rg-test", "accountName": "a", "shareName": "s", "invitationName": "i"}
    azure.create("datashare:Invitation", "i", invitation)


def test_a_network_written_again_without_its_subnets_keeps_them(azure: Azure) -> None:
    made = azure.network()
    azure.subnet("snet", "10.0.0.0/24")
    changed = azure.update("network:VirtualNetwork", "vnet", made, {**made.inputs, "tags": {"a": "b"}})
    assert [subnet["name"] for subnet in changed.outputs["subnets"]] == ["snet"]
    endpoint(azure)


def test_what_is_made_first_in_a_preview_can_be_referred_to(azure: Azure) -> None:
    planning = azure.another()
    for short in (
        "network:NetworkSecurityGroup",
        "network:RouteTable",
        "network:PublicIPAddress",
        "network:NatGateway",
    ):
        planning.create(short, short, EXAMPLES[short], preview=True)
    planning.create("network:VirtualNetwork", "vnet", EXAMPLES["network:VirtualNetwork"], preview=True)
    planning.create("network:Subnet", "snet", EXAMPLES["network:Subnet"], preview=True)
    assert [record.type for record in azure.store.all()] == ["Microsoft.Resources/resourceGroups"]


def test_children_that_services_are_born_with_are_taken_on_trust(azure: Azure) -> None:
    azure.create("containerregistry:Registry", "cr", EXAMPLES["containerregistry:Registry"])
    registry = f"{GROUP}/providers/Microsoft.ContainerRegistry/registries/crtest"
    token = {
        "resourceGroupName": "rg-test", "registryName": "crtest", "tokenName": "puller",
        "scopeMapId": f"{registry}/scopeMaps/_repositories_pull",
    }  # fmt: skip
    azure.create("containerregistry:Token", "puller", token)
    account = f"{GROUP}/providers/Microsoft.DocumentDB/databaseAccounts/cosmos"
    locations = [{"locationName": "canadacentral"}]
    cosmos = {**in_group(), "accountName": "cosmos", "databaseAccountOfferType": "Standard", "locations": locations}
    azure.create("cosmosdb:DatabaseAccount", "cosmos", cosmos)
    role = {
        "resourceGroupName": "rg-test", "accountName": "cosmos", "principalId": "x", "scope": account,
        "roleDefinitionId": f"{account}/sqlRoleDefinitions/00000000-0000-0000-0000-000000000002",
    }  # fmt: skip
    azure.create("cosmosdb:SqlResourceSqlRoleAssignment", "role", role)
    # The scope maps that every registry has are known; the roles that every database has are not.
    assert trusted(azure) == {role["roleDefinitionId"]}


def test_an_application_gateway_refers_to_its_own_parts(azure: Azure) -> None:
    gateway = f"{NETWORK}/applicationGateways/agw"
    azure.network()
    azure.subnet("agw", "10.0.0.0/24")
    inputs = {
        **in_group(), "applicationGatewayName": "agw",
        "gatewayIPConfigurations": [{"name": "ip", "subnet": {"id": f"{VNET}/subnets/agw"}}],
        "frontendIPConfigurations": [{"name": "front"}], "frontendPorts": [{"name": "https", "port": 443}],
        "httpListeners": [
            {
                "name": "listener", "protocol": "Http",
                "frontendIPConfiguration": {"id": f"{gateway}/frontendIPConfigurations/front"},
                "frontendPort": {"id": f"{gateway}/frontendPorts/https"},
            }
        ],
    }  # fmt: skip
    azure.create("network:ApplicationGateway", "agw", inputs)
    assert trusted(azure) == set()


def test_a_machine_refers_to_its_interface_and_its_own_disk(azure: Azure) -> None:
    azure.network()
    azure.subnet("vm", "10.0.0.0/24")
    ip = {"name": "ip", "subnet": {"id": f"{VNET}/subnets/vm"}}
    nic = azure.create(
        "network:NetworkInterface", "nic", {**in_group(), "networkInterfaceName": "nic", "ipConfigurations": [ip]}
    )
    disk = f"{GROUP}/providers/Microsoft.Compute/disks/vm_OsDisk_1"
    machine = {
        **in_group(), "vmName": "vm", "networkProfile": {"networkInterfaces": [{"id": nic.id, "primary": True}]},
        "storageProfile": {"osDisk": {"createOption": "Attach", "managedDisk": {"id": disk}}},
    }  # fmt: skip
    made = azure.create("compute:VirtualMachine", "vm", machine)
    extension = {**in_group(), "vmName": "vm", "vmExtensionName": "aad", "publisher": "x", "type": "y"}
    azure.create("compute:VirtualMachineExtension", "aad", extension)
    azure.assign(made.id)
    assert trusted(azure) == {disk}
