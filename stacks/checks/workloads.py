"""What is in the cluster, against the cluster: teams, their pools, and what charts need."""

from __future__ import annotations

from collections.abc import Iterator

from stacks.problems import Problem
from stacks.settings import Settings


def charts_have_flux(settings: Settings) -> Iterator[Problem]:
    """Flux installs the charts, so it is there."""
    wanted = settings.workloads
    if wanted is None or wanted.deliver == "nothing" or settings.cluster.gitops is not None:
        return
    for name in ("gpu_operator", "queues", "serving"):
        if getattr(wanted, name) is not None:
            yield Problem(
                path=("workloads", name),
                what=f"{name} is a chart, and the cluster has no Flux (cluster.gitops is absent).",
                follows="Nothing installs the chart; the update waits for it until it fails.",
                fix="Add `cluster.gitops`, or remove the section.",
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


def served_models_fit(settings: Settings) -> Iterator[Problem]:
    """A served model has a team, a pool and metrics to scale by."""
    serving = settings.workloads.serving if settings.workloads is not None else None
    if settings.workloads is None or serving is None:
        return
    for name, model in serving.models.items():
        path = ("workloads", "serving", "models", name)
        wrong = {
            (*path, "team"): model.team not in settings.workloads.teams and f"{model.team} is no team",
            (*path, "pool"): model.pool not in settings.cluster.gpu_pools and f"{model.pool} is no GPU pool",
            ("workloads", "serving", "metrics"): serving.metrics is None and f"{name} has nothing to scale by",
            (*path, "min_replicas"): model.min_replicas > model.max_replicas and "min_replicas is above max_replicas",
        }
        for where, what in wrong.items():
            if what:
                yield Problem(
                    path=where, what=f"{what}.", follows="The model is not served.", fix="Correct it, or add it."
                )


CHECKS = (
    charts_have_flux,
    teams_have_pools_that_exist,
    workloads_have_a_team,
    drivers_have_an_operator,
    served_models_fit,
)
