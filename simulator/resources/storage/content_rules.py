"""What Azure Storage refuses in what lies in an account's services: containers, shares, queues, tables."""

from __future__ import annotations

from collections.abc import Iterator
from http import HTTPStatus

from simulator.model import Request
from simulator.resources.storage.service_rules import account_input, account_of
from simulator.rule import Fault, rule
from simulator.store import Record
from simulator.values import at

_SHARES = "learn.microsoft.com storage/files/understanding-billing and nfs-comparison (checked 2026-11-25)"
_BAD_HEADER = "The value for one of the HTTP headers is not in the correct format."
_SMALLEST_PREMIUM, _LARGEST = 100, 102_400


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
    source="Azure/PSRule.Rules.Azure#464, turbot/steampipe-plugin-azure#404 (checked 2026-11-25)",
    quoted=True,
)
def kind_has_blobs(request: Request) -> Iterator[Fault]:
    """A file storage account holds no containers."""
    if account_input(request, "kind") == "FileStorage":
        yield Fault("Blob is not supported for the account.", "accountName", "use an account of kind StorageV2")


@rule(
    "st-container-versions",
    kind="cross-resource",
    code="FeatureNotSupportedForAccount",
    source="learn.microsoft.com storage/blobs/immutable-policy-configure-version-scope (checked 2026-11-25; code not "
    "confirmed)",
    status=HTTPStatus.CONFLICT,
)
def immutable_container_needs_versions(request: Request) -> Iterator[Fault]:
    """Immutable versions of blobs need versions."""
    path = "immutableStorageWithVersioning.enabled"
    if request.known(path) is not True:
        return
    if account_input(request, "isHnsEnabled") is True:
        yield Fault("an account with a hierarchical namespace has no immutable versions", path, "leave it out")
    elif blob_setting(request, "isVersioningEnabled") is False:
        yield Fault("the account keeps no versions of blobs", path, "set isVersioningEnabled of the blob service")


@rule(
    "st-container-root-squash",
    kind="cross-resource",
    code="FeatureNotSupportedForAccount",
    source="Azure/azure-rest-api-specs#15627 (checked 2026-11-25; code not confirmed)",
)
def root_squash_needs_nfs(request: Request) -> Iterator[Fault]:
    """Whom NFS takes root for is asked only where NFS is on."""
    account = account_of(request)
    if account is None or at(account.body, "enableNfsV3") not in (None, False):
        return
    for path in ("enableNfsV3RootSquash", "enableNfsV3AllSquash"):
        if request.known(path) is True:
            yield Fault("the account has no NFS 3.0", path, "leave it out, or make an account with enableNfsV3")


@rule(
    "st-share-kind",
    kind="cross-resource",
    code="FeatureNotSupportedForAccount",
    source="MicrosoftDocs/azure-docs#75231, turbot/steampipe-plugin-azure#474 (checked 2026-11-25)",
    quoted=True,
)
def kind_has_shares(request: Request) -> Iterator[Fault]:
    """Accounts for blobs hold no shares."""
    kind = account_input(request, "kind")
    if kind in ("BlobStorage", "BlockBlobStorage"):
        yield Fault("File is not supported for the account.", "accountName", "use StorageV2 or FileStorage")


@rule(
    "st-queue-kind",
    kind="cross-resource",
    code="FeatureNotSupportedForAccount",
    source="turbot/steampipe-plugin-azure#458 (checked 2026-11-25)",
    quoted=True,
)
def kind_has_queues(request: Request) -> Iterator[Fault]:
    """Queues and tables lie in general-purpose accounts on standard disks."""
    kind, sku = account_input(request, "kind"), str(account_input(request, "sku.name"))
    if kind in ("BlobStorage", "BlockBlobStorage", "FileStorage") or sku.startswith("Premium"):
        service = "Table" if "/tableservices/" in request.id.lower() else "Queue"
        yield Fault(f"{service} is not supported for the account.", "accountName", "use StorageV2 with a Standard SKU")


@rule(
    "st-share-quota",
    kind="cross-resource",
    code="InvalidHeaderValue",
    source="hashicorp/terraform-provider-azurerm#4782, crossplane-contrib/provider-upjet-azure#869 (checked "
    "2026-11-25)",
    quoted=True,
)
def share_has_a_size(request: Request) -> Iterator[Fault]:
    """A premium share has 100 GiB or more; 100 TiB is the end for all that are not of the second generation."""
    quota, sku = request.known("shareQuota"), str(account_input(request, "sku.name"))
    if not isinstance(quota, int) or "V2_" in sku:
        return
    premium = sku.startswith("Premium_") and account_input(request, "kind") == "FileStorage"
    if (premium and quota < _SMALLEST_PREMIUM) or quota > _LARGEST:
        smallest = _SMALLEST_PREMIUM if premium else 1
        yield Fault(_BAD_HEADER, "shareQuota", f"use {smallest} to {_LARGEST} GiB")


@rule(
    "st-share-nfs",
    kind="cross-resource",
    code="InvalidHeaderValue",
    source=f"hashicorp/terraform-provider-azurerm#24269 (checked 2026-11-25); {_SHARES}",
    quoted=True,
)
def nfs_share_is_premium(request: Request) -> Iterator[Fault]:
    """NFS shares lie on premium disks in an account for files."""
    account = account_of(request)
    if account is None or request.known("enabledProtocols") != "NFS":
        return
    kind, sku = account_input(request, "kind"), account_input(request, "sku.name")
    standard = isinstance(sku, str) and sku.startswith("Standard")
    if kind not in (None, "FileStorage") or standard:
        yield Fault(_BAD_HEADER, "enabledProtocols", "use an account of kind FileStorage with a Premium SKU")


@rule(
    "st-share-tier",
    kind="cross-resource",
    code="InvalidHeaderValue",
    source="pulumi/pulumi-azure-native#786 (checked 2026-11-25)",
    quoted=True,
)
def share_tier_fits_the_disks(request: Request) -> Iterator[Fault]:
    """Premium shares have the premium tier, and only they."""
    tier, sku = request.known("accessTier"), account_input(request, "sku.name")
    if not isinstance(tier, str) or not isinstance(sku, str) or "V2_" in sku:
        return
    if (tier == "Premium") != sku.startswith("Premium"):
        yield Fault(_BAD_HEADER, "accessTier", "leave the tier out")


@rule(
    "st-share-root-squash",
    kind="static",
    code="InvalidHeaderValue",
    source="Microsoft.Storage/fileServices/shares reference, rootSquash (2024-01-01; code not confirmed)",
    reads=("enabledProtocols",),
)
def root_squash_is_for_nfs(request: Request) -> Iterator[Fault]:
    """SMB has no root."""
    if request.known("rootSquash") is not None and request.known("enabledProtocols", "SMB") == "SMB":
        yield Fault("rootSquash is for NFS shares only", "rootSquash", "leave it out, or set enabledProtocols to NFS")


def blob_setting(request: Request, path: str) -> object:
    """A setting of the account's blob service; `None` where the program doesn't say it."""
    account = account_of(request)
    service: Record | None = request.world.get(f"{account.id}/blobServices/default") if account is not None else None
    return at(service.body, path) if service is not None else None


CONTAINER_RULES = (
    container_is_public_if_account_is, kind_has_blobs, immutable_container_needs_versions, root_squash_needs_nfs,
)  # fmt: skip
SHARE_RULES = (
    kind_has_shares, share_has_a_size, nfs_share_is_premium, share_tier_fits_the_disks, root_squash_is_for_nfs,
)  # fmt: skip
QUEUE_RULES = (kind_has_queues,)
