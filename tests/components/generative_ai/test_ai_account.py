from __future__ import annotations

from dataclasses import replace

import pytest

from components.generative_ai.ai_account import AiAccount, problems
from tests.components.generative_ai.examples import account
from tests.components.recording import arm_id, one, record
from tests.components.security.examples import a_customer_key

pytestmark = pytest.mark.capability("E1")


def test_only_entra_identities_inside_the_spoke_ask_and_the_account_calls_only_named_hosts() -> None:
    properties = one(record(lambda: AiAccount("x", account())), "cognitiveservices:Account").inputs["properties"]
    assert properties["disableLocalAuth"] is True
    assert properties["publicNetworkAccess"] == "Disabled"
    assert properties["restrictOutboundNetworkAccess"] is True
    assert properties["allowedFqdnList"] == ["docs.gov.example"]
    assert properties["networkAcls"] == {"defaultAction": "Deny", "bypass": "None"}


def test_the_subdomain_is_the_accounts_own_name() -> None:
    inputs = one(record(lambda: AiAccount("x", account())), "cognitiveservices:Account").inputs
    assert inputs["properties"]["customSubDomainName"] == inputs["accountName"]


def test_an_account_of_the_other_region_has_its_endpoint_in_the_spoke() -> None:
    recorded = record(lambda: AiAccount("x", account()))
    assert one(recorded, "cognitiveservices:Account").inputs["location"] == "canadaeast"
    assert one(recorded, "network:PrivateEndpoint").inputs["location"] == "canadacentral"


@pytest.mark.parametrize(
    ("log", "expected"), [(False, {"Audit", "Trace"}), (True, {"Audit", "Trace", "RequestResponse"})]
)
def test_requests_are_logged_only_where_asked_for(log: bool, expected: set[str]) -> None:
    recorded = record(lambda: AiAccount("x", replace(account(), log_requests=log)))
    logs = one(recorded, "monitor:DiagnosticSetting").inputs["logs"]
    assert {each["category"] for each in logs} == expected


@pytest.mark.capability("K3")
def test_a_key_of_our_own_is_used_once_its_identity_may() -> None:
    def program() -> None:
        key = a_customer_key("ai")
        AiAccount("x", replace(account(), region="canadacentral", customer_key=key))

    recorded = record(program)
    made = one(recorded, "cognitiveservices:Account")
    key = made.inputs["properties"]["encryption"]["keyVaultProperties"]
    assert key == {"keyVaultUri": "https://a-vault.example/", "keyName": "ai", "identityClientId": "a-client"}
    assert arm_id("encryption-ai-id") in made.inputs["identity"]["userAssignedIdentities"]
    assert one(recorded, "UserAssignedIdentity", "ai-role").urn in made.depends_on


def test_a_key_of_another_region_is_refused() -> None:
    answers: list[str] = []
    record(lambda: answers.extend(problems(replace(account(), customer_key=a_customer_key("ai")))))
    assert answers == ["an account in canadaeast can't use a key in canadacentral: both must be in one region"]
