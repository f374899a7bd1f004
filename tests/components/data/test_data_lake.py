from __future__ import annotations

from dataclasses import replace

from components.data.data_lake import DataLake, DataLakeArgs, problems
from tests.components.examples import LAKE, PROTECTED
from tests.components.recording import Recorded, one, record


def made(args: DataLakeArgs = LAKE) -> list[Recorded]:
    return record(lambda: DataLake("x", args))


def test_the_lake_is_hierarchical() -> None:
    assert one(made(), "storage:StorageAccount").inputs["isHnsEnabled"] is True


def test_nothing_asks_for_versions_which_a_hierarchical_account_refuses() -> None:
    recorded = made()
    assert one(recorded, "storage:BlobServiceProperties").inputs["isVersioningEnabled"] is False
    actions = one(recorded, "storage:ManagementPolicy").inputs["policy"]["rules"][0]["definition"]["actions"]
    assert set(actions) == {"baseBlob"}


def test_each_file_system_is_private_and_protected_with_the_lake() -> None:
    recorded = made(replace(LAKE, placement=PROTECTED))
    systems = [resource for resource in recorded if resource.type.endswith(":BlobContainer")]
    assert [system.inputs["containerName"] for system in systems] == ["curated", "raw"]
    assert all(system.inputs["publicAccess"] == "None" and system.protect for system in systems)


def test_a_file_system_named_twice_is_a_problem() -> None:
    assert problems(replace(LAKE, file_systems=("raw", "raw"))) == ["file systems raw, raw: a name occurs twice"]


def test_what_holds_for_every_account_holds_for_the_lake() -> None:
    assert problems(replace(LAKE, soft_delete_days=0)) == ["soft delete of 0 days: storage keeps 1 to 365"]
