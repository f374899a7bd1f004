"""What is in the cluster, against the cluster."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import pytest

from stacks.checks import Check, workloads
from stacks.settings import Settings

Build = Callable[[Mapping[str, Any]], Settings]
FLUX = {"gitops": {"url": "https://github.com/gov-example/ml-platform"}}
GROUP = "00000000-0000-0000-0000-0000000000d4"
MODEL = {
    "team": "vision",
    "service_account": "serving",
    "storage_uri": "https://a-lake.example/roads",
    "pool": "t4",
    "load_query": "sum(up)",
}
IMAGE = "nvidia/tritonserver@sha256:" + "0" * 64
METRICS = {
    "address": "https://metrics.example",
    "workspace_id": f"/subscriptions/{GROUP}/resourceGroups/rg/providers/Microsoft.Monitor/accounts/amw",
}


def wanted(cluster: Mapping[str, Any] | None = None, team: str = "ml-training", **section: Any) -> dict[str, Any]:
    share = {"group": GROUP, "cpu": 1, "memory_gib": 1, **section.pop("share", {})}
    trained = {"training": {"namespace": "ml-training", "service_account": "training", "use": "training"}}
    access = {"workloads": trained}
    return {"access": access, "cluster": {**FLUX, **(cluster or {})}, "workloads": {"teams": {team: share}, **section}}


def pool(**values: Any) -> dict[str, Any]:
    return {"gpu_pools": {"t4": values}}


def served(metrics: object = METRICS, gpu_pool: Mapping[str, Any] | None = None, **model: Any) -> dict[str, Any]:
    serving = {"runtime_image": IMAGE, "metrics": metrics, "models": {"roads": {**MODEL, **model}}}
    changes = wanted(pool(**gpu_pool) if gpu_pool else None, team="vision", serving=serving)
    account = {"namespace": "vision", "service_account": "serving", "use": "serving"}
    return {**changes, "access": {"workloads": {"serving": account}}}


INFINIBAND = {
    "gpu_pools": {"ib": {"vm_size": "Standard_ND96isr_H100_v5", "max_count": 2, "driver": "operator"}},
}
TEAM = "workloads.teams.ml-training"
ROADS = "workloads.serving.models.roads"
GOOD = [
    (workloads.charts_have_flux, wanted(gpu_operator={}, queues={})),
    (workloads.charts_have_flux, wanted({"gitops": None}, deliver="nothing", queues={})),
    (workloads.teams_have_pools_that_exist, wanted(share={"gpus": {"t4": 1}})),
    (workloads.teams_have_pools_that_exist, wanted(pool(team="ml-training"), share={"gpus": {"t4": 1}})),
    (workloads.shares_are_there, wanted(pool(max_count=2), share={"gpus": {"t4": 2}})),
    (workloads.shares_are_there, wanted(pool(max_count=2, shares=4), share={"gpus": {"t4": 8}})),
    (workloads.shares_are_there, wanted(pool(max_count=2, spot={}), share={"gpus": {"t4": 4}})),
    (workloads.workloads_have_a_team, wanted()),
    (workloads.drivers_have_an_operator, wanted(pool(driver="operator"), gpu_operator={})),
    (workloads.infiniband_has_nodes, wanted(INFINIBAND, gpu_operator={}, network_operator={})),
    (workloads.served_models_fit, served()),
    (workloads.served_models_fit, served(gpu_pool={"team": "vision"})),
    (workloads.priorities_reach_the_autoscaler, wanted({"autoscaler": {"expander": "priority"}})),
    (workloads.priorities_reach_the_autoscaler, {"cluster": {"autoscaler": {"expander": "random"}}}),
    (workloads.teams_are_told_apart, wanted(share={"group": GROUP})),
]
BAD = [
    (workloads.charts_have_flux, wanted({"gitops": None}, queues={}), "workloads.queues"),
    (workloads.teams_have_pools_that_exist, wanted(share={"gpus": {"h100": 1}}), f"{TEAM}.gpus.h100"),
    (workloads.teams_have_pools_that_exist, wanted(pool(team="text")), "cluster.gpu_pools.t4.team"),
    (workloads.shares_are_there, wanted(pool(max_count=2), share={"gpus": {"t4": 3}}), f"{TEAM}.gpus.t4"),
    (
        workloads.shares_are_there,
        wanted(pool(vm_size="Standard_NC24ads_A100_v4", mig_profile="MIG3g", max_count=1), share={"gpus": {"t4": 3}}),
        f"{TEAM}.gpus.t4",
    ),
    (workloads.workloads_have_a_team, wanted(team="vision"), "access.workloads.training.namespace"),
    (workloads.drivers_have_an_operator, wanted(pool(driver="operator")), "cluster.gpu_pools.t4.driver"),
    (workloads.infiniband_has_nodes, wanted(INFINIBAND, network_operator={}), "workloads.network_operator"),
    (workloads.infiniband_has_nodes, wanted(gpu_operator={}, network_operator={}), "workloads.network_operator"),
    (workloads.served_models_fit, served(team="text"), f"{ROADS}.team"),
    (workloads.served_models_fit, served(pool="h100"), f"{ROADS}.pool"),
    (workloads.served_models_fit, served(metrics=None), "workloads.serving.metrics"),
    (workloads.served_models_fit, served(min_replicas=3), f"{ROADS}.min_replicas"),
    (workloads.served_models_fit, served(service_account="nobody"), f"{ROADS}.service_account"),
    (workloads.served_models_fit, served(gpu_pool={"team": "text"}), f"{ROADS}.pool"),
    (
        workloads.priorities_reach_the_autoscaler,
        {"cluster": {"autoscaler": {"expander": "priority"}}},
        "cluster.autoscaler.expander",
    ),
    (
        workloads.priorities_reach_the_autoscaler,
        wanted({"autoscaler": {"expander": "priority"}}, deliver="nothing"),
        "cluster.autoscaler.expander",
    ),
    (workloads.teams_are_told_apart, wanted(team="gpu-operator"), "workloads.teams.gpu-operator"),
    (workloads.teams_are_told_apart, wanted(team="kube-a"), "workloads.teams.kube-a"),
    (
        workloads.teams_are_told_apart,
        wanted(share={"group": "00000000-0000-0000-0000-000000000001"}),
        f"{TEAM}.group",
    ),
    (
        workloads.teams_are_told_apart,
        {"workloads": {"teams": {name: {"group": GROUP, "cpu": 1, "memory_gib": 1} for name in ("one", "two")}}},
        "workloads.teams.two.group",
    ),
]


def test_every_rule_has_a_good_and_a_bad_example(rules_of: Callable[..., set[Check]]) -> None:
    assert {rule for rule, _ in GOOD} == {rule for rule, _, _ in BAD} == rules_of(workloads)


@pytest.mark.parametrize(("rule", "changes"), GOOD)
def test_what_fits_passes(settings_with: Build, rule: Check, changes: dict[str, Any]) -> None:
    assert not list(rule(settings_with(changes)))


@pytest.mark.parametrize(("rule", "changes", "path"), BAD)
def test_what_does_not_fit_is_found(
    settings_with: Build, at: Callable[..., list[str]], rule: Check, changes: dict[str, Any], path: str
) -> None:
    assert at(rule, settings_with(changes)) == [path]
