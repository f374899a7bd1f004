from __future__ import annotations

from dataclasses import replace

import pytest

from components.generative_ai.search_service import SearchService, problems
from tests.components.generative_ai.examples import search
from tests.components.recording import arm_id, one, record

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
    assert one(recorded, "", "models").urn in lake.depends_on


@pytest.mark.capability("K3")
def test_indexes_can_use_the_key_that_they_must_have() -> None:
    recorded = record(lambda: SearchService("x", search()))
    service = one(recorded, "search:Service")
    assert set(service.inputs["identity"]["userAssignedIdentities"]) == {
        arm_id("search-id"),
        arm_id("encryption-search-id"),
    }
    assert one(recorded, "", "search-role").urn in service.depends_on
    vault = one(recorded, "SharedPrivateLinkResource", "x-spl-key-vault").inputs["properties"]
    assert (vault["privateLinkResourceId"], vault["groupId"]) == ("/vault", "vault")


def test_without_a_key_of_ours_none_is_demanded() -> None:
    recorded = record(lambda: SearchService("x", replace(search(), customer_key=None)))
    service = one(recorded, "search:Service").inputs
    assert service["encryptionWithCmk"] == {"enforcement": "Disabled"}
    assert set(service["identity"]["userAssignedIdentities"]) == {arm_id("search-id")}
    assert not [each for each in recorded if each.name.endswith("key-vault")]


def test_a_basic_service_stays_small() -> None:
    answers: list[str] = []
    record(lambda: answers.extend(problems(replace(search(), replicas=4))))
    assert answers == ["4 replicas and 1 partitions: basic has 3 of each at most"]
