"""From settings to what is made inside the cluster."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from pulumi import Input, Output, Resource, ResourceOptions

from components.aks import classified_pools
from components.aks.gpu_pool import POOL, TEAM, device_config
from components.aks.node_pool import SPOT
from components.aks.wiring import Aks, levels
from components.context import Foundation
from components.identity import cluster_access, federation
from components.identity.identity import Identity, IdentityArgs
from components.identity.role_assignment import Scope
from components.identity.wiring import grant
from components.kubernetes.delivery import provider
from components.kubernetes.gpu_operator import GpuOperator, GpuOperatorArgs
from components.kubernetes.gpu_resources import resource_name
from components.kubernetes.network_operator import NetworkOperator, NetworkOperatorArgs
from components.kubernetes.priorities import Priorities, PrioritiesArgs
from components.kubernetes.queues import Flavor, Queues, QueuesArgs, Share
from components.kubernetes.serving import Metrics, Model, Serving, ServingArgs
from components.kubernetes.team import Team, TeamArgs
from facts.vm_sizes import vm_size
from stacks.sections.cluster import ClusterSettings, GpuPoolSettings
from stacks.sections.workloads import ServingSettings, TeamSettings, WorkloadsSettings
from stacks.settings import Settings


def build(
    foundation: Foundation, aks: Aks, identities: Mapping[str, Identity], registry: Input[str], flux: Resource | None
) -> None:
    """Roles of the teams, then what is in the cluster; `flux`: what charts wait for."""
    wanted = foundation.settings.workloads
    if wanted is None:
        return
    _grant_teams(foundation, aks, wanted)
    if wanted.deliver == "nothing":
        return
    # Objects come before nothing of the cluster: whoever applies them needs its pools, or the charts never get ready.
    ready = [aks.cluster, *aks.pools, *([] if flux is None else [flux])]
    cluster = provider(
        f"{foundation.prefix}-kubernetes",
        foundation.group_name("cluster"),
        aks.cluster.cluster_name,
        ready,
        foundation.parent,
    )
    inside = ResourceOptions(parent=foundation.parent, providers=[cluster])
    name, pools = f"{foundation.prefix}-in", foundation.settings.cluster.gpu_pools
    Priorities(f"{name}-priorities", PrioritiesArgs(pools=pool_priorities(foundation.settings.cluster)), inside)
    teams: list[Resource] = [
        Team(f"{name}-team-{key}", _team(foundation, wanted, key, identities), inside) for key in wanted.teams
    ]
    if wanted.gpu_operator is not None:
        # Without managed Prometheus the cluster doesn't know the kind of object that says what is read.
        metrics = wanted.gpu_operator.metrics and foundation.settings.cluster.managed_prometheus
        operator = GpuOperator(f"{name}-gpu-operator", gpu_operator(pools, wanted, metrics), inside)
        if wanted.network_operator is not None:
            network = NetworkOperatorArgs(pods_per_node=wanted.network_operator.pods_per_node, ready=(operator,))
            NetworkOperator(f"{name}-network-operator", network, inside)
    if wanted.queues is not None:
        Queues(f"{name}-queues", queues(foundation.settings, wanted, teams), inside)
    if wanted.serving is not None:
        Serving(f"{name}-serving", _serving(foundation, aks, wanted.serving, registry, teams), inside)


def _grant_teams(foundation: Foundation, aks: Aks, wanted: WorkloadsSettings) -> None:
    cluster = Scope(name="cluster", id=aks.cluster.cluster_id)
    for key, team in wanted.teams.items():
        namespace = Scope(name=f"ns-{key}", id=Output.concat(aks.cluster.cluster_id, "/namespaces/", key))
        grant(foundation, f"team-{key}-roles", cluster_access.team(key, team.group, cluster, namespace))


def pool_priorities(cluster: ClusterSettings) -> dict[str, int]:
    """Which pool grows first: without a GPU, then spare capacity, then the smallest GPU that will do.

    Empty where the cluster has another expander. Every pool is in it: one that is not would never grow.
    """
    if cluster.autoscaler.expander != "priority":
        return {}
    found = {"system": 100, **dict.fromkeys(cluster.pools, 100)}
    on_demand = {name: pool for name, pool in cluster.gpu_pools.items() if pool.spot is None}
    for name, pool in cluster.gpu_pools.items():
        if pool.spot is not None:
            found[name] = 90
            if pool.spot.fallback:
                on_demand[f"{name}od"] = pool
    smallest_first = sorted(on_demand, key=lambda name: (_gpu_memory(on_demand[name]), name))
    return {**found, **{name: 80 - place for place, name in enumerate(smallest_first)}}


def _gpu_memory(pool: GpuPoolSettings) -> float:
    size = vm_size(pool.vm_size)
    return float(size.gpu_memory_gib or 0)


def gpus(pools: Mapping[str, GpuPoolSettings], team: TeamSettings) -> dict[str, int]:
    """A team's GPUs by the name of the resource: several pools may have one."""
    found: dict[str, int] = {}
    for pool, count in team.gpus.items():
        resource = resource_name(pools[pool])
        found[resource] = found.get(resource, 0) + count
    return found


def within_reach(wanted: WorkloadsSettings, team: TeamSettings) -> TeamSettings:
    """A team's share, with what it may borrow: a quota of its own share alone would refuse the pods of borrowers.

    It borrows from teams that have a share of the same pool; processors and memory from all.
    """
    if wanted.queues is None or not wanted.queues.borrow:
        return team
    everybody = wanted.teams.values()
    return team.model_copy(
        update={
            "cpu": sum(each.cpu for each in everybody),
            "memory_gib": sum(each.memory_gib for each in everybody),
            "gpus": {pool: sum(each.gpus.get(pool, 0) for each in everybody) for pool in team.gpus},
        }
    )


def reaches(teams: Mapping[str, TeamSettings], key: str) -> tuple[str, ...]:
    """The other teams that let `key` call them."""
    return tuple(name for name, team in teams.items() if key in team.reached_from)


def _team(foundation: Foundation, wanted: WorkloadsSettings, key: str, identities: Mapping[str, Identity]) -> TeamArgs:
    settings, team = foundation.settings, within_reach(wanted, wanted.teams[key])
    return TeamArgs(
        namespace=key,
        group_id=team.group,
        cpu=team.cpu,
        memory_gib=team.memory_gib,
        gpus=gpus(settings.cluster.gpu_pools, team),
        pods=team.pods,
        pod_security=team.pod_security,
        reached_from=team.reached_from,
        reaches=reaches(wanted.teams, key),
        inside=(settings.network.pod_cidr, settings.network.service_cidr),
        service_accounts={
            workload.service_account: identities[name].client_id
            for name, workload in settings.access.workloads.items()
            if workload.namespace == key
        },
        metrics=settings.cluster.managed_prometheus,
    )


def gpu_operator(pools: Mapping[str, GpuPoolSettings], wanted: WorkloadsSettings, metrics: bool) -> GpuOperatorArgs:
    """What the pools leave to the operator."""
    nvidia = [pool for pool in pools.values() if vm_size(pool.vm_size).gpu_vendor == "nvidia"]
    return GpuOperatorArgs(
        driver=any(pool.driver == "operator" for pool in nvidia),
        infiniband=wanted.network_operator is not None,
        configs=sorted({device_config(pool.mig_profile, pool.mig_strategy, pool.shares) for pool in nvidia}),
        metrics=metrics,
    )


def queues(settings: Settings, wanted: WorkloadsSettings, teams: Sequence[Resource]) -> QueuesArgs:
    """A flavor for each pool, and each team's share."""
    options = wanted.queues
    return QueuesArgs(
        flavors={
            name: Flavor(
                resource=resource_name(pool),
                labels={POOL: name},
                tolerations=tolerations(pool),
                taints=tuple(map(taint, further_taints(settings, pool))),
                infiniband=wanted.network_operator is not None and has_infiniband(pool),
            )
            for name, pool in settings.cluster.gpu_pools.items()
        },
        shares={
            key: Share(cpu=team.cpu, memory_gib=team.memory_gib, gpus=team.gpus) for key, team in wanted.teams.items()
        },
        borrow=options is None or options.borrow,
        whole_jobs_only=options is not None and options.whole_jobs_only,
        ready=teams,
    )


def has_infiniband(pool: GpuPoolSettings) -> bool:
    """Whether the network operator brings InfiniBand to the pool: its driver needs the GPU operator's beside it."""
    return vm_size(pool.vm_size).rdma is True and pool.driver == "operator"


def further_taints(settings: Settings, pool: GpuPoolSettings) -> tuple[str, ...]:
    """The pool's taints that are not every GPU pool's: for its classification, and those of the settings."""
    level = pool.classification or settings.classification
    return (*classified_pools.taints(level, levels(settings)), *pool.taints)


def taint(text: str) -> dict[str, str]:
    """A taint of the settings (key=value:effect) as Kubernetes writes it."""
    where, _, effect = text.rpartition(":")
    key, _, value = where.partition("=")
    return {"key": key, "value": value, "effect": effect}


def tolerations(pool: GpuPoolSettings) -> tuple[Mapping[str, str], ...]:
    """What lets a pod onto the nodes of a pool."""
    vendor = vm_size(pool.vm_size).gpu_vendor
    keys = {f"{vendor}.com/gpu": None, SPOT: pool.spot, TEAM: pool.team}
    wanted = [f"{vendor}.com/gpu", *(key for key, value in keys.items() if value is not None)]
    return tuple({"key": key, "operator": "Exists", "effect": "NoSchedule"} for key in wanted)


def tolerated(text: str) -> dict[str, str]:
    """What lets a pod past a taint of the settings."""
    return {**taint(text), "operator": "Equal"}


def _serving(
    foundation: Foundation, aks: Aks, wanted: ServingSettings, registry: Input[str], teams: Sequence[Resource]
) -> ServingArgs:
    pools = foundation.settings.cluster.gpu_pools
    return ServingArgs(
        image=Output.concat(registry, "/", wanted.runtime_image),
        metrics=_metrics(foundation, aks, wanted),
        ready=teams,
        models={
            name: Model(
                namespace=model.team,
                service_account=model.service_account,
                storage_uri=model.storage_uri,
                model_format=model.model_format,
                gpu_resource=resource_name(pools[model.pool]),
                labels={POOL: model.pool},
                # The platform chose the pool for the model: its pods may go where further taints keep others off.
                tolerations=(
                    *tolerations(pools[model.pool]),
                    *map(tolerated, further_taints(foundation.settings, pools[model.pool])),
                ),
                min_replicas=model.min_replicas,
                max_replicas=model.max_replicas,
                load_query=model.load_query,
                load_per_replica=model.load_per_replica,
            )
            for name, model in wanted.models.items()
        },
    )


def _metrics(foundation: Foundation, aks: Aks, wanted: ServingSettings) -> Metrics | None:
    """KEDA's own identity, which reads metrics and nothing else."""
    if wanted.metrics is None:
        return None
    args = IdentityArgs(
        placement=foundation.placement,
        resource_group_name=foundation.group_name("cluster"),
        purpose="keda",
        trusts=(federation.service_account(aks.cluster.oidc_issuer_url, "kube-system", "keda-operator"),),
    )
    keda = Identity(f"{foundation.prefix}-keda", args, foundation.child)
    scope = Scope(name="metrics", id=wanted.metrics.workspace_id)
    grant(foundation, "keda-roles", cluster_access.metrics_reader(keda, scope))
    return Metrics(address=wanted.metrics.address, client_id=keda.client_id)
