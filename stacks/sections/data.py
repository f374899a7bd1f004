"""Where data lies: storage and the lake."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from stacks.sections.section import Section
from stacks.types import ContainerName

ImmutableDays = Annotated[int, Field(ge=1, le=146_000)]


class LifecycleSettings(Section):
    """When blobs that nobody writes go to a cheaper tier, and cost more to read."""

    cool_after_days: int = Field(default=30, ge=1, description="Optional. Days without a write until the cool tier.")
    cold_after_days: int | None = Field(
        default=90, ge=1, description="Optional. Days until the cold tier; null: never."
    )
    archive_after_days: int | None = Field(
        default=None, ge=1, description="Optional. Days until the archive, which takes hours to read; absent: never."
    )


class DefenderForStorageSettings(Section):
    """Microsoft Defender for each account of the platform, whatever the subscription's plan is."""

    malware_scan_gib_per_month: int = Field(
        default=5000, ge=0, description="Optional. Most that is scanned for malware, for each account; 0: nothing."
    )
    find_sensitive_data: bool = Field(
        default=True, description="Optional. Look for personal and financial data in what is stored."
    )


class StorageSettings(Section):
    """Azure ML's default account and the data lake."""

    replication: Literal["LRS", "ZRS", "GRS", "GZRS"] = Field(description="Required. How copies are spread.")
    soft_delete_days: int = Field(default=30, ge=1, le=365, description="Optional. Undelete window for blobs.")
    restore_days: int | None = Field(
        default=None, ge=1, le=364, description="Optional. Days back to which the default account can be restored."
    )
    change_feed_days: int = Field(
        default=90, ge=1, description="Optional. Days for which changes to the default account can be read."
    )
    lifecycle: LifecycleSettings = Field(default=LifecycleSettings(), description="Optional. When blobs grow cold.")
    defender: DefenderForStorageSettings | None = Field(
        default=None, description="Optional. Defender for these accounts; absent: what the subscription's plan says."
    )
    lake_containers: tuple[ContainerName, ...] = Field(
        default=("bronze", "silver", "gold", "features"),
        min_length=1,
        description="Optional. File systems of the data lake: as it came, cleaned, ready for use, features.",
    )
    retired_lake_containers: tuple[ContainerName, ...] = Field(
        default=(), description="Conditional. File systems under an earlier name, kept until they are empty."
    )
    immutable_days: dict[ContainerName, ImmutableDays] = Field(
        default={}, description="Optional. Days for which nobody can change or delete a file, by file system."
    )
    own_key_containers: tuple[ContainerName, ...] = Field(
        default=(), description="Optional. File systems with a customer-managed key of their own; fixed at creation."
    )
