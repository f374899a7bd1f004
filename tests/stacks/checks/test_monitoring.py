"""Who is told of alerts, and what dashboards have to show."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import pytest

from stacks.checks import Check, monitoring
from stacks.settings import Settings

Build = Callable[[Mapping[str, Any]], Settings]


def urgent(**contact: Any) -> dict[str, Any]:
    return {"monitoring": {"contacts": {"urgent": contact}}}


def grafana(prometheus: bool = True, region: str = "canadacentral", **wanted: Any) -> dict[str, Any]:
    """A Grafana with `wanted`, in a region, with or without what it shows."""
    return {
        "region": region,
        "monitoring": {"grafana": wanted},
        "cluster": {"managed_prometheus": prometheus},
    }


def asked(host: str) -> dict[str, Any]:
    return {"monitoring": {"availability_tests": {"triage": {"host": host}}}}


GOOD = [
    (monitoring.tests_ask_what_the_internet_reaches, asked("triage.gov.example")),
    (monitoring.grafana_has_metrics_to_show, {"cluster": {"managed_prometheus": False}}),
    (monitoring.grafana_has_metrics_to_show, grafana()),
    (monitoring.grafana_has_the_zones_that_it_asks_for, grafana(zone_redundancy=True)),
    (monitoring.grafana_has_the_zones_that_it_asks_for, grafana(region="canadaeast")),
    (monitoring.everybody_who_is_told_can_be_reached, {}),
    (monitoring.everybody_who_is_told_can_be_reached, urgent(emails=["a@gov.example", "b@gov.example"])),
    (monitoring.everybody_who_is_told_can_be_reached, urgent(webhook="https://chat.example/hook")),
]
BAD = [
    *(
        (monitoring.tests_ask_what_the_internet_reaches, asked(host), ["monitoring.availability_tests.triage.host"])
        for host in (
            "*.gov.example",
            "app-mlops-prod-cnc-triage.azurewebsites.net",
            "x.privatelink.azurewebsites.net",
        )
    ),
    (monitoring.grafana_has_metrics_to_show, grafana(prometheus=False), ["monitoring.grafana"]),
    (
        monitoring.grafana_has_the_zones_that_it_asks_for,
        grafana(region="canadaeast", zone_redundancy=True),
        ["monitoring.grafana.zone_redundancy"],
    ),
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


@pytest.mark.capability("O2", "O4", "O5")
@pytest.mark.parametrize(("rule", "changes", "paths"), BAD)
def test_what_would_go_wrong_is_found(
    settings_with: Build, at: Callable[..., list[str]], rule: Check, changes: dict[str, Any], paths: list[str]
) -> None:
    assert at(rule, settings_with(changes)) == paths
