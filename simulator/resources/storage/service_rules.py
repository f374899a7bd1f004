"""What Azure Storage refuses in the settings of an account's services.

Rules of blob lifecycles are in `lifecycle_rules`; those of what lies in the services are in `content_rules`.
"""

from __future__ import annotations

from collections.abc import Iterator
from http import HTTPStatus
from typing import Any

from simulator.ids import name_of
from simulator.model import Request
from simulator.rule import Fault, rule
from simulator.store import Record
from simulator.values import UNKNOWN, at

_MAX_DELETE_DAYS = 365
_MAX_FEED_DAYS = 146_000
_MAX_CORS_RULES = 5
# What the replication of blobs stands on, at the source.
_REPLICATED = ("isVersioningEnabled", "changeFeed.enabled")


def account_of(request: Request) -> Record | None:
    """The storage account that holds a resource; `None` when it isn't here."""
    return request.world.get("/".join(request.id.split("/")[:9]))


def account_input(request: Request, path: str) -> Any:
    """An input of the account; `None` where absent, not known, or the account isn't here."""
    account = account_of(request)
    value = at(account.body, path) if account is not None else None
    return None if value is UNKNOWN else value


def _outside(request: Request, path: str, longest: int) -> Iterator[Fault]:
    days = request.known(path)
    if isinstance(days, int) and not 1 <= days <= longest:
        yield Fault(f"{path} is {days}", path, f"use 1 to {longest} days")


@rule(
    "st-hns-and-blob-versioning",
    kind="cross-resource",
    code="FeatureNotSupportedForAccount",
    source="hashicorp/terraform-provider-azurerm#19418, #32722",
    status=HTTPStatus.CONFLICT,
)
def hierarchy_has_no_versions(request: Request) -> Iterator[Fault]:
    """Versions, change feed and restore to a point in time need a flat namespace."""
    if account_input(request, "isHnsEnabled") is not True:
        return
    for path, name in (
        ("isVersioningEnabled", "blob versioning"),
        ("changeFeed.enabled", "the change feed"),
        ("restorePolicy.enabled", "restore to a point in time"),
    ):
        if request.known(path) is True:
            yield Fault(
                f"{name} is not available in an account with a hierarchical namespace",
                path,
                "leave it off for a data lake; soft delete protects its files",
            )


@rule(
    "st-restore-days",
    kind="static",
    code="InvalidValuesForRequestParameters",
    source="Azure/arm-template-whatif#354",
    reads=("restorePolicy", "deleteRetentionPolicy"),
    quoted=True,
)
def restore_is_shorter_than_soft_delete(request: Request) -> Iterator[Fault]:
    """What is to be restored must not have gone for good."""
    days, kept = request.known("restorePolicy.days"), request.known("deleteRetentionPolicy.days")
    if request.known("restorePolicy.enabled") is not True or not isinstance(days, int) or not isinstance(kept, int):
        return
    if not 0 < days < kept:
        yield Fault(
            f"Values for properties.restorePolicy.days is invalid: {days}. It should be greater than zero and less "
            "than properties.deleteRetentionPolicy.days.",
            "restorePolicy.days",
            f"use 1 to {kept - 1} days, or keep deleted blobs longer",
        )


@rule(
    "st-restore-needs-versions-and-feed",
    kind="static",
    code="InvalidValuesForRequestParameters",
    source="azurerm storage_account_resource.go (checked 2026-11-25; code not confirmed)",
    reads=("restorePolicy.enabled", "isVersioningEnabled", "changeFeed.enabled", "deleteRetentionPolicy.enabled"),
)
def restore_needs_versions_and_feed(request: Request) -> Iterator[Fault]:
    """Restore to a point in time replays the change feed over versions and deleted blobs."""
    if request.known("restorePolicy.enabled") is not True or request.old is not None:
        return
    for path in ("isVersioningEnabled", "changeFeed.enabled", "deleteRetentionPolicy.enabled"):
        if request.known(path) is not True:
            yield Fault(f"restore to a point in time needs {path}", path, "set it to true")


@rule(
    "st-blob-retention-days",
    kind="static",
    code="InvalidRequestPropertyValue",
    source="Microsoft.Storage/storageAccounts/blobServices reference (2025-06-01)",
)
def blobs_are_kept_for_days(request: Request) -> Iterator[Fault]:
    """Deleted blobs and containers are kept 1 to 365 days, the change feed up to 146,000."""
    yield from _outside(request, "deleteRetentionPolicy.days", _MAX_DELETE_DAYS)
    yield from _outside(request, "containerDeleteRetentionPolicy.days", _MAX_DELETE_DAYS)
    yield from _outside(request, "changeFeed.retentionInDays", _MAX_FEED_DAYS)


@rule(
    "st-share-retention-days",
    kind="static",
    code="InvalidRequestPropertyValue",
    source="Microsoft.Storage/storageAccounts/fileServices reference (2025-06-01)",
)
def shares_are_kept_for_days(request: Request) -> Iterator[Fault]:
    """Deleted shares are kept 1 to 365 days."""
    yield from _outside(request, "shareDeleteRetentionPolicy.days", _MAX_DELETE_DAYS)


@rule(
    "st-cors-limit",
    kind="static",
    code="InvalidRequestPropertyValue",
    source="learn.microsoft.com rest/api/storageservices/cross-origin-resource-sharing--cors (2026-11-24)",
)
def cors_rules_are_few(request: Request) -> Iterator[Fault]:
    """A service takes five CORS rules."""
    listed = request.known("cors.corsRules", [])
    if isinstance(listed, list) and len(listed) > _MAX_CORS_RULES:
        yield Fault(f"{len(listed)} CORS rules", "cors.corsRules", f"use at most {_MAX_CORS_RULES}")


@rule(
    "st-kind-has-versions",
    kind="cross-resource",
    code="FeatureNotSupportedForAccount",
    source="azurerm storage_account_resource.go (checked 2026-11-25; code not confirmed)",
    status=HTTPStatus.CONFLICT,
)
def kind_has_versions(request: Request) -> Iterator[Fault]:
    """A general-purpose v1 account has no versions, no change feed and no access times."""
    if account_input(request, "kind") != "Storage":
        return
    for path in (*_REPLICATED, "restorePolicy.enabled", "lastAccessTimeTrackingPolicy.enable"):
        if request.known(path) is True:
            yield Fault(f"{path} is not available in an account of kind Storage", path, "upgrade it to StorageV2")


@rule(
    "st-immutability-needs-versions",
    kind="cross-resource",
    code="ConflictFeatureEnabled",
    source="azurerm storage_account_resource.go, hashicorp/terraform-provider-azurerm#24915 (checked 2026-11-25; code "
    "not confirmed)",
    status=HTTPStatus.CONFLICT,
    quoted=True,
)
def immutable_account_keeps_versions(request: Request) -> Iterator[Fault]:
    """An account that is immutable as a whole keeps the versions of its blobs."""
    immutable = account_input(request, "immutableStorageWithVersioning.enabled") is True
    if immutable and request.at("isVersioningEnabled") is False:
        yield Fault(
            "Conflicting feature 'Account level WORM' is enabled. Please disable it and retry.",
            "isVersioningEnabled",
            "set it to true",
        )


@rule(
    "st-restore-needs-standard-dns",
    kind="cross-resource",
    code="InvalidRequestPropertyValue",
    source="azurerm storage_account_resource.go (checked 2026-11-25; code not confirmed)",
    quoted=True,
)
def restore_needs_standard_dns(request: Request) -> Iterator[Fault]:
    """An account with endpoints in DNS zones of their own can't be restored to a point in time."""
    if request.known("restorePolicy.enabled") is True and account_input(request, "dnsEndpointType") == "AzureDnsZone":
        yield Fault("Required feature Global Dns is disabled", "restorePolicy.enabled", "leave the policy out")


@rule(
    "st-restore-without-permanent-delete",
    kind="static",
    code="InvalidRequestPropertyValue",
    source="Microsoft.Storage/blobServices reference, allowPermanentDelete (2024-01-01; code not confirmed)",
    reads=("restorePolicy",),
)
def restore_excludes_permanent_delete(request: Request) -> Iterator[Fault]:
    """What may be deleted for good can't be restored."""
    path = "deleteRetentionPolicy.allowPermanentDelete"
    if request.known(path) is True and request.known("restorePolicy.enabled") is True:
        yield Fault("permanent delete and restore to a point in time exclude each other", path, "leave out one of them")


@rule(
    "st-replicated-keeps-versions",
    kind="cross-resource",
    code="InvalidRequestPropertyValue",
    source="recognizegroup/terraform#461, #462 (checked 2026-11-25)",
    quoted=True,
)
def replicated_account_keeps_versions(request: Request) -> Iterator[Fault]:
    """Replicated blobs need versions on both sides, and the change feed at the source."""
    sides = list(_replications(request))
    paths = {"isVersioningEnabled": "isVersioningEnabled"} if sides else {}
    if "sourceAccount" in sides:
        paths["changeFeed.enabled"] = "Change Feed"
    for path, name in paths.items():
        if request.at(path) is False:
            yield Fault(
                f"The value 'False' is not allowed for property {name} because Object Replication is enabled.",
                path,
                "set it to true, or delete the replication policies first",
            )


def _replications(request: Request) -> Iterator[str]:
    """On which sides of replication policies the account is."""
    account = account_of(request)
    for policy in request.world.of_type("Microsoft.Storage/storageAccounts/objectReplicationPolicies"):
        for side in ("sourceAccount", "destinationAccount"):
            named = at(policy.body, side)
            if account is not None and isinstance(named, str) and name_of(named).lower() == name_of(account.id).lower():
                yield side


@rule(
    "st-multichannel-premium",
    kind="cross-resource",
    code="FeatureNotSupportedForAccount",
    source="azurerm storage_account_resource.go (checked 2026-11-25; code not confirmed)",
    status=HTTPStatus.CONFLICT,
)
def multichannel_needs_premium(request: Request) -> Iterator[Fault]:
    """SMB over several channels is for premium disks."""
    path, sku = "protocolSettings.smb.multichannel.enabled", account_input(request, "sku.name")
    if request.known(path) is True and isinstance(sku, str) and sku.startswith("Standard_"):
        yield Fault(f"SMB multichannel is not available for SKU {sku}", path, "use a Premium account of FileStorage")


BLOB_SERVICE_RULES = (
    hierarchy_has_no_versions, kind_has_versions, restore_is_shorter_than_soft_delete, restore_needs_versions_and_feed,
    restore_needs_standard_dns, restore_excludes_permanent_delete, immutable_account_keeps_versions,
    replicated_account_keeps_versions, blobs_are_kept_for_days, cors_rules_are_few,
)  # fmt: skip
FILE_SERVICE_RULES = (shares_are_kept_for_days, multichannel_needs_premium, cors_rules_are_few)
