"""Data lake: a storage account with a hierarchical namespace, and its file systems.

Owns the account and the file systems. Does not own paths and ACLs inside them: those are data, not infrastructure.
"""

from __future__ import annotations

from dataclasses import dataclass

from pulumi import ComponentResource, Output, ResourceOptions
from pulumi_azure_native import storage

from components import naming
from components.data.storage_account import StorageAccountArgs, account, blob_protection, lifecycle, log_service
from components.data.storage_account import problems as account_problems
from components.network import private_dns
from components.network.private_endpoint import endpoints
from components.options import stateful
from components.problems import refuse


@dataclass(frozen=True, kw_only=True)
class DataLakeArgs(StorageAccountArgs):
    """What every account has, and the names of the file systems."""

    file_systems: tuple[str, ...]


def problems(args: DataLakeArgs) -> list[str]:
    """Every reason why the lake can't be built."""
    found = account_problems(args)
    if len(set(args.file_systems)) != len(args.file_systems):
        found.append(f"file systems {', '.join(args.file_systems)}: a name occurs twice")
    return found


# Tools speak to both: dfs for paths and ACLs, blob for everything older.
LINKS = (private_dns.BLOB, private_dns.DFS)


class DataLake(ComponentResource):
    """Account with file systems, soft delete, lifecycle, endpoints and diagnostics."""

    account_id: Output[str]
    account_name: Output[str]

    def __init__(self, name: str, args: DataLakeArgs, opts: ResourceOptions | None = None) -> None:
        super().__init__("platform:data_lake:DataLake", name, {}, opts)
        refuse(name, problems(args))
        child = ResourceOptions(parent=self)
        made = account(f"{name}-dls", naming.data_lake(args.placement), args, True, stateful(self, args.placement))
        blobs = blob_protection(f"{name}-blobs", made, args, False, child)
        lifecycle(f"{name}-lifecycle", made, args, False, ResourceOptions(parent=self, depends_on=[blobs]))
        for file_system in args.file_systems:
            storage.BlobContainer(
                f"{name}-fs-{file_system}",
                container_name=file_system,
                account_name=made.name,
                resource_group_name=args.resource_group_name,
                public_access=storage.PublicAccess.NONE,
                opts=stateful(self, args.placement),
            )
        endpoints(self, name, args.placement, args.access, "lake", made.id, LINKS)
        # The dfs endpoint is logged by the blob service.
        log_service(f"{name}-diag-blob", made.id, "blob", args.log_workspace_id, child)
        self.account_id, self.account_name = made.id, made.name
        self.register_outputs({"account_id": self.account_id, "account_name": self.account_name})
