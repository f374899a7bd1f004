"""What moves and works data."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import pytest

from stacks.checks import Check, analytics
from stacks.settings import Settings

pytestmark = pytest.mark.capability("D1", "D2", "D3")

Build = Callable[[Mapping[str, Any]], Settings]

KEYS = {"key_vault": {"sku": "premium", "customer_keys": True}}


def streams(sku: str = "Standard", **stream: Any) -> dict[str, Any]:
    return {"event_streams": {"sku": sku, "streams": {"events": stream}}}


SUBNETS = {"network": {"subnets": {"databricks_public": "10.40.8.0/24", "databricks_private": "10.40.9.0/24"}}}
APPLICATION = {"databricks": {"application_object_id": "00000000-0000-0000-0000-0000000000d1"}}

GOOD = [
    (analytics.consumers_are_named_once, streams(consumers=["monitor", "ingestion"])),
    (analytics.streams_fit_their_tier, {}),
    (analytics.streams_fit_their_tier, streams(partitions=32, retention_hours=168)),
    (analytics.streams_fit_their_tier, streams("Premium", partitions=100, retention_hours=2160)),
    (analytics.streams_can_have_a_key, streams()),
    (analytics.streams_can_have_a_key, {**KEYS, **streams("Premium")}),
    (analytics.captures_go_into_the_lake, streams(capture_to="bronze")),
    (analytics.databricks_has_its_subnets, {}),
    (analytics.databricks_has_its_subnets, {**SUBNETS, "databricks": {}}),
    (analytics.databricks_may_use_its_key, {"databricks": {}}),
    (analytics.databricks_may_use_its_key, {**KEYS, **APPLICATION}),
]
BAD = [
    (
        analytics.consumers_are_named_once,
        streams(consumers=["monitor", "monitor"]),
        ["event_streams.streams.events.consumers"],
    ),
    (analytics.streams_fit_their_tier, streams(partitions=33), ["event_streams.streams.events.partitions"]),
    (analytics.streams_fit_their_tier, streams(retention_hours=169), ["event_streams.streams.events.retention_hours"]),
    (analytics.streams_can_have_a_key, {**KEYS, **streams()}, ["event_streams.sku"]),
    (analytics.captures_go_into_the_lake, streams(capture_to="attic"), ["event_streams.streams.events.capture_to"]),
    (
        analytics.databricks_has_its_subnets,
        {"databricks": {}},
        ["network.subnets.databricks_public", "network.subnets.databricks_private"],
    ),
    (analytics.databricks_may_use_its_key, {**KEYS, "databricks": {}}, ["databricks.application_object_id"]),
]


def test_every_rule_has_a_good_and_a_bad_example(rules_of: Callable[..., set[Check]]) -> None:
    assert {rule for rule, _ in GOOD} == {rule for rule, _, _ in BAD} == rules_of(analytics)


@pytest.mark.parametrize(("rule", "changes"), GOOD)
def test_what_survives_passes(settings_with: Build, rule: Check, changes: dict[str, Any]) -> None:
    assert not list(rule(settings_with(changes)))


@pytest.mark.parametrize(("rule", "changes", "paths"), BAD)
def test_what_would_not_survive_is_found(
    settings_with: Build, at: Callable[..., list[str]], rule: Check, changes: dict[str, Any], paths: list[str]
) -> None:
    assert at(rule, settings_with(changes)) == paths
