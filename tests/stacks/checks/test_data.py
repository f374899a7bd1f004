"""What holds data."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import pytest

from stacks.checks import Check, data
from stacks.settings import Settings

pytestmark = pytest.mark.capability("K3", "K4", "R2", "R5")

Build = Callable[[Mapping[str, Any]], Settings]

KEYS = {"key_vault": {"sku": "premium", "customer_keys": True}}


def storage(**values: Any) -> dict[str, Any]:
    return {"storage": values}


def cached(name: str, source: str, target: str, signed_in: bool = False) -> dict[str, Any]:
    return {"registry": {"cache_rules": {name: {"source": source, "target": target, "signed_in": signed_in}}}}


GOOD = [
    (data.keys_are_ours_where_demanded, {"classification": "Protected B", "key_vault": {"sku": "premium"}}),
    (data.keys_are_ours_where_demanded, {"classification": "Public", "key_vault": {"customer_keys": False}}),
    (data.keys_of_one_thing_need_keys, {**KEYS, **storage(own_key_containers=["gold"])}),
    (data.keys_of_one_thing_need_keys, {"registry": {"customer_key": False}}),
    (data.file_systems_are_named_once, storage(lake_containers=["one"], retired_lake_containers=["two"])),
    (data.protected_file_systems_exist, storage(lake_containers=["one"], immutable_days={"one": 3})),
    (data.tiers_exist_and_get_colder, storage(lifecycle={"archive_after_days": 365}, replication="GRS")),
    (data.tiers_exist_and_get_colder, storage(lifecycle={"cold_after_days": None}, replication="ZRS")),
    (data.restore_has_what_it_replays, {}),
    (data.restore_has_what_it_replays, storage(soft_delete_days=8, restore_days=7, change_feed_days=8)),
    (data.replicas_are_elsewhere, {"registry": {"replicas": ["canadaeast"]}}),
    (data.cache_rules_can_work, cached("nvidia", "nvcr.io/nvidia/*", "nvidia/*")),
    (data.cache_rules_can_work, cached("docker", "docker.io/library/*", "docker/*", signed_in=True)),
    (data.builds_have_a_subnet, {}),
]
RULES = "registry.cache_rules"
BAD = [
    (
        data.keys_are_ours_where_demanded,
        {"classification": "Protected B", "key_vault": {"customer_keys": False}},
        ["key_vault.customer_keys"],
    ),
    (data.keys_of_one_thing_need_keys, storage(own_key_containers=["gold"]), ["storage.own_key_containers"]),
    (data.keys_of_one_thing_need_keys, {"registry": {"customer_key": True}}, ["registry.customer_key"]),
    (
        data.file_systems_are_named_once,
        storage(lake_containers=["one"], retired_lake_containers=["one"]),
        ["storage.retired_lake_containers"],
    ),
    (data.file_systems_are_named_once, storage(lake_containers=["one", "one"]), ["storage.lake_containers"]),
    (
        data.protected_file_systems_exist,
        storage(lake_containers=["one"], immutable_days={"two": 3}, own_key_containers=["two"]),
        ["storage.immutable_days", "storage.own_key_containers"],
    ),
    (
        data.tiers_exist_and_get_colder,
        storage(lifecycle={"archive_after_days": 365}, replication="ZRS"),
        ["storage.lifecycle.archive_after_days"],
    ),
    (data.tiers_exist_and_get_colder, storage(lifecycle={"cool_after_days": 90}), ["storage.lifecycle"]),
    (
        data.restore_has_what_it_replays,
        storage(soft_delete_days=7, restore_days=7, change_feed_days=7),
        ["storage.restore_days", "storage.restore_days"],
    ),
    (data.replicas_are_elsewhere, {"registry": {"replicas": ["canadacentral"]}}, ["registry.replicas[0]"]),
    (data.replicas_are_elsewhere, {"registry": {"replicas": ["canadaeast", "canadaeast"]}}, ["registry.replicas[1]"]),
    (data.cache_rules_can_work, cached("no", "quay.io/*", "quay/*"), [f"{RULES}.no"]),
    (data.cache_rules_can_work, cached("other", "registry.example/*", "other/*"), [f"{RULES}.other"]),
    (data.cache_rules_can_work, cached("docker", "docker.io/library/*", "docker/*"), [f"{RULES}.docker"]),
    (data.cache_rules_can_work, cached("quay-io", "quay.io/*", "quay"), [f"{RULES}.quay-io"]),
    (data.builds_have_a_subnet, {"registry": {"build_pool": {}}}, ["registry.build_pool"]),
]


def test_every_rule_has_a_good_and_a_bad_example(rules_of: Callable[..., set[Check]]) -> None:
    assert {rule for rule, _ in GOOD} == {rule for rule, _, _ in BAD} == rules_of(data)


@pytest.mark.parametrize(("rule", "changes"), GOOD)
def test_what_survives_passes(settings_with: Build, rule: Check, changes: dict[str, Any]) -> None:
    assert not list(rule(settings_with(changes)))


@pytest.mark.parametrize(("rule", "changes", "paths"), BAD)
def test_what_would_not_survive_is_found(
    settings_with: Build, at: Callable[..., list[str]], rule: Check, changes: dict[str, Any], paths: list[str]
) -> None:
    assert at(rule, settings_with(changes)) == paths
