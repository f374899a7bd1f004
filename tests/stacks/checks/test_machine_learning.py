"""Azure ML's settings against each other."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import pytest

from stacks.checks import Check
from stacks.checks import machine_learning as ml
from stacks.settings import Settings

Build = Callable[[Mapping[str, Any]], Settings]
BLUE = {"model": "azureml:credit:3", "vm_size": "Standard_F4s_v2"}
CPU = {"vm_size": "Standard_D4ds_v5", "max_nodes": 2}
BATCH = {"model": "azureml:credit:3", "cluster": "cpu"}
HOST = {"resource_id": "/subscriptions/00000000-0000-0000-0000-0000000000c1/resourceGroups/r", "group": "blob"}


def learning(**values: Any) -> dict[str, Any]:
    return {"machine_learning": values}


def served(traffic: dict[str, int] | None = None, mirror: dict[str, int] | None = None, **blue: Any) -> dict[str, Any]:
    endpoint = {"deployments": {"blue": {**BLUE, **blue}}, "traffic": traffic or {"blue": 100}, "mirror": mirror or {}}
    return {"online_endpoints": {"credit": endpoint}}


def watched(**values: Any) -> dict[str, Any]:
    data = "azureml://datastores/gold/paths/reference"
    monitor = {
        "endpoint": "credit", "deployment": "blue", "task": "Regression", "reference": data, "target_column": "price",
    }  # fmt: skip
    return {"monitors": {"credit": {**monitor, **values}}}


SOMEBODY = "00000000-0000-0000-0000-0000000000f1"
AT = "machine_learning.online_endpoints.credit"
DEPLOYMENT = f"{AT}.deployments.blue"
GOOD = [
    (ml.assets_are_pinned, learning(**served())),
    (
        ml.scoring_has_code_and_script,
        learning(**served(code="azureml:a:1", scoring_script="b.py", environment="azureml:c:1")),
    ),
    (ml.traffic_is_shared_out, learning(**served())),
    (ml.instances_are_in_bounds, learning(**served(scale={"min_instances": 2, "max_instances": 2}))),
    (
        ml.clusters_exist,
        learning(compute_clusters={"cpu": CPU}, batch_endpoints={"score": BATCH}, image_build_cluster="cpu"),
    ),
    (ml.machines_can_be_made, learning(compute_clusters={"cpu": {**CPU, "min_nodes": 2}})),
    (ml.registry_has_one_owner, learning(model_registry={"replicas": ["canadaeast"]})),
    (
        ml.registry_has_one_owner,
        learning(model_registry={"users": {"test": SOMEBODY}, "linked": {"test": SOMEBODY}}),
    ),
    (ml.the_workspaces_key_is_there, learning(customer_key=False)),
    (ml.the_workspaces_key_is_there, {"key_vault": {"customer_keys": True}, **learning(customer_key=True)}),
    (ml.assets_are_of_their_kind, learning(**served(model="azureml://registries/r/models/m/versions/1"))),
    (ml.attached_cluster_has_its_extension, {"cluster": {"azure_ml": {}}, **learning(attached_cluster={})}),
    (ml.monitors_watch_what_is_collected, learning(**served(collect_data=True), **watched())),
    (ml.outbound_rules_differ, learning(allowed_fqdns=["a.org", "b.org"], outbound_endpoints={"one": HOST})),
]
BAD = [
    (ml.assets_are_pinned, learning(**served(model="azureml:credit:latest")), f"{DEPLOYMENT}.model"),
    (
        ml.assets_are_pinned,
        learning(batch_endpoints={"score": {**BATCH, "model": "azureml://registries/r/models/m/versions/latest"}}),
        "machine_learning.batch_endpoints.score.model",
    ),
    (ml.scoring_has_code_and_script, learning(**served(code="azureml:a:1")), f"{DEPLOYMENT}.scoring_script"),
    (
        ml.scoring_has_code_and_script,
        learning(**served(code="azureml:a:1", scoring_script="b.py")),
        f"{DEPLOYMENT}.environment",
    ),
    (ml.traffic_is_shared_out, learning(**served(traffic={"blue": 90})), f"{AT}.traffic"),
    (ml.traffic_is_shared_out, learning(**served(traffic={"green": 100})), f"{AT}.traffic.green"),
    (ml.traffic_is_shared_out, learning(**served(mirror={"blue": 10})), f"{AT}.mirror.blue"),
    (
        ml.instances_are_in_bounds,
        learning(**served(scale={"min_instances": 3, "max_instances": 2})),
        f"{DEPLOYMENT}.scale.max_instances",
    ),
    (ml.instances_are_in_bounds, learning(**served(vm_size="Standard_B2s")), f"{DEPLOYMENT}.vm_size"),
    (
        ml.clusters_exist,
        learning(compute_clusters={}, batch_endpoints={"score": BATCH}),
        "machine_learning.batch_endpoints.score.cluster",
    ),
    (
        ml.machines_can_be_made,
        learning(compute_clusters={"cpu": {**CPU, "min_nodes": 3}}),
        "machine_learning.compute_clusters.cpu.max_nodes",
    ),
    (
        ml.machines_can_be_made,
        learning(compute_clusters={"gpu": {"vm_size": "Standard_NC4as_T4_v3", "max_nodes": 1, "min_nodes": 1}}),
        "machine_learning.compute_clusters.gpu.min_nodes",
    ),
    (
        ml.registry_has_one_owner,
        learning(model_registry={}, model_registry_id=HOST["resource_id"]),
        "machine_learning.model_registry_id",
    ),
    (
        ml.registry_has_one_owner,
        learning(model_registry={"replicas": ["canadacentral"]}),
        "machine_learning.model_registry.replicas",
    ),
    (
        ml.registry_has_one_owner,
        learning(model_registry={"linked": {"test": SOMEBODY, "other": SOMEBODY}}),
        "machine_learning.model_registry.linked.other",
    ),
    (ml.the_workspaces_key_is_there, learning(customer_key=True), "machine_learning.customer_key"),
    (
        ml.assets_are_of_their_kind,
        learning(**served(model="azureml://registries/r/environments/m/versions/1")),
        f"{DEPLOYMENT}.model",
    ),
    (ml.attached_cluster_has_its_extension, learning(attached_cluster={}), "machine_learning.attached_cluster"),
    (
        ml.monitors_watch_what_is_collected,
        learning(**served(), **watched()),
        "machine_learning.monitors.credit.deployment",
    ),
    (
        ml.monitors_watch_what_is_collected,
        learning(**served(collect_data=True), **watched(deployment="red")),
        "machine_learning.monitors.credit.deployment",
    ),
    (
        ml.monitors_watch_what_is_collected,
        learning(**served(collect_data=True), **watched(unwatched=["data_drift", "prediction_drift", "data_quality"])),
        "machine_learning.monitors.credit",
    ),
    (ml.outbound_rules_differ, learning(allowed_fqdns=["a.org", "a.org"]), "machine_learning.allowed_fqdns"),
    (
        ml.outbound_rules_differ,
        learning(outbound_endpoints={"one": HOST, "two": HOST}),
        "machine_learning.outbound_endpoints.one",
    ),
]


def test_every_rule_has_a_good_and_a_bad_example(rules_of: Callable[..., set[Check]]) -> None:
    assert {rule for rule, _ in GOOD} == {rule for rule, _, _ in BAD} == rules_of(ml)


@pytest.mark.parametrize(("rule", "changes"), GOOD)
def test_good_settings_pass(settings_with: Build, rule: Check, changes: dict[str, Any]) -> None:
    assert not list(rule(settings_with(changes)))


@pytest.mark.capability("M3", "M6", "L1", "L2", "L4", "L6")
@pytest.mark.parametrize(("rule", "changes", "path"), BAD)
def test_a_bad_setting_is_found(
    settings_with: Build, at: Callable[..., list[str]], rule: Check, changes: dict[str, Any], path: str
) -> None:
    assert path in at(rule, settings_with(changes))
