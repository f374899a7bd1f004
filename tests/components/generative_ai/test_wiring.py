"""From settings to the gateway, which no stack has yet."""

from __future__ import annotations

from functools import cache

import pytest

import stacks
from components.platform import Platform
from stacks.checks import check
from stacks.sections.generative_ai import AiGatewaySettings, GatewayTeamSettings
from tests.components.recording import Recorded, one, record

pytestmark = pytest.mark.capability("E3")

GATEWAY = AiGatewaySettings(
    publisher_name="Platform",
    publisher_email="ml-platform@gov.example",
    deployment="chat",
    teams={"health": GatewayTeamSettings(tokens_per_minute=1000)},
)


@cache
def made() -> tuple[Recorded, ...]:
    base = stacks.load("test")
    assert base.generative_ai is not None
    answers = base.generative_ai.model_copy(update={"gateway": GATEWAY})
    settings = base.model_copy(update={"generative_ai": answers})
    assert check(settings) == []
    return tuple(record(lambda: Platform(settings.name, settings)))


def test_every_account_that_has_the_deployment_is_in_the_pool_and_may_be_asked() -> None:
    accounts = [each for each in made() if each.type.endswith("cognitiveservices:Account")]
    backends = [each for each in made() if each.type.endswith(":Backend") and each.inputs["type"] == "Single"]
    roles = [each for each in made() if "-ra-ai-gateway-cognitive-services-openai-user-" in each.name]
    assert len(accounts) == len(backends) == len(roles) == 1


def test_the_gateway_counts_where_the_platforms_insights_are() -> None:
    assert len([each for each in made() if "-ra-ai-gateway-monitoring-metrics-publisher-" in each.name]) == 1
    insights = one(list(made()), "applicationinsights:Component")
    assert one(list(made()), "apimanagement:Logger").inputs["resourceId"].endswith(insights.name)


def test_the_gateway_has_a_subnet_of_its_own() -> None:
    subnet = one(list(made()), "apimanagement:ApiManagementService").inputs["virtualNetworkConfiguration"]
    assert "api_management" in subnet["subnetResourceId"].replace("-", "_")
