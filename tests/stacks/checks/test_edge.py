"""The edge."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import pytest

from stacks.checks import Check, edge
from stacks.settings import Settings

pytestmark = pytest.mark.capability("B2")

Build = Callable[[Mapping[str, Any]], Settings]

SUBNET = {"network": {"subnets": {"application_gateway": "10.40.6.0/24"}}}


def site(host: str = "triage.gov.example") -> dict[str, str]:
    return {"host": host, "certificate": "triage", "backend": "triage.azurewebsites.net"}


def edged(**changes: Any) -> dict[str, Any]:
    return {"edge": {"sites": {"triage": site()}, **changes}}


GOOD = [
    (edge.the_edge_has_its_subnet, {}),
    (edge.the_edge_has_its_subnet, {**SUBNET, **edged()}),
    (edge.units_are_in_order, edged(min_units=10)),
    (edge.hosts_are_used_once, edged(sites={"triage": site(), "credit": site("credit.gov.example")})),
    (edge.callers_come_from_outside, {}),
    (edge.callers_come_from_outside, edged(caller_ranges=["192.168.8.0/24"])),
    (edge.backends_are_one_host, edged()),
]
BAD = [
    (edge.the_edge_has_its_subnet, edged(), ["network.subnets.application_gateway"]),
    (edge.units_are_in_order, edged(min_units=11), ["edge.max_units"]),
    (
        edge.hosts_are_used_once,
        edged(sites={"triage": site(), "credit": site()}),
        ["edge.sites.triage.host", "edge.sites.credit.host"],
    ),
    (edge.hosts_are_used_once, edged(sites={"triage": site("*.gov.example")}), ["edge.sites.triage.host"]),
    (
        edge.callers_come_from_outside,
        edged(caller_ranges=["192.168.8.0/24", "10.40.0.0/24"]),
        ["edge.caller_ranges[1]"],
    ),
    (
        edge.backends_are_one_host,
        edged(sites={"triage": {**site(), "backend": "*.azurewebsites.net"}}),
        ["edge.sites.triage.backend"],
    ),
]


def test_every_rule_has_a_good_and_a_bad_example(rules_of: Callable[..., set[Check]]) -> None:
    assert {rule for rule, _ in GOOD} == {rule for rule, _, _ in BAD} == rules_of(edge)


@pytest.mark.parametrize(("rule", "changes"), GOOD)
def test_what_azure_takes_passes(settings_with: Build, rule: Check, changes: dict[str, Any]) -> None:
    assert not list(rule(settings_with(changes)))


@pytest.mark.parametrize(("rule", "changes", "paths"), BAD)
def test_what_azure_refuses_is_found(
    settings_with: Build, at: Callable[..., list[str]], rule: Check, changes: dict[str, Any], paths: list[str]
) -> None:
    assert at(rule, settings_with(changes)) == paths
