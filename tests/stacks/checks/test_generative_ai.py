"""Models of Azure OpenAI."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import pytest

from stacks.checks import Check, generative_ai
from stacks.settings import Settings
from stacks.types import ENCRYPTED

pytestmark = pytest.mark.capability("E1", "E2", "E3", "E4")

Build = Callable[[Mapping[str, Any]], Settings]

EAST = {"region": "canadaeast"}
CHAT = {"model": "gpt-4.1-mini", "version": "2025-04-14", "capacity": 5}
WHY = "only public data of the open data portal is asked about"
KEYS = {"key_vault": {"sku": "premium", "customer_keys": True}}
PUBLIC = {"classification": "Public"}


def one(account: dict[str, Any] | None = None, **deployment: Any) -> dict[str, Any]:
    return {
        "generative_ai": {
            "accounts": {"chat": {**EAST, **(account or {}), "deployments": {"chat": {**CHAT, **deployment}}}}
        }
    }


def searched(**search: Any) -> dict[str, Any]:
    return {"generative_ai": {**one()["generative_ai"], "search": search}}


def gated(deployment: str = "chat", **team: Any) -> dict[str, Any]:
    gateway = {
        "publisher_name": "Platform",
        "publisher_email": "ml-platform@gov.example",
        "deployment": deployment,
        "teams": {"health": {"tokens_per_minute": 1000, **team}},
    }
    return {"generative_ai": {**one()["generative_ai"], "gateway": gateway}}


SUBNET = {"network": {"subnets": {"api_management": "10.40.4.192/27"}}}
TRAINING = {
    "access": {"workloads": {"training": {"namespace": "ml", "service_account": "training", "use": "training"}}}
}
ENGINEERS, OTHER = "00000000-0000-0000-0000-000000000001", "00000000-0000-0000-0000-0000000000f1"
DEPLOYMENT = "generative_ai.accounts.chat.deployments.chat"
GOOD = [
    (generative_ai.models_are_offered_in_their_region, {}),
    (generative_ai.models_are_offered_in_their_region, one()),
    (generative_ai.models_are_offered_in_their_region, one(model="not-in-the-table", version="1")),
    (generative_ai.answers_come_from_canada, one()),
    (generative_ai.answers_come_from_canada, {**PUBLIC, **one(sku="GlobalStandard", leaves_canada_because=WHY)}),
    (generative_ai.keys_are_in_their_accounts_region, one()),
    (generative_ai.keys_are_in_their_accounts_region, {**KEYS, **one({"customer_key": False})}),
    (generative_ai.keys_are_in_their_accounts_region, {**KEYS, **one({"region": None})}),
    (generative_ai.requests_are_logged_where_allowed, one({"log_requests": True})),
    (generative_ai.workloads_that_ask_exist, {**TRAINING, **one({"workloads": ["training"]})}),
    (generative_ai.each_asker_is_named_once, one({"users": {"health": OTHER, "justice": ENGINEERS}, "groups": []})),
    (generative_ai.each_asker_is_named_once, one({"users": {"health": ENCRYPTED, "justice": ENCRYPTED}})),
    (generative_ai.search_fits_its_tier, one()),
    (generative_ai.search_fits_its_tier, searched(replicas=3)),
    (generative_ai.search_fits_its_tier, searched(sku="standard", replicas=4)),
    (generative_ai.the_gateway_has_its_subnet, one()),
    (generative_ai.the_gateway_has_its_subnet, {**SUBNET, **gated()}),
    (generative_ai.the_gateway_has_something_to_serve, gated()),
    (generative_ai.months_are_longer_than_minutes, gated()),
    (generative_ai.months_are_longer_than_minutes, gated(tokens_per_month=1000)),
]
BAD = [
    (generative_ai.models_are_offered_in_their_region, one({"region": "canadacentral"}), [f"{DEPLOYMENT}.model"]),
    (
        generative_ai.answers_come_from_canada,
        one(sku="GlobalStandard", leaves_canada_because=WHY),
        [f"{DEPLOYMENT}.sku"],
    ),
    (generative_ai.answers_come_from_canada, {**PUBLIC, **one(sku="DataZoneStandard")}, [f"{DEPLOYMENT}.sku"]),
    (generative_ai.answers_come_from_canada, one(leaves_canada_because=WHY), [f"{DEPLOYMENT}.leaves_canada_because"]),
    (
        generative_ai.keys_are_in_their_accounts_region,
        {**KEYS, **one()},
        ["generative_ai.accounts.chat.customer_key"],
    ),
    (
        generative_ai.keys_are_in_their_accounts_region,
        one({"region": None, "customer_key": True}),
        ["generative_ai.accounts.chat.customer_key"],
    ),
    (
        generative_ai.requests_are_logged_where_allowed,
        {"classification": "Protected B", **one({"log_requests": True})},
        ["generative_ai.accounts.chat.log_requests"],
    ),
    (
        generative_ai.workloads_that_ask_exist,
        one({"workloads": ["nobody"]}),
        ["generative_ai.accounts.chat.workloads[0]"],
    ),
    (
        generative_ai.each_asker_is_named_once,
        one({"users": {"health": ENGINEERS}}),
        ["generative_ai.accounts.chat.users.health"],
    ),
    (
        generative_ai.each_asker_is_named_once,
        one({"users": {"health": OTHER, "justice": OTHER}}),
        ["generative_ai.accounts.chat.users.justice"],
    ),
    (
        generative_ai.each_asker_is_named_once,
        {**TRAINING, **one({"workloads": ["training"] * 2, "groups": ["data_scientists"] * 2})},
        ["generative_ai.accounts.chat.groups", "generative_ai.accounts.chat.workloads"],
    ),
    (generative_ai.search_fits_its_tier, searched(replicas=4), ["generative_ai.search.replicas"]),
    (generative_ai.the_gateway_has_its_subnet, gated(), ["network.subnets.api_management"]),
    (generative_ai.the_gateway_has_something_to_serve, gated("absent"), ["generative_ai.gateway.deployment"]),
    (
        generative_ai.months_are_longer_than_minutes,
        gated(tokens_per_month=999),
        ["generative_ai.gateway.teams.health.tokens_per_month"],
    ),
]


def test_every_rule_has_a_good_and_a_bad_example(rules_of: Callable[..., set[Check]]) -> None:
    assert {rule for rule, _ in GOOD} == {rule for rule, _, _ in BAD} == rules_of(generative_ai)


@pytest.mark.parametrize(("rule", "changes"), GOOD)
def test_what_azure_takes_passes(settings_with: Build, rule: Check, changes: dict[str, Any]) -> None:
    assert not list(rule(settings_with(changes)))


@pytest.mark.parametrize(("rule", "changes", "paths"), BAD)
def test_what_would_fail_or_leave_canada_is_found(
    settings_with: Build, at: Callable[..., list[str]], rule: Check, changes: dict[str, Any], paths: list[str]
) -> None:
    assert at(rule, settings_with(changes)) == paths
