"""What the platform reads of each resource: ids, addresses, endpoints, and the secrets among them."""

from __future__ import annotations

import re
from typing import Any

import pytest

from simulator.model import TENANT, guid
from simulator.outputs import merge, placeholder
from simulator.service import Outcome
from simulator.values import UNKNOWN, Secret, at, reveal
from tests.simulator.azure import GROUP, REGION, Azure
from tests.simulator.examples import EXAMPLES, IDENTITY, VNET, deploy

GUID = r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}"


def made(azure: Azure, short: str, **inputs: Any) -> Outcome:
    deploy(azure, until=short)
    return azure.create(short, short, {**EXAMPLES[short], **inputs})


@pytest.mark.parametrize(
    ("short", "path", "pattern"),
    [
        ("managedidentity:UserAssignedIdentity", "principalId", GUID),
        ("managedidentity:UserAssignedIdentity", "clientId", GUID),
        ("managedidentity:UserAssignedIdentity", "tenantId", TENANT),
        ("keyvault:Vault", "properties.vaultUri", r"https://kv-test\.vault\.azure\.net/"),
        ("keyvault:Vault", "properties.provisioningState", "Succeeded"),
        ("keyvault:Secret", "properties.secretUri", r"https://kv-test\.vault\.azure\.net/secrets/token"),
        ("keyvault:Secret", "properties.secretUriWithVersion", r"https://kv-test\.vault\.azure\.net/secrets/token/\w{32}"),
        ("keyvault:Key", "keyUri", r"https://kv-test\.vault\.azure\.net/keys/cmk"),
        ("keyvault:Key", "keyUriWithVersion", r"https://kv-test\.vault\.azure\.net/keys/cmk/\w{32}"),
        ("storage:StorageAccount", "primaryEndpoints.blob", r"https://sttest\.blob\.core\.windows\.net/"),
        ("storage:StorageAccount", "primaryEndpoints.dfs", r"https://sttest\.dfs\.core\.windows\.net/"),
        ("storage:StorageAccount", "identity.principalId", GUID),
        ("storage:StorageAccount", "sku.tier", "Standard"),
        ("containerregistry:Registry", "loginServer", r"crtest\.azurecr\.io"),
        ("containerregistry:Registry", "sku.tier", "Premium"),
        ("containerservice:ManagedCluster", "oidcIssuerProfile.issuerURL",
         rf"https://{REGION}\.oic\.prod-aks\.azure\.com/{TENANT}/{GUID}/"),
        ("containerservice:ManagedCluster", "fqdn", rf"aks-\w{{8}}\.hcp\.{REGION}\.azmk8s\.io"),
        ("containerservice:ManagedCluster", "privateFQDN",
         rf"aks-\w{{8}}\.{GUID}\.privatelink\.{REGION}\.azmk8s\.io"),
        ("containerservice:ManagedCluster", "nodeResourceGroup", f"MC_rg-test_aks_{REGION}"),
        ("containerservice:ManagedCluster", "identityProfile.kubeletidentity.objectId", GUID),
        ("containerservice:ManagedCluster", "currentKubernetesVersion", r"1\.33\.2"),
        ("containerservice:AgentPool", "currentOrchestratorVersion", r"1\.33\.2"),
        ("operationalinsights:Workspace", "customerId", GUID),
        ("machinelearningservices:Workspace", "workspaceId", GUID),
        ("machinelearningservices:Workspace", "notebookInfo.fqdn",
         rf"ml-mlw-test-{REGION}-{GUID}\.{REGION}\.notebooks\.azure\.net"),
        ("network:PublicIPAddress", "ipAddress", r"203\.0\.113\.\d+"),
        ("network:PublicIPAddress", "dnsSettings.fqdn", rf"egress\.{REGION}\.cloudapp\.azure\.com"),
        ("network:Subnet", "name", "snet-pe"),
        ("network:VirtualNetwork", "resourceGuid", GUID),
        ("resources:ResourceGroup", "name", "rg-test"),
        ("privatedns:PrivateZone", "location", "global"),
        ("authorization:RoleAssignment", "type", "Microsoft.Authorization/roleAssignments"),
    ],
)  # fmt: skip
def test_an_answer(azure: Azure, short: str, path: str, pattern: str) -> None:
    value = at(made(azure, short).outputs, path)
    assert isinstance(value, str)
    assert re.fullmatch(pattern, value), value


@pytest.mark.parametrize("short", EXAMPLES)
def test_every_answer_says_what_it_is_and_that_it_succeeded(azure: Azure, short: str) -> None:
    outcome = made(azure, short)
    if "name" in outcome.outputs:
        assert outcome.outputs["name"] == outcome.id.rsplit("/", 1)[-1]
    assert outcome.outputs.get("provisioningState", "Succeeded") == "Succeeded"
    assert outcome.outputs.get("azureApiVersion", "2025").startswith("20")
    assert not [text for text in texts(reveal(outcome.outputs)) if "simulated-" in text]


def texts(value: Any) -> list[str]:
    children = value.values() if isinstance(value, dict) else value if isinstance(value, list) else ()
    return [value] if isinstance(value, str) else [text for child in children for text in texts(child)]


def test_the_keys_of_insights_are_secrets(azure: Azure) -> None:
    outputs = made(azure, "applicationinsights:Component").outputs
    for name in ("connectionString", "instrumentationKey"):
        assert isinstance(outputs[name], Secret)
    assert re.match(rf"InstrumentationKey={GUID};IngestionEndpoint=https://", reveal(outputs["connectionString"]))


def test_the_identities_of_a_resource_are_those_of_the_identities_themselves(azure: Azure) -> None:
    cluster = made(azure, "containerservice:ManagedCluster")
    identity = azure.read("managedidentity:UserAssignedIdentity", "id", IDENTITY)
    assert identity is not None
    assert cluster.outputs["identity"]["userAssignedIdentities"] == {
        IDENTITY: {name: identity.outputs[name] for name in ("principalId", "clientId")}
    }


@pytest.mark.parametrize("kind", ["SystemAssigned", "SystemAssigned,UserAssigned", "SystemAssigned, UserAssigned"])
def test_a_system_assigned_identity_has_a_principal(azure: Azure, kind: str) -> None:
    outputs = made(
        azure, "storage:StorageAccount", identity={"type": kind, "userAssignedIdentities": [IDENTITY]}
    ).outputs
    assert outputs["identity"]["principalId"] == guid(
        f"{GROUP}/providers/Microsoft.Storage/storageAccounts/sttest", "principal"
    )
    assert list(outputs["identity"]["userAssignedIdentities"]) == [IDENTITY]


def test_identities_that_are_given_as_a_map_are_answered_as_those_of_a_list(azure: Azure) -> None:
    identity = {"type": "UserAssigned", "userAssignedIdentities": {IDENTITY: {}}}
    registry = made(azure, "containerregistry:Registry", identity=identity)
    assert set(registry.outputs["identity"]["userAssignedIdentities"][IDENTITY]) == {"principalId", "clientId"}


def test_no_identity_has_no_principal(azure: Azure) -> None:
    assert "principalId" not in made(azure, "storage:StorageAccount", identity={"type": "None"}).outputs["identity"]


def test_identities_are_unknown_while_one_of_them_is(azure: Azure) -> None:
    deploy(azure, until="storage:StorageAccount")
    identity = {"type": "UserAssigned", "userAssignedIdentities": [IDENTITY, UNKNOWN]}
    inputs = {**EXAMPLES["storage:StorageAccount"], "identity": identity}
    foretold = azure.create("storage:StorageAccount", "st", inputs, preview=True)
    assert foretold.outputs["identity"]["userAssignedIdentities"] is UNKNOWN


def test_a_public_cluster_has_no_private_name_and_a_closed_one_no_public_name(azure: Azure) -> None:
    deploy(azure, until="containerservice:ManagedCluster")
    example = EXAMPLES["containerservice:ManagedCluster"]
    public = azure.create("containerservice:ManagedCluster", "a", {**example, "apiServerAccessProfile": None})
    assert "privateFQDN" not in public.outputs
    access = {"enablePrivateCluster": True, "enablePrivateClusterPublicFQDN": False}
    closed = azure.create(
        "containerservice:ManagedCluster", "b", {**example, "resourceName": "b", "apiServerAccessProfile": access}
    )
    assert "fqdn" not in closed.outputs
    assert closed.outputs["privateFQDN"].startswith("aks-")


def test_a_cluster_in_a_zone_of_its_own_has_its_name_there(azure: Azure) -> None:
    zone = f"{GROUP}/providers/Microsoft.Network/privateDnsZones/privatelink.{REGION}.azmk8s.io"
    azure.create(
        "privatedns:PrivateZone",
        "zone",
        {"resourceGroupName": "rg-test", "privateZoneName": f"privatelink.{REGION}.azmk8s.io", "location": "global"},
    )
    role = {**EXAMPLES["authorization:RoleAssignment"], "scope": zone, "principalId": guid(IDENTITY, "principal")}
    azure.create("authorization:RoleAssignment", "role", role)
    outputs = made(
        azure,
        "containerservice:ManagedCluster",
        apiServerAccessProfile={"enablePrivateCluster": True, "privateDNSZone": zone},
    ).outputs
    assert outputs["privateFQDN"].endswith(f".privatelink.{REGION}.azmk8s.io")


def test_the_kubelet_of_a_cluster_with_its_own_node_group_lives_there(azure: Azure) -> None:
    outputs = made(azure, "containerservice:ManagedCluster", nodeResourceGroup="rg-nodes").outputs
    assert "/resourceGroups/rg-nodes/" in outputs["identityProfile"]["kubeletidentity"]["resourceId"]


def test_a_secret_gets_a_new_version_with_every_write(azure: Azure) -> None:
    first = made(azure, "keyvault:Secret")
    second = azure.update("keyvault:Secret", "keyvault:Secret", first, EXAMPLES["keyvault:Secret"])
    versions = [outcome.outputs["properties"]["secretUriWithVersion"] for outcome in (first, second)]
    assert versions[0] != versions[1]


def test_the_interface_of_an_endpoint_has_the_name_that_was_asked_for(azure: Azure) -> None:
    outputs = made(azure, "network:PrivateEndpoint", customNetworkInterfaceName="nic-kv").outputs
    assert outputs["networkInterfaces"][0]["id"].endswith("/networkInterfaces/nic-kv")
    assert outputs["privateLinkServiceConnections"][0]["privateLinkServiceConnectionState"]["status"] == "Approved"


def test_a_network_of_another_size_keeps_the_members_that_nobody_said_anything_about() -> None:
    assert merge({"a": {"b": 1, "c": 2}, "d": [1]}, {"a": {"b": None}, "d": []}) == {"a": {"b": None, "c": 2}, "d": []}


@pytest.mark.parametrize(
    ("shape", "value"),
    [
        (["str"], "simulated-x-y"), (["enum", "E"], "simulated-x-y"), (["int"], 0), (["float"], 0.0), (["bool"], False),
        (["list", ["str"]], []), (["map", ["str"]], {}), (["object", "O"], {}),
    ],
)  # fmt: skip
def test_a_placeholder_has_the_shape_of_the_output(shape: list[Any], value: Any) -> None:
    assert placeholder(shape, "x", "y") == value


@pytest.mark.parametrize("name", ["createdAt", "updatedAt", "lastModifiedTime", "serviceUpgradedAt", "creationTime"])
def test_a_placeholder_that_says_when_is_a_time(name: str) -> None:
    assert placeholder(["str"], "x", name) == "2026-01-01T00:00:00Z"


@pytest.mark.parametrize("name", ["deletedTime", "nextAllowedTime", "updates", "createdBy"])
def test_what_did_not_happen_has_no_time(name: str) -> None:
    assert placeholder(["str"], "x", name) == f"simulated-x-{name}"


def test_the_subnets_of_the_examples_lie_in_their_network(azure: Azure) -> None:
    assert made(azure, "network:Subnet").id.startswith(f"{VNET}/subnets/")
