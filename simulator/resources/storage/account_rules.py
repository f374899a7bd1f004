"""What Azure Storage refuses in an account: kind and SKU, features that need each other, encryption keys.

Network rules are in `network_rules`.
"""

from __future__ import annotations

from collections.abc import Iterator

from facts.regions import regions
from simulator.ids import key
from simulator.model import Request
from simulator.rule import Fault, rule
from simulator.store import Record
from simulator.values import UNKNOWN, at

_MAX_IMMUTABLE_DAYS = 146_000
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
    "st-access-tier",
    kind="static",
    code="InvalidRequestPropertyValue",
    source="Microsoft.Storage/storageAccounts reference, accessTier (2025-06-01)",
    reads=("kind", "sku.name", "accessTier"),
)
def access_tier_fits(request: Request) -> Iterator[Fault]:
    """A blob storage account names its tier, and the premium tier belongs to premium disks."""
    tier, kind, sku = request.known("accessTier"), request.known("kind"), request.known("sku.name")
    if kind == "BlobStorage" and tier is None:
        yield Fault("an account of kind BlobStorage needs an access tier", "accessTier", "Hot, Cool or Cold")
    if tier == "Premium" and isinstance(sku, str) and sku.startswith("Standard"):
        yield Fault(f"access tier Premium is not available for SKU {sku}", "accessTier", "Hot, Cool or Cold")


@rule(
    "st-hns-kind",
    kind="static",
    code="InvalidRequestPropertyValue",
    source="Azure/azure-cli#25748",
    reads=("kind", "sku.name", "isHnsEnabled"),
    quoted=True,
)
def hierarchy_needs_kind(request: Request) -> Iterator[Fault]:
    """A hierarchical namespace: general-purpose v2 on standard disks, or premium block blobs."""
    if request.known("isHnsEnabled") is not True:
        return
    kind, premium = request.known("kind"), str(request.known("sku.name", "")).startswith("Premium")
    if kind != "BlockBlobStorage" and (kind != "StorageV2" or premium):
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
    "st-cmk-needs-key-and-identity",
    kind="static",
    code="InvalidRequestPropertyValue",
    source="learn.microsoft.com storage/common/customer-managed-keys-configure-new-account (2026-11-24)",
    reads=("encryption", "identity"),
)
def own_key_needs_key_and_identity(request: Request) -> Iterator[Fault]:
    """A key of one's own has a vault and a name, and the account an identity that reads it."""
    if not _has_own_key(request):
        return
    if at(request.inputs, "encryption.keyVaultProperties") is None:
        yield Fault("keySource is Microsoft.Keyvault and no key is named", "encryption.keyVaultProperties")
    listed = request.at("identity.userAssignedIdentities")
    assigned = {key(str(item)) for item in listed} if isinstance(listed, list | dict) else set()
    used = request.known("encryption.encryptionIdentity.encryptionUserAssignedIdentity")
    if isinstance(used, str) and used != "" and key(used) not in assigned:
        yield Fault(
            f"identity {used} reads the key and is not assigned to the account",
            "encryption.encryptionIdentity.encryptionUserAssignedIdentity",
            "list it in identity.userAssignedIdentities",
        )
    elif str(request.known("identity.type", "None")) == "None":
        yield Fault("a customer-managed key needs an identity that reads it", "identity", "assign one to the account")


@rule(
    "st-cmk-vault-needs-purge-protection",
    kind="cross-resource",
    code="KeyVaultPolicyError",
    source="Azure/azure-cli#12346, MicrosoftDocs/azure-docs#99329",
    reads=("encryption",),
    quoted=True,
)
def vault_of_key_is_protected(request: Request) -> Iterator[Fault]:
    """Who could purge the key could destroy the data."""
    vault = _vault(request)
    if vault is None:
        return
    protected = at(vault.body, "properties.enablePurgeProtection")
    if protected is UNKNOWN or (
        protected is True and at(vault.body, "properties.enableSoftDelete") in (None, True, UNKNOWN)
    ):
        return
    yield Fault(
        "Keyvault policy recoverable is not set",
        "encryption.keyVaultProperties.keyVaultUri",
        f"set enablePurgeProtection to true for {vault.id}",
    )


@rule(
    "st-cmk-key-is-rsa",
    kind="cross-resource",
    code="BadRequest",
    source="learn.microsoft.com storage/common/customer-managed-keys-overview (2026-11-24)",
    reads=("encryption",),
)
def own_key_is_rsa(request: Request) -> Iterator[Fault]:
    """Azure Storage wraps its keys with RSA keys only."""
    path = "encryption.keyVaultProperties.keyName"
    vault = _vault(request)
    found = request.world.get(f"{vault.id}/keys/{request.known(path)}") if vault is not None else None
    kind = at(found.body, "properties.kty") if found is not None else None
    if isinstance(kind, str) and kind.upper().startswith("EC"):
        yield Fault(f"key {request.known(path)} is of type {kind}", path, "use an RSA or RSA-HSM key")


def _has_own_key(request: Request) -> bool:
    return str(request.known("encryption.keySource", "")).lower() == "microsoft.keyvault"


def _vault(request: Request) -> Record | None:
    """The vault of the account's key, found by its host name; `None` when it isn't here or the key is Microsoft's."""
    uri = request.known("encryption.keyVaultProperties.keyVaultUri", "")
    if not _has_own_key(request) or not isinstance(uri, str) or ".vault." not in uri:
        return None
    name = uri.removeprefix("https://").partition(".")[0].lower()
    vaults = request.world.of_type("Microsoft.KeyVault/vaults")
    return next((vault for vault in vaults if vault.id.rsplit("/", 1)[-1].lower() == name), None)


@rule(
    "st-performance-is-fixed",
    kind="lifecycle",
    code="AccountPropertyCannotBeUpdated",
    source="learn.microsoft.com storage/common/storage-account-overview (2026-11-24)",
    reads=("sku.name", "kind"),
)
def performance_is_fixed(request: Request) -> Iterator[Fault]:
    """Premium and standard are other machines; a kind can only be upgraded to StorageV2."""
    if request.old is None:
        return
    before, after = at(request.old.body, "sku.name"), request.known("sku.name")
    if isinstance(before, str) and isinstance(after, str) and before.split("_")[0] != after.split("_")[0]:
        yield Fault(f"the SKU of an account can't change from {before} to {after}", "sku.name", "make a new account")
    old, new = request.old.body.get("kind"), request.known("kind")
    upgrade = new == "StorageV2" and old in ("Storage", "BlobStorage")
    if isinstance(old, str) and isinstance(new, str) and old != new and not upgrade:
        yield Fault(f"the kind of an account can't change from {old} to {new}", "kind", "make a new account")


@rule(
    "st-large-file-shares-stay",
    kind="lifecycle",
    code="AccountPropertyCannotBeUpdated",
    source="Microsoft.Storage/storageAccounts reference, largeFileSharesState (2025-06-01)",
)
def large_shares_stay(request: Request) -> Iterator[Fault]:
    """Large file shares can't be switched off."""
    before = request.old.body.get("largeFileSharesState") if request.old is not None else None
    if before == "Enabled" and request.known("largeFileSharesState") == "Disabled":
        yield Fault("large file shares can't be disabled once they are enabled", "largeFileSharesState", "Enabled")


ACCOUNT_RULES = (
    kind_has_the_sku, region_has_the_redundancy, access_tier_fits, hierarchy_needs_kind, nfs_needs_hierarchy,
    nfs_needs_closed_network, sftp_needs_hierarchy, immutability_has_days, own_key_needs_key_and_identity,
    vault_of_key_is_protected, own_key_is_rsa, performance_is_fixed, large_shares_stay,
)  # fmt: skip
