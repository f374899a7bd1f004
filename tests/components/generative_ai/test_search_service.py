from __future__ import annotations

from dataclasses import replace

import pytest

from components.generative_ai.search_service import SearchService, problems
from tests.components.generative_ai.examples import search
from tests.components.recording import one, record

pytestmark = pytest.mark.capability("E4")


def test_search_has_no_keys_no_public_address_and_no_billed_ranking() -> None:
    service = one(record(lambda: SearchService("x", search())), "search:Service").inputs
    assert service["disableLocalAuth"] is True
    assert service["publicNetworkAccess"] == "Disabled"
    assert service["semanticSearch"] == "disabled"
    assert service["encryptionWithCmk"] == {"enforcement": "Enabled"}
    # Azure refuses what says how keys are used beside what turns them off.
    assert "authOptions" not in service


def test_indexers_read_through_private_links_made_one_after_another() -> None:
    recorded = record(lambda: SearchService("x", search()))
    lake = one(recorded, "SharedPrivateLinkResource", "x-spl-lake-blob")
    model = one(recorded, "SharedPrivateLinkResource", "x-spl-ai-chat")
    assert lake.inputs["properties"]["groupId"] == "blob"
    assert model.inputs["properties"]["groupId"] == "openai_account"
    assert lake.urn in model.depends_on


def test_a_basic_service_stays_small() -> None:
    answers: list[str] = []
    record(lambda: answers.extend(problems(replace(search(), replicas=4))))
    assert answers == ["4 replicas and 1 partitions: basic has 3 of each at most"]
