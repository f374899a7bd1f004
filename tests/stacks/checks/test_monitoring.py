"""Who is told of alerts."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import pytest

from stacks.checks import Check, monitoring
from stacks.settings import Settings

Build = Callable[[Mapping[str, Any]], Settings]


def urgent(**contact: Any) -> dict[str, Any]:
    return {"monitoring": {"contacts": {"urgent": contact}}}


GOOD = [
    (monitoring.everybody_who_is_told_can_be_reached, {}),
    (monitoring.everybody_who_is_told_can_be_reached, urgent(emails=["a@gov.example", "b@gov.example"])),
    (monitoring.everybody_who_is_told_can_be_reached, urgent(webhook="https://chat.example/hook")),
]
BAD = [
    (monitoring.everybody_who_is_told_can_be_reached, urgent(), ["monitoring.contacts.urgent"]),
    (
        monitoring.everybody_who_is_told_can_be_reached,
        urgent(emails=["a@gov.example", "a@gov.example"]),
        ["monitoring.contacts.urgent.emails"],
    ),
]


def test_every_rule_has_a_good_and_a_bad_example(rules_of: Callable[..., set[Check]]) -> None:
    assert {rule for rule, _ in GOOD} == {rule for rule, _, _ in BAD} == rules_of(monitoring)


@pytest.mark.parametrize(("rule", "changes"), GOOD)
def test_what_reaches_somebody_passes(settings_with: Build, rule: Check, changes: dict[str, Any]) -> None:
    assert not list(rule(settings_with(changes)))


@pytest.mark.capability("O4", "O5")
@pytest.mark.parametrize(("rule", "changes", "paths"), BAD)
def test_what_would_go_wrong_is_found(
    settings_with: Build, at: Callable[..., list[str]], rule: Check, changes: dict[str, Any], paths: list[str]
) -> None:
    assert at(rule, settings_with(changes)) == paths
