"""What Azure Storage refuses in an account by itself: kind and SKU, features that need each other.

Does not own: network rules, encryption, and changes; those are in the files beside this one.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from facts.regions import regions
from simulator.model import Request
from simulator.rule import Fault, rule

_MAX_IMMUTABLE_DAYS = 146_000
_TIME_SPAN = re.compile(r"(\d+\.)?\d{1,2}:\d{2}:\d{2}(\.\d+)?")
# The redundancy that each kind of account has; a kind that isn't listed takes any SKU.
_SKUS = {
    "Storage": ("Standard_LRS", "Standard_GRS", "Standard_RAGRS", "Standard_ZRS", "Premium_LRS"),
    "BlobStorage": ("Standard_LRS", "Standard_GRS", "Standard_RAGRS"),
    "BlockBlobStorage": ("Premium_LRS", "Premium_ZRS"),
    "FileStorage": ("Premium_", "PremiumV2_", "StandardV2_"),
    "StorageV2": ("Standard_", "Premium_"),
}
_NOT_ALLOWED = "The value 'True' is not allowed for property {}."


@rule(
    "st-kind-and-sku",
    kind="static",
    code="InvalidValuesForRequestParameters",
    source="hashicorp/terraform-provider-azurerm#4842, #8089, #3334",
    reads=("kind", "sku.name"),
    quoted=True,
)
def kind_has_the_sku(request: Request) -> Iterator[Fault]:
    """Block blobs and premium files exist on premium disks only, legacy accounts without zones."""
    kind, sku = request.known("kind"), request.known("sku.name")
    allowed = _SKUS.get(str(kind))
    if allowed is not None and isinstance(sku, str) and not sku.startswith(allowed):
        yield Fault(
            "Values for request parameters are invalid: kind, sku.", "sku.name", f"for {kind}: {', '.join(allowed)}"
        )


@rule(
    "st-zones-in-region",
    kind="state",
    code="RedundancyConfigurationNotAvailableInRegion",
    source="Esri/arcgis-gitops#160, Azure-Samples/microsoft-foundry-baseline#66",
    reads=("location", "sku.name"),
    quoted=True,
)
def region_has_the_redundancy(request: Request) -> Iterator[Fault]:
    """Zone-redundant storage needs a region with zones."""
    sku, region = request.known("sku.name"), regions().get(request.location)
    if isinstance(sku, str) and sku.endswith("ZRS") and region is not None and not region.zones:
        yield Fault(
            f"The storage account failed to create due to redundancy configuration - Sku: {sku}, Kind: "
            f"{request.known('kind')} - not available in selected Region - {region.name}. Please make sure the "
            "redundancy configuration selected is available in your region. For more information about redundancy "
            "configurations, see https://docs.microsoft.com/en-us/azure/storage/common/storage-redundancy",
            "sku.name",
            f"use LRS or GRS in {region.name}, or a region with availability zones",
        )


@rule(
    "st-blob-account-needs-tier",
    kind="static",
    code="InvalidAccessTier",
    source="ansible/ansible#25931 (checked 2026-11-25)",
    reads=("kind",),
)
def blob_account_names_its_tier(request: Request) -> Iterator[Fault]:
    """A blob storage account names its tier."""
    if request.known("kind") == "BlobStorage" and request.at("accessTier") is None:
        yield Fault("an account of kind BlobStorage needs an access tier", "accessTier", "Hot, Cool or Cold")


@rule(
    "st-access-tier",
    kind="static",
    code="InvalidRequestPropertyValue",
    source="Microsoft.Storage/storageAccounts reference, accessTier (2025-06-01)",
    reads=("sku.name",),
)
def premium_tier_is_on_premium_disks(request: Request) -> Iterator[Fault]:
    """The premium tier belongs to premium disks."""
    sku = request.known("sku.name")
    if request.known("accessTier") == "Premium" and isinstance(sku, str) and sku.startswith("Standard"):
        yield Fault(f"access tier Premium is not available for SKU {sku}", "accessTier", "Hot, Cool or Cold")


@rule(
    "st-hns-kind",
    kind="static",
    code="InvalidRequestPropertyValue",
    source="Azure/azure-cli#25748; kinds: azurerm storage_account_resource.go (checked 2026-11-25)",
    reads=("kind", "sku.name", "isHnsEnabled"),
    quoted=True,
)
def hierarchy_needs_kind(request: Request) -> Iterator[Fault]:
    """A hierarchical namespace: general-purpose v2 on standard disks, or premium block blobs."""
    if request.known("isHnsEnabled") is not True:
        return
    kind, premium = request.known("kind"), str(request.known("sku.name", "")).startswith("Premium")
    if kind not in ("BlobStorage", "BlockBlobStorage") and (kind != "StorageV2" or premium):
        message = f"{_NOT_ALLOWED.format('isHnsEnabled')} For more information, see - https://aka.ms/storageaccounthns"
        yield Fault(message, "isHnsEnabled", "use kind StorageV2 with a Standard SKU, or BlockBlobStorage with Premium")


@rule(
    "st-nfs-needs-hns",
    kind="static",
    code="InvalidRequestPropertyValue",
    source="Azure/azure-cli#24479, hashicorp/terraform-provider-azurerm#14540",
    reads=("enableNfsV3", "isHnsEnabled"),
    quoted=True,
)
def nfs_needs_hierarchy(request: Request) -> Iterator[Fault]:
    """NFS 3.0 serves a hierarchical namespace only."""
    if request.known("enableNfsV3") is True and request.known("isHnsEnabled") is not True:
        yield Fault(_NOT_ALLOWED.format("isNfsv3Enabled"), "enableNfsV3", "set isHnsEnabled to true")


@rule(
    "st-nfs-needs-deny-default",
    kind="static",
    code="NetworkAclsDefaultActionMisconfigured",
    source="hashicorp/terraform-provider-azurerm#15968",
    reads=("enableNfsV3", "networkRuleSet", "publicNetworkAccess"),
)
def nfs_needs_closed_network(request: Request) -> Iterator[Fault]:
    """NFS 3.0 has no authentication of its own, so the network has to be closed by default."""
    open_by_default = request.known("networkRuleSet.defaultAction", "Allow") == "Allow"
    public = request.known("publicNetworkAccess", "Enabled") == "Enabled"
    if request.known("enableNfsV3") is True and open_by_default and public:
        yield Fault(
            "with NFS 3.0 the default action of the network rules must be Deny",
            "networkRuleSet.defaultAction",
            "use Deny, and allow single subnets",
        )


@rule(
    "st-sftp-needs-hns",
    kind="static",
    code="InvalidRequestPropertyValue",
    source="MicrosoftDocs/azure-docs#84233",
    reads=("isSftpEnabled", "isHnsEnabled"),
    quoted=True,
)
def sftp_needs_hierarchy(request: Request) -> Iterator[Fault]:
    """SFTP serves a hierarchical namespace only."""
    if request.known("isSftpEnabled") is True and request.known("isHnsEnabled") is not True:
        yield Fault(_NOT_ALLOWED.format("isSftpEnabled"), "isSftpEnabled", "set isHnsEnabled to true")


@rule(
    "st-immutability-days",
    kind="static",
    code="InvalidRequestPropertyValue",
    source="Microsoft.Storage/storageAccounts reference, AccountImmutabilityPolicyProperties (2025-06-01)",
)
def immutability_has_days(request: Request) -> Iterator[Fault]:
    """An immutability policy of the account lasts 1 to 146,000 days."""
    path = "immutableStorageWithVersioning.immutabilityPolicy.immutabilityPeriodSinceCreationInDays"
    days = request.known(path)
    if isinstance(days, int) and not 1 <= days <= _MAX_IMMUTABLE_DAYS:
        yield Fault(f"an immutability period of {days} days", path, f"use 1 to {_MAX_IMMUTABLE_DAYS} days")


@rule(
    "st-immutability-flat",
    kind="static",
    code="InvalidRequestPropertyValue",
    source="learn.microsoft.com storage/blobs/immutable-version-level-worm-policies (checked 2026-11-25; code not "
    "confirmed)",
    reads=("isHnsEnabled",),
)
def immutability_needs_versions(request: Request) -> Iterator[Fault]:
    """Immutable blobs are versions, which a hierarchical namespace does not have."""
    path = "immutableStorageWithVersioning.enabled"
    if request.known(path) is True and request.known("isHnsEnabled") is True:
        yield Fault(
            "immutable storage with versioning is not available in an account with a hierarchical namespace",
            path,
            "leave it out, and use immutability policies of the containers",
        )


@rule(
    "st-large-file-shares-kind",
    kind="static",
    code="InvalidRequestPropertyValue",
    source="claranet/terraform-azurerm-storage-account#22 (checked 2026-11-25; code not confirmed)",
    reads=("kind",),
)
def kind_has_large_file_shares(request: Request) -> Iterator[Fault]:
    """Accounts for blobs have no shares, and so no large ones."""
    kind = request.known("kind")
    if request.known("largeFileSharesState") == "Enabled" and kind in ("BlobStorage", "BlockBlobStorage"):
        yield Fault(f"large file shares are not available for kind {kind}", "largeFileSharesState", "leave it out")


@rule(
    "st-sas-period",
    kind="static",
    code="InvalidRequestPropertyValue",
    source="Microsoft.Storage/storageAccounts reference, SasPolicy (2024-01-01; code not confirmed)",
)
def sas_period_is_a_time_span(request: Request) -> Iterator[Fault]:
    """How long a signature lives is written as days, hours, minutes and seconds."""
    period = request.known("sasPolicy.sasExpirationPeriod")
    if isinstance(period, str) and _TIME_SPAN.fullmatch(period) is None:
        yield Fault(f"'{period}' is no time span", "sasPolicy.sasExpirationPeriod", "write DD.HH:MM:SS, as 1.00:00:00")


@rule(
    "st-files-domain",
    kind="static",
    code="InvalidRequestPropertyValue",
    source="Microsoft.Storage/storageAccounts reference, AzureFilesIdentityBasedAuthentication (2024-01-01; code not "
    "confirmed)",
    reads=("azureFilesIdentityBasedAuthentication",),
)
def domain_is_described(request: Request) -> Iterator[Fault]:
    """To join a domain of one's own, Azure Files has to know it."""
    path = "azureFilesIdentityBasedAuthentication"
    joins = request.known(f"{path}.directoryServiceOptions") == "AD"
    if joins and request.at(f"{path}.activeDirectoryProperties") is None:
        yield Fault("directory service AD needs the properties of the domain", f"{path}.activeDirectoryProperties")


ACCOUNT_RULES = (
    kind_has_the_sku, region_has_the_redundancy, blob_account_names_its_tier, premium_tier_is_on_premium_disks,
    hierarchy_needs_kind, nfs_needs_hierarchy, nfs_needs_closed_network, sftp_needs_hierarchy, immutability_has_days,
    immutability_needs_versions, kind_has_large_file_shares, sas_period_is_a_time_span, domain_is_described,
)  # fmt: skip
