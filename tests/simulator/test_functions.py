"""The SDK's functions: look-ups read the resource, `list…` asks its model, and what can't be answered says so."""

from __future__ import annotations

import base64
from typing import Any

import pytest
import yaml

from simulator.errors import ArmError
from simulator.functions import Functions
from simulator.ids import SUBSCRIPTION
from simulator.model import TENANT
from simulator.values import UNKNOWN, Secret
from tests.simulator.azure import Azure
from tests.simulator.examples import EXAMPLES, deploy

ACCOUNT = {"resourceGroupName": "rg-test", "accountName": "sttest"}
CLUSTER = {"resourceGroupName": "rg-test", "resourceName": "aks"}


def call(azure: Azure, short: str, **arguments: Any) -> dict[str, Any]:
    return Functions(azure.catalog, azure.service).call(f"azure-native:{short}", arguments)


def test_the_caller_is_of_the_simulated_tenant_and_subscription(azure: Azure) -> None:
    config = call(azure, "authorization:getClientConfig")
    assert (config["subscriptionId"], config["tenantId"]) == (SUBSCRIPTION, TENANT)
    assert set(config) == {"clientId", "objectId", "subscriptionId", "tenantId"}


def test_the_callers_token_is_a_secret(azure: Azure) -> None:
    assert isinstance(call(azure, "authorization:getClientToken")["token"], Secret)


def test_a_look_up_answers_what_the_resource_answered(azure: Azure) -> None:
    made = azure.create("storage:StorageAccount", "st", EXAMPLES["storage:StorageAccount"])
    assert call(azure, "storage:getStorageAccount", **ACCOUNT) == {"id": made.id, **made.outputs}


def test_secrets_stay_secret_in_a_look_up(azure: Azure) -> None:
    deploy(azure, until="keyvault:Vault")
    found = call(azure, "applicationinsights:getComponent", resourceGroupName="rg-test", resourceName="appi-test")
    assert isinstance(found["connectionString"], Secret)


def test_a_look_up_of_what_is_not_there_is_refused(azure: Azure) -> None:
    with pytest.raises(ArmError) as refused:
        call(azure, "storage:getStorageAccount", **ACCOUNT)
    assert refused.value.refusals[0].code == "ResourceNotFound"
    assert refused.value.refusals[0].status == 404


def test_a_look_up_in_a_group_that_is_not_here_is_taken_on_trust(azure: Azure) -> None:
    found = call(azure, "network:getVirtualNetwork", resourceGroupName="rg-hub", virtualNetworkName="hub")
    assert found["name"] == "hub"
    assert [note.detail for note in azure.store.notes()] == [found["id"]]


def test_the_keys_of_an_account(azure: Azure) -> None:
    azure.create("storage:StorageAccount", "st", EXAMPLES["storage:StorageAccount"])
    keys = call(azure, "storage:listStorageAccountKeys", **ACCOUNT)["keys"]
    assert [key["keyName"] for key in keys] == ["key1", "key2"]
    assert all(len(base64.b64decode(key["value"])) == 64 for key in keys)
    assert keys == call(azure.another(), "storage:listStorageAccountKeys", **ACCOUNT)["keys"]


def test_the_credentials_of_a_cluster_are_a_kubeconfig(azure: Azure) -> None:
    deploy(azure)
    [config] = call(azure, "containerservice:listManagedClusterUserCredentials", **CLUSTER)["kubeconfigs"]
    document = yaml.safe_load(base64.b64decode(config["value"]))
    assert config["name"] == "clusterUser"
    assert document["clusters"][0]["cluster"]["server"].startswith("https://aks-")
    [admin] = call(azure, "containerservice:listManagedClusterAdminCredentials", **CLUSTER)["kubeconfigs"]
    assert admin["name"] == "clusterAdmin"


@pytest.mark.parametrize("name", ["getSharedKeys", "getWorkspaceSharedKeys"])
def test_the_keys_of_a_workspace_are_no_look_up(azure: Azure, name: str) -> None:
    azure.create("operationalinsights:Workspace", "log", EXAMPLES["operationalinsights:Workspace"])
    keys = call(azure, f"operationalinsights:{name}", resourceGroupName="rg-test", workspaceName="log-test")
    assert set(keys) == {"primarySharedKey", "secondarySharedKey"}


def test_the_credentials_of_a_registry(azure: Azure) -> None:
    azure.create("containerregistry:Registry", "cr", EXAMPLES["containerregistry:Registry"])
    arguments = {"resourceGroupName": "rg-test", "registryName": "crtest"}
    found = call(azure, "containerregistry:listRegistryCredentials", **arguments)
    assert found["username"] == "crtest"
    assert [password["name"] for password in found["passwords"]] == ["password", "password2"]


def test_a_function_of_a_resource_that_is_not_there_is_refused(azure: Azure) -> None:
    with pytest.raises(ArmError, match="ResourceNotFound"):
        call(azure, "storage:listStorageAccountKeys", **ACCOUNT)


def test_a_function_without_one_of_its_arguments_names_it(azure: Azure) -> None:
    with pytest.raises(ArmError, match="the function needs accountName"):
        call(azure, "storage:listStorageAccountKeys", resourceGroupName="rg-test")


def test_the_answer_to_an_unknown_argument_is_unknown(azure: Azure) -> None:
    found = call(azure, "storage:listStorageAccountKeys", **{**ACCOUNT, "accountName": UNKNOWN})
    assert found == {"keys": UNKNOWN}


@pytest.mark.parametrize(
    ("short", "code"),
    [
        ("storage:listStorageAccountSAS", "FunctionNotSimulated"),
        ("authorization:getNothing", "InvalidFunction"),
        ("nothing:getNothing", "InvalidFunction"),
    ],
)
def test_a_function_that_cannot_be_answered_says_so(azure: Azure, short: str, code: str) -> None:
    with pytest.raises(ArmError) as refused:
        call(azure, short)
    assert refused.value.refusals[0].code == code
    assert short in str(refused.value)


@pytest.mark.parametrize(("level", "is_refused"), [("ReadOnly", True), ("CanNotDelete", False)])
def test_a_read_only_lock_keeps_the_keys_too(azure: Azure, level: str, is_refused: bool) -> None:
    made = azure.create("storage:StorageAccount", "st", EXAMPLES["storage:StorageAccount"])
    lock = {"scope": made.id, "lockName": "keep", "level": level}
    azure.create("authorization:ManagementLockByScope", "lock", lock)
    if is_refused:
        with pytest.raises(ArmError, match="cannot perform write operation"):
            call(azure, "storage:listStorageAccountKeys", **ACCOUNT)
    else:
        call(azure, "storage:listStorageAccountKeys", **ACCOUNT)
    assert call(azure, "storage:getStorageAccount", **ACCOUNT)["id"] == made.id
