"""Deleted resources keep their name, for as long as Azure keeps it, and come back where the program asks for them."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest

from simulator.drift import DriftError, delete, purge
from simulator.errors import ArmError
from simulator.soft_delete import bury
from tests.simulator.azure import GROUP, Azure, in_group
from tests.simulator.examples import EXAMPLES

VAULT = EXAMPLES["keyvault:Vault"]
VAULT_ID = f"{GROUP}/providers/Microsoft.KeyVault/vaults/{VAULT['vaultName']}"
STORE = {**in_group(), "configStoreName": "appcs-test", "sku": {"name": "Standard"}}
GATEWAY = {
    **in_group(), "serviceName": "apim-test", "publisherEmail": "a@b.ca", "publisherName": "a",
    "sku": {"name": "Developer", "capacity": 1},
}  # fmt: skip
ACCOUNT = {**in_group(), "accountName": "cog-test", "kind": "OpenAI", "sku": {"name": "S0"}}
WORKSPACE = {
    **in_group(), "workspaceName": "mlw-test", "kind": "Default", "identity": {"type": "SystemAssigned"},
    "storageAccount": "/subscriptions/1/resourceGroups/r/providers/Microsoft.Storage/storageAccounts/st",
    "keyVault": "/subscriptions/1/resourceGroups/r/providers/Microsoft.KeyVault/vaults/kv",
    "applicationInsights": "/subscriptions/1/resourceGroups/r/providers/Microsoft.Insights/components/ai",
}  # fmt: skip
LOGS = {**in_group(), "workspaceName": "log-test"}
NAMES = "short", "inputs", "code"


def with_vault(**properties: Any) -> dict[str, Any]:
    return {**VAULT, "properties": {**VAULT["properties"], **properties}}


def deleted(azure: Azure, short: str, inputs: dict[str, Any]) -> str:
    made = azure.create(short, "first", inputs)
    azure.service.delete(made.id)
    return made.id


@pytest.mark.parametrize(
    NAMES,
    [
        ("keyvault:Vault", VAULT, "ConflictError"),
        ("cognitiveservices:Account", ACCOUNT, "FlagMustBeSetForRestore"),
        ("machinelearningservices:Workspace", WORKSPACE, "BadRequest"),
        ("appconfiguration:ConfigurationStore", STORE, "NameUnavailable"),
        ("apimanagement:ApiManagementService", GATEWAY, "ServiceAlreadyExistsInSoftDeletedState"),
    ],
)
def test_the_name_of_a_deleted_resource_is_taken_until_it_is_purged(
    azure: Azure, short: str, inputs: dict[str, Any], code: str
) -> None:
    resource_id = deleted(azure, short, inputs)
    for preview in (True, False):
        with pytest.raises(ArmError) as refused:
            azure.another().create(short, "second", inputs, preview=preview)
        assert [refusal.code for refusal in refused.value.refusals] == [code]
    assert purge(azure.store, resource_id, date.max).id == resource_id
    azure.create(short, "second", inputs)


@pytest.mark.parametrize(
    ("short", "inputs", "recovering"),
    [
        ("keyvault:Vault", VAULT, with_vault(createMode="recover")),
        ("cognitiveservices:Account", ACCOUNT, {**ACCOUNT, "properties": {"restore": True}}),
        ("appconfiguration:ConfigurationStore", STORE, {**STORE, "createMode": "Recover"}),
        ("apimanagement:ApiManagementService", GATEWAY, {**GATEWAY, "restore": True}),
        ("operationalinsights:Workspace", LOGS, LOGS),
    ],
)
def test_a_deleted_resource_is_recovered_by_what_asks_for_it(
    azure: Azure, short: str, inputs: dict[str, Any], recovering: dict[str, Any]
) -> None:
    deleted(azure, short, inputs)
    azure.create(short, "second", recovering)
    assert azure.store.tombstones() == []


@pytest.mark.parametrize(
    ("short", "inputs"),
    [
        ("appconfiguration:ConfigurationStore", {**STORE, "sku": {"name": "Free"}}),
        ("machinelearningservices:Workspace", {**WORKSPACE, "kind": "Hub"}),
        ("storage:StorageAccount", EXAMPLES["storage:StorageAccount"]),
    ],
)
def test_what_azure_does_not_keep_is_gone_at_once(azure: Azure, short: str, inputs: dict[str, Any]) -> None:
    deleted(azure, short, inputs)
    azure.create(short, "second", inputs)


@pytest.mark.parametrize(("said", "days"), [({}, 90), ({"softDeleteRetentionInDays": 7}, 7)])
def test_a_name_is_free_again_when_its_days_are_over(azure: Azure, said: dict[str, int], days: int) -> None:
    plain = {name: value for name, value in VAULT["properties"].items() if name != "softDeleteRetentionInDays"}
    inputs = {**VAULT, "properties": {**plain, **said}}
    record = azure.store.get(azure.create("keyvault:Vault", "first", inputs).id)
    assert record is not None
    azure.store.remove(record.id)
    bury(azure.store, record, date.today() - timedelta(days=days - 1))  # noqa: DTZ011
    with pytest.raises(ArmError):
        azure.create("keyvault:Vault", "second", inputs)
    bury(azure.store, record, date.today() - timedelta(days=days))  # noqa: DTZ011
    azure.create("keyvault:Vault", "second", inputs)


def test_purge_protection_keeps_a_name_until_its_day(azure: Azure) -> None:
    deleted(azure, "keyvault:Vault", with_vault(enablePurgeProtection=True))
    [buried] = azure.store.tombstones()
    with pytest.raises(DriftError, match=f"stays taken until {buried.until}"):
        purge(azure.store, VAULT_ID, buried.until - timedelta(days=1))
    purge(azure.store, VAULT_ID.upper(), buried.until)


def test_only_what_was_deleted_can_be_purged(azure: Azure) -> None:
    deleted(azure, "appconfiguration:ConfigurationStore", STORE)
    with pytest.raises(DriftError, match="appcs-test"):
        purge(azure.store, VAULT_ID)


def test_what_goes_with_its_group_or_by_hand_keeps_its_name_too(azure: Azure) -> None:
    azure.create("keyvault:Vault", "first", VAULT)
    azure.create("appconfiguration:ConfigurationStore", "first", STORE)
    azure.service.delete(GROUP)
    azure.group()
    azure.create("apimanagement:ApiManagementService", "first", GATEWAY)
    delete(azure.store, f"{GROUP}/providers/Microsoft.ApiManagement/service/apim-test")
    assert [each.id.rsplit("/", 1)[-1] for each in azure.store.tombstones()] == [
        "apim-test", "appcs-test", VAULT["vaultName"],
    ]  # fmt: skip


def test_a_name_that_is_unique_in_its_group_only_is_free_in_another(azure: Azure) -> None:
    deleted(azure, "machinelearningservices:Workspace", WORKSPACE)
    azure.create("resources:ResourceGroup", "other", {"resourceGroupName": "rg-other", "location": "canadacentral"})
    azure.create("machinelearningservices:Workspace", "second", {**WORKSPACE, "resourceGroupName": "rg-other"})


def test_a_deletion_that_is_refused_buries_nothing(azure: Azure) -> None:
    azure.create("keyvault:Vault", "first", VAULT)
    lock = {"scope": VAULT_ID, "lockName": "keep", "level": "CanNotDelete"}
    azure.create("authorization:ManagementLockByScope", "lock", lock)
    with pytest.raises(ArmError, match="ScopeLocked"):
        azure.service.delete(VAULT_ID)
    assert azure.store.tombstones() == []


def test_a_deleted_secret_keeps_its_name_in_its_vault_only(azure: Azure) -> None:
    azure.create("keyvault:Vault", "first", VAULT)
    other = {**VAULT, "vaultName": "kv-other"}
    azure.create("keyvault:Vault", "other", other)
    secret = {**EXAMPLES["keyvault:Secret"], "vaultName": VAULT["vaultName"]}
    deleted(azure, "keyvault:Secret", secret)
    with pytest.raises(ArmError) as refused:
        azure.create("keyvault:Secret", "second", secret)
    assert [refusal.code for refusal in refused.value.refusals] == ["Conflict"]
    assert [buried.until for buried in azure.store.tombstones()] == [expected_end(VAULT)]
    azure.create("keyvault:Secret", "second", {**secret, "vaultName": "kv-other"})


def test_a_secret_goes_with_its_vault_and_is_purged_with_it(azure: Azure) -> None:
    azure.create("keyvault:Vault", "first", VAULT)
    secret = {**EXAMPLES["keyvault:Secret"], "vaultName": VAULT["vaultName"]}
    deleted(azure, "keyvault:Secret", secret)
    azure.create("keyvault:Secret", "another", {**secret, "secretName": "another"})
    azure.service.delete(VAULT_ID)
    assert len(azure.store.tombstones()) == 2
    purge(azure.store, VAULT_ID, date.max)
    azure.create("keyvault:Vault", "first", VAULT)
    azure.create("keyvault:Secret", "first", secret)
    azure.create("keyvault:Secret", "another", {**secret, "secretName": "another"})


def expected_end(vault: dict[str, Any]) -> date:
    days = vault["properties"].get("softDeleteRetentionInDays", 90)
    return date.today() + timedelta(days=days)  # noqa: DTZ011
