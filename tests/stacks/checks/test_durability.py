"""What survives."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import pytest

from stacks.checks import Check, durability
from stacks.settings import Settings

Build = Callable[[Mapping[str, Any]], Settings]

EAST = {"region": "canadaeast"}
PROD = {"environment": "prod"}


def spread(zones: list[str], min_count: int) -> dict[str, Any]:
    return {**PROD, "cluster": {"system_pool": {"zones": zones, "min_count": min_count}}}


GOOD = [
    (
        durability.redundancy_exists_in_the_region,
        {"storage": {"replication": "GZRS"}, "registry": {"zone_redundancy": True}},
    ),
    (durability.redundancy_exists_in_the_region, {**EAST, "storage": {"replication": "GRS"}}),
    (durability.prod_survives_a_zone, {}),
    (durability.prod_survives_a_zone, spread(["1", "2", "3"], 3)),
    (durability.prod_survives_a_zone, spread(["1", "3"], 2)),
    (durability.prod_survives_a_zone, {**spread([], 2), **EAST}),
    (durability.prod_keeps_its_data, {}),
    (durability.prod_keeps_its_data, {**PROD, "protect_stateful": True, "storage": {"replication": "GRS"}}),
]

ZONES, MIN_COUNT = "cluster.system_pool.zones", "cluster.system_pool.min_count"

BAD = [
    (durability.redundancy_exists_in_the_region, {**EAST, "storage": {"replication": "ZRS"}}, ["storage.replication"]),
    (durability.redundancy_exists_in_the_region, {**EAST, "storage": {"replication": "GZRS"}}, ["storage.replication"]),
    (
        durability.redundancy_exists_in_the_region,
        {**EAST, "governance": {"records": {"archive": {"replication": "GZRS"}}}},
        ["governance.records.archive.replication"],
    ),
    (
        durability.redundancy_exists_in_the_region,
        {**EAST, "registry": {"zone_redundancy": True}},
        ["registry.zone_redundancy"],
    ),
    (durability.prod_survives_a_zone, spread([], 2), [ZONES]),
    (durability.prod_survives_a_zone, spread(["2"], 2), [ZONES]),
    (durability.prod_survives_a_zone, spread(["1", "2", "3"], 2), [MIN_COUNT]),
    (durability.prod_survives_a_zone, {**spread([], 1), **EAST}, [MIN_COUNT]),
    (durability.prod_survives_a_zone, spread([], 1), [ZONES, MIN_COUNT]),
    (durability.prod_keeps_its_data, PROD, ["protect_stateful", "storage.replication"]),
]


def test_every_rule_has_a_good_and_a_bad_example(rules_of: Callable[..., set[Check]]) -> None:
    assert {rule for rule, _ in GOOD} == {rule for rule, _, _ in BAD} == rules_of(durability)


@pytest.mark.parametrize(("rule", "changes"), GOOD)
def test_what_survives_passes(settings_with: Build, rule: Check, changes: dict[str, Any]) -> None:
    assert not list(rule(settings_with(changes)))


@pytest.mark.parametrize(("rule", "changes", "paths"), BAD)
def test_what_would_not_survive_is_found(
    settings_with: Build, at: Callable[..., list[str]], rule: Check, changes: dict[str, Any], paths: list[str]
) -> None:
    assert at(rule, settings_with(changes)) == paths


def test_the_fix_names_the_zones_as_yaml(settings_with: Build) -> None:
    (problem,) = durability.prod_survives_a_zone(settings_with(spread([], 2)))
    assert problem.fix == 'Write `zones: ["1", "2", "3"]`.'
