from __future__ import annotations

from dataclasses import replace

import pytest

from components.data.data_lake import DataLake, DataLakeArgs, problems
from tests.components.data.examples import guarded_lake
from tests.components.examples import LAKE, PROTECTED, PROTECTION
from tests.components.recording import Recorded, arm_id, one, record


def made(args: DataLakeArgs = LAKE) -> list[Recorded]:
    return record(lambda: DataLake("x", args))


@pytest.mark.capability("K2", "D3")
def test_the_lake_is_hierarchical() -> None:
    assert one(made(), "storage:StorageAccount").inputs["isHnsEnabled"] is True


@pytest.mark.capability("K4")
def test_nothing_asks_for_versions_which_a_hierarchical_account_refuses() -> None:
    recorded = made()
    assert one(recorded, "storage:BlobServiceProperties").inputs["isVersioningEnabled"] is False
    actions = one(recorded, "storage:ManagementPolicy").inputs["policy"]["rules"][0]["definition"]["actions"]
    assert set(actions) == {"baseBlob"}
    assert "changeFeed" not in one(recorded, "storage:BlobServiceProperties").inputs
    assert "restorePolicy" not in one(recorded, "storage:BlobServiceProperties").inputs


def test_each_file_system_is_private_and_protected_with_the_lake() -> None:
    recorded = made(replace(LAKE, placement=PROTECTED))
    systems = [resource for resource in recorded if resource.type.endswith(":BlobContainer")]
    assert [system.inputs["containerName"] for system in systems] == ["curated", "raw"]
    assert all(system.inputs["publicAccess"] == "None" and system.protect for system in systems)


def test_a_file_system_named_twice_is_a_problem() -> None:
    assert problems(replace(LAKE, file_systems=("raw", "raw"))) == ["file systems raw, raw: a name occurs twice"]


def test_what_holds_for_every_account_holds_for_the_lake() -> None:
    unprotected = replace(PROTECTION, soft_delete_days=0, restore_days=None)
    assert problems(replace(LAKE, protection=unprotected)) == ["soft delete of 0 days: storage keeps 1 to 365"]


@pytest.mark.capability("K4")
def test_an_immutable_file_system_can_still_be_written_to() -> None:
    policy = one(record(lambda: DataLake("x", guarded_lake())), "BlobContainerImmutabilityPolicy").inputs
    assert policy["immutabilityPeriodSinceCreationInDays"] == 30
    assert policy["allowProtectedAppendWritesAll"] is True
    assert policy["containerName"] == "name-of-x-fs-raw"


@pytest.mark.capability("K3")
def test_a_file_system_has_a_key_of_its_own_that_no_writer_can_avoid() -> None:
    recorded = record(lambda: DataLake("x", guarded_lake()))
    scope = one(recorded, "storage:EncryptionScope")
    assert scope.inputs["keyVaultProperties"] == {"keyUri": "https://a-vault.example/keys/lake-curated"}
    assert scope.inputs["requireInfrastructureEncryption"] is True
    container = one(recorded, "storage:BlobContainer", "x-fs-curated").inputs
    assert container["denyEncryptionScopeOverride"] is True
    assert container["defaultEncryptionScope"] == "name-of-x-scope-curated"
    account = one(recorded, "storage:StorageAccount").inputs
    assert account["identity"]["userAssignedIdentities"] == [arm_id("encryption-storage-id")]


@pytest.mark.parametrize(
    ("changes", "problem"),
    [
        ({"immutable_days": {"gold": 5}}, "file system gold is protected but not made"),
        ({"immutable_days": {"raw": 0}}, "raw immutable for 0 days: 1 to 146000"),
    ],
)
def test_protection_fits_the_file_systems(changes: dict[str, dict[str, int]], problem: str) -> None:
    assert problems(replace(LAKE, immutable_days=changes["immutable_days"])) == [problem]
