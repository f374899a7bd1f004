"""Cost export: what the subscription cost, every day, as files that a charge-back can read.

Owns the export. Does not own the container (`components.governance.record_archive`). Cost Management signs in to the
closed account as the export's own identity.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from pulumi import ComponentResource, Input, Output, ResourceOptions
from pulumi_azure_native import costmanagement

from components import naming
from components.placement import Placement
from components.problems import refuse

YEARS = 10
"""How long an export is scheduled for; the API wants an end."""


@dataclass(frozen=True, kw_only=True)
class CostExportArgs:
    """`start_date` is fixed in the settings, or every update would move it."""

    placement: Placement
    scope: Input[str]
    account_id: Input[str]
    container: str
    start_date: date


def problems(args: CostExportArgs) -> list[str]:
    """Every reason why Cost Management would refuse the export."""
    leap_day = (args.start_date.month, args.start_date.day) == (2, 29)
    return [f"{args.start_date} has no anniversary: start on another day"] if leap_day else []


class CostExport(ComponentResource):
    """One daily export."""

    export_id: Output[str]
    principal_id: Output[str]

    def __init__(self, name: str, args: CostExportArgs, opts: ResourceOptions | None = None) -> None:
        super().__init__("platform:cost_export:CostExport", name, {}, opts)
        refuse(name, problems(args))
        end = args.start_date.replace(year=args.start_date.year + YEARS)
        made = costmanagement.Export(
            f"{name}-export",
            export_name=naming.policy(args.placement, "costs"),
            scope=args.scope,
            location=args.placement.region,
            identity=costmanagement.SystemAssignedServiceIdentityArgs(type="SystemAssigned"),
            format="Csv",
            partition_data=True,
            definition=costmanagement.ExportDefinitionArgs(
                type="ActualCost",
                timeframe="MonthToDate",
                data_set=costmanagement.ExportDatasetArgs(granularity="Daily"),
            ),
            delivery_info=costmanagement.ExportDeliveryInfoArgs(
                destination=costmanagement.ExportDeliveryDestinationArgs(
                    resource_id=args.account_id, container=args.container, root_folder_path="daily"
                )
            ),
            schedule=costmanagement.ExportScheduleArgs(
                status="Active",
                recurrence="Daily",
                recurrence_period=costmanagement.ExportRecurrencePeriodArgs(
                    from_=f"{args.start_date.isoformat()}T00:00:00Z", to=f"{end.isoformat()}T00:00:00Z"
                ),
            ),
            opts=ResourceOptions(parent=self),
        )
        self.export_id = made.id
        self.principal_id = made.identity.principal_id
        self.register_outputs({"export_id": self.export_id, "principal_id": self.principal_id})
