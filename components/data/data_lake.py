"""Data lake: a storage account with a hierarchical namespace, and its file systems.

Owns the account, the file systems, how long they can't be changed, and which of them have a key of their own. Does not
own paths and ACLs inside them: those are data, not infrastructure.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from pulumi import ComponentResource, Output, ResourceOptions
from pulumi_azure_native import storage

from components import naming
from components.data.blob_protection import BlobAccount, protect_blobs
from components.data.storage_account import StorageAccountArgs, account, log_service, scan
from components.data.storage_account import problems as account_problems
from components.network import private_dns
from components.network.private_endpoint import endpoints
from components.options import stateful
from components.problems import refuse
from components.security.customer_key import CustomerKey

# storage/blobs/immutable-time-based-retention-policy-overview (2026-11-25).
LONGEST_IMMUTABILITY = 146_000


@dataclass(frozen=True, kw_only=True)
class DataLakeArgs(StorageAccountArgs):
    """What every account has, and the names of the file systems.

    `immutable_days`: for how many days nobody may change or delete a file, by file system. `own_keys`: file systems
    whose data has a key of its own; fixed at creation.
    """

    file_systems: tuple[str, ...]
    immutable_days: Mapping[str, int]
    own_keys: Mapping[str, CustomerKey]


def problems(args: DataLakeArgs) -> list[str]:
    """Every reason why the lake can't be built."""
    found = account_problems(args)
    if len(set(args.file_systems)) != len(args.file_systems):
        found.append(f"file systems {', '.join(args.file_systems)}: a name occurs twice")
    for file_system, days in args.immutable_days.items():
        if not 1 <= days <= LONGEST_IMMUTABILITY:
            found.append(f"{file_system} immutable for {days} days: 1 to {LONGEST_IMMUTABILITY}")
    missing = sorted({*args.immutable_days, *args.own_keys} - set(args.file_systems))
    found += [f"file system {name} is protected but not made" for name in missing]
    if args.own_keys and args.customer_key is None:
        found.append("file systems have keys of their own, but the account has none: nobody could read those keys")
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
        made = account(f"{name}-dls", naming.data_lake(args.placement), args, self, hierarchical=True)
        at = BlobAccount(account_name=made.name, resource_group_name=args.resource_group_name, hierarchical=True)
        protect_blobs(name, at, args.protection, child)
        scan(f"{name}-defender", made.id, args.defender, child)
        for file_system in args.file_systems:
            self._file_system(name, file_system, made, args)
        endpoints(self, name, args.placement, args.access, "lake", made.id, LINKS)
        # The dfs endpoint is logged by the blob service.
        log_service(f"{name}-diag-blob", made.id, "blob", args.log_workspace_id, child)
        self.account_id, self.account_name = made.id, made.name
        self.register_outputs({"account_id": self.account_id, "account_name": self.account_name})

    def _file_system(self, name: str, file_system: str, made: storage.StorageAccount, args: DataLakeArgs) -> None:
        key = args.own_keys.get(file_system)
        scope = None if key is None else self._encryption_scope(f"{name}-scope-{file_system}", made, args, key)
        container = storage.BlobContainer(
            f"{name}-fs-{file_system}",
            container_name=file_system,
            account_name=made.name,
            resource_group_name=args.resource_group_name,
            public_access=storage.PublicAccess.NONE,
            default_encryption_scope=None if scope is None else scope.name,
            # Else whoever writes could choose the account's key.
            deny_encryption_scope_override=None if scope is None else True,
            opts=stateful(self, args.placement),
        )
        days = args.immutable_days.get(file_system)
        if days is not None:
            storage.BlobContainerImmutabilityPolicy(
                f"{name}-immutable-{file_system}",
                container_name=container.name,
                account_name=made.name,
                immutability_policy_name="default",
                resource_group_name=args.resource_group_name,
                immutability_period_since_creation_in_days=days,
                # A file of a lake is made empty and then appended to: without it nothing could be written.
                allow_protected_append_writes_all=True,
                opts=ResourceOptions(parent=self),
            )

    def _encryption_scope(
        self, name: str, made: storage.StorageAccount, args: DataLakeArgs, key: CustomerKey
    ) -> storage.EncryptionScope:
        ready = ResourceOptions(depends_on=list(key.ready))
        return storage.EncryptionScope(
            name,
            encryption_scope_name=key.key_name,
            account_name=made.name,
            resource_group_name=args.resource_group_name,
            source=storage.EncryptionScopeSource.MICROSOFT_KEY_VAULT,
            state=storage.EncryptionScopeState.ENABLED,
            key_vault_properties=storage.EncryptionScopeKeyVaultPropertiesArgs(key_uri=key.key_uri),
            require_infrastructure_encryption=True,
            opts=ResourceOptions.merge(stateful(self, args.placement), ready),
        )
