"""No setting falls below the classification."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import pytest

from stacks.checks import Check, classification
from stacks.settings import Settings

Build = Callable[[Mapping[str, Any]], Settings]

PUBLIC, A, B, C = ({"classification": level} for level in ("Public", "Protected A", "Protected B", "Protected C"))
HUB = {"network": {"egress": {"kind": "hub_firewall", "next_hop": "10.250.4.4"}}}


def days(number: int) -> dict[str, Any]:
    return {"monitoring": {"retention_days": number}}


def pool(level: str) -> dict[str, Any]:
    return {**A, "cluster": {"gpu_pools": {"t4": {"classification": level}}}}


CAP = {"monitoring": {"daily_cap_gb": 5}}
STANDARD, PREMIUM = {"key_vault": {"sku": "standard"}}, {"key_vault": {"sku": "premium"}}
OFF = {"customer_key": False}
WHY = {"microsoft_key_because": "The registry of release 0.1 has none; images hold no data."}


def account(**values: Any) -> dict[str, Any]:
    chat = {"model": "gpt-4.1-mini", "version": "2025-04-14", "capacity": 5}
    return {"generative_ai": {"accounts": {"chat": {"region": "canadaeast", "deployments": {"chat": chat}, **values}}}}


NOT_HBI, HBI = ({"machine_learning": {"high_business_impact": value}} for value in (False, True))

GOOD = [
    (classification.keys_are_where_the_classification_demands, {**A, **STANDARD}),
    (classification.keys_are_where_the_classification_demands, {**B, **PREMIUM}),
    (classification.microsofts_keys_have_a_reason, {**A, "registry": OFF, "machine_learning": OFF, **account(**OFF)}),
    (classification.microsofts_keys_have_a_reason, {**B, **account()}),
    (
        classification.microsofts_keys_have_a_reason,
        {**B, "registry": {**OFF, **WHY}, "machine_learning": {**OFF, **WHY}, **account(**OFF, **WHY)},
    ),
    (classification.egress_is_filtered_where_demanded, A),
    (classification.egress_is_filtered_where_demanded, {**B, **HUB}),
    (classification.logs_are_kept_as_long_as_demanded, {**PUBLIC, **days(30)}),
    (classification.logs_are_kept_as_long_as_demanded, {**A, **days(90)}),
    (classification.logs_are_kept_as_long_as_demanded, {**B, **days(365)}),
    (classification.logs_are_kept_as_long_as_demanded, {**C, **days(730)}),
    (classification.logs_are_complete_where_demanded, {**A, **CAP}),
    (classification.logs_are_complete_where_demanded, B),
    (classification.the_workspace_is_as_sensitive_as_its_data, {**A, **NOT_HBI}),
    (classification.the_workspace_is_as_sensitive_as_its_data, B),
    (classification.the_workspace_is_as_sensitive_as_its_data, {**B, **HBI}),
    (classification.administrators_activate_their_roles_where_demanded, A),
    (classification.administrators_activate_their_roles_where_demanded, {**B, "access": {"activation": {}}}),
    (classification.pools_stay_within_the_environments_level, A),
    (classification.pools_stay_within_the_environments_level, pool("Public")),
    (classification.pools_stay_within_the_environments_level, pool("Protected A")),
]

BAD = [
    (classification.keys_are_where_the_classification_demands, {**B, **STANDARD}, ["key_vault.sku"]),
    (classification.keys_are_where_the_classification_demands, {**C, **STANDARD}, ["key_vault.sku"]),
    (
        classification.microsofts_keys_have_a_reason,
        {**B, "registry": OFF, "machine_learning": OFF, **account(**OFF)},
        ["registry.customer_key", "machine_learning.customer_key", "generative_ai.accounts.chat.customer_key"],
    ),
    (
        classification.microsofts_keys_have_a_reason,
        {**B, "registry": WHY, "machine_learning": {"customer_key": True, **WHY}},
        ["registry.microsoft_key_because", "machine_learning.microsoft_key_because"],
    ),
    (classification.egress_is_filtered_where_demanded, B, ["network.egress.kind"]),
    (classification.logs_are_kept_as_long_as_demanded, {**A, **days(60)}, ["monitoring.retention_days"]),
    (classification.logs_are_kept_as_long_as_demanded, {**B, **days(180)}, ["monitoring.retention_days"]),
    (classification.logs_are_kept_as_long_as_demanded, {**C, **days(550)}, ["monitoring.retention_days"]),
    (classification.logs_are_complete_where_demanded, {**B, **CAP}, ["monitoring.daily_cap_gb"]),
    (
        classification.the_workspace_is_as_sensitive_as_its_data,
        {**B, **NOT_HBI},
        ["machine_learning.high_business_impact"],
    ),
    (classification.administrators_activate_their_roles_where_demanded, B, ["access.activation"]),
    (
        classification.pools_stay_within_the_environments_level,
        pool("Protected B"),
        ["cluster.gpu_pools.t4.classification"],
    ),
]


def test_every_rule_has_a_good_and_a_bad_example(rules_of: Callable[..., set[Check]]) -> None:
    assert {rule for rule, _ in GOOD} == {rule for rule, _, _ in BAD} == rules_of(classification)


@pytest.mark.capability("V4")
@pytest.mark.parametrize(("rule", "changes"), GOOD)
def test_what_the_classification_allows_passes(settings_with: Build, rule: Check, changes: dict[str, Any]) -> None:
    assert not list(rule(settings_with(changes)))


@pytest.mark.capability("V4")
@pytest.mark.parametrize(("rule", "changes", "paths"), BAD)
def test_what_falls_below_the_classification_is_found(
    settings_with: Build, at: Callable[..., list[str]], rule: Check, changes: dict[str, Any], paths: list[str]
) -> None:
    assert at(rule, settings_with(changes)) == paths
