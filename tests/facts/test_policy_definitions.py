from __future__ import annotations

import re

import pytest

from facts.policy_definitions import policy_definition, policy_definitions


def test_the_ids_are_guids_and_each_is_there_once() -> None:
    ids = [policy.id for policy in policy_definitions().values()]
    assert all(re.fullmatch(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}", each) for each in ids)
    assert len(set(ids)) == len(ids)


@pytest.mark.capability("V1", "V2")
@pytest.mark.parametrize(
    ("key", "start"),
    [
        ("canada-federal-pbmm", "f8f5293d"),
        ("ml-idle-shutdown", "679ddf89"),
        ("ml-approved-outbound", "6ddb1705"),
        ("ml-customer-key", "ba769a63"),
        ("ml-no-public-access", "438c38d2"),
        ("ml-no-local-auth", "e96a9a5f"),
        ("ml-user-assigned-identity", "5f0c7d88"),
        ("ml-approved-models", "12e5dd16"),
        ("pod-security-baseline", "a8640138"),
        ("pod-security-restricted", "42b8ef37"),
    ],
)
def test_a_policy_is_the_one_that_the_research_names(key: str, start: str) -> None:
    assert policy_definition(key).id.startswith(start)


def test_an_effect_of_ones_own_choice_is_a_parameter() -> None:
    for policy in policy_definitions().values():
        assert ("effect" in policy.parameters) is (len(policy.effects) > 1), policy.key
        assert set(policy.required) <= set(policy.parameters)
        assert set(policy.effects) <= {"Audit", "Deny", "Disabled", "Modify"}


def test_the_id_says_whether_it_is_one_policy_or_an_initiative() -> None:
    assert "/policyDefinitions/" in policy_definition("allowed-locations").arm_id
    assert "/policySetDefinitions/" in policy_definition("canada-federal-pbmm").arm_id


def test_an_unknown_policy_names_the_nearest_one() -> None:
    with pytest.raises(LookupError, match="ml-idle-shutdown"):
        policy_definition("ml-idle-shutdow")
