"""Create, read, update, delete: what the program is told, and what is kept."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from simulator.errors import ArmError
from simulator.service import DERIVED, NOT_JUDGED
from simulator.store import Note
from simulator.values import UNKNOWN, Secret
from tests.simulator.azure import GROUP, HUB, REGION, Azure, in_group, token_of, urn_of
from tests.simulator.examples import EXAMPLES, VAULT, deploy

ACCOUNT = EXAMPLES["storage:StorageAccount"]
KUSTO = {**in_group(), "clusterName": "dectest", "sku": {"name": "Standard_E2a_v4", "tier": "Standard", "capacity": 2}}


def code_of(refused: pytest.ExceptionInfo[ArmError]) -> list[str]:
    return [refusal.code for refusal in refused.value.refusals]


def test_a_resource_of_another_urn_is_not_taken_over(azure: Azure) -> None:
    azure.create("storage:StorageAccount", "lake", ACCOUNT)
    with pytest.raises(ArmError) as refused:
        azure.create("storage:StorageAccount", "other", ACCOUNT)
    assert code_of(refused) == ["ResourceExists"]
    assert "pulumi import" in str(refused.value)
    assert "storageAccounts/sttest" in str(refused.value)


def test_a_resource_of_the_same_urn_is_taken_up_again_after_a_crash(azure: Azure) -> None:
    first = azure.create("storage:StorageAccount", "lake", ACCOUNT)
    assert azure.another().create("storage:StorageAccount", "lake", ACCOUNT) == first


def test_a_resource_declared_inside_another_one_is_not_made_twice(azure: Azure) -> None:
    azure.network(subnets=[{"name": "snet", "addressPrefix": "10.0.0.0/24"}])
    with pytest.raises(ArmError) as refused:
        azure.subnet("SNET", "10.0.0.0/24")
    assert code_of(refused) == ["ResourceExists"]


def test_the_settings_of_a_service_that_is_born_with_its_account_can_be_written(azure: Azure) -> None:
    azure.create("storage:StorageAccount", "lake", ACCOUNT)
    azure.create("storage:BlobServiceProperties", "blobs", EXAMPLES["storage:BlobServiceProperties"])


def test_a_preview_keeps_nothing(azure: Azure) -> None:
    before = (azure.store.all(), azure.store.notes())
    azure.create("storage:StorageAccount", "lake", ACCOUNT, preview=True)
    azure.create("kusto:Cluster", "kusto", KUSTO, preview=True)
    assert (azure.store.all(), azure.store.notes()) == before


def test_what_is_written_replaces_what_was_only_foreseen(azure: Azure) -> None:
    foretold = azure.create("storage:StorageAccount", "lake", ACCOUNT, preview=True)
    azure.create("kusto:Cluster", "kusto", KUSTO)
    assert azure.service.world.get(foretold.id) is None


def test_an_update_changes_what_the_resource_answers(azure: Azure) -> None:
    made = azure.create("storage:StorageAccount", "lake", ACCOUNT)
    changed = azure.update("storage:StorageAccount", "lake", made, {**ACCOUNT, "accessTier": "Cool"})
    assert (made.outputs["accessTier"], changed.outputs["accessTier"]) == ("Hot", "Cool")
    record = azure.store.get(made.id)
    assert record is not None
    assert record.revision == 2


def test_an_update_of_a_resource_that_somebody_removed_makes_it_again(azure: Azure) -> None:
    made = azure.create("storage:StorageAccount", "lake", ACCOUNT)
    azure.store.remove(made.id)
    assert azure.update("storage:StorageAccount", "lake", made, ACCOUNT).outputs == made.outputs


def test_a_deletion_of_a_resource_that_is_gone_is_no_error(azure: Azure) -> None:
    azure.service.delete(f"{GROUP}/providers/Microsoft.Storage/storageAccounts/gone")


def test_a_refresh_finds_what_somebody_changed_by_hand(azure: Azure) -> None:
    made = azure.create("storage:StorageAccount", "lake", ACCOUNT)
    record = azure.store.get(made.id)
    assert record is not None
    azure.store.put(replace(record, body={**record.body, "accessTier": "Cool", "tags": {"by": "hand"}}))
    read = azure.another().read("storage:StorageAccount", "lake", made.id, made.inputs)
    assert read is not None
    assert (read.outputs["accessTier"], read.inputs["accessTier"]) == ("Cool", "Cool")
    drift = {change.path[0]: change.kind for change in azure.diff("storage:StorageAccount", read.inputs, made.inputs)}
    assert drift == {"accessTier": "delete", "tags": "delete"}


def test_a_refresh_finds_what_somebody_removed(azure: Azure) -> None:
    made = azure.create("storage:StorageAccount", "lake", ACCOUNT)
    azure.store.remove(made.id)
    assert azure.read("storage:StorageAccount", "lake", made.id, made.inputs) is None


def test_an_id_outside_the_store_is_read_on_trust_and_noted(azure: Azure) -> None:
    hub = f"{HUB}/providers/Microsoft.Network/virtualNetworks/hub"
    found = azure.read("network:VirtualNetwork", "hub", hub)
    assert found is not None
    assert found.id == hub
    assert found.outputs["name"] == "hub"
    assert Note(urn_of("azure-native:network:VirtualNetwork", "hub"), "trusted", hub) in azure.store.notes()


def test_an_id_that_would_lie_in_a_resource_of_the_store_is_not_invented(azure: Azure) -> None:
    azure.network()
    subnet = f"{GROUP}/providers/Microsoft.Network/virtualNetworks/vnet/subnets/none"
    assert azure.read("network:Subnet", "none", subnet) is None


@pytest.mark.parametrize("resource_id", [VAULT, "nonsense", f"{GROUP}/providers/Microsoft.Network/virtualNetworks"])
def test_an_id_of_another_kind_is_refused(azure: Azure, resource_id: str) -> None:
    with pytest.raises(ArmError) as refused:
        azure.read("network:VirtualNetwork", "vnet", resource_id)
    assert resource_id in str(refused.value)


def test_ids_are_found_whatever_their_case(azure: Azure) -> None:
    made = azure.create("storage:StorageAccount", "lake", ACCOUNT)
    shouting = made.id.replace("sttest", "STTEST").replace("resourceGroups", "resourcegroups")
    read = azure.read("storage:StorageAccount", "lake", shouting, made.inputs)
    assert read == made
    azure.service.delete(shouting)
    assert azure.store.get(made.id) is None


def test_an_id_with_an_unknown_part_is_unknown_and_so_is_what_follows_from_it(azure: Azure) -> None:
    foretold = azure.create("keyvault:Secret", "s", {**EXAMPLES["keyvault:Secret"], "vaultName": UNKNOWN}, preview=True)
    assert foretold.id == ""
    assert foretold.outputs["name"] is UNKNOWN
    assert "hunter2" not in repr(foretold.outputs)


def test_an_id_without_a_part_names_the_input(azure: Azure) -> None:
    with pytest.raises(ArmError) as refused:
        azure.service.create("urn", "azure-native:network:Subnet", {"resourceGroupName": "rg"}, preview=True)
    assert code_of(refused) == ["MissingParameter"]
    assert "virtualNetworkName" in str(refused.value)


def test_an_unknown_value_does_not_reach_the_subscription(azure: Azure) -> None:
    with pytest.raises(ArmError, match=r"unknown values reached `up`: tags"):
        azure.create("storage:StorageAccount", "lake", {**ACCOUNT, "tags": {"a": Secret(UNKNOWN)}})
    assert azure.store.get(f"{GROUP}/providers/Microsoft.Storage/storageAccounts/sttest") is None


def test_a_refused_request_leaves_nothing(azure: Azure) -> None:
    with pytest.raises(ArmError):
        azure.create("storage:StorageAccount", "lake", {**ACCOUNT, "accountName": "Not_A_Name"})
    assert [record.type for record in azure.store.all()] == ["Microsoft.Resources/resourceGroups"]
    assert azure.store.notes() == []


def test_a_type_that_the_sdk_lacks_is_answered_with_the_closest(azure: Azure) -> None:
    with pytest.raises(ArmError) as refused:
        azure.service.check("urn", "azure-native:network:Subnets", {}, {})
    assert code_of(refused) == ["InvalidResourceType"]
    assert "did you mean azure-native:network:Subnet?" in str(refused.value)


# Secrets


def test_a_secret_comes_back_as_a_secret(azure: Azure) -> None:
    inputs = {**ACCOUNT, "tags": {"pin": Secret("hunter2"), "plain": "x"}}
    made = azure.create("storage:StorageAccount", "lake", inputs)
    assert made.outputs["tags"] == {"pin": Secret("hunter2"), "plain": "x"}
    assert azure.read("storage:StorageAccount", "lake", made.id, made.inputs) == made


def test_a_secret_is_still_one_when_it_is_imported(azure: Azure) -> None:
    made = azure.create("storage:StorageAccount", "lake", {**ACCOUNT, "tags": {"pin": Secret("hunter2")}})
    imported = azure.read("storage:StorageAccount", "imported", made.id)
    assert imported is not None
    assert imported.inputs["tags"] == imported.outputs["tags"] == {"pin": Secret("hunter2")}


def test_what_the_service_takes_and_never_answers_is_not_answered(azure: Azure) -> None:
    deploy(azure, until="keyvault:Secret")
    made = azure.create("keyvault:Secret", "s", {**EXAMPLES["keyvault:Secret"], "properties": {"value": Secret("x")}})
    assert "value" not in made.outputs["properties"]
    assert made.inputs["properties"] == {"value": Secret("x")}


# Types without a model


def test_a_type_without_a_model_is_accepted_with_placeholders_and_noted(azure: Azure) -> None:
    made = azure.create("kusto:Cluster", "kusto", KUSTO)
    assert made.id == f"{GROUP}/providers/Microsoft.Kusto/clusters/dectest"
    assert made.outputs["type"] == "Microsoft.Kusto/clusters"
    assert made.outputs["provisioningState"] == "Succeeded"
    assert made.outputs["location"] == REGION
    assert made.outputs["etag"].startswith('W/"')
    assert all(value is not None for value in made.outputs.values())
    assert notes_of(azure, "kusto:Cluster", "kusto") == {(NOT_JUDGED, "azure-native:kusto:Cluster")}


def test_what_was_noted_about_a_resource_goes_with_it(azure: Azure) -> None:
    made = azure.create("kusto:Cluster", "kusto", KUSTO)
    azure.service.delete(made.id)
    assert azure.store.notes() == []


def test_an_id_that_is_only_derived_is_noted(azure: Azure) -> None:
    inputs = {**in_group(), "accountName": "share", "identity": {"type": "SystemAssigned"}}
    account = azure.create("datashare:Account", "account", inputs)
    assert account.outputs["identity"]["principalId"] == account.outputs["identity"]["principalId"].lower()
    share = {"resourceGroupName": "rg-test", "accountName": "share", "shareName": "s", "shareKind": "CopyBased"}
    azure.create("datashare:Share", "share", share)
    invitation = {"resourceGroupName": "rg-test", "accountName": "share", "shareName": "s", "invitationName": "i"}
    azure.create("datashare:Invitation", "i", invitation)
    assert {kind for kind, _ in notes_of(azure, "datashare:Invitation", "i")} == {NOT_JUDGED, DERIVED}


def test_a_version_in_the_token_makes_the_same_resource(azure: Azure) -> None:
    inputs = {**in_group(), "virtualNetworkName": "vnet", "addressSpace": {"addressPrefixes": ["10.0.0.0/16"]}}
    made = azure.create("azure-native:network/v20230201:VirtualNetwork", "vnet", inputs)
    assert made == azure.create("network:VirtualNetwork", "vnet", inputs, urn=urn_of(
        "azure-native:network/v20230201:VirtualNetwork", "vnet"
    ))  # fmt: skip
    assert azure.store.notes() == []


def notes_of(azure: Azure, short: str, name: str) -> set[tuple[str, str]]:
    urn = urn_of(token_of(short), name)
    return {(note.kind, note.detail) for note in azure.store.notes() if note.urn == urn}


# Regions


@pytest.mark.parametrize("spelled", ["Canada Central", "canadacentral", "CanadaCentral"])
def test_a_region_is_answered_in_its_normal_form_and_spelling_is_no_change(azure: Azure, spelled: str) -> None:
    made = azure.create("storage:StorageAccount", "lake", {**ACCOUNT, "location": spelled})
    assert made.outputs["location"] == REGION
    assert azure.diff("storage:StorageAccount", made.inputs, {**made.inputs, "location": "Canada Central"}) == []


def test_a_resource_that_names_no_region_has_that_of_its_group(azure: Azure) -> None:
    inputs = {name: value for name, value in ACCOUNT.items() if name != "location"}
    assert azure.checked("storage:StorageAccount", "lake", inputs)["location"] == REGION


def test_the_region_of_the_provider_goes_before_that_of_the_group(azure: Azure) -> None:
    azure.service.location = "canadaeast"
    inputs: dict[str, Any] = {name: value for name, value in ACCOUNT.items() if name != "location"}
    assert azure.checked("storage:StorageAccount", "lake", inputs)["location"] == "canadaeast"
    assert azure.checked("storage:StorageAccount", "lake", ACCOUNT)["location"] == REGION


def test_a_program_that_stops_naming_the_region_changes_nothing(azure: Azure) -> None:
    azure.service.location = "canadaeast"
    made = azure.create("storage:StorageAccount", "lake", ACCOUNT)
    silent: dict[str, Any] = {name: value for name, value in ACCOUNT.items() if name != "location"}
    filled = azure.checked("storage:StorageAccount", "lake", silent, made.inputs)
    assert filled["location"] == REGION
    assert azure.diff("storage:StorageAccount", made.inputs, filled) == []


def test_a_region_is_unknown_while_its_group_is(azure: Azure) -> None:
    inputs = {**{name: value for name, value in ACCOUNT.items() if name != "location"}, "resourceGroupName": UNKNOWN}
    assert azure.checked("storage:StorageAccount", "lake", inputs)["location"] is UNKNOWN


def test_a_group_outside_the_store_lends_no_region(azure: Azure) -> None:
    inputs = {**{name: value for name, value in ACCOUNT.items() if name != "location"}, "resourceGroupName": "other"}
    assert "location" not in azure.checked("storage:StorageAccount", "lake", inputs)


def test_a_group_has_to_be_somewhere(azure: Azure) -> None:
    with pytest.raises(ArmError) as refused:
        azure.create("resources:ResourceGroup", "other", {"resourceGroupName": "rg-other"})
    assert code_of(refused) == ["LocationRequired"]
    assert "azure-native:location" in str(refused.value)
