"""The plugin as the engine meets it: over gRPC, in Pulumi's messages."""

from __future__ import annotations

import json
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import grpc
import pytest
from google.protobuf import empty_pb2, struct_pb2
from pulumi.runtime.proto import provider_pb2, provider_pb2_grpc

from simulator.catalog import Catalog
from simulator.functions import Functions
from simulator.provider import Provider
from simulator.service import Service
from simulator.store import Store
from simulator.values import UNKNOWN, Secret, from_struct, to_struct
from tests.simulator.azure import GROUP, HUB, REGION, Azure, token_of, urn_of
from tests.simulator.examples import EXAMPLES

ACCOUNT = EXAMPLES["storage:StorageAccount"]
DIFF = provider_pb2.PropertyDiff
OUTSIDE = (
    "Subnet 's' is not valid because its IP address range is outside the IP address range of virtual network 'vnet'."
)
# The engine takes messages of any size, and the schema of the package is one of ten megabytes.
UNLIMITED = [("grpc.max_receive_message_length", -1)]


class Plugin:
    """The engine's side of the conversation, with plain values."""

    def __init__(self, stub: Any, store: Store) -> None:
        self.stub = stub
        self.store = store

    def check(self, short: str, inputs: dict[str, Any], old: dict[str, Any] | None = None) -> Any:
        request = provider_pb2.CheckRequest(
            urn=urn_of(token_of(short), "it"), olds=to_struct(old or {}), news=to_struct(inputs), randomSeed=b"seed"
        )
        return self.stub.Check(request)

    def diff(self, short: str, resource_id: str, old: dict[str, Any], new: dict[str, Any]) -> Any:
        request = provider_pb2.DiffRequest(
            id=resource_id, urn=urn_of(token_of(short), "it"), old_inputs=to_struct(old), news=to_struct(new)
        )
        return self.stub.Diff(request)

    def create(self, short: str, inputs: dict[str, Any], *, preview: bool = False) -> Any:
        request = provider_pb2.CreateRequest(
            urn=urn_of(token_of(short), "it"), properties=to_struct(inputs), preview=preview, type=token_of(short)
        )
        return self.stub.Create(request)

    def read(self, short: str, resource_id: str, inputs: dict[str, Any] | None = None) -> Any:
        request = provider_pb2.ReadRequest(
            id=resource_id, urn=urn_of(token_of(short), "it"), inputs=to_struct(inputs or {})
        )
        return self.stub.Read(request)

    def invoke(self, short: str, **arguments: Any) -> dict[str, Any]:
        answer = self.stub.Invoke(provider_pb2.InvokeRequest(tok=token_of(short), args=to_struct(arguments)))
        return from_struct(getattr(answer, "return"))


@pytest.fixture
def plugin(catalog: Catalog, store: Store) -> Iterator[Plugin]:
    Azure(catalog, store).group()
    service = Service(catalog, store)
    server = grpc.server(ThreadPoolExecutor(4))
    provider = Provider(service, Functions(catalog, service), "3.29.0")
    provider_pb2_grpc.add_ResourceProviderServicer_to_server(provider, server)
    port = server.add_insecure_port("127.0.0.1:0")
    server.start()
    with grpc.insecure_channel(f"127.0.0.1:{port}", UNLIMITED) as channel:
        yield Plugin(provider_pb2_grpc.ResourceProviderStub(channel), store)
    server.stop(None).wait()


def refused(call: Any, *arguments: Any, **named: Any) -> tuple[grpc.StatusCode, str]:
    with pytest.raises(grpc.RpcError) as error:
        call(*arguments, **named)
    return error.value.code(), error.value.details()


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
        'accessTier: "Hott" is not an AccessTier; did you mean "Hot"? allowed: Hot, Cool, Premium, Cold',
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


def test_a_refusal_carries_code_message_target_and_resource(plugin: Plugin) -> None:
    plugin.create("network:VirtualNetwork", EXAMPLES["network:VirtualNetwork"])
    subnet = {
        "resourceGroupName": "rg-test",
        "virtualNetworkName": "vnet",
        "subnetName": "s",
        "addressPrefix": "10.9.0.0/24",
    }
    code, text = refused(plugin.create, "network:Subnet", subnet)
    assert code == grpc.StatusCode.FAILED_PRECONDITION
    assert text.splitlines() == [
        'Status=400 Code="NetcfgSubnetRangeOutsideVnet" Message="' + OUTSIDE + '" Target="addressPrefix"',
        "    fix: choose a range inside the network's address space, or widen the address space",
        f"    resource: {GROUP}/providers/Microsoft.Network/virtualNetworks/vnet/subnets/s",
    ]


def test_words_that_are_not_azures_own_say_so(plugin: Plugin) -> None:
    _, text = refused(plugin.create, "storage:StorageAccount", {**ACCOUNT, "accountName": "Nope"})
    assert "(simulator's words)" in text


@pytest.mark.parametrize("operation", ["read", "diff"])
def test_a_real_subscription_is_left_alone(plugin: Plugin, operation: str) -> None:
    real = f"{HUB}/providers/Microsoft.Storage/storageAccounts/sttest"
    call = {
        "read": lambda: plugin.read("storage:StorageAccount", real, ACCOUNT),
        "diff": lambda: plugin.diff("storage:StorageAccount", real, ACCOUNT, ACCOUNT),
    }[operation]
    assert 'Code="RealSubscription"' in refused(call)[1]


def test_a_type_that_does_not_exist_is_an_error_and_no_traceback(plugin: Plugin) -> None:
    for call in (plugin.check, plugin.create):
        code, text = refused(call, "network:Subnets", {})
        assert code == grpc.StatusCode.FAILED_PRECONDITION
        assert "Traceback" not in text


def test_a_store_that_cannot_be_used_is_an_error_that_names_it(plugin: Plugin) -> None:
    plugin.store.close()
    for path in plugin.store.path.parent.glob("subscription.sqlite*"):
        path.unlink()
    plugin.store.path.write_text("not a database" * 100, encoding="utf-8")
    code, text = refused(plugin.create, "storage:StorageAccount", ACCOUNT)
    assert code == grpc.StatusCode.INTERNAL
    assert str(plugin.store.path) in text
    assert "fix:" in text


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
