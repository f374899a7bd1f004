"""Backup store: the storage account in which the cluster's backup extension keeps what it reads from the API server.

Owns the account, its container, endpoint and logs. Does not own snapshots of volumes (a resource group) or the vault
(`components.continuity.cluster_backup`). An account of its own: whoever may delete data of Azure ML can't delete the
way back.
"""

from __future__ import annotations

from pulumi import ComponentResource, Output, ResourceOptions
from pulumi_azure_native import storage

from components import naming
from components.data.blob_protection import BlobAccount, protect_blobs
from components.data.storage_account import StorageAccountArgs, account, log_service, problems, scan
from components.network import private_dns
from components.network.private_endpoint import endpoints
from components.options import stateful
from components.problems import refuse

CONTAINER = "cluster-backups"


class BackupStore(ComponentResource):
    """Account and container. `args` are those of any account of the platform."""

    account_id: Output[str]
    account_name: Output[str]
    blob_endpoint: Output[str]

    def __init__(self, name: str, args: StorageAccountArgs, opts: ResourceOptions | None = None) -> None:
        super().__init__("platform:backup_store:BackupStore", name, {}, opts)
        refuse(name, problems(args))
        child = ResourceOptions(parent=self)
        made = account(f"{name}-st", naming.backup_account(args.placement), args, self, hierarchical=False)
        at = BlobAccount(account_name=made.name, resource_group_name=args.resource_group_name, hierarchical=False)
        protect_blobs(name, at, args.protection, child)
        scan(f"{name}-defender", made.id, args.defender, child)
        storage.BlobContainer(
            f"{name}-container",
            container_name=CONTAINER,
            account_name=made.name,
            resource_group_name=args.resource_group_name,
            public_access=storage.PublicAccess.NONE,
            opts=stateful(self, args.placement),
        )
        endpoints(self, name, args.placement, args.access, "backup", made.id, (private_dns.BLOB,))
        log_service(f"{name}-diag-blob", made.id, "blob", args.log_workspace_id, child)
        self.account_id, self.account_name = made.id, made.name
        self.blob_endpoint = made.primary_endpoints.blob
        self.register_outputs(
            {
                "account_id": self.account_id,
                "account_name": self.account_name,
                "blob_endpoint": self.blob_endpoint,
            }
        )
