"""Queues: Kueue admits jobs by team, from the same numbers as the teams' quotas.

Owns the chart, a flavor for each GPU pool, a queue of the cluster for each team in one cohort, and the queue that jobs
of the team name. Does not own the namespace's quota (`components.kubernetes.team`), which also bounds what is no job.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from pulumi import ComponentResource, Output, Resource, ResourceOptions
from pulumi_kubernetes.apiextensions import CustomResource

from components.kubernetes.chart import Chart, ChartArgs
from components.kubernetes.network_operator import RESOURCE as INFINIBAND
from components.problems import refuse

API = "kueue.x-k8s.io/v1beta2"
COHORT = "platform"
ANY = "any"
"""The flavor of processors and memory: whichever node has them."""
CHECK = "whole-job"


@dataclass(frozen=True, kw_only=True)
class Flavor:
    """Nodes of one pool: `resource` is what a pod asks for there. `infiniband`: whether it may ask for that as well.

    `taints`: what a pod must tolerate by itself to run there; Kueue offers the pool to no other.
    """

    resource: str
    labels: Mapping[str, str]
    tolerations: tuple[Mapping[str, str], ...]
    taints: tuple[Mapping[str, str], ...] = ()
    infiniband: bool = False


@dataclass(frozen=True, kw_only=True)
class Share:
    """A team's share; `gpus` by flavor."""

    cpu: int
    memory_gib: int
    gpus: Mapping[str, int] = field(default_factory=dict)


@dataclass(frozen=True, kw_only=True)
class QueuesArgs:
    """`flavors` by pool, `shares` by namespace. `whole_jobs_only`: all nodes of a job or none.

    `ready`: the namespaces of the teams.
    """

    flavors: Mapping[str, Flavor]
    shares: Mapping[str, Share]
    borrow: bool
    whole_jobs_only: bool
    ready: Sequence[Resource] = ()


def problems(args: QueuesArgs) -> list[str]:
    """Shares of pools that have no flavor: Kueue would never admit a job to them. Flavors that are one another."""
    found = [f"the pool {ANY} has the name of the flavor that stands for every node"] if ANY in args.flavors else []
    return found + [
        f"{team} has GPUs of {pool}, which is no pool"
        for team, share in args.shares.items()
        for pool in share.gpus
        if pool not in args.flavors
    ]


def resource_groups(args: QueuesArgs, share: Share) -> list[dict[str, Any]]:
    """One group for each name of a resource: a flavor must be in one only.

    Every flavor of a group covers the same resources. Kueue admits no job that asks for one which no group covers.
    """
    by_resource: dict[str, list[str]] = {}
    for pool in share.gpus:
        by_resource.setdefault(args.flavors[pool].resource, []).append(pool)
    work: dict[str, int | str] = {"cpu": share.cpu, "memory": f"{share.memory_gib}Gi"}
    return [
        {"coveredResources": list(work), "flavors": [_quota(ANY, work, args.borrow)]},
        *(_gpu_group(args, share, resource, pools) for resource, pools in by_resource.items()),
    ]


def _gpu_group(args: QueuesArgs, share: Share, resource: str, pools: Sequence[str]) -> dict[str, Any]:
    infiniband = any(args.flavors[pool].infiniband for pool in pools)
    flavors = []
    for pool in pools:
        amounts: dict[str, int | str] = {resource: share.gpus[pool]}
        if infiniband:
            # Each pod asks for it once, and for one GPU or more.
            amounts[INFINIBAND] = share.gpus[pool] if args.flavors[pool].infiniband else 0
        flavors.append(_quota(pool, amounts, args.borrow))
    return {"coveredResources": [resource, *([INFINIBAND] if infiniband else [])], "flavors": flavors}


def _quota(flavor: str, amounts: Mapping[str, int | str], borrow: bool) -> dict[str, Any]:
    limit = {} if borrow else {"borrowingLimit": 0}
    return {
        "name": flavor,
        "resources": [{"name": name, "nominalQuota": amount, **limit} for name, amount in amounts.items()],
    }


class Queues(ComponentResource):
    """Chart, flavors, queues."""

    queue_names: Output[list[str]]

    def __init__(self, name: str, args: QueuesArgs, opts: ResourceOptions | None = None) -> None:
        super().__init__("platform:queues:Queues", name, {}, opts)
        refuse(name, problems(args))
        # Two copies: while Kueue is away, no job is created, because its webhook answers nothing.
        values = {"controllerManager": {"replicas": 2}}
        chart = Chart(
            f"{name}-chart",
            ChartArgs(chart="kueue", namespace="kueue-system", pod_security="restricted", values=values),
            ResourceOptions(parent=self),
        )
        self.ready = ResourceOptions(parent=self, depends_on=[chart])
        flavors = [self._flavor(name, ANY, {})]
        flavors += [self._flavor(name, pool, _flavor_spec(flavor)) for pool, flavor in args.flavors.items()]
        checks = self._whole_jobs(name, args) if args.whole_jobs_only else []
        for team, share in args.shares.items():
            self._queues(name, team, _queue_spec(args, team, share), [*flavors, *checks], args.ready)
        self.queue_names = Output.from_input(list(args.shares))
        self.register_outputs({"queue_names": self.queue_names})

    def _flavor(self, name: str, pool: str, spec: dict[str, Any]) -> CustomResource:
        return CustomResource(
            f"{name}-flavor-{pool}",
            api_version=API,
            kind="ResourceFlavor",
            metadata={"name": pool},
            spec=spec,
            opts=self.ready,
        )

    def _whole_jobs(self, name: str, args: QueuesArgs) -> list[CustomResource]:
        config = CustomResource(
            f"{name}-provisioning",
            api_version=API,
            kind="ProvisioningRequestConfig",
            metadata={"name": CHECK},
            spec={
                # The autoscaler adds all nodes of a job or none: half a job would hold GPUs and do nothing.
                "provisioningClassName": "best-effort-atomic-scale-up.autoscaling.x-k8s.io",
                "managedResources": sorted({flavor.resource for flavor in args.flavors.values()}),
            },
            opts=self.ready,
        )
        check = CustomResource(
            f"{name}-check",
            api_version=API,
            kind="AdmissionCheck",
            metadata={"name": CHECK},
            spec={
                "controllerName": "kueue.x-k8s.io/provisioning-request",
                "parameters": {"apiGroup": "kueue.x-k8s.io", "kind": "ProvisioningRequestConfig", "name": CHECK},
            },
            opts=ResourceOptions.merge(self.ready, ResourceOptions(depends_on=[config])),
        )
        return [config, check]

    def _queues(
        self, name: str, team: str, spec: dict[str, Any], after: Sequence[Resource], ready: Sequence[Resource]
    ) -> None:
        queue = CustomResource(
            f"{name}-cluster-queue-{team}",
            api_version=API,
            kind="ClusterQueue",
            metadata={"name": team},
            spec=spec,
            opts=ResourceOptions.merge(self.ready, ResourceOptions(depends_on=after)),
        )
        CustomResource(
            f"{name}-queue-{team}",
            api_version=API,
            kind="LocalQueue",
            metadata={"name": "jobs", "namespace": team},
            spec={"clusterQueue": team},
            opts=ResourceOptions.merge(self.ready, ResourceOptions(depends_on=[queue, *ready])),
        )


def _flavor_spec(flavor: Flavor) -> dict[str, Any]:
    spec: dict[str, Any] = {
        "nodeLabels": dict(flavor.labels),
        "tolerations": [dict(each) for each in flavor.tolerations],
    }
    return spec | ({"nodeTaints": [dict(each) for each in flavor.taints]} if flavor.taints else {})


def _queue_spec(args: QueuesArgs, team: str, share: Share) -> dict[str, Any]:
    spec: dict[str, Any] = {
        "cohortName": COHORT,
        "namespaceSelector": {"matchLabels": {"kubernetes.io/metadata.name": team}},
        "resourceGroups": resource_groups(args, share),
        # What was lent comes back when its owner asks; within a team the more important job goes first.
        "preemption": {"reclaimWithinCohort": "Any", "withinClusterQueue": "LowerPriority"},
    }
    if args.whole_jobs_only and share.gpus:
        spec["admissionChecksStrategy"] = {"admissionChecks": [{"name": CHECK, "onFlavors": sorted(share.gpus)}]}
    return spec
