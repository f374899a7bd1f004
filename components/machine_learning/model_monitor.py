"""Model monitor: compares what a deployment is asked and answers with what its model was trained on, by the calendar.

Owns the schedule with its signals and who is told. Does not own the data collector (the deployment's), nor what people
do then (docs/runbooks/answer-model-drift.md).
"""

from __future__ import annotations

from dataclasses import dataclass

from pulumi import ComponentResource, Input, Output, ResourceOptions
from pulumi_azure_native import machinelearningservices as ml

from components.machine_learning.monitor_signals import Compared, Thresholds, signals
from components.problems import refuse

# how-to-monitor-model-performance.md: the one runtime that monitors run on.
SPARK = "3.4"


@dataclass(frozen=True, kw_only=True)
class ModelMonitorArgs:
    """`collected` is the folder under which the data collector of the deployment writes."""

    resource_group_name: Input[str]
    workspace_name: Input[str]
    monitor_name: str
    deployment_id: Input[str]
    task: str
    cron: str
    time_zone: str
    compared: Compared
    thresholds: Thresholds
    instance: str
    emails: tuple[str, ...]


def problems(args: ModelMonitorArgs) -> list[str]:
    """A monitor that watches nothing, or tells nobody."""
    found = [] if signals(args.compared, args.thresholds, ()) else ["no signal is watched"]
    return found if args.emails else [*found, "nobody is told"]


class ModelMonitor(ComponentResource):
    """One schedule."""

    schedule_id: Output[str]

    def __init__(self, name: str, args: ModelMonitorArgs, opts: ResourceOptions | None = None) -> None:
        super().__init__("platform:model_monitor:ModelMonitor", name, {}, opts)
        refuse(name, problems(args))
        made = ml.Schedule(
            f"{name}-schedule",
            name=f"monitor-{args.monitor_name}",
            workspace_name=args.workspace_name,
            resource_group_name=args.resource_group_name,
            properties=ml.SchedulePropertiesArgs(
                display_name=f"Monitor {args.monitor_name}",
                is_enabled=True,
                trigger=ml.CronTriggerArgs(trigger_type="Cron", expression=args.cron, time_zone=args.time_zone),
                action=ml.CreateMonitorActionArgs(action_type="CreateMonitor", monitor_definition=_definition(args)),
            ),
            opts=ResourceOptions(parent=self),
        )
        self.schedule_id = made.id
        self.register_outputs({"schedule_id": self.schedule_id})


def _definition(args: ModelMonitorArgs) -> ml.MonitorDefinitionArgs:
    return ml.MonitorDefinitionArgs(
        monitoring_target=ml.MonitoringTargetArgs(task_type=args.task, deployment_id=args.deployment_id),
        signals=signals(args.compared, args.thresholds, ("AmlNotification",)),
        compute_configuration=ml.MonitorServerlessSparkComputeArgs(
            compute_type="ServerlessSpark",
            compute_identity=ml.ManagedComputeIdentityArgs(compute_identity_type="ManagedIdentity"),
            instance_type=args.instance,
            runtime_version=SPARK,
        ),
        alert_notification_settings=ml.MonitorNotificationSettingsArgs(
            email_notification_settings=ml.MonitorEmailNotificationSettingsArgs(emails=list(args.emails))
        ),
    )
