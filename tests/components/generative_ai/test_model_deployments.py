from __future__ import annotations

from dataclasses import replace

import pytest

from components.generative_ai.content_filter import ContentFilter
from components.generative_ai.content_filter import problems as filter_problems
from components.generative_ai.model_deployments import ModelDeployments, problems
from components.generative_ai.wiring import stops_from
from tests.components.generative_ai.examples import CHAT, FILTER, MODELS
from tests.components.recording import one, record

pytestmark = pytest.mark.capability("E2")


def test_a_deployment_is_pinned_filtered_and_answers_in_its_region() -> None:
    made = one(record(lambda: ModelDeployments("x", MODELS)), "cognitiveservices:Deployment", "x-chat").inputs
    assert made["sku"] == {"name": "Standard", "capacity": 50}
    assert made["properties"] == {
        "model": {"format": "OpenAI", "name": "gpt-4.1-mini", "version": "2025-04-14"},
        "versionUpgradeOption": "NoAutoUpgrade",
        "raiPolicyName": "platform",
    }


def test_an_account_gets_one_deployment_at_a_time() -> None:
    recorded = record(lambda: ModelDeployments("x", MODELS))
    chat, embeddings, summary = (
        one(recorded, "cognitiveservices:Deployment", f"x-{name}") for name in ("chat", "embeddings", "summary")
    )
    assert chat.urn in embeddings.depends_on
    assert embeddings.urn in summary.depends_on


@pytest.mark.parametrize("sku", ["GlobalStandard", "DataZoneStandard", "GlobalProvisionedManaged"])
def test_a_kind_that_may_answer_abroad_needs_a_reason(sku: str) -> None:
    abroad = replace(CHAT, sku=sku)
    assert problems(replace(MODELS, deployments={"chat": abroad})) == [
        f"chat is {sku}, which may answer outside Canada, and nobody says why it may"
    ]
    waived = replace(abroad, leaves_canada_because="public data of the open data portal only")
    assert problems(replace(MODELS, deployments={"chat": waived})) == []


def test_a_deployment_has_capacity() -> None:
    assert problems(replace(MODELS, deployments={"chat": replace(CHAT, capacity=0)})) == ["chat has no capacity"]


def test_every_harm_is_stopped_in_questions_and_in_answers() -> None:
    properties = one(record(lambda: ContentFilter("x", FILTER)), "RaiPolicy").inputs["properties"]
    harms = [each for each in properties["contentFilters"] if "severityThreshold" in each]
    assert {(each["name"], each["source"]) for each in harms} == {
        (name, source) for name in ("Hate", "Selfharm", "Sexual", "Violence") for source in ("Prompt", "Completion")
    }
    assert {each["severityThreshold"] for each in harms} == {"Low"}
    assert all(each["enabled"] is True and each["blocking"] is True for each in properties["contentFilters"])
    assert {each["name"] for each in properties["contentFilters"]} >= {"Jailbreak", "Indirect Attack"}
    assert (properties["mode"], properties["basePolicyName"]) == ("Blocking", "Microsoft.DefaultV2")


def test_what_nobody_may_read_afterwards_is_filtered_more_strictly() -> None:
    assert (stops_from(prompts_may_be_logged=False), stops_from(prompts_may_be_logged=True)) == ("Low", "Medium")


def test_a_filter_is_not_called_like_one_of_microsofts() -> None:
    assert filter_problems(replace(FILTER, policy_name="Microsoft.Ours")) == [
        "content filter Microsoft.Ours: names that begin with Microsoft are Microsoft's own"
    ]
