"""Datastores, environments, the registry of models and the attached cluster."""

from __future__ import annotations

from dataclasses import replace

import pytest

import stacks
from components.identity import access
from components.identity.access import Groups
from components.identity.role_assignment import Grant, Scope
from components.machine_learning.asset_reference import is_pinned
from components.machine_learning.attached_cluster import AttachedCluster
from components.machine_learning.cluster_instance_types import instance_types
from components.machine_learning.model_registry import ModelRegistry
from components.machine_learning.workspace_assets import PinnedImage, WorkspaceAssets, problems
from tests.components.examples import an_identity
from tests.components.machine_learning import examples
from tests.components.recording import one, record


@pytest.mark.capability("M1")
def test_a_zone_of_the_lake_is_a_datastore_without_a_key() -> None:
    inputs = one(
        record(lambda: WorkspaceAssets("x", examples.ASSETS)),
        "machinelearningservices:Datastore",
        "x-datastore-own-gold",
    ).inputs
    assert inputs["name"] == "own_gold"
    assert inputs["properties"]["filesystem"] == "own-gold"
    assert inputs["properties"]["credentials"] == {"credentialsType": "None"}
    # Monitors read as the workspace; by themselves they have no identity that may.
    assert inputs["properties"]["serviceDataAccessAuthIdentity"] == "WorkspaceUserAssignedIdentity"


@pytest.mark.capability("M5")
def test_an_environment_is_an_image_by_digest() -> None:
    recorded = record(lambda: WorkspaceAssets("x", examples.ASSETS))
    assert "@sha256:" in one(recorded, "machinelearningservices:EnvironmentVersion").inputs["properties"]["image"]
    loose = replace(examples.ASSETS, environments={"a": PinnedImage(image="a.example/b:1", version="1")})
    assert len(problems(loose)) == 1


@pytest.mark.capability("M8")
def test_the_registry_of_models_is_closed_and_lies_in_its_own_and_its_further_regions() -> None:
    inputs = one(record(lambda: ModelRegistry("x", examples.REGISTRY)), "machinelearningservices:Registry").inputs
    assert inputs["publicNetworkAccess"] == "Disabled"
    assert [each["location"] for each in inputs["regionDetails"]] == ["canadacentral", "canadaeast"]
    (account,) = inputs["regionDetails"][0]["storageAccountDetails"]
    assert account["systemCreatedStorageAccount"]["allowBlobPublicAccess"] is False


@pytest.mark.capability("M6")
def test_the_cluster_is_attached_with_an_instance_type_for_each_kind_of_node() -> None:
    inputs = one(record(lambda: AttachedCluster("x", examples.attached())), "machinelearningservices:Compute").inputs
    assert inputs["properties"]["computeType"] == "Kubernetes"
    assert inputs["properties"]["resourceId"] == "/cluster"
    wanted = inputs["properties"]["properties"]
    assert wanted["defaultInstanceType"] == "cpu"
    assert wanted["instanceTypes"]["t4"] == {
        "nodeSelector": {"pool": "t4"},
        "resources": {
            "requests": {"cpu": "2", "memory": "22Gi", "nvidia.com/gpu": "1"},
            "limits": {"cpu": "2", "memory": "22Gi", "nvidia.com/gpu": "1"},
        },
    }


@pytest.mark.capability("M6")
def test_pools_that_jobs_can_not_enter_have_no_instance_type() -> None:
    types = instance_types(stacks.load("prod"))
    assert "a10" not in types, "a team's"
    assert "h100spot" not in types, "spot"
    assert types["a100"].gpus == 1
    assert types["t4"].gpus == 1


@pytest.mark.parametrize(
    ("reference", "pinned"),
    [
        ("azureml:credit:3", True),
        ("azureml:credit:latest", False),
        ("azureml:credit@latest", False),
        ("azureml://registries/r/models/credit/versions/3", True),
        ("azureml://registries/r/models/credit/versions/latest", False),
    ],
)
def test_latest_is_no_version(reference: str, pinned: bool) -> None:
    assert is_pinned(reference) is pinned


@pytest.mark.capability("M8")
def test_models_are_used_and_endpoints_made_with_one_role_each_at_the_registry() -> None:
    found: list[Grant] = []

    def program() -> None:
        groups = Groups(platform_admins="a", ml_engineers="e", data_scientists="s", auditors="u")
        at = Scope(name="model-registry", id="/registry")
        found.extend(
            access.model_registry_users(groups, an_identity("compute"), {"test": "other"}, {"test": "linked"}, at)
        )

    record(program)
    assert {
        (each.principal.name, each.principal.id, each.role) for each in found if each.principal.name != "compute"
    } == {
        ("ml-engineers", "e", "AzureML Registry User"),
        ("data-scientists", "s", "AzureML Registry User"),
        ("other-test", "other", "AzureML Registry User"),
        ("other-test", "linked", "Azure AI Enterprise Network Connection Approver"),
    }
    assert {each.role for each in found if each.principal.name == "compute"} == {"AzureML Registry User"}
