"""Record retention: how long logs of each class are kept, beyond what can be searched every day.

Owns retention of the tables of audit records. Every other table has the workspace's retention
(`components.observability.observability`). Total retention is a cheap archive behind the searchable days: a search job
or a restore brings its rows back.
"""

from __future__ import annotations

from dataclasses import dataclass

from pulumi import ComponentResource, Input, Output, Resource, ResourceOptions
from pulumi_azure_native import operationalinsights

from components.problems import refuse

# Above 730 days only whole years count (azurerm log_analytics_workspace_table of 2026-08-21).
YEARS = (1095, 1460, 1826, 2191, 2556, 2922, 3288, 3653, 4018, 4383)
LONGEST_PLAIN = 730


def longest_fitting(days: int) -> int:
    """The shortest total retention that Log Analytics offers and that is no shorter than `days`."""
    return days if days <= LONGEST_PLAIN else next(year for year in YEARS if year >= days)


@dataclass(frozen=True, kw_only=True)
class RecordRetentionArgs:
    """`total_days` counts from a row's first day; `tables` must exist, as Azure's own do from the start."""

    resource_group_name: Input[str]
    workspace_name: Input[str]
    tables: tuple[str, ...]
    total_days: int


def problems(args: RecordRetentionArgs) -> list[str]:
    """Every reason why Log Analytics would refuse the retention."""
    found = []
    if not 4 <= args.total_days <= LONGEST_PLAIN and args.total_days not in YEARS:
        found.append(f"a total retention of {args.total_days} days: use 4 to {LONGEST_PLAIN}, or one of {YEARS}")
    if len(set(args.tables)) < len(args.tables):
        found.append("a table is named twice")
    return found


class RecordRetention(ComponentResource):
    """The tables of audit records."""

    table_ids: dict[str, Output[str]]

    def __init__(self, name: str, args: RecordRetentionArgs, opts: ResourceOptions | None = None) -> None:
        super().__init__("platform:record_retention:RecordRetention", name, {}, opts)
        refuse(name, problems(args))
        self.table_ids = {}
        before: list[Resource] = []
        for table in args.tables:
            made = operationalinsights.Table(
                f"{name}-table-{table}",
                table_name=table,
                resource_group_name=args.resource_group_name,
                workspace_name=args.workspace_name,
                plan="Analytics",  # audit rows are queried in ways that a basic table refuses
                total_retention_in_days=args.total_days,
                # A workspace takes one change of its tables at a time. Azure's own tables can't be deleted.
                opts=ResourceOptions(parent=self, depends_on=before, retain_on_delete=True),
            )
            before = [made]
            self.table_ids[table] = made.id
        self.register_outputs({"table_ids": self.table_ids})
