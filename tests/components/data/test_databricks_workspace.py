from __future__ import annotations

from dataclasses import replace

import pytest

from components.data.databricks_workspace import DatabricksWorkspace, problems
from tests.components.data.examples import a_workspace_key, databricks_workspace
from tests.components.recording import Recorded, arm_id, one, record

WORKSPACE = "databricks:Workspace"


def made() -> list[Recorded]:
    return record(lambda: DatabricksWorkspace("x", databricks_workspace()))


@pytest.mark.capability("D1")
def test_nothing_of_the_workspace_has_a_public_address() -> None:
    workspace = one(made(), WORKSPACE).inputs
    assert workspace["sku"] == {"name": "premium"}
    assert workspace["publicNetworkAccess"] == "Disabled"
    assert workspace["requiredNsgRules"] == "NoAzureDatabricksRules"
    assert workspace["parameters"]["enableNoPublicIp"] == {"value": True}


@pytest.mark.capability("D1")
def test_clusters_stand_in_our_two_subnets_and_wait_for_them() -> None:
    recorded = made()
    workspace = one(recorded, WORKSPACE)
    parameters = workspace.inputs["parameters"]
    assert parameters["customVirtualNetworkId"] == {"value": "/vnet"}
    assert parameters["customPublicSubnetName"] == {"value": "snet-a"}
    assert parameters["customPrivateSubnetName"] == {"value": "snet-b"}
    assert one(recorded, "UserAssignedIdentity", "subnets").urn in workspace.depends_on


@pytest.mark.capability("D1")
@pytest.mark.parametrize(("hosts", "count"), [(True, 1), (False, 0)])
def test_one_workspace_carries_the_sign_in_of_all(hosts: bool, count: int) -> None:
    recorded = record(lambda: DatabricksWorkspace("x", replace(databricks_workspace(), hosts_sign_in=hosts)))
    groups = [
        each.inputs["privateLinkServiceConnections"][0]["groupIds"][0]
        for each in recorded
        if each.type.endswith("network:PrivateEndpoint")
    ]
    assert groups.count("browser_authentication") == count
    assert groups.count("databricks_ui_api") == 1


@pytest.mark.capability("D1")
def test_the_workspaces_own_storage_is_closed_and_reached_from_the_spoke() -> None:
    recorded = made()
    workspace = one(recorded, WORKSPACE)
    assert workspace.inputs["defaultStorageFirewall"] == "Enabled"
    assert workspace.inputs["parameters"]["requireInfrastructureEncryption"] == {"value": True}
    endpoint = one(recorded, "network:PrivateEndpoint", "x-root-dfs-pe")
    target = endpoint.inputs["privateLinkServiceConnections"][0]["privateLinkServiceId"]
    assert target.startswith(f"{workspace.inputs['managedResourceGroupId']}/providers/Microsoft.Storage/")
    assert target.endswith(workspace.inputs["parameters"]["storageAccountName"]["value"])
    assert workspace.urn in endpoint.depends_on


@pytest.mark.capability("D2")
@pytest.mark.parametrize(("protected_b", "profile"), [(True, "Enabled"), (False, "Disabled")])
def test_protected_b_brings_canadas_compliance_profile(protected_b: bool, profile: str) -> None:
    recorded = record(lambda: DatabricksWorkspace("x", replace(databricks_workspace(), protected_b=protected_b)))
    compliance = one(recorded, WORKSPACE).inputs["enhancedSecurityCompliance"]
    assert compliance["complianceSecurityProfile"]["value"] == profile
    assert compliance["complianceSecurityProfile"]["complianceStandards"] == (
        ["CANADA_PROTECTED_B"] if protected_b else []
    )
    assert compliance["automaticClusterUpdate"] == compliance["enhancedSecurityMonitoring"] == {"value": "Enabled"}


@pytest.mark.capability("D2")
def test_unity_catalog_reads_the_lake_as_an_identity() -> None:
    recorded = made()
    connector = one(recorded, "databricks:AccessConnector")
    assert connector.inputs["identity"]["userAssignedIdentities"] == [arm_id("databricks-id")]
    workspace = one(recorded, WORKSPACE).inputs
    assert workspace["accessConnector"]["userAssignedIdentityId"] == arm_id("databricks-id")
    assert workspace["defaultCatalog"] == {"initialType": "UnityCatalog"}


@pytest.mark.capability("D2", "K3")
def test_notebooks_and_disks_are_encrypted_with_a_key_of_our_own() -> None:
    recorded = record(lambda: DatabricksWorkspace("x", replace(databricks_workspace(), customer_key=a_workspace_key())))
    workspace = one(recorded, WORKSPACE)
    entities = workspace.inputs["encryption"]["entities"]
    assert entities["managedDisk"]["rotationToLatestKeyVersionEnabled"] is True
    for entity in ("managedDisk", "managedServices"):
        assert entities[entity]["keySource"] == "Microsoft.Keyvault"
        assert entities[entity]["keyVaultProperties"]["keyName"] == "databricks"
        assert entities[entity]["keyVaultProperties"]["keyVaultUri"] == "https://a-vault.example/"
    assert one(recorded, "UserAssignedIdentity", "application-role").urn in workspace.depends_on


@pytest.mark.capability("D1")
def test_hosts_and_containers_share_no_subnet() -> None:
    found: list[str] = []

    def program() -> None:
        args = databricks_workspace()
        found.extend(problems(replace(args, network=replace(args.network, private_subnet_name="snet-a"))))

    record(program)
    assert found == ["hosts and containers share snet-a: each needs a subnet of its own"]
