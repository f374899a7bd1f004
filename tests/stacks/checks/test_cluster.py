"""The AKS cluster: what its settings exclude, need or promise together."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import ModuleType
from typing import Any

import pytest

from stacks.checks import Check, cluster
from stacks.settings import Settings

Build = Callable[[Mapping[str, Any]], Settings]

CPU = {"vm_size": "Standard_D4ds_v5", "max_count": 2}
B = {"classification": "Protected B"}


def of(**changes: Any) -> dict[str, Any]:
    return {"cluster": changes}


def with_subnet(**changes: Any) -> dict[str, Any]:
    return {**of(**changes), "network": {"subnets": {"user_pool": "10.40.10.0/24"}}}


def freeze(first: str, last: str) -> dict[str, Any]:
    return of(maintenance={"freezes": [{"first": first, "last": last}]})


def git(**changes: Any) -> dict[str, Any]:
    return of(gitops={"url": "https://github.com/gov/platform", **changes})


GOOD = [
    (cluster.user_pools_have_a_subnet, {}),
    (cluster.user_pools_have_a_subnet, with_subnet(pools={"cpu": CPU})),
    (cluster.user_pools_have_no_gpu, of(pools={"cpu": CPU})),
    (cluster.pool_names_are_used_once, of(pools={"cpu": CPU})),
    (cluster.one_autoscaler_for_a_pod, of(node_provisioning={})),
    (cluster.one_autoscaler_for_a_pod, of(pools={"cpu": CPU})),
    (cluster.a_cluster_that_makes_nodes_never_sleeps, {"governance": {"off_hours": {}}}),
    (cluster.a_cluster_that_makes_nodes_never_sleeps, of(node_provisioning={})),
    (cluster.long_term_support_has_its_tier, of(support_plan="AKSLongTermSupport", tier="Premium")),
    (cluster.keys_of_ours_exist, {}),
    (cluster.keys_of_ours_exist, {**B, "key_vault": {"customer_keys": True}}),
    (cluster.keys_of_ours_exist, {**of(encryption={"etcd_customer_key": True}), "key_vault": {"customer_keys": True}}),
    (cluster.etcd_key_is_within_reach, {**B, "key_vault": {"customer_keys": True}}),
    (cluster.etcd_key_is_within_reach, of(api_server={"access": "private_endpoint"})),
    (cluster.nodes_are_fips_where_demanded, B),
    (cluster.nodes_are_fips_where_demanded, of(encryption={"fips": False})),
    (cluster.freezes_end_after_they_begin, freeze("2027-03-24", "2027-03-24")),
    (cluster.inference_has_a_certificate, of(azure_ml={})),
    (cluster.inference_has_a_certificate, of(azure_ml={"inference": True, "allow_unencrypted_inference": True})),
    (cluster.inference_has_a_certificate, of(azure_ml={"inference": True, "tls_secret": "a", "tls_host": "b"})),
    (cluster.ssh_repositories_have_a_key, git()),
    (cluster.ssh_repositories_have_a_key, git(secret="git", url="ssh://git@github.com/gov/a")),
    (cluster.extensions_have_nodes, {}),
    (cluster.extensions_have_nodes, of(azure_ml={}, pools={"cpu": CPU})),
    (cluster.extensions_have_nodes, of(azure_ml={}, node_provisioning={})),
    (cluster.vault_copies_outlive_snapshots, of(backup={"retention_days": 30})),
    (cluster.vault_copies_outlive_snapshots, of(backup={"retention_days": 30, "vault_retention_days": 30})),
    (cluster.backups_fit_the_region, of(backup={"redundancy": "ZoneRedundant"})),
    (cluster.backups_fit_the_region, {"region": "canadaeast", **of(backup={})}),
]

ETCD_IN_B = {**B, "key_vault": {"customer_keys": True}}

BAD = [
    (cluster.user_pools_have_a_subnet, of(pools={"cpu": CPU}), "network.subnets.user_pool"),
    (
        cluster.user_pools_have_no_gpu,
        of(pools={"gpu": {**CPU, "vm_size": "Standard_NC4as_T4_v3"}}),
        "cluster.pools.gpu.vm_size",
    ),
    (cluster.pool_names_are_used_once, of(pools={"t4": CPU}), "cluster.gpu_pools.t4"),
    (cluster.pool_names_are_used_once, of(pools={"system": CPU}), "cluster.pools.system"),
    (cluster.one_autoscaler_for_a_pod, of(node_provisioning={}, pools={"cpu": CPU}), "cluster.node_provisioning"),
    (
        cluster.a_cluster_that_makes_nodes_never_sleeps,
        {**of(node_provisioning={}), "governance": {"off_hours": {}}},
        "governance.off_hours",
    ),
    (cluster.long_term_support_has_its_tier, of(support_plan="AKSLongTermSupport"), "cluster.support_plan"),
    (
        cluster.long_term_support_has_its_tier,
        of(support_plan="AKSLongTermSupport", tier="Premium", upgrade_channel="rapid"),
        "cluster.upgrade_channel",
    ),
    (
        cluster.keys_of_ours_exist,
        {**of(encryption={"etcd_customer_key": True}), "key_vault": {"customer_keys": False}},
        "cluster.encryption.etcd_customer_key",
    ),
    (
        cluster.keys_of_ours_exist,
        of(encryption={"disk_customer_key": True}),  # Protected A demands none, so none are made
        "cluster.encryption.disk_customer_key",
    ),
    (
        cluster.keys_of_ours_exist,
        {**ETCD_IN_B, **of(encryption={"disk_customer_key": False})},
        "cluster.encryption.disk_customer_key",
    ),
    (
        cluster.etcd_key_is_within_reach,
        {**ETCD_IN_B, **of(api_server={"access": "private_endpoint"})},
        "cluster.api_server.access",
    ),
    (cluster.nodes_are_fips_where_demanded, {**B, **of(encryption={"fips": False})}, "cluster.encryption.fips"),
    (cluster.freezes_end_after_they_begin, freeze("2027-04-07", "2027-03-24"), "cluster.maintenance.freezes[0]"),
    (cluster.inference_has_a_certificate, of(azure_ml={"inference": True}), "cluster.azure_ml.inference"),
    (cluster.inference_has_a_certificate, of(azure_ml={"tls_host": "a"}), "cluster.azure_ml.tls_host"),
    (cluster.inference_has_a_certificate, of(azure_ml={"training": False}), "cluster.azure_ml"),
    (cluster.ssh_repositories_have_a_key, git(url="ssh://git@github.com/gov/a"), "cluster.gitops.secret"),
    (cluster.extensions_have_nodes, of(azure_ml={}), "cluster.azure_ml"),
    (cluster.extensions_have_nodes, of(backup={}, pools={"cpu": {**CPU, "spot": {}}}), "cluster.backup"),
    (
        cluster.extensions_have_nodes,
        of(backup={}, pools={"cpu": {**CPU, "taints": ["a=b:NoSchedule"]}}),
        "cluster.backup",
    ),
    (
        cluster.vault_copies_outlive_snapshots,
        of(backup={"retention_days": 30, "vault_retention_days": 29}),
        "cluster.backup.vault_retention_days",
    ),
    (
        cluster.backups_fit_the_region,
        {"region": "canadaeast", **of(backup={"redundancy": "ZoneRedundant"})},
        "cluster.backup.redundancy",
    ),
]


@pytest.mark.parametrize(("rule", "changes"), GOOD)
def test_what_works_is_no_problem(rule: Check, changes: Any, settings_with: Build, at: Any) -> None:
    assert at(rule, settings_with(changes)) == []


@pytest.mark.capability("A4", "A5", "A10", "A11")
@pytest.mark.parametrize(("rule", "changes", "path"), BAD)
def test_what_does_not_work_is_told_where_it_stands(
    rule: Check, changes: Any, path: str, settings_with: Build, at: Any
) -> None:
    assert at(rule, settings_with(changes)) == [path]


def test_every_rule_is_shown_both_ways(rules_of: Callable[[ModuleType], set[Check]]) -> None:
    assert {rule for rule, _ in GOOD} == {rule for rule, _, _ in BAD} == rules_of(cluster) == set(cluster.CHECKS)
