"""The table of demands: each row, and what holds between the levels."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import pytest

from stacks.classification import DEMANDS, chosen, rows
from stacks.settings import Settings
from stacks.types import Classification

Build = Callable[[Mapping[str, Any]], Settings]

NO, YES = False, True
# Written out, not computed: whoever changes a demand has to change it here as well.
TABLE = {
    "customer_keys": (NO, NO, YES, YES),
    "hsm_keys": (NO, NO, YES, YES),
    "etcd_key": (NO, NO, YES, YES),
    "infrastructure_encryption": (NO, NO, YES, YES),
    "fips_nodes": (NO, NO, YES, YES),
    "private_access": (YES, YES, YES, YES),
    "filtered_egress": (NO, NO, YES, YES),
    "region_bound_models": (NO, YES, YES, YES),
    "high_business_impact": (NO, NO, YES, YES),
    "databricks_compliance_profile": (NO, NO, YES, YES),
    "own_pools": (NO, NO, YES, YES),
    "prompt_logging": (YES, YES, NO, NO),
    "complete_logs": (NO, NO, YES, YES),
    "log_retention_days": (30, 90, 365, 730),
    "audit_retention_days": (90, 365, 730, 2556),
    "immutable_audit": (NO, NO, YES, YES),
    "eligible_administrators": (NO, NO, YES, YES),
}
ALLOWANCES = {"prompt_logging"}
"""Rows that allow something rather than demand it: they fall where the others rise."""


@pytest.mark.capability("V4")
@pytest.mark.parametrize("name", TABLE)
def test_a_demand_is_what_was_agreed(name: str) -> None:
    assert tuple(getattr(DEMANDS[level], name) for level in Classification) == TABLE[name]


def test_every_row_is_in_the_agreed_table() -> None:
    assert [row.name for row in rows()] == list(TABLE)
    assert {row.name: row.values for row in rows()} == TABLE


@pytest.mark.parametrize("row", list(rows()), ids=lambda row: row.name)
def test_a_higher_level_never_demands_less(row: Any) -> None:
    assert list(row.values) == sorted(row.values, reverse=row.name in ALLOWANCES)


@pytest.mark.parametrize("row", list(rows()), ids=lambda row: row.name)
def test_every_row_says_what_it_demands_and_where_that_is_from(row: Any) -> None:
    assert len(row.title) > 10
    assert "our choice" in row.source or "Databricks" in row.source


@pytest.mark.parametrize("level", list(Classification))
def test_settings_answer_the_demands_of_their_classification(settings_with: Build, level: Classification) -> None:
    assert settings_with({"classification": level.value}).demands is DEMANDS[level]


@pytest.mark.parametrize(
    ("wanted", "demanded", "answer"),
    [(None, True, True), (None, False, False), (False, True, False), (True, False, True)],
)
def test_a_derived_setting_follows_the_classification_only_where_nothing_is_written(
    wanted: bool | None, demanded: bool, answer: bool
) -> None:
    assert chosen(wanted, demanded) is answer
