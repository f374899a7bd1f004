from __future__ import annotations

from dataclasses import replace
from typing import Literal

import pytest

from components.data.blob_protection import BlobProtection
from components.data.storage_account import StorageAccount, StorageAccountArgs, problems
from tests.components.data.examples import SCANNED, encrypted_account
from tests.components.examples import PROTECTED, PROTECTION, STORAGE
from tests.components.recording import Recorded, arm_id, one, record


def made(args: StorageAccountArgs = STORAGE) -> list[Recorded]:
    return record(lambda: StorageAccount("x", args))


@pytest.mark.capability("K2")
def test_only_entra_identities_inside_the_spoke_get_in() -> None:
    inputs = one(made(), "storage:StorageAccount").inputs
    assert inputs["allowSharedKeyAccess"] is False
    assert inputs["publicNetworkAccess"] == "Disabled"
    assert inputs["networkRuleSet"] == {"defaultAction": "Deny", "bypass": "AzureServices"}
    assert inputs["allowBlobPublicAccess"] is False
    assert inputs["isLocalUserEnabled"] is False
    assert inputs["minimumTlsVersion"] == "TLS1_2"
    assert inputs["enableHttpsTrafficOnly"] is True


@pytest.mark.capability("K2")
def test_everything_is_encrypted_twice() -> None:
    encryption = one(made(), "storage:StorageAccount").inputs["encryption"]
    assert encryption["requireInfrastructureEncryption"] is True
    assert set(encryption["services"]) == {"blob", "file", "queue", "table"}


def test_the_sku_is_the_replication() -> None:
    assert one(made(), "storage:StorageAccount").inputs["sku"] == {"name": "Standard_ZRS"}


@pytest.mark.capability("K4")
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


@pytest.mark.capability("K3")
def test_a_key_of_our_own_encrypts_everything_and_is_followed_when_it_is_rotated() -> None:
    recorded = record(lambda: StorageAccount("x", encrypted_account()))
    account = one(recorded, "storage:StorageAccount")
    identity = arm_id("encryption-storage-id")
    assert account.inputs["identity"] == {"type": "UserAssigned", "userAssignedIdentities": [identity]}
    encryption = account.inputs["encryption"]
    assert encryption["keySource"] == "Microsoft.Keyvault"
    assert encryption["keyVaultProperties"] == {"keyName": "storage", "keyVaultUri": "https://a-vault.example/"}
    assert encryption["encryptionIdentity"] == {"encryptionUserAssignedIdentity": identity}
    assert one(recorded, "UserAssignedIdentity", "storage-role").urn in account.depends_on


@pytest.mark.capability("K4")
def test_the_account_can_go_back_to_an_earlier_moment() -> None:
    blobs = one(made(), "storage:BlobServiceProperties").inputs
    assert blobs["restorePolicy"] == {"enabled": True, "days": 7}
    assert blobs["changeFeed"] == {"enabled": True, "retentionInDays": 30}


@pytest.mark.capability("K4")
def test_what_nobody_writes_gets_colder() -> None:
    actions = one(made(), "storage:ManagementPolicy").inputs["policy"]["rules"][0]["definition"]["actions"]
    assert actions["baseBlob"] == {
        "tierToCool": {"daysAfterModificationGreaterThan": 30},
        "tierToCold": {"daysAfterModificationGreaterThan": 90},
    }


@pytest.mark.capability("K4")
def test_uploads_are_scanned_for_malware_whatever_the_subscription_says() -> None:
    properties = one(record(lambda: StorageAccount("x", SCANNED)), "security:DefenderForStorage").inputs["properties"]
    assert properties["overrideSubscriptionLevelSettings"] is True
    assert properties["malwareScanning"] == {"onUpload": {"isEnabled": True, "capGBPerMonth": 100}}
    assert properties["sensitiveDataDiscovery"] == {"isEnabled": True}


@pytest.mark.parametrize(
    ("protection", "problem"),
    [
        (replace(PROTECTION, soft_delete_days=366), "soft delete of 366 days: storage keeps 1 to 365"),
        (
            replace(PROTECTION, restore_days=14),
            "restore within 14 days: must be 1 or more and less than the 14 days of soft delete",
        ),
        (replace(PROTECTION, change_feed_days=7), "change feed of 7 days: must be longer than restore_days"),
    ],
)
def test_protection_has_bounds(protection: BlobProtection, problem: str) -> None:
    assert problems(replace(STORAGE, protection=protection)) == [problem]


@pytest.mark.parametrize(
    ("replication", "archive", "count"), [("ZRS", 365, 1), ("GZRS", 365, 1), ("GRS", 365, 0), ("LRS", 60, 1)]
)
def test_only_accounts_without_zones_have_an_archive(
    replication: Literal["LRS", "ZRS", "GRS", "GZRS"], archive: int, count: int
) -> None:
    tiers = replace(PROTECTION.lifecycle, archive_after_days=archive)
    args = replace(STORAGE, replication=replication, protection=replace(PROTECTION, lifecycle=tiers))
    assert len(problems(args)) == count
