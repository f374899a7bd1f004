from __future__ import annotations

from dataclasses import replace
from itertools import pairwise

import pytest

from components.machine_learning.machine_learning_workspace import FeatureStore, MachineLearningWorkspace, problems
from components.machine_learning.managed_network_rules import ServiceTag
from components.security.customer_key import CustomerKey
from tests.components import examples
from tests.components.recording import Recorded, arm_id, one, record

RULES = ("lake-blob", "lake-dfs", "host-pypi-org", "host-any-anaconda-org")


def made() -> list[Recorded]:
    return record(lambda: MachineLearningWorkspace("x", examples.workspace()))


def rule(recorded: list[Recorded], name: str) -> Recorded:
    return one(recorded, "machinelearningservices:ManagedNetworkSettingsRule", f"x-rule-{name}")


@pytest.mark.capability("M1", "M2")
def test_only_approved_traffic_leaves_and_nobody_comes_in_from_outside() -> None:
    inputs = one(made(), "machinelearningservices:Workspace").inputs
    assert inputs["managedNetwork"]["isolationMode"] == "AllowOnlyApprovedOutbound"
    assert "outboundRules" not in inputs["managedNetwork"]
    assert inputs["publicNetworkAccess"] == "Disabled"
    assert inputs["v1LegacyMode"] is False
    assert inputs["hbiWorkspace"] is True


@pytest.mark.capability("M1")
def test_the_workspace_acts_as_its_own_identity_and_uses_no_key() -> None:
    inputs = one(made(), "machinelearningservices:Workspace").inputs
    assert inputs["identity"]["type"] == "UserAssigned"
    assert inputs["primaryUserAssignedIdentity"] == arm_id("workspace-id")
    assert inputs["systemDatastoresAuthMode"] == "Identity"


def test_the_workspace_uses_the_platforms_vault_storage_registry_and_insights() -> None:
    inputs = one(made(), "machinelearningservices:Workspace").inputs
    used = [inputs[key] for key in ("keyVault", "storageAccount", "containerRegistry", "applicationInsights")]
    assert used == ["/vault", "/storage", "/registry", "/insights"]


def test_the_workspace_waits_for_its_role_assignments() -> None:
    recorded = made()
    first = one(recorded, "managedidentity:UserAssignedIdentity", "first")
    assert first.urn in one(recorded, "machinelearningservices:Workspace").depends_on


@pytest.mark.capability("M2")
def test_outbound_rules_are_written_one_after_another() -> None:
    recorded = made()
    for before, after in pairwise(RULES):
        assert rule(recorded, before).urn in rule(recorded, after).depends_on


@pytest.mark.capability("M2")
def test_the_network_is_made_with_the_workspace_and_its_firewall_is_the_one_asked_for() -> None:
    inputs = one(made(), "machinelearningservices:Workspace").inputs
    assert inputs["provisionNetworkNow"] is True
    assert inputs["managedNetwork"]["firewallSku"] == "Basic"


@pytest.mark.capability("M5")
def test_images_are_built_on_our_cluster_and_serverless_nodes_have_no_public_address() -> None:
    inputs = one(made(), "machinelearningservices:Workspace").inputs
    assert inputs["imageBuildCompute"] == "cpu"
    assert inputs["serverlessComputeSettings"] == {"serverlessComputeNoPublicIP": True}


@pytest.mark.capability("M1")
def test_a_customer_key_is_used_by_its_own_identity_and_waited_for() -> None:
    recorded = record(lambda: MachineLearningWorkspace("x", replace(examples.workspace(), customer_key=a_key())))
    workspace = one(recorded, "machinelearningservices:Workspace")
    assert workspace.inputs["encryption"] == {
        "status": "Enabled",
        "keyVaultProperties": {"keyIdentifier": "https://a-vault/keys/ml/1", "keyVaultArmId": "/keys-vault"},
        "identity": {"userAssignedIdentity": arm_id("encryption-id")},
    }
    assert arm_id("encryption-id") in workspace.inputs["identity"]["userAssignedIdentities"]
    assert one(recorded, "managedidentity:UserAssignedIdentity", "key-role").urn in workspace.depends_on


def a_key() -> CustomerKey:
    return CustomerKey(
        vault_id="/keys-vault",
        vault_uri="https://a-vault/",
        key_id="/key",
        key_name="ml",
        key_uri="https://a-vault/keys/ml",
        key_version_uri="https://a-vault/keys/ml/1",
        identity=examples.an_identity("encryption"),
        ready=(examples.something("key-role"),),
    )


@pytest.mark.capability("M7")
def test_a_generation_gives_a_name_that_no_deleted_workspace_holds() -> None:
    recorded = record(lambda: MachineLearningWorkspace("x", replace(examples.workspace(), generation="b")))
    assert one(recorded, "machinelearningservices:Workspace").inputs["workspaceName"] == "mlw-mlops-dev-cnc-b"


@pytest.mark.capability("D4")
def test_a_feature_store_is_a_workspace_of_that_kind() -> None:
    recorded = record(
        lambda: MachineLearningWorkspace(
            "x", replace(examples.workspace(), feature_store=FeatureStore(spark_version="3.4"), purpose="features")
        )
    )
    inputs = one(recorded, "machinelearningservices:Workspace").inputs
    assert inputs["kind"] == "FeatureStore"
    assert inputs["featureStoreSettings"] == {"computeRuntime": {"sparkRuntimeVersion": "3.4"}}
    assert inputs["workspaceName"] == "mlw-mlops-dev-cnc-features"


@pytest.mark.capability("M2")
def test_a_service_tag_opens_its_ports_alone() -> None:
    def program() -> None:
        args = examples.workspace()
        tags = {"monitor": ServiceTag(tag="AzureMonitor", protocol="TCP", ports="443")}
        MachineLearningWorkspace("x", replace(args, rules=replace(args.rules, service_tags=tags)))

    assert rule(record(program), "tag-monitor").inputs["properties"] == {
        "type": "ServiceTag",
        "category": "UserDefined",
        "destination": {"serviceTag": "AzureMonitor", "protocol": "TCP", "portRanges": "443"},
    }


@pytest.mark.capability("M2")
def test_the_lake_is_reached_by_endpoint_and_hosts_by_name() -> None:
    recorded = made()
    assert rule(recorded, "lake-dfs").inputs["properties"] == {
        "type": "PrivateEndpoint",
        "category": "UserDefined",
        "destination": {"serviceResourceId": "/lake", "subresourceTarget": "dfs", "sparkEnabled": True},
    }
    assert rule(recorded, "host-any-anaconda-org").inputs["properties"] == {
        "type": "FQDN",
        "category": "UserDefined",
        "destination": "*.anaconda.org",
    }


@pytest.mark.parametrize(("hosts", "found"), [((), []), (("a.org", "a.org"), ["host a.org is allowed twice"])])
def test_a_host_named_twice_is_a_problem(hosts: tuple[str, ...], found: list[str]) -> None:
    result: list[str] = []

    def program() -> None:
        args = examples.workspace()
        result.extend(problems(replace(args, rules=replace(args.rules, hosts=hosts))))

    record(program)
    assert result == found
