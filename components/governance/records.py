"""From settings to records: who changed what, how long logs are kept, the copy that can't change, costs as files."""

from __future__ import annotations

from pulumi import ResourceOptions

from components import naming
from components.context import Foundation
from components.data.blob_protection import BlobProtection, Lifecycle
from components.governance.activity_log import ActivityLog, ActivityLogArgs
from components.governance.cost_export import CostExport, CostExportArgs
from components.governance.record_archive import COSTS, RecordArchive, RecordArchiveArgs
from components.governance.record_retention import RecordRetention, RecordRetentionArgs, longest_fitting
from components.identity.role_assignment import Grant, Principal, Scope
from components.identity.wiring import grant
from stacks.sections.governance import ArchiveSettings, RecordSettings

# Records are read when something has happened: seldom, and then all at once.
PROTECTION = BlobProtection(
    soft_delete_days=90,
    restore_days=None,
    change_feed_days=90,
    lifecycle=Lifecycle(cool_after_days=30, cold_after_days=None, archive_after_days=None),
)


def audit_days(foundation: Foundation) -> int:
    """How long audit records are kept: as the settings say, else as the classification demands."""
    wanted, least = foundation.settings.governance.records.audit_days, foundation.settings.monitoring.retention_days
    return longest_fitting(max(least, wanted or foundation.settings.demands.audit_retention_days))


def build(foundation: Foundation) -> RecordArchive | None:
    """The activity log, retention of the audit tables, and the archive where the settings want one."""
    wanted = foundation.settings.governance.records
    _activity_log(foundation)
    _retention(foundation, wanted)
    if wanted.archive is None:
        return None
    archive = _archive(foundation, wanted.archive)
    if wanted.archive.costs:
        _export_costs(foundation, archive)
    return archive


def _activity_log(foundation: Foundation) -> ActivityLog:
    args = ActivityLogArgs(
        placement=foundation.placement,
        scope=foundation.subscription_scope.id,
        log_workspace_id=foundation.log_workspace_id,
    )
    return ActivityLog(f"{foundation.prefix}-activity-log", args, foundation.child)


def _after_tables(foundation: Foundation) -> ResourceOptions:
    """A workspace takes one change of its tables at a time, and the first is made with it."""
    return ResourceOptions(parent=foundation.parent, depends_on=[foundation.observability])


def _retention(foundation: Foundation, wanted: RecordSettings) -> RecordRetention:
    args = RecordRetentionArgs(
        resource_group_name=foundation.group_name("observability"),
        workspace_name=foundation.observability.log_workspace_name,
        tables=wanted.audit_tables,
        total_days=audit_days(foundation),
    )
    return RecordRetention(f"{foundation.prefix}-record-retention", args, _after_tables(foundation))


def _archive(foundation: Foundation, wanted: ArchiveSettings) -> RecordArchive:
    args = RecordArchiveArgs(
        placement=foundation.placement,
        resource_group_name=foundation.group_name("observability"),
        replication=wanted.replication,
        protection=PROTECTION,
        customer_key=foundation.customer_keys.get("storage"),
        defender=None,
        access=foundation.access,
        log_workspace_id=foundation.log_workspace_id,
        workspace_group_name=foundation.group_name("observability"),
        workspace_name=foundation.observability.log_workspace_name,
        tables=wanted.tables,
        immutable_days=audit_days(foundation),
    )
    return RecordArchive(f"{foundation.prefix}-records", args, foundation.child)


def _export_costs(foundation: Foundation, archive: RecordArchive) -> CostExport:
    args = CostExportArgs(
        placement=foundation.placement,
        scope=naming.subscription_id_path(foundation.subscription_id),
        account_id=archive.account_id,
        container=COSTS,
        start_date=foundation.settings.budget.start_date,
    )
    export = CostExport(f"{foundation.prefix}-costs", args, foundation.child)
    writer = Grant(
        principal=Principal(name="cost-export", id=export.principal_id, type="ServicePrincipal"),
        scope=Scope(name="record-archive", id=archive.account_id),
        role="Storage Blob Data Contributor",
    )
    grant(foundation, "cost-export-roles", (writer,))
    return export
