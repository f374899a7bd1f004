"""The plugin as the engine meets it: over gRPC, in Pulumi's messages."""

from __future__ import annotations

import json
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import grpc
import pytest
from google.protobuf import empty_pb2, struct_pb2
from pulumi.runtime.proto import provider_pb2

from simulator.values import UNKNOWN, Secret, from_struct, to_struct
from tests.simulator.azure import GROUP, REGION, token_of, urn_of
from tests.simulator.engine_side import Plugin, refused
from tests.simulator.examples import EXAMPLES

ACCOUNT = EXAMPLES["storage:StorageAccount"]
DIFF = provider_pb2.PropertyDiff


def test_it_says_what_it_can(plugin: Plugin) -> None:
    assert plugin.stub.GetPluginInfo(empty_pb2.Empty()).version == "3.29.0"
    assert plugin.stub.Handshake(provider_pb2.ProviderHandshakeRequest()).accept_secrets
    configured = plugin.stub.Configure(provider_pb2.ConfigureRequest())
    assert (configured.acceptSecrets, configured.supportsPreview) == (True, True)


def test_it_sends_the_schema_of_the_package(plugin: Plugin) -> None:
    schema = json.loads(plugin.stub.GetSchema(provider_pb2.GetSchemaRequest()).schema)
    assert (schema["name"], schema["version"]) == ("azure-native", "3.29.0")
    assert len(schema["resources"]) >= 2200


def test_settings_are_taken_as_they_are_and_change_nothing(plugin: Plugin) -> None:
    news = to_struct({"subscriptionId": "11111111-1111-1111-1111-111111111111"})
    assert plugin.stub.CheckConfig(provider_pb2.CheckRequest(news=news)).inputs == news
    diff = plugin.stub.DiffConfig(provider_pb2.DiffRequest(news=news))
    assert diff.changes == provider_pb2.DiffResponse.DIFF_NONE


@pytest.mark.parametrize(
    "request_",
    [
        provider_pb2.ConfigureRequest(args=to_struct({"location": "canadaeast"})),
        provider_pb2.ConfigureRequest(variables={"azure-native:config:location": "canadaeast"}),
    ],
)
def test_the_region_of_the_provider_is_that_of_resources_without_one(plugin: Plugin, request_: Any) -> None:
    plugin.stub.Configure(request_)
    checked = plugin.check("storage:StorageAccount", {**ACCOUNT, "location": None})
    assert from_struct(checked.inputs)["location"] == "canadaeast"


def test_check_names_every_failure_with_its_path(plugin: Plugin) -> None:
    found = plugin.check("storage:StorageAccount", {**ACCOUNT, "sku": {"nam": "x"}, "accessTier": "Hott"})
    assert sorted(failure.reason for failure in found.failures) == [
        'accessTier: "Hott" is not an AccessTier; did you mean "Hot"? allowed: Hot, Cool, Premium, Cold, Smart',
        'sku.nam: Sku has no property of that name; did you mean "name"?',
        "sku.name: required by Sku and missing; expected a SkuName",
    ]


def test_check_passes_unknowns_and_secrets_through(plugin: Plugin) -> None:
    inputs = {**ACCOUNT, "accessTier": UNKNOWN, "tags": {"a": Secret("hunter2"), "b": Secret(UNKNOWN)}}
    found = plugin.check("storage:StorageAccount", inputs)
    assert list(found.failures) == []
    assert from_struct(found.inputs) == inputs


def test_check_fills_in_a_name(plugin: Plugin) -> None:
    found = plugin.check("managedidentity:UserAssignedIdentity", {"resourceGroupName": "rg-test"})
    inputs = from_struct(found.inputs)
    assert inputs["resourceName"].startswith("it")
    assert inputs["location"] == REGION


def test_a_secret_that_is_sent_comes_back_as_a_secret(plugin: Plugin) -> None:
    inputs = {**ACCOUNT, "tags": {"pin": Secret("hunter2")}}
    made = plugin.create("storage:StorageAccount", inputs)
    read = plugin.read("storage:StorageAccount", made.id, inputs)
    assert from_struct(made.properties)["tags"] == {"pin": Secret("hunter2")}
    assert from_struct(read.properties) == from_struct(made.properties)
    assert from_struct(read.inputs) == inputs


def test_a_secret_that_the_service_makes_is_one(plugin: Plugin) -> None:
    inputs = {**EXAMPLES["applicationinsights:Component"], "workspaceResourceId": None}
    made = plugin.create("applicationinsights:Component", inputs)
    assert isinstance(from_struct(made.properties)["connectionString"], Secret)


def test_a_preview_answers_the_id_and_keeps_nothing(plugin: Plugin) -> None:
    foretold = plugin.create("storage:StorageAccount", ACCOUNT, preview=True)
    assert foretold.id == f"{GROUP}/providers/Microsoft.Storage/storageAccounts/sttest"
    assert plugin.store.get(foretold.id) is None


def test_a_preview_with_an_unknown_input_answers_unknown_outputs(plugin: Plugin) -> None:
    inputs = {**ACCOUNT, "accessTier": UNKNOWN}
    outputs = from_struct(plugin.create("storage:StorageAccount", inputs, preview=True).properties)
    assert outputs["accessTier"] is UNKNOWN
    assert outputs["primaryEndpoints"]["blob"] == "https://sttest.blob.core.windows.net/"


def test_diff_says_what_changes_and_how(plugin: Plugin) -> None:
    made = plugin.create("storage:StorageAccount", ACCOUNT)
    new = {**ACCOUNT, "tags": {"a": "b"}, "accessTier": "Cool", "identity": None, "isHnsEnabled": False}
    found = plugin.diff("storage:StorageAccount", made.id, ACCOUNT, new)
    assert found.changes == provider_pb2.DiffResponse.DIFF_SOME
    assert {path: detail.kind for path, detail in found.detailedDiff.items()} == {
        "tags": DIFF.ADD,
        "accessTier": DIFF.ADD,
        "identity": DIFF.DELETE,
        "isHnsEnabled": DIFF.UPDATE_REPLACE,
    }
    assert list(found.diffs) == ["accessTier", "identity", "isHnsEnabled", "tags"]
    assert list(found.replaces) == ["isHnsEnabled"]
    assert found.deleteBeforeReplace


def test_diff_of_a_new_name_replaces_and_makes_the_new_one_first(plugin: Plugin) -> None:
    made = plugin.create("storage:StorageAccount", ACCOUNT)
    found = plugin.diff("storage:StorageAccount", made.id, ACCOUNT, {**ACCOUNT, "accountName": "stother"})
    assert list(found.replaces) == ["accountName"]
    assert not found.deleteBeforeReplace


def test_diff_of_the_same_is_nothing(plugin: Plugin) -> None:
    made = plugin.create("storage:StorageAccount", ACCOUNT)
    found = plugin.diff(
        "storage:StorageAccount", made.id, {**ACCOUNT, "tags": {"a": Secret("x")}}, {**ACCOUNT, "tags": {"a": "x"}}
    )
    assert found.changes == provider_pb2.DiffResponse.DIFF_NONE
    assert found.hasDetailedDiff
    assert not found.deleteBeforeReplace


def test_update_answers_the_new_outputs(plugin: Plugin) -> None:
    made = plugin.create("storage:StorageAccount", ACCOUNT)
    request = provider_pb2.UpdateRequest(
        id=made.id,
        urn=urn_of(token_of("storage:StorageAccount"), "it"),
        news=to_struct({**ACCOUNT, "accessTier": "Cool"}),
    )
    assert from_struct(plugin.stub.Update(request).properties)["accessTier"] == "Cool"


def test_delete_and_read_of_what_is_gone(plugin: Plugin) -> None:
    made = plugin.create("storage:StorageAccount", ACCOUNT)
    plugin.stub.Delete(provider_pb2.DeleteRequest(id=made.id, urn=urn_of(token_of("storage:StorageAccount"), "it")))
    assert plugin.read("storage:StorageAccount", made.id, ACCOUNT).id == ""


def test_an_import_answers_the_inputs_that_were_written(plugin: Plugin) -> None:
    made = plugin.create("storage:StorageAccount", ACCOUNT)
    imported = plugin.read("storage:StorageAccount", made.id)
    assert imported.id == made.id
    assert from_struct(imported.inputs) == ACCOUNT


def test_invokes_answer(plugin: Plugin) -> None:
    plugin.create("storage:StorageAccount", ACCOUNT)
    assert plugin.invoke("authorization:getClientConfig")["subscriptionId"].startswith("00000000")
    keys = plugin.invoke("storage:listStorageAccountKeys", resourceGroupName="rg-test", accountName="sttest")
    assert len(keys["keys"]) == 2
    code, text = refused(plugin.invoke, "storage:listStorageAccountSAS")
    assert code == grpc.StatusCode.FAILED_PRECONDITION
    assert 'Code="FunctionNotSimulated"' in text


def test_every_operation_is_timed_and_a_refused_one_too(plugin: Plugin) -> None:
    before = len(plugin.store.durations())
    plugin.create("storage:StorageAccount", ACCOUNT)
    refused(plugin.create, "storage:StorageAccount", {**ACCOUNT, "accountName": "Nope"})
    assert len(plugin.store.durations()) == before + 2


def test_what_the_engine_only_asks_is_answered(plugin: Plugin) -> None:
    assert plugin.stub.Cancel(empty_pb2.Empty()) == empty_pb2.Empty()
    assert plugin.stub.GetMapping(provider_pb2.GetMappingRequest(key="terraform")).data == b""


def test_many_requests_at_once_are_all_answered(plugin: Plugin) -> None:
    def create(index: int) -> Any:
        return plugin.create("managedidentity:UserAssignedIdentity", {
            "resourceGroupName": "rg-test", "resourceName": f"id-{index}", "location": REGION,
        })  # fmt: skip

    with ThreadPoolExecutor(16) as pool:
        made = list(pool.map(create, range(64)))
    assert len({each.id for each in made}) == 64
    assert len(plugin.store.of_type("Microsoft.ManagedIdentity/userAssignedIdentities")) == 64


def test_the_wire_is_pulumis_own(plugin: Plugin) -> None:
    made = plugin.create("storage:StorageAccount", {**ACCOUNT, "tags": {"pin": Secret("x")}})
    pin = made.properties.fields["tags"].struct_value.fields["pin"]
    assert pin.WhichOneof("kind") == "struct_value"
    assert isinstance(pin.struct_value, struct_pb2.Struct)
    assert pin.struct_value.fields["4dabf18193072939515e22adb298388d"].string_value.startswith("1b47061264138c4a")


def test_a_child_that_does_not_wait_for_its_parent_is_refused(plugin: Plugin) -> None:
    group = {"resourceGroupName": "rg-new", "location": REGION}
    identity = {**group, "resourceName": "id-new"}
    plugin.check("resources:ResourceGroup", group)
    code, text = refused(plugin.create, "managedidentity:UserAssignedIdentity", identity)
    assert (code, "ResourceGroupNotFound" in text) == (grpc.StatusCode.FAILED_PRECONDITION, True)
    plugin.create("managedidentity:UserAssignedIdentity", identity, preview=True)
    plugin.create("resources:ResourceGroup", group)
    plugin.create("managedidentity:UserAssignedIdentity", identity)


def test_a_parent_that_exists_already_is_in_no_childs_way(plugin: Plugin) -> None:
    group = {"resourceGroupName": "rg-test", "location": REGION}
    plugin.check("resources:ResourceGroup", group)
    plugin.create("managedidentity:UserAssignedIdentity", {**group, "resourceName": "id-new"})
