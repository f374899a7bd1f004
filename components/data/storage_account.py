"""Storage account: Azure ML's default account, and what every account of the platform has in common.

Owns the account, data protection, lifecycle, malware scanning, endpoints and logs. Does not own who may read it
(`components.identity.access`) or the key that encrypts it (`components.security`).
Access is by Entra identity only: shared keys are off, so neither a key nor a SAS made from one works.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from pulumi import ComponentResource, Input, Output, Resource, ResourceOptions
from pulumi_azure_native import security, storage

from components import naming
from components.data import blob_protection
from components.data.blob_protection import BlobAccount, BlobProtection, protect_blobs
from components.network import private_dns
from components.network.private_endpoint import PrivateAccess, endpoints
from components.observability.diagnostic_setting import send_diagnostics
from components.options import stateful
from components.placement import Placement
from components.problems import refuse
from components.security.customer_key import CustomerKey

Replication = Literal["LRS", "ZRS", "GRS", "GZRS"]


@dataclass(frozen=True, kw_only=True)
class DefenderForStorage:
    """`malware_scan_gib`: how much of what is uploaded in a month is scanned; 0 scans nothing."""

    malware_scan_gib: int
    find_sensitive_data: bool


@dataclass(frozen=True, kw_only=True)
class StorageAccountArgs:
    """`customer_key` None: Microsoft's keys. `defender` None: whatever the subscription's plan says."""

    placement: Placement
    resource_group_name: Input[str]
    replication: Replication
    protection: BlobProtection
    customer_key: CustomerKey | None
    defender: DefenderForStorage | None
    access: PrivateAccess
    log_workspace_id: Input[str]


def problems(args: StorageAccountArgs) -> list[str]:
    """Every reason why the account can't be built."""
    found = blob_protection.problems(args.protection, args.replication)
    if args.defender is not None and args.defender.malware_scan_gib < 0:
        found.append(f"a malware scan of {args.defender.malware_scan_gib} GiB: must be 0 or more")
    return found


# Azure ML uses all four: datastores (blob, file), batch jobs (queue), and parallel jobs (table).
LINKS = (private_dns.BLOB, private_dns.FILE, private_dns.QUEUE, private_dns.TABLE)


class StorageAccount(ComponentResource):
    """Account with versions, soft delete, lifecycle, endpoints and diagnostics."""

    account_id: Output[str]
    account_name: Output[str]

    def __init__(self, name: str, args: StorageAccountArgs, opts: ResourceOptions | None = None) -> None:
        super().__init__("platform:storage_account:StorageAccount", name, {}, opts)
        refuse(name, problems(args))
        child = ResourceOptions(parent=self)
        made = account(f"{name}-st", naming.storage_account(args.placement), args, self, hierarchical=False)
        at = BlobAccount(account_name=made.name, resource_group_name=args.resource_group_name, hierarchical=False)
        protect_blobs(name, at, args.protection, child)
        _share_protection(f"{name}-shares", made, args, child)
        scan(f"{name}-defender", made.id, args.defender, child)
        endpoints(self, name, args.placement, args.access, "storage", made.id, LINKS)
        for _, service in LINKS:
            log_service(f"{name}-diag-{service}", made.id, service, args.log_workspace_id, child)
        self.account_id, self.account_name = made.id, made.name
        self.register_outputs({"account_id": self.account_id, "account_name": self.account_name})


def account(
    name: str, account_name: str, args: StorageAccountArgs, parent: Resource, *, hierarchical: bool
) -> storage.StorageAccount:
    """An account as every account of the platform is; `hierarchical` makes it a data lake and can't change later."""
    key = args.customer_key
    ready = ResourceOptions(depends_on=[] if key is None else list(key.ready))
    return storage.StorageAccount(
        name,
        account_name=account_name,
        resource_group_name=args.resource_group_name,
        location=args.placement.region,
        kind="StorageV2",
        sku=storage.SkuArgs(name=f"Standard_{args.replication}"),
        access_tier=storage.AccessTier.HOT,
        is_hns_enabled=hierarchical,
        allow_shared_key_access=False,
        default_to_o_auth_authentication=True,
        allow_blob_public_access=False,
        allow_cross_tenant_replication=False,
        # Copies to accounts of another tenant would be a way out for data.
        allowed_copy_scope="AAD",
        enable_https_traffic_only=True,
        minimum_tls_version="TLS1_2",
        is_local_user_enabled=False,
        is_sftp_enabled=False,
        public_network_access="Disabled",
        network_rule_set=storage.NetworkRuleSetArgs(
            # The bypass lets Azure's trusted services in (diagnostics, Azure ML's control plane), nobody else.
            default_action=storage.DefaultAction.DENY,
            bypass="AzureServices",
        ),
        identity=None
        if key is None
        else storage.IdentityArgs(type="UserAssigned", user_assigned_identities=[key.identity.identity_id]),
        encryption=_encryption(key),
        tags=args.placement.tags,
        opts=ResourceOptions.merge(stateful(parent, args.placement), ready),
    )


def _encryption(key: CustomerKey | None) -> storage.EncryptionArgs:
    """Twice, with two keys. The second layer and account-wide keys can only be chosen at creation."""
    whole_account = storage.EncryptionServiceArgs(enabled=True, key_type="Account")
    return storage.EncryptionArgs(
        key_source="Microsoft.Storage" if key is None else "Microsoft.Keyvault",
        # No version: the account follows a rotation within a day.
        key_vault_properties=None
        if key is None
        else storage.KeyVaultPropertiesArgs(key_name=key.key_name, key_vault_uri=key.vault_uri),
        encryption_identity=None
        if key is None
        else storage.EncryptionIdentityArgs(encryption_user_assigned_identity=key.identity.identity_id),
        require_infrastructure_encryption=True,
        services=storage.EncryptionServicesArgs(
            blob=whole_account, file=whole_account, queue=whole_account, table=whole_account
        ),
    )


def scan(name: str, account_id: Input[str], wanted: DefenderForStorage | None, opts: ResourceOptions) -> None:
    """Defender for this account; it overrides the subscription's plan, so that no account is without by mistake."""
    if wanted is None:
        return
    on_upload = security.OnUploadPropertiesArgs(is_enabled=False)
    if wanted.malware_scan_gib > 0:
        on_upload = security.OnUploadPropertiesArgs(is_enabled=True, cap_gb_per_month=wanted.malware_scan_gib)
    security.DefenderForStorage(
        name,
        # The only name that Azure has for it.
        setting_name="current",
        resource_id=account_id,
        properties=security.DefenderForStorageSettingPropertiesArgs(
            is_enabled=True,
            override_subscription_level_settings=True,
            malware_scanning=security.MalwareScanningPropertiesArgs(on_upload=on_upload),
            sensitive_data_discovery=security.SensitiveDataDiscoveryPropertiesArgs(
                is_enabled=wanted.find_sensitive_data
            ),
        ),
        opts=opts,
    )


def _share_protection(
    name: str, made: storage.StorageAccount, args: StorageAccountArgs, opts: ResourceOptions
) -> storage.FileServiceProperties:
    keep = storage.DeleteRetentionPolicyArgs(enabled=True, days=args.protection.soft_delete_days)
    return storage.FileServiceProperties(
        name,
        account_name=made.name,
        file_services_name="default",
        resource_group_name=args.resource_group_name,
        share_delete_retention_policy=keep,
        opts=opts,
    )


def log_service(
    name: str, account_id: Input[str], service: str, log_workspace_id: Input[str], opts: ResourceOptions
) -> None:
    """Reads, writes and deletes of one service (blob, file, queue, table); the account itself has no logs."""
    send_diagnostics(
        name,
        naming.storage_service_id(account_id, service),
        f"Microsoft.Storage/storageAccounts/{service}Services",
        log_workspace_id,
        opts,
    )
