"""Storage account: Azure ML's default account, and what every account of the platform has in common.

Owns the account, data protection, lifecycle, endpoints and logs. Does not own who may read it
(`components.identity.access`).
Access is by Entra identity only: shared keys are off, so neither a key nor a SAS made from one works.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from pulumi import ComponentResource, Input, Output, ResourceOptions
from pulumi_azure_native import storage

from components import naming
from components.network import private_dns
from components.network.private_endpoint import PrivateAccess, endpoints
from components.observability.diagnostic_setting import send_diagnostics
from components.options import stateful
from components.placement import Placement
from components.problems import refuse

Replication = Literal["LRS", "ZRS", "GRS", "GZRS"]


@dataclass(frozen=True, kw_only=True)
class StorageAccountArgs:
    """`soft_delete_days`: how long a deleted blob, container or share can be undeleted."""

    placement: Placement
    resource_group_name: Input[str]
    replication: Replication
    soft_delete_days: int
    access: PrivateAccess
    log_workspace_id: Input[str]


def problems(args: StorageAccountArgs) -> list[str]:
    """Every reason why the account can't be built."""
    if not 1 <= args.soft_delete_days <= 365:
        return [f"soft delete of {args.soft_delete_days} days: storage keeps 1 to 365"]
    return []


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
        made = account(
            f"{name}-st", naming.storage_account(args.placement), args, False, stateful(self, args.placement)
        )
        blobs = blob_protection(f"{name}-blobs", made, args, True, child)
        _share_protection(f"{name}-shares", made, args, child)
        lifecycle(f"{name}-lifecycle", made, args, True, ResourceOptions(parent=self, depends_on=[blobs]))
        endpoints(self, name, args.placement, args.access, "storage", made.id, LINKS)
        for _, service in LINKS:
            log_service(f"{name}-diag-{service}", made.id, service, args.log_workspace_id, child)
        self.account_id, self.account_name = made.id, made.name
        self.register_outputs({"account_id": self.account_id, "account_name": self.account_name})


def account(
    name: str, account_name: str, args: StorageAccountArgs, hierarchical: bool, opts: ResourceOptions
) -> storage.StorageAccount:
    """An account as every account of the platform is; `hierarchical` makes it a data lake and can't change later."""
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
        encryption=_encryption(),
        tags=args.placement.tags,
        opts=opts,
    )


def _encryption() -> storage.EncryptionArgs:
    """Twice, with two keys of Microsoft's. The second layer and account-wide keys can only be chosen at creation."""
    whole_account = storage.EncryptionServiceArgs(enabled=True, key_type="Account")
    return storage.EncryptionArgs(
        key_source="Microsoft.Storage",
        require_infrastructure_encryption=True,
        services=storage.EncryptionServicesArgs(
            blob=whole_account, file=whole_account, queue=whole_account, table=whole_account
        ),
    )


def blob_protection(
    name: str, made: storage.StorageAccount, args: StorageAccountArgs, versioned: bool, opts: ResourceOptions
) -> storage.BlobServiceProperties:
    """Soft delete of blobs and containers; `versioned` is refused by Azure on a hierarchical account."""
    keep = storage.DeleteRetentionPolicyArgs(enabled=True, days=args.soft_delete_days)
    return storage.BlobServiceProperties(
        name,
        account_name=made.name,
        blob_services_name="default",
        resource_group_name=args.resource_group_name,
        delete_retention_policy=keep,
        container_delete_retention_policy=keep,
        is_versioning_enabled=versioned,
        opts=opts,
    )


def _share_protection(
    name: str, made: storage.StorageAccount, args: StorageAccountArgs, opts: ResourceOptions
) -> storage.FileServiceProperties:
    return storage.FileServiceProperties(
        name,
        account_name=made.name,
        file_services_name="default",
        resource_group_name=args.resource_group_name,
        share_delete_retention_policy=storage.DeleteRetentionPolicyArgs(enabled=True, days=args.soft_delete_days),
        opts=opts,
    )


def lifecycle(
    name: str, made: storage.StorageAccount, args: StorageAccountArgs, versioned: bool, opts: ResourceOptions
) -> storage.ManagementPolicy:
    """Blobs not written for 30 days go to the cool tier; old versions go when they could no longer be undeleted."""
    return storage.ManagementPolicy(
        name,
        account_name=made.name,
        management_policy_name="default",
        resource_group_name=args.resource_group_name,
        policy=storage.ManagementPolicySchemaArgs(
            rules=[
                storage.ManagementPolicyRuleArgs(
                    name="cool-then-expire-versions" if versioned else "cool",
                    type="Lifecycle",
                    enabled=True,
                    definition=storage.ManagementPolicyDefinitionArgs(
                        filters=storage.ManagementPolicyFilterArgs(blob_types=["blockBlob"]),
                        actions=_lifecycle_actions(args.soft_delete_days, versioned),
                    ),
                )
            ]
        ),
        opts=opts,
    )


def _lifecycle_actions(soft_delete_days: int, versioned: bool) -> storage.ManagementPolicyActionArgs:
    cool = storage.DateAfterModificationArgs(days_after_modification_greater_than=30)
    gone = storage.DateAfterCreationArgs(days_after_creation_greater_than=soft_delete_days)
    return storage.ManagementPolicyActionArgs(
        base_blob=storage.ManagementPolicyBaseBlobArgs(tier_to_cool=cool),
        snapshot=storage.ManagementPolicySnapShotArgs(delete=gone) if versioned else None,
        version=storage.ManagementPolicyVersionArgs(delete=gone) if versioned else None,
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
