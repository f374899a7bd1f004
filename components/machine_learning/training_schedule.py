"""Training schedule: a job that Azure ML starts by the calendar.

Owns the schedule with the job in it. Does not own what comes of it: a model is registered by the job and promoted by a
pipeline, never served by itself.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from pulumi import ComponentResource, Input, Output, Resource, ResourceOptions
from pulumi_azure_native import machinelearningservices as ml

from components.identity.identity import Identity
from components.machine_learning.asset_reference import asset_id, is_pinned, optional_asset_id
from components.problems import refuse


@dataclass(frozen=True, kw_only=True)
class TrainingScheduleArgs:
    """`data` and `model_folder` are paths in datastores. `identity` is whom the job acts as.

    `ready`: datastores and environments, which the job names by text, and the roles of `identity`.
    """

    resource_group_name: Input[str]
    workspace_name: Input[str]
    workspace_id: Input[str]
    schedule_name: str
    cron: str
    time_zone: str
    enabled: bool
    command: str
    code: str | None
    environment: str
    compute_id: Input[str]
    identity: Identity
    data: str
    model_folder: str
    nodes: int
    timeout_hours: int
    ready: Sequence[Resource]


def problems(args: TrainingScheduleArgs) -> list[str]:
    """What isn't pinned: the next run would be another one."""
    pinned = (args.environment, args.code)
    return [f"{each} is no pinned version" for each in pinned if each is not None and not is_pinned(each)]


class TrainingSchedule(ComponentResource):
    """One schedule."""

    schedule_id: Output[str]

    def __init__(self, name: str, args: TrainingScheduleArgs, opts: ResourceOptions | None = None) -> None:
        super().__init__("platform:training_schedule:TrainingSchedule", name, {}, opts)
        refuse(name, problems(args))
        made = ml.Schedule(
            f"{name}-schedule",
            name=f"train-{args.schedule_name}",
            workspace_name=args.workspace_name,
            resource_group_name=args.resource_group_name,
            properties=ml.SchedulePropertiesArgs(
                display_name=f"Train {args.schedule_name}",
                is_enabled=args.enabled,
                trigger=ml.CronTriggerArgs(trigger_type="Cron", expression=args.cron, time_zone=args.time_zone),
                action=ml.JobScheduleActionArgs(action_type="CreateJob", job_definition=_job(args)),
            ),
            opts=ResourceOptions(parent=self, depends_on=list(args.ready)),
        )
        self.schedule_id = made.id
        self.register_outputs({"schedule_id": self.schedule_id})


def _job(args: TrainingScheduleArgs) -> ml.CommandJobArgs:
    return ml.CommandJobArgs(
        job_type="Command",
        experiment_name=args.schedule_name,
        command=args.command,
        code_id=optional_asset_id(args.workspace_id, "codes", args.code),
        environment_id=asset_id(args.workspace_id, "environments", args.environment),
        compute_id=args.compute_id,
        # Not the identity of whoever wrote the schedule, who may have left.
        identity=ml.ManagedIdentityArgs(
            identity_type="Managed", client_id=args.identity.client_id, resource_id=args.identity.identity_id
        ),
        inputs={"data": ml.UriFolderJobInputArgs(job_input_type="uri_folder", uri=args.data, mode="ReadOnlyMount")},
        outputs={
            "model": ml.UriFolderJobOutputArgs(
                job_output_type="uri_folder", uri=args.model_folder, mode="ReadWriteMount"
            )
        },
        resources=ml.JobResourceConfigurationArgs(instance_count=args.nodes),
        limits=ml.CommandJobLimitsArgs(job_limits_type="Command", timeout=f"PT{args.timeout_hours}H"),
    )
