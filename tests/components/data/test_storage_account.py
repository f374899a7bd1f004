from __future__ import annotations

from dataclasses import replace

import pytest

from components.data.storage_account import StorageAccount, StorageAccountArgs, problems
from tests.components.examples import PROTECTED, STORAGE
from tests.components.recording import Recorded, arm_id, one, record


def made(args: StorageAccountArgs = STORAGE) -> list[Recorded]:
    return record(lambda: StorageAccount("x", args))


def test_only_entra_identities_inside_the_spoke_get_in() -> None:
    inputs = one(made(), "storage:StorageAccount").inputs
    assert inputs["allowSharedKeyAccess"] is False
    assert inputs["publicNetworkAccess"] == "Disabled"
    assert inputs["networkRuleSet"] == {"defaultAction": "Deny", "bypass": "AzureServices"}
    assert inputs["allowBlobPublicAccess"] is False
    assert inputs["isLocalUserEnabled"] is False
    assert inputs["minimumTlsVersion"] == "TLS1_2"
    assert inputs["enableHttpsTrafficOnly"] is True


def test_everything_is_encrypted_twice() -> None:
    encryption = one(made(), "storage:StorageAccount").inputs["encryption"]
    assert encryption["requireInfrastructureEncryption"] is True
    assert set(encryption["services"]) == {"blob", "file", "queue", "table"}


def test_the_sku_is_the_replication() -> None:
    assert one(made(), "storage:StorageAccount").inputs["sku"] == {"name": "Standard_ZRS"}


def test_deleted_data_can_be_undeleted() -> None:
    recorded = made()
    keep = {"enabled": True, "days": 14}
    blobs = one(recorded, "storage:BlobServiceProperties").inputs
    assert blobs["deleteRetentionPolicy"] == keep
    assert blobs["containerDeleteRetentionPolicy"] == keep
    assert blobs["isVersioningEnabled"] is True
    assert one(recorded, "storage:FileServiceProperties").inputs["shareDeleteRetentionPolicy"] == keep


def test_the_lifecycle_waits_for_versioning() -> None:
    recorded = made()
    policy = one(recorded, "storage:ManagementPolicy")
    assert one(recorded, "storage:BlobServiceProperties").urn in policy.depends_on
    actions = policy.inputs["policy"]["rules"][0]["definition"]["actions"]
    assert actions["version"] == {"delete": {"daysAfterCreationGreaterThan": 14}}


@pytest.mark.parametrize("service", ["blob", "file", "queue", "table"])
def test_each_service_is_logged_by_itself(service: str) -> None:
    setting = one(made(), "monitor:DiagnosticSetting", f"x-diag-{service}")
    assert setting.inputs["resourceUri"] == f"{arm_id('x-st')}/{service}Services/default"
    assert {log["category"] for log in setting.inputs["logs"]} == {"StorageRead", "StorageWrite", "StorageDelete"}


def test_the_account_is_protected_where_the_placement_says_so() -> None:
    recorded = made(replace(STORAGE, placement=PROTECTED))
    assert [resource.type for resource in recorded if resource.protect] == ["azure-native:storage:StorageAccount"]


@pytest.mark.parametrize("days", [0, 366])
def test_soft_delete_has_bounds(days: int) -> None:
    assert problems(replace(STORAGE, soft_delete_days=days)) == [f"soft delete of {days} days: storage keeps 1 to 365"]
