from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from components.data.container_registry import ContainerRegistry, ContainerRegistryArgs, problems
from tests.components.examples import REGISTRY
from tests.components.recording import one, record


def inputs(args: ContainerRegistryArgs = REGISTRY) -> dict[str, Any]:
    return one(record(lambda: ContainerRegistry("x", args)), "containerregistry:Registry").inputs


def test_only_entra_identities_inside_the_spoke_pull() -> None:
    made = inputs()
    assert made["sku"] == {"name": "Premium"}
    assert made["adminUserEnabled"] is False
    assert made["anonymousPullEnabled"] is False
    assert made["publicNetworkAccess"] == "Disabled"
    assert made["policies"]["exportPolicy"] == {"status": "disabled"}


def test_zero_days_of_retention_is_a_value_and_not_absence() -> None:
    assert inputs()["policies"]["retentionPolicy"] == {"status": "enabled", "days": 0}


@pytest.mark.parametrize(("wanted", "expected"), [(True, "Enabled"), (False, "Disabled")])
def test_zone_redundancy_follows_the_setting(wanted: bool, expected: str) -> None:
    assert inputs(replace(REGISTRY, zone_redundancy=wanted))["zoneRedundancy"] == expected


@pytest.mark.parametrize(("days", "ok"), [(-1, False), (0, True), (365, True), (366, False)])
def test_retention_has_bounds(days: int, ok: bool) -> None:
    assert (problems(replace(REGISTRY, untagged_retention_days=days)) == []) is ok
