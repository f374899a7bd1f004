"""Off hours: the cluster is stopped in the evening and started in the morning.

Owns two schedules (Logic Apps) and nothing else. A stopped cluster costs its disks and addresses; nodes, GPU pools
included, are gone and come back as they were. A schedule calls Azure Resource Manager as an identity that may start and
stop this one cluster (docs/decisions/0013-the-cluster-sleeps-by-logic-app.md). It can't be called from outside: its
only trigger is the clock. Does not stop what scales to zero by itself (Azure ML clusters) or has a schedule of its own
(compute instances).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from pulumi import ComponentResource, Input, Output, Resource, ResourceOptions
from pulumi_azure_native import logic

from components import naming
from components.identity.identity import Identity
from components.observability.diagnostic_setting import send_diagnostics
from components.placement import Placement
from components.problems import refuse

ACTIONS = (
    "Microsoft.ContainerService/managedClusters/read",
    "Microsoft.ContainerService/managedClusters/start/action",
    "Microsoft.ContainerService/managedClusters/stop/action",
)
"""What the schedules may do: less than any built-in role that can stop a cluster."""

API_VERSION = "2025-09-01"
MANAGEMENT = "https://management.azure.com"
SCHEMA = "https://schema.management.azure.com/providers/Microsoft.Logic/schemas/2016-06-01/workflowdefinition.json#"


@dataclass(frozen=True, kw_only=True)
class OffHoursArgs:
    """`start` and `stop` are HH:MM in `time_zone` (a Windows name); `ready` gives `identity` a role with `ACTIONS`."""

    placement: Placement
    resource_group_name: Input[str]
    cluster_id: Input[str]
    identity: Identity
    ready: Sequence[Resource]
    days: tuple[str, ...]
    start: str
    stop: str
    time_zone: str
    log_workspace_id: Input[str]


def problems(args: OffHoursArgs) -> list[str]:
    """Every reason why the cluster would not wake up when people come."""
    found = [] if args.days else ["a schedule without days never starts the cluster"]
    return found if args.start < args.stop else [*found, f"the cluster stops at {args.stop}, before {args.start}"]


class OffHours(ComponentResource):
    """One schedule that starts, one that stops."""

    workflow_ids: dict[str, Output[str]]

    def __init__(self, name: str, args: OffHoursArgs, opts: ResourceOptions | None = None) -> None:
        super().__init__("platform:off_hours:OffHours", name, {}, opts)
        refuse(name, problems(args))
        self.workflow_ids = {}
        for verb, at in (("start", args.start), ("stop", args.stop)):
            made = logic.Workflow(
                f"{name}-logic-{verb}",
                workflow_name=naming.named("logic", args.placement, verb),
                resource_group_name=args.resource_group_name,
                location=args.placement.region,
                state="Enabled",
                identity=logic.ManagedServiceIdentityArgs(
                    type="UserAssigned", user_assigned_identities=[args.identity.identity_id]
                ),
                definition=_definition(verb, at, args),
                tags=args.placement.tags,
                opts=ResourceOptions(parent=self, depends_on=list(args.ready)),
            )
            send_diagnostics(
                f"{name}-diag-{verb}",
                made.id,
                "Microsoft.Logic/workflows",
                args.log_workspace_id,
                ResourceOptions(parent=self),
            )
            self.workflow_ids[verb] = made.id
        self.register_outputs({"workflow_ids": self.workflow_ids})


def _definition(verb: str, at: str, args: OffHoursArgs) -> dict[str, Any]:
    hour, minute = at.split(":")
    return {
        "$schema": SCHEMA,
        "contentVersion": "1.0.0.0",
        "triggers": {
            "clock": {
                "type": "Recurrence",
                "recurrence": {
                    "frequency": "Week",
                    "interval": 1,
                    "timeZone": args.time_zone,
                    "schedule": {"weekDays": list(args.days), "hours": [int(hour)], "minutes": [int(minute)]},
                },
            }
        },
        "actions": {
            verb: {
                "type": "Http",
                # The call is over once Azure has taken it (202). Its progress lies at the subscription, where a role at
                # the cluster reads nothing: a workflow that asked for it would fail, though the cluster stops.
                "operationOptions": "DisableAsyncPattern",
                "inputs": {
                    "method": "POST",
                    "uri": Output.concat(MANAGEMENT, args.cluster_id, f"/{verb}?api-version={API_VERSION}"),
                    "authentication": {
                        "type": "ManagedServiceIdentity",
                        "identity": args.identity.identity_id,
                        "audience": f"{MANAGEMENT}/",
                    },
                },
            }
        },
    }
