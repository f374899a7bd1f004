"""Training compute: clusters for jobs and workstations for people, inside the workspace's managed network.

Owns clusters and instances. Does not own a subnet (the managed network has its own), nor SSH: nobody logs in to a node.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from pulumi import ComponentResource, Input, Output, Resource, ResourceOptions
from pulumi_azure_native import machinelearningservices as ml

from components import naming
from components.identity.identity import Identity
from components.placement import Placement
from components.problems import refuse


@dataclass(frozen=True, kw_only=True)
class JobCluster:
    """Nodes for jobs."""

    vm_size: str
    min_nodes: int
    max_nodes: int
    idle_minutes: int
    low_priority: bool


@dataclass(frozen=True, kw_only=True)
class Hours:
    """Crontab expressions in a Windows time zone. `start` None: its owner starts the instance."""

    start: str | None
    stop: str
    time_zone: str


@dataclass(frozen=True, kw_only=True)
class Workstation:
    """An instance for one person, `assigned_to` by object id."""

    vm_size: str
    assigned_to: str
    idle_minutes: int
    hours: Hours | None


@dataclass(frozen=True, kw_only=True)
class TrainingComputeArgs:
    """`identity` is whom jobs act as. `ready`: the workspace's outbound rules, and the identity's roles."""

    placement: Placement
    resource_group_name: Input[str]
    workspace_name: Input[str]
    tenant_id: Input[str]
    identity: Identity
    clusters: Mapping[str, JobCluster]
    workstations: Mapping[str, Workstation]
    ready: Sequence[Resource]


def problems(args: TrainingComputeArgs) -> list[str]:
    """Every reason why Azure would refuse one of them."""
    found = [
        f"cluster {name} would have {each.min_nodes} to {each.max_nodes} nodes"
        for name, each in args.clusters.items()
        if each.min_nodes > each.max_nodes
    ]
    return found + [
        f"{name} names a cluster and a workstation" for name in sorted({*args.clusters} & {*args.workstations})
    ]


class TrainingCompute(ComponentResource):
    """Clusters and instances."""

    compute_ids: dict[str, Output[str]]

    def __init__(self, name: str, args: TrainingComputeArgs, opts: ResourceOptions | None = None) -> None:
        super().__init__("platform:training_compute:TrainingCompute", name, {}, opts)
        refuse(name, problems(args))
        child = ResourceOptions(parent=self, depends_on=list(args.ready))
        made = {key: _cluster(f"{name}-cluster-{key}", key, args, child) for key in args.clusters}
        made |= {key: _workstation(f"{name}-instance-{key}", key, args, child) for key in args.workstations}
        self.compute_ids = {key: each.id for key, each in made.items()}
        self.register_outputs({"compute_ids": self.compute_ids})


def _cluster(name: str, key: str, args: TrainingComputeArgs, opts: ResourceOptions) -> ml.Compute:
    wanted = args.clusters[key]
    return ml.Compute(
        name,
        compute_name=key,
        workspace_name=args.workspace_name,
        resource_group_name=args.resource_group_name,
        location=args.placement.region,
        identity=ml.ManagedServiceIdentityArgs(
            type="UserAssigned", user_assigned_identities=[args.identity.identity_id]
        ),
        properties=ml.AmlComputeArgs(
            compute_type="AmlCompute",
            disable_local_auth=True,
            properties=ml.AmlComputePropertiesArgs(
                vm_size=wanted.vm_size,
                vm_priority="LowPriority" if wanted.low_priority else "Dedicated",
                os_type="Linux",
                scale_settings=ml.ScaleSettingsArgs(
                    min_node_count=wanted.min_nodes,
                    max_node_count=wanted.max_nodes,
                    node_idle_time_before_scale_down=f"PT{wanted.idle_minutes}M",
                ),
                enable_node_public_ip=False,
                remote_login_port_public_access="Disabled",
            ),
        ),
        tags=args.placement.tags,
        opts=opts,
    )


def _workstation(name: str, key: str, args: TrainingComputeArgs, opts: ResourceOptions) -> ml.Compute:
    wanted = args.workstations[key]
    return ml.Compute(
        name,
        compute_name=naming.compute_instance(args.placement, key),
        workspace_name=args.workspace_name,
        resource_group_name=args.resource_group_name,
        location=args.placement.region,
        properties=ml.ComputeInstanceArgs(
            compute_type="ComputeInstance",
            disable_local_auth=True,
            properties=ml.ComputeInstancePropertiesArgs(
                vm_size=wanted.vm_size,
                application_sharing_policy="Personal",
                compute_instance_authorization_type="personal",
                personal_compute_instance_settings=ml.PersonalComputeInstanceSettingsArgs(
                    assigned_user=ml.AssignedUserArgs(object_id=wanted.assigned_to, tenant_id=args.tenant_id)
                ),
                # Its user reaches data as themselves, never as a shared identity.
                enable_sso=True,
                enable_node_public_ip=False,
                ssh_settings=ml.ComputeInstanceSshSettingsArgs(ssh_public_access="Disabled"),
                idle_time_before_shutdown=f"PT{wanted.idle_minutes}M",
                schedules=_schedules(wanted.hours),
            ),
        ),
        tags=args.placement.tags,
        opts=opts,
    )


def _schedules(hours: Hours | None) -> ml.ComputeSchedulesArgs | None:
    if hours is None:
        return None
    wanted = {"Stop": hours.stop} | ({} if hours.start is None else {"Start": hours.start})
    return ml.ComputeSchedulesArgs(
        compute_start_stop=[
            ml.ComputeStartStopScheduleArgs(
                action=action,
                status="Enabled",
                trigger_type="Cron",
                cron=ml.CronArgs(expression=expression, time_zone=hours.time_zone),
            )
            for action, expression in wanted.items()
        ]
    )
