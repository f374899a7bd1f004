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


def askers(stack: str, **account: object) -> set[str]:
    """Who holds the role at the account of a stack, by name."""
    base = stacks.load(stack)
    assert base.generative_ai is not None
    chat = base.generative_ai.accounts["chat"].model_copy(update=account)
    answers = base.generative_ai.model_copy(update={"accounts": {"chat": chat}})
    settings = base.model_copy(update={"generative_ai": answers})
    recorded = record(lambda: Platform(settings.name, settings))
    middle = "-cognitive-services-openai-user-ai-chat"
    return {each.name.split("-ra-")[1].removesuffix(middle) for each in recorded if each.name.endswith(middle)}


@pytest.mark.capability("E1")
def test_data_scientists_and_engineers_may_ask_the_models_and_nobody_else_by_default() -> None:
    assert askers("dr") == {"data-scientists", "ml-engineers", "workload-serving"}


@pytest.mark.capability("E1")
def test_who_may_ask_can_be_narrowed_and_a_further_group_added() -> None:
    further = {"data-scientists": "00000000-0000-0000-0000-0000000000f1"}
    assert askers("dr", groups=("data_scientists",), users=further, workloads=()) == {
        "data-scientists",
        "ai-data-scientists",
    }


@pytest.mark.capability("E4")
def test_platform_administrators_may_approve_each_link_of_the_search_service() -> None:
    settings = stacks.load("prod")
    recorded = record(lambda: Platform(settings.name, settings))
    links = [each.name for each in recorded if each.type.endswith(":SharedPrivateLinkResource")]
    assert {each.split("-spl-")[1] for each in links} == {"lake-blob", "lake-dfs", "ai-chat", "key-vault"}
    middle = "-search-roles-ra-platform-admins-azure-ai-enterprise-network-connection-approver-"
    assert {each.name.split(middle)[1] for each in recorded if middle in each.name} == {
        "lake",
        "ai-chat",
        "keys-vault",
    }


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
