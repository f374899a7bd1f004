"""What protects blobs: undelete, versions, restore to a point in time, and how they grow cold.

Owns these settings of an account, not the account. A hierarchical account (the lake) has no versions, no change feed
and no restore to a point in time; Azure refuses them there, so the lake has soft delete and immutability.
"""

from __future__ import annotations

from dataclasses import dataclass

from pulumi import Input, ResourceOptions
from pulumi_azure_native import storage

from facts.storage_tiers import ARCHIVE_REPLICATIONS

# Azure keeps deleted blobs this long (Microsoft.Storage/storageAccounts/blobServices reference, 2025-06-01).
LONGEST_SOFT_DELETE = 365


@dataclass(frozen=True, kw_only=True)
class Lifecycle:
    """Days without a write after which a blob goes to a cheaper tier; None: never."""

    cool_after_days: int
    cold_after_days: int | None
    archive_after_days: int | None


@dataclass(frozen=True, kw_only=True)
class BlobProtection:
    """`restore_days` None: no restore to a point in time. `change_feed_days`: how long changes can be read."""

    soft_delete_days: int
    restore_days: int | None
    change_feed_days: int
    lifecycle: Lifecycle


def problems(wanted: BlobProtection, replication: str) -> list[str]:
    """Every reason why Azure would refuse the protection."""
    found = []
    if not 1 <= wanted.soft_delete_days <= LONGEST_SOFT_DELETE:
        found.append(f"soft delete of {wanted.soft_delete_days} days: storage keeps 1 to {LONGEST_SOFT_DELETE}")
    if wanted.restore_days is not None and not 1 <= wanted.restore_days < wanted.soft_delete_days:
        found.append(
            f"restore within {wanted.restore_days} days: must be 1 or more and less than the "
            f"{wanted.soft_delete_days} days of soft delete"
        )
    if wanted.restore_days is not None and wanted.change_feed_days <= wanted.restore_days:
        found.append(f"change feed of {wanted.change_feed_days} days: must be longer than restore_days")
    return [*found, *_lifecycle_problems(wanted.lifecycle, replication)]


def _lifecycle_problems(wanted: Lifecycle, replication: str) -> list[str]:
    days = [wanted.cool_after_days, wanted.cold_after_days, wanted.archive_after_days]
    steps = [step for step in days if step is not None]
    found = []
    if steps != sorted(set(steps)):
        found.append(f"tiers after {', '.join(map(str, steps))} days: each colder tier must come later")
    if wanted.archive_after_days is not None and replication not in ARCHIVE_REPLICATIONS:
        found.append(f"an archive tier with {replication}: only {' and '.join(ARCHIVE_REPLICATIONS)} have one")
    return found


@dataclass(frozen=True, kw_only=True)
class BlobAccount:
    """The account that is protected. `hierarchical`: a data lake."""

    account_name: Input[str]
    resource_group_name: Input[str]
    hierarchical: bool


def protect_blobs(name: str, at: BlobAccount, wanted: BlobProtection, opts: ResourceOptions) -> None:
    """Undelete and, where the account can, versions with a change feed; then the lifecycle. `opts` hold the parent."""
    blobs = _blob_service(f"{name}-blobs", at, wanted, opts)
    # A rule about versions is refused before there are versions.
    _lifecycle(f"{name}-lifecycle", at, wanted, ResourceOptions.merge(opts, ResourceOptions(depends_on=[blobs])))


def _blob_service(
    name: str, at: BlobAccount, wanted: BlobProtection, opts: ResourceOptions
) -> storage.BlobServiceProperties:
    keep = storage.DeleteRetentionPolicyArgs(enabled=True, days=wanted.soft_delete_days)
    feed = storage.ChangeFeedArgs(enabled=True, retention_in_days=wanted.change_feed_days)
    restore = storage.RestorePolicyPropertiesArgs(enabled=True, days=wanted.restore_days)
    return storage.BlobServiceProperties(
        name,
        account_name=at.account_name,
        blob_services_name="default",
        resource_group_name=at.resource_group_name,
        delete_retention_policy=keep,
        container_delete_retention_policy=keep,
        is_versioning_enabled=not at.hierarchical,
        change_feed=None if at.hierarchical else feed,
        restore_policy=None if at.hierarchical or wanted.restore_days is None else restore,
        opts=opts,
    )


def _lifecycle(name: str, at: BlobAccount, wanted: BlobProtection, opts: ResourceOptions) -> storage.ManagementPolicy:
    """Blobs that nobody writes grow cold; old versions go when they could no longer be undeleted."""
    versioned = not at.hierarchical
    return storage.ManagementPolicy(
        name,
        account_name=at.account_name,
        management_policy_name="default",
        resource_group_name=at.resource_group_name,
        policy=storage.ManagementPolicySchemaArgs(
            rules=[
                storage.ManagementPolicyRuleArgs(
                    name="cool-then-expire-versions" if versioned else "cool",
                    type="Lifecycle",
                    enabled=True,
                    definition=storage.ManagementPolicyDefinitionArgs(
                        filters=storage.ManagementPolicyFilterArgs(blob_types=["blockBlob"]),
                        actions=_lifecycle_actions(wanted, versioned),
                    ),
                )
            ]
        ),
        opts=opts,
    )


def _lifecycle_actions(wanted: BlobProtection, versioned: bool) -> storage.ManagementPolicyActionArgs:
    gone = storage.DateAfterCreationArgs(days_after_creation_greater_than=wanted.soft_delete_days)
    return storage.ManagementPolicyActionArgs(
        base_blob=storage.ManagementPolicyBaseBlobArgs(
            tier_to_cool=_unwritten(wanted.lifecycle.cool_after_days),
            tier_to_cold=_unwritten(wanted.lifecycle.cold_after_days),
            tier_to_archive=_unwritten(wanted.lifecycle.archive_after_days),
        ),
        snapshot=storage.ManagementPolicySnapShotArgs(delete=gone) if versioned else None,
        version=storage.ManagementPolicyVersionArgs(delete=gone) if versioned else None,
    )


def _unwritten(days: int | None) -> storage.DateAfterModificationArgs | None:
    return None if days is None else storage.DateAfterModificationArgs(days_after_modification_greater_than=days)
