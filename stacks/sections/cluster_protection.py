"""How the AKS cluster is protected: the way to its API server, encryption, admission, backup."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from stacks.sections.section import Section
from stacks.types import LocalTime, Namespace, ResourceId


class ApiServerSettings(Section):
    """The way to the private API server. It has no public name, and nothing runs commands past the network."""

    access: Literal["vnet_integration", "private_endpoint"] = Field(
        default="vnet_integration",
        description="Optional. A load balancer in the subnet `api_server`, or a private endpoint; integration stays.",
    )
    private_dns_zone: Literal["platform", "system"] | ResourceId = Field(
        default="platform",
        description="Optional. The platform's zone, one that AKS makes, or a zone's id (a hub's); fixed at creation.",
    )


class ClusterEncryptionSettings(Section):
    """What is encrypted in the cluster besides what Azure always encrypts."""

    etcd_customer_key: bool | None = Field(
        default=None,
        description="Optional. Kubernetes secrets are encrypted with a key of ours (KMS); absent: as classified.",
    )
    disk_customer_key: bool | None = Field(
        default=None,
        description="Optional. Disks of nodes and volumes take a key of ours, too; fixed at creation; absent: as "
        "classified.",
    )
    at_host: bool = Field(
        default=True, description="Optional. Temporary disks and caches are encrypted on the host; fixed at creation."
    )
    fips: bool | None = Field(
        default=None,
        description="Optional. System and user pools run FIPS 140-3 images; changing it re-images; absent: as "
        "classified.",
    )


class SafeguardsSettings(Section):
    """Deployment safeguards: what a manifest must say before the cluster takes it."""

    level: Literal["Warn", "Enforce"] = Field(
        default="Enforce", description="Optional. Enforce refuses and completes manifests; Warn only tells."
    )
    excluded_namespaces: tuple[Namespace, ...] = Field(
        default=(), description="Optional. Namespaces of the platform's own charts, which can't be changed."
    )


class ClusterBackupSettings(Section):
    """Backups of the cluster's objects and volumes."""

    start: LocalTime = Field(default="03:00", description="Optional. HH:MM, UTC: when the daily backup begins.")
    retention_days: int = Field(default=14, ge=1, le=360, description="Optional. Days that snapshots are kept.")
    vault_retention_days: int | None = Field(
        default=None,
        ge=1,
        le=3650,
        description="Optional. Days that a copy of each day's first backup is kept in the vault; absent: no copy.",
    )
    redundancy: Literal["LocallyRedundant", "ZoneRedundant", "GeoRedundant"] = Field(
        default="LocallyRedundant", description="Optional. How the vault spreads its copies; fixed at the first backup."
    )
    immutability: Literal["Disabled", "Unlocked", "Locked"] = Field(
        default="Unlocked", description="Optional. Backups can't be deleted before their time; Locked is for ever."
    )
    excluded_namespaces: tuple[Namespace, ...] = Field(
        default=(), description="Optional. Namespaces that are rebuilt from code instead."
    )
