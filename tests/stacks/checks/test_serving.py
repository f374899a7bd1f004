"""Apps of App Service."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import pytest
from pydantic import ValidationError

from stacks.checks import Check, serving
from stacks.sections.serving import AppReleaseSettings, ServingSettings
from stacks.settings import Settings

pytestmark = pytest.mark.capability("W1", "W2")

Build = Callable[[Mapping[str, Any]], Settings]

DIGEST = "apps/triage@sha256:" + "0" * 64
SUBNET = {"network": {"subnets": {"app_service": "10.40.5.0/26"}}}


def apps(plan: Mapping[str, Any] | None = None, **app: Any) -> dict[str, Any]:
    return {**SUBNET, "serving": {"plan": plan or {}, "apps": {"triage": {"live": {"image": DIGEST}, **app}}}}


def east(plan: Mapping[str, Any]) -> dict[str, Any]:
    return {**apps(plan), "region": "canadaeast"}


NO_SUBNET = {"network": {"subnets": {"app_service": None}}}

GOOD = [
    (serving.apps_have_their_subnet, NO_SUBNET),
    (serving.apps_have_their_subnet, apps()),
    (serving.instances_are_in_order, {}),
    (serving.instances_are_in_order, apps({"min_instances": 4, "max_instances": 4})),
    (serving.zones_exist, apps({"zone_redundant": True})),
    (serving.zones_exist, east({})),
    (serving.zones_have_instances, apps({"min_instances": 2})),
    (serving.zones_have_instances, apps({"min_instances": 1, "zone_redundant": False})),
    (serving.zones_have_instances, east({"min_instances": 1})),
    (serving.values_are_not_secret, apps(values={"LANGUAGE": "fr", "MONKEY": "1"}, secrets={"API_KEY": "api-key"})),
]
BAD = [
    (serving.apps_have_their_subnet, {**apps(), **NO_SUBNET}, ["network.subnets.app_service"]),
    (
        serving.instances_are_in_order,
        apps({"min_instances": 5, "max_instances": 4}),
        ["serving.plan.max_instances"],
    ),
    (serving.zones_exist, east({"zone_redundant": True}), ["serving.plan.zone_redundant"]),
    (serving.zones_have_instances, apps({"min_instances": 1}), ["serving.plan.min_instances"]),
    (
        serving.values_are_not_secret,
        apps(values={"API_KEY": "a", "db_password": "b"}),
        ["serving.apps.triage.values.API_KEY", "serving.apps.triage.values.db_password"],
    ),
]


def test_every_rule_has_a_good_and_a_bad_example(rules_of: Callable[..., set[Check]]) -> None:
    assert {rule for rule, _ in GOOD} == {rule for rule, _, _ in BAD} == rules_of(serving)


@pytest.mark.parametrize(("rule", "changes"), GOOD)
def test_what_survives_passes(settings_with: Build, rule: Check, changes: dict[str, Any]) -> None:
    assert not list(rule(settings_with(changes)))


@pytest.mark.parametrize(("rule", "changes", "paths"), BAD)
def test_what_would_not_survive_is_found(
    settings_with: Build, at: Callable[..., list[str]], rule: Check, changes: dict[str, Any], paths: list[str]
) -> None:
    assert at(rule, settings_with(changes)) == paths


def test_workers_without_an_app_would_be_paid_for_nothing() -> None:
    with pytest.raises(ValidationError, match="apps"):
        ServingSettings.model_validate({"apps": {}})


@pytest.mark.parametrize(
    "image", ["apps/triage:latest", "apps/triage", "apps/triage@sha256:12", "apps/triage:1@sha256:"]
)
def test_an_image_without_a_digest_is_no_release(image: str) -> None:
    with pytest.raises(ValidationError, match="image"):
        AppReleaseSettings.model_validate({"image": image})
