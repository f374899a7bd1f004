"""What moves and works data: event streams, Data Factory, Databricks."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from stacks.sections.section import Section
from stacks.types import ContainerName, Guid, ResourceId


class StreamSettings(Section):
    """One event hub."""

    partitions: int = Field(default=4, ge=1, le=100, description="Optional. Readers at once; fixed in Standard.")
    retention_hours: int = Field(default=24, ge=1, le=2160, description="Optional. Hours for which events are kept.")
    consumers: tuple[ContainerName, ...] = Field(
        default=(), description="Optional. Consumer groups: one for each application that reads."
    )
    capture_to: ContainerName | None = Field(
        default=None, description="Optional. File system of the lake that keeps every event; absent: none does."
    )


class EventStreamsSettings(Section):
    """An Event Hubs namespace; local keys are off and it has a private address only."""

    sku: Literal["Standard", "Premium"] = Field(
        default="Standard", description="Conditional. Customer-managed keys need Premium; can't change later."
    )
    capacity: int = Field(default=1, ge=1, le=40, description="Optional. Throughput units, or processing units.")
    streams: dict[ContainerName, StreamSettings] = Field(
        default={}, description="Optional. Event hubs by name, such as inference."
    )


class DataFactorySettings(Section):
    """A data factory in a network that Microsoft manages."""

    compute: Literal["General", "MemoryOptimized"] = Field(
        default="General", description="Optional. Machines of mapping data flows."
    )
    cores: Literal[8, 16, 32, 48, 80, 144, 272] = Field(
        default=8, description="Optional. Cores of one cluster of data flows; billed while it runs."
    )
    idle_minutes: int = Field(
        default=10, ge=0, le=240, description="Optional. Minutes that a cluster waits for more work; billed as well."
    )
    purview_account_id: ResourceId | None = Field(
        default=None, description="Optional. Microsoft Purview account that gets the lineage; absent: none does."
    )


class DatabricksSettings(Section):
    """A Databricks workspace in the spoke; needs the subnets databricks_public and databricks_private."""

    application_object_id: Guid | None = Field(
        default=None,
        description="Conditional. Object id in this tenant of AzureDatabricks, Microsoft's enterprise application; "
        "needed with customer-managed keys, which it uses for notebooks.",
    )
    hosts_sign_in: bool = Field(
        default=True,
        description="Optional. Carries the sign-in of every workspace behind the same DNS zones: one workspace must.",
    )
