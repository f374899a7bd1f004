"""What is in the cluster, against the cluster: teams, their pools, and what charts need."""

from __future__ import annotations

from collections.abc import Iterator

from facts.gpu_slices import SLICES
from facts.vm_sizes import vm_size
from stacks.problems import Problem
from stacks.sections.cluster import GpuPoolSettings
from stacks.sections.workloads import ServedModel
from stacks.settings import Settings
from stacks.types import OWN_NAMESPACES


def charts_have_flux(settings: Settings) -> Iterator[Problem]:
    """Flux installs the charts, so it is there."""
    wanted = settings.workloads
    if wanted is None or wanted.deliver == "nothing" or settings.cluster.gitops is not None:
        return
    for name in ("gpu_operator", "network_operator", "queues", "serving"):
        if getattr(wanted, name) is not None:
            yield Problem(
                path=("workloads", name),
                what=f"{name} is a chart, and the cluster has no Flux (cluster.gitops is absent).",
                follows="Nothing installs the chart; the update waits for it until it fails.",
                fix="Add `cluster.gitops`, or remove the section.",
            )


def priorities_reach_the_autoscaler(settings: Settings) -> Iterator[Problem]:
    """The priority expander reads a table in the cluster, which is made with `workloads`."""
    delivered = settings.workloads is not None and settings.workloads.deliver == "apply"
    if settings.cluster.autoscaler.expander == "priority" and not delivered:
        yield Problem(
            path=("cluster", "autoscaler", "expander"),
            what="The expander is priority, and nothing makes its table: `workloads` is absent or delivers nothing.",
            follows="The autoscaler has no order of pools and chooses at random, the dearest pool included.",
            fix="Add `workloads` with `deliver: apply`, or choose another expander.",
        )


def teams_are_told_apart(settings: Settings) -> Iterator[Problem]:
    """A team has a namespace that nobody else has, and a group that signs in once."""
    teams = settings.workloads.teams if settings.workloads is not None else {}
    people = settings.access
    signs_in = {
        group.lower(): name
        for name, group in (
            ("access.platform_admins", people.platform_admins),
            ("access.ml_engineers", people.ml_engineers),
            ("access.break_glass", people.break_glass),
        )
        if group is not None
    }
    for name, team in teams.items():
        if name in OWN_NAMESPACES or name.startswith("kube-"):
            yield Problem(
                path=("workloads", "teams", name),
                what=f"{name} is a namespace of the cluster, or of what the platform installs in it.",
                follows="Its quota, network policies and rights would bind the platform's own pods.",
                fix="Choose another name.",
            )
        first = signs_in.setdefault(team.group.lower(), f"the team {name}")
        if first != f"the team {name}":
            yield Problem(
                path=("workloads", "teams", name, "group"),
                what=f"The group is also that of {first}.",
                follows="It would get the right to sign in to the cluster twice, and Azure refuses the second "
                "(RoleAssignmentExists).",
                fix="Give the team a group of its own.",
            )


def teams_have_pools_that_exist(settings: Settings) -> Iterator[Problem]:
    """A team's GPUs, and a pool's team, are there."""
    teams = settings.workloads.teams if settings.workloads is not None else {}
    pools = settings.cluster.gpu_pools
    for team, wanted in teams.items():
        for pool in wanted.gpus:
            owner = pools[pool].team if pool in pools else None
            if pool not in pools or owner not in (None, team):
                yield Problem(
                    path=("workloads", "teams", team, "gpus", pool),
                    what=f"{pool} is no GPU pool of the cluster."
                    if pool not in pools
                    else f"{pool} is {owner}'s alone.",
                    follows="Jobs of the team would wait for nodes that never come.",
                    fix=f"Choose among {', '.join(pools) or 'none: add a pool'}.",
                )
    for name, gpu_pool in pools.items():
        if gpu_pool.team is not None and gpu_pool.team not in teams:
            yield Problem(
                path=("cluster", "gpu_pools", name, "team"),
                what=f"{gpu_pool.team} is no team of workloads.teams.",
                follows="The pool is closed to everybody, and paid for.",
                fix="Add the team, or remove `team`.",
            )


def shares_are_there(settings: Settings) -> Iterator[Problem]:
    """Teams are promised no more GPUs of a pool than it has when it is largest."""
    teams = settings.workloads.teams if settings.workloads is not None else {}
    for name, pool in settings.cluster.gpu_pools.items():
        there = _gpus_of(pool)
        promised = {team: wanted.gpus[name] for team, wanted in teams.items() if wanted.gpus.get(name)}
        if there is not None and sum(promised.values()) > there:
            shares = ", ".join(f"{team} {number}" for team, number in promised.items())
            yield Problem(
                path=("workloads", "teams", next(iter(promised)), "gpus", name),
                what=f"{name} has {there} GPUs, slices or shares at most, and teams have {sum(promised.values())} "
                f"({shares}).",
                follows="Queues admit jobs whose pods wait for nodes that never come.",
                fix=f"Lower the teams' `gpus.{name}` to {there} in all, or raise `max_count` of the pool.",
            )


def _gpus_of(pool: GpuPoolSettings) -> int | None:
    """As Kubernetes counts them, with the pool and its fallback at their largest; None for a size that is not known."""
    try:
        each = int(vm_size(pool.vm_size).gpu_count)
    except LookupError:
        return None
    slices = 1 if pool.mig_profile is None else SLICES[pool.mig_profile]
    pools = 2 if pool.spot is not None and pool.spot.fallback else 1
    return max(each, 1) * slices * pool.shares * pool.max_count * pools


def workloads_have_a_team(settings: Settings) -> Iterator[Problem]:
    """Each identity's service account is made in a team's namespace."""
    if settings.workloads is None or not settings.workloads.teams:
        return
    for name, workload in settings.access.workloads.items():
        if workload.namespace not in settings.workloads.teams:
            yield Problem(
                path=("access", "workloads", name, "namespace"),
                what=f"{workload.namespace} is no team of workloads.teams.",
                follows="Nobody makes the service account, so no pod can be this identity.",
                fix=f"Write one of {', '.join(settings.workloads.teams)}, or add the team.",
            )


def drivers_have_an_operator(settings: Settings) -> Iterator[Problem]:
    """A pool that leaves its driver to the operator has one."""
    operator = settings.workloads is not None and settings.workloads.gpu_operator is not None
    if settings.workloads is None or operator:
        return
    for name, pool in settings.cluster.gpu_pools.items():
        if pool.driver == "operator":
            yield Problem(
                path=("cluster", "gpu_pools", name, "driver"),
                what=f"{name} leaves its driver to the GPU operator, and workloads.gpu_operator is absent.",
                follows="Its nodes start without a driver; no pod gets a GPU.",
                fix="Add `workloads.gpu_operator: {}`, or write `driver: aks`.",
            )


def infiniband_has_nodes(settings: Settings) -> Iterator[Problem]:
    """The network operator stands on the GPU operator, and drives cards that some pool has."""
    wanted = settings.workloads
    if wanted is None or wanted.network_operator is None:
        return
    if wanted.gpu_operator is None:
        yield Problem(
            path=("workloads", "network_operator"),
            what="The network operator is to be installed, and workloads.gpu_operator is absent.",
            follows="Nothing discovers which nodes have InfiniBand cards, so no driver is installed.",
            fix="Add `workloads.gpu_operator: {}`, or remove `network_operator`.",
        )
    pools = settings.cluster.gpu_pools.values()
    if not any(pool.driver == "operator" and _has_infiniband(pool.vm_size) for pool in pools):
        yield Problem(
            path=("workloads", "network_operator"),
            what="No GPU pool has a size with InfiniBand and leaves its driver to the operator.",
            follows="The network operator would find nothing to do.",
            fix="Give such a pool `driver: operator`, or remove `network_operator`.",
        )


def _has_infiniband(name: str) -> bool:
    """False for a size that is not known: `sizes_are_offered` reports it."""
    try:
        return vm_size(name).rdma is True
    except LookupError:
        return False


def served_models_fit(settings: Settings) -> Iterator[Problem]:
    """A served model has a team, a pool and metrics to scale by."""
    serving = settings.workloads.serving if settings.workloads is not None else None
    if settings.workloads is None or serving is None:
        return
    for name, model in serving.models.items():
        path = ("workloads", "serving", "models", name)
        wrong = {
            (*path, "team"): model.team not in settings.workloads.teams and f"{model.team} is no team",
            (*path, "pool"): _no_place(settings, model),
            (*path, "service_account"): _nobody(settings, model),
            ("workloads", "serving", "metrics"): serving.metrics is None and f"{name} has nothing to scale by",
            (*path, "min_replicas"): model.min_replicas > model.max_replicas and "min_replicas is above max_replicas",
        }
        for where, what in wrong.items():
            if what:
                yield Problem(
                    path=where, what=f"{what}.", follows="The model is not served.", fix="Correct it, or add it."
                )


def _no_place(settings: Settings, model: ServedModel) -> str | None:
    pools = settings.cluster.gpu_pools
    if model.pool not in pools:
        return f"{model.pool} is no GPU pool"
    owner = pools[model.pool].team
    return None if owner in (None, model.team) else f"{model.pool} is {owner}'s alone"


def _nobody(settings: Settings, model: ServedModel) -> str | None:
    """Only the service accounts of `access.workloads` are made."""
    made = {(each.namespace, each.service_account) for each in settings.access.workloads.values()}
    teams = settings.workloads.teams if settings.workloads is not None else {}
    if model.team not in teams or (model.team, model.service_account) in made:
        return None
    return f"{model.team} has no service account {model.service_account} (access.workloads)"


CHECKS = (
    charts_have_flux,
    priorities_reach_the_autoscaler,
    teams_are_told_apart,
    teams_have_pools_that_exist,
    shares_are_there,
    workloads_have_a_team,
    drivers_have_an_operator,
    infiniband_has_nodes,
    served_models_fit,
)
