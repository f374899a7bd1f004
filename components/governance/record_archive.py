"""Record archive: a second copy of audit records that nobody can change, and of cost records.

Owns the account, a container for each exported table with a policy of immutability, and the export. Log Analytics has
administrators who may purge a table; this copy has none until its days are over, once its policies are locked. The
program leaves them unlocked: to lock one is a decision for ever, so a person takes it
(docs/runbooks/read-the-record-archive.md).
"""

from __future__ import annotations

from dataclasses import dataclass

from pulumi import ComponentResource, Input, Output, Resource, ResourceOptions
from pulumi_azure_native import operationalinsights, storage

from components import naming
from components.data.blob_protection import BlobAccount, protect_blobs
from components.data.storage_account import StorageAccountArgs, account, log_service
from components.data.storage_account import problems as account_problems
from components.network import private_dns
from components.network.private_endpoint import endpoints
from components.options import stateful
from components.problems import refuse

LINKS = (private_dns.BLOB,)
COSTS = "costs"
"""The container of cost records: not immutable, because Cost Management rewrites the files of the current month."""


@dataclass(frozen=True, kw_only=True)
class RecordArchiveArgs(StorageAccountArgs):
    """`tables` of the workspace are copied as rows come in, and can't be changed for `immutable_days`."""

    workspace_group_name: Input[str]
    workspace_name: Input[str]
    tables: tuple[str, ...]
    immutable_days: int


def problems(args: RecordArchiveArgs) -> list[str]:
    """Every reason why the archive can't be built."""
    found = account_problems(args)
    if not args.tables:
        found.append("an archive of no tables")
    if args.immutable_days < 1:
        found.append(f"records immutable for {args.immutable_days} days")
    return found


def container(table: str) -> str:
    """The container that the export writes a table to (azure-monitor-docs logs-data-export.md)."""
    return f"am-{table.lower()}"


class RecordArchive(ComponentResource):
    """Account, containers and export."""

    account_id: Output[str]
    account_name: Output[str]

    def __init__(self, name: str, args: RecordArchiveArgs, opts: ResourceOptions | None = None) -> None:
        super().__init__("platform:record_archive:RecordArchive", name, {}, opts)
        refuse(name, problems(args))
        child = ResourceOptions(parent=self)
        made = account(f"{name}-st", naming.record_archive(args.placement), args, self, hierarchical=False)
        at = BlobAccount(account_name=made.name, resource_group_name=args.resource_group_name, hierarchical=False)
        protect_blobs(name, at, args.protection, child)
        policies = [self._immutable(name, args, made, table) for table in args.tables]
        self._container(name, args, made, COSTS)
        operationalinsights.DataExport(
            f"{name}-export",
            data_export_name="audit-records",
            resource_group_name=args.workspace_group_name,
            workspace_name=args.workspace_name,
            resource_id=made.id,
            table_names=list(args.tables),
            enable=True,
            # The first row must find its container closed to changes.
            opts=ResourceOptions(parent=self, depends_on=policies),
        )
        endpoints(self, name, args.placement, args.access, "archive", made.id, LINKS)
        log_service(f"{name}-diag-blob", made.id, "blob", args.log_workspace_id, child)
        self.account_id, self.account_name = made.id, made.name
        self.register_outputs({"account_id": self.account_id, "account_name": self.account_name})

    def _container(
        self, name: str, args: RecordArchiveArgs, of: storage.StorageAccount, container_name: str
    ) -> storage.BlobContainer:
        return storage.BlobContainer(
            f"{name}-{container_name}",
            container_name=container_name,
            account_name=of.name,
            resource_group_name=args.resource_group_name,
            public_access="None",
            opts=stateful(self, args.placement),
        )

    def _immutable(self, name: str, args: RecordArchiveArgs, of: storage.StorageAccount, table: str) -> Resource:
        made = self._container(name, args, of, container(table))
        policy: Resource = storage.BlobContainerImmutabilityPolicy(
            f"{name}-{container(table)}-immutable",
            immutability_policy_name="default",
            account_name=of.name,
            container_name=made.name,
            resource_group_name=args.resource_group_name,
            immutability_period_since_creation_in_days=args.immutable_days,
            # The export appends to the file of the current hour.
            allow_protected_append_writes=True,
            opts=ResourceOptions(parent=self),
        )
        return policy
