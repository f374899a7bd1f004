"""What holds data."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from stacks.sections.section import Section
from stacks.types import ContainerName


class StorageSettings(Section):
    """Azure ML's default account and the data lake."""

    replication: Literal["LRS", "ZRS", "GRS", "GZRS"] = Field(description="Required. How copies are spread.")
    soft_delete_days: int = Field(default=30, ge=1, le=365, description="Optional. Undelete window for blobs.")
    lake_containers: tuple[ContainerName, ...] = Field(
        default=("raw", "curated", "features"), min_length=1, description="Optional. File systems of the data lake."
    )


class RegistrySettings(Section):
    """The container registry (always Premium: private endpoints need it)."""

    zone_redundancy: bool = Field(default=False, description="Optional. Needs a region with zones.")
    untagged_retention_days: int = Field(
        default=30, ge=0, le=365, description="Optional. Days until an untagged image is deleted."
    )
