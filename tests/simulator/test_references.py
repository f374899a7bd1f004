"""What must exist does, what may come from elsewhere is noted, and nothing that Azure accepts is refused."""

from __future__ import annotations

from typing import Any

import pytest

from simulator.errors import ArmError
from simulator.values import UNKNOWN
from tests.simulator.azure import GROUP, HUB, Azure, in_group
from tests.simulator.examples import EXAMPLES, TENANT, VAULT, deploy

NETWORK = f"{GROUP}/providers/Microsoft.Network"
VNET = f"{NETWORK}/virtualNetworks/vnet"
CLUSTER = f"{GROUP}/providers/Microsoft.ContainerService/managedClusters/aks"
ACCOUNT = f"{GROUP}/providers/Microsoft.Storage/storageAccounts/sttest"
ROLE = f"/subscriptions/{TENANT}/providers/Microsoft.Authorization/roleDefinitions/4633458b-17de-408a-b874-0445c86b69e6"


def trusted(azure: Azure) -> set[str]:
    return {note.detail for note in azure.store.notes() if note.kind == "trusted"}


def endpoint(azure: Azure, **inputs: Any) -> Any:
    named = {"privateEndpointName": "pe", "subnet": {"id": f"{VNET}/subnets/snet"}}
    return azure.create("network:PrivateEndpoint", "pe", {**in_group(), **named, **inputs})


def assign(azure: Azure, scope: str) -> Any:
    inputs = {"scope": scope, "roleAssignmentName": TENANT, "principalId": TENANT, "roleDefinitionId": ROLE}
    return azure.create("authorization:RoleAssignment", "role", inputs)


def refused_by(azure: Azure, short: str, inputs: dict[str, Any]) -> ArmError:
    with pytest.raises(ArmError) as refused:
        azure.create(short, "refused", inputs)
    return refused.value


# What must exist


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
        assign(azure, f"{ACCOUNT}/blobServices/default/containers/none")


# What Azure accepts


def test_a_sub_resource_that_its_parent_declares_exists(azure: Azure) -> None:
    azure.network(subnets=[{"name": "Snet", "addressPrefix": "10.0.0.0/24"}])
    endpoint(azure)
    assert trusted(azure) == set()


def test_a_pool_that_its_cluster_declares_exists(azure: Azure) -> None:
    deploy(azure, until="containerservice:AgentPool")
    assign(azure, f"{CLUSTER}/agentPools/SYSTEM")
    assert f"{CLUSTER}/agentPools/SYSTEM" not in trusted(azure)


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
            assign(azure, scope)
        return
    made = assign(azure, scope)
    assert made.id.startswith(scope)
    assert made.outputs["scope"] == scope


def test_an_extension_of_an_extension_is_found(azure: Azure) -> None:
    azure.network()
    azure.subnet("snet", "10.0.0.0/24")
    role = assign(azure, f"{VNET}/subnets/snet")
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
    alert = {
        **in_group(), "location": "global", "ruleName": "alert", "severity": 3, "enabled": True, "scopes": [reference],
        "evaluationFrequency": "PT5M", "windowSize": "PT5M",
        "criteria": {"odataType": "Microsoft.Azure.Monitor.SingleResourceMultipleMetricCriteria", "allOf": []},
    }  # fmt: skip
    azure.create("monitor:MetricAlert", "alert", alert)
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
