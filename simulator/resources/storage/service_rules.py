"""What Azure Storage refuses in the settings of an account's services, and in its containers.

Rules of blob lifecycles are in `lifecycle_rules`.
"""

from __future__ import annotations

from collections.abc import Iterator
from http import HTTPStatus
from typing import Any

from simulator.model import Request
from simulator.rule import Fault, rule
from simulator.store import Record
from simulator.values import UNKNOWN, at

_MAX_DELETE_DAYS = 365
_MAX_FEED_DAYS = 146_000
_MAX_CORS_RULES = 5


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
    source="learn.microsoft.com storage/blobs/point-in-time-restore-overview (2026-11-24)",
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
    "st-public-container",
    kind="cross-resource",
    code="PublicAccessNotPermitted",
    source="learn.microsoft.com storage/blobs/anonymous-read-access-configure (2026-11-24)",
    reads=("publicAccess",),
    status=HTTPStatus.CONFLICT,
    quoted=True,
)
def container_is_public_if_account_is(request: Request) -> Iterator[Fault]:
    """An account that forbids anonymous access has no public containers."""
    public = request.known("publicAccess", "None") != "None"
    if public and account_input(request, "allowBlobPublicAccess") is False:
        yield Fault(
            "Public access is not permitted on this storage account.",
            "publicAccess",
            "use None, or set allowBlobPublicAccess of the account to true",
        )


@rule(
    "st-kind-has-service",
    kind="cross-resource",
    code="FeatureNotSupportedForAccount",
    source="learn.microsoft.com storage/common/storage-account-overview (2026-11-24)",
    status=HTTPStatus.CONFLICT,
)
def kind_has_blobs(request: Request) -> Iterator[Fault]:
    """A file storage account holds no containers."""
    if account_input(request, "kind") == "FileStorage":
        yield Fault("an account of kind FileStorage has no blob service", "accountName", "use an account of StorageV2")
