"""The pack: every failure at its own level, nothing unknown turned into anything else, and judged again at the end."""

from __future__ import annotations

import json
from datetime import date
from typing import Any

import grpc
import pytest
from pulumi.runtime.proto import analyzer_pb2

from policies.catalogue import rules
from policies.crossguard.pack import Pack
from policies.crossguard.server import Analyzer
from policies.frameworks import control, frameworks
from policies.pages import page_of
from policies.types import FLOW_LOG, VIRTUAL_NETWORK
from policies.waivers import Waiver
from tests.policies.crossguard.requests import SECRET, UNKNOWN_TEXT, declared, final, urn_of, whole

TODAY = date(2026, 11, 25)


def analyzer(*waivers: Waiver, stack: str = "prod", classification: str | None = "Protected B") -> Analyzer:
    made = Analyzer(Pack(waivers, TODAY))
    settings = {} if classification is None else {"classification": classification}
    config = {"platform:settings": json.dumps(settings)}
    made.ConfigureStack(
        analyzer_pb2.AnalyzerStackConfigureRequest(stack=stack, project="platform", config=config), None
    )
    return made


def of(response: Any, policy: str) -> list[tuple[str, str]]:
    """What a response says of a policy: level and message."""
    found = [each for each in response.diagnostics if each.policyName == policy]
    return [(analyzer_pb2.EnforcementLevel.Name(each.enforcementLevel), each.message) for each in found]


def test_a_failure_has_the_level_of_its_rule_and_says_how_to_mend_it() -> None:
    ((level, message),) = of(analyzer().Analyze(declared({"disableLocalAccounts": False}), None), "AKS-004")
    assert level == "MANDATORY"
    assert message.startswith("disableLocalAccounts: is false; it must be true. ")
    assert "Set disableLocalAccounts to true" in message


@pytest.mark.parametrize("value", [UNKNOWN_TEXT, {**SECRET, "value": "x"}])
def test_what_is_not_known_before_is_said_at_the_end_and_stops_nothing(value: Any) -> None:
    pack = analyzer()
    before = pack.Analyze(declared({"disableLocalAccounts": value}), None)
    assert of(before, "AKS-004") == []
    assert "AKS-004" in {each.policy_name for each in before.not_applicable}
    ((level, message),) = of(pack.AnalyzeStack(whole(final({"disableLocalAccounts": value})), None), "AKS-004")
    assert level == "ADVISORY"
    assert message.startswith("unknown: disableLocalAccounts")


def test_what_was_not_known_before_is_judged_at_the_end() -> None:
    pack = analyzer()
    pack.Analyze(declared({"disableLocalAccounts": UNKNOWN_TEXT}), None)
    ((level, _),) = of(pack.AnalyzeStack(whole(final({"disableLocalAccounts": False})), None), "AKS-004")
    assert level == "MANDATORY"


def test_what_was_said_before_is_not_said_again() -> None:
    pack = analyzer()
    assert len(of(pack.Analyze(declared({"disableLocalAccounts": False}), None), "AKS-004")) == 1
    assert of(pack.AnalyzeStack(whole(final({"disableLocalAccounts": False})), None), "AKS-004") == []


def test_the_end_judges_what_was_declared_and_not_only_what_azure_answers() -> None:
    pack = analyzer()
    pack.Analyze(declared({"disableLocalAccounts": UNKNOWN_TEXT, "other": 1}), None)
    assert of(pack.AnalyzeStack(whole(final({"disableLocalAccounts": True})), None), "AKS-004") == []


@pytest.mark.parametrize("known", [True, False])
def test_a_rule_on_the_whole_stack_follows_ids_or_dependencies(known: bool) -> None:
    network = final({"id": "/subscriptions/s/x/vnet"} if known else {}, VIRTUAL_NETWORK, "vnet")
    links = {"targetResourceId": [urn_of(VIRTUAL_NETWORK, "vnet")]}
    target = "/subscriptions/S/x/vnet" if known else UNKNOWN_TEXT
    read = {"flowAnalyticsConfiguration": {"networkWatcherFlowAnalyticsConfiguration": {"enabled": True}}}
    kept = {"retentionPolicy": {"enabled": True, "days": 90}}
    log = final({"targetResourceId": target, "enabled": True, **read, **kept}, FLOW_LOG, "log", links)
    assert of(analyzer().AnalyzeStack(whole(network, log), None), "NET-005") == []
    ((level, _),) = of(analyzer().AnalyzeStack(whole(network), None), "NET-005")
    assert level == "MANDATORY"


def test_an_engine_that_tells_nothing_of_the_stack_gets_the_strictest_profile() -> None:
    for made in (analyzer(classification=None), analyzer(classification="no such")):
        assert made.pack.profile.classification == "Protected C"
    assert analyzer(stack="sandbox").pack.profile.environment == "prod"
    assert analyzer(stack="dev", classification="Protected A").pack.profile.environment == "dev"


WAIVER = Waiver.model_validate(
    {
        "id": "W-001",
        "rule": "AKS-004",
        "urn": urn_of("azure-native:containerservice:ManagedCluster", "aks"),
        "reason": "The vendor's installer signs in with a local account.",
        "compensating": "Its certificate lies in the vault.",
        "owner": "lead@example.gov.ab.ca",
        "approver": "security@example.gov.ab.ca",
        "ticket": "SEC-12",
        "created": date(2026, 11, 1),
        "expires": date(2027, 1, 20),
    }
)


def test_a_waived_failure_is_shown_and_stops_nothing() -> None:
    ((level, message),) = of(analyzer(WAIVER).Analyze(declared({"disableLocalAccounts": False}), None), "AKS-004")
    assert level == "ADVISORY"
    assert message.endswith("waived until 2027-01-20 by security@example.gov.ab.ca (SEC-12)")


def test_an_unused_waiver_stops_the_update_at_its_end() -> None:
    pack = analyzer(WAIVER)
    pack.Analyze(declared({"disableLocalAccounts": True}), None)
    ((level, message),) = of(pack.AnalyzeStack(whole(final({"disableLocalAccounts": True})), None), "waivers")
    assert level == "MANDATORY"
    assert "take the waiver away" in message


def test_every_rule_is_a_policy_with_what_a_security_team_asks_for() -> None:
    info = analyzer().GetAnalyzerInfo(None, None)
    policies = {policy.name: policy for policy in info.policies}
    assert set(policies) == {*(rule.id for rule in rules()), "waivers"}
    for rule in rules():
        policy = policies[rule.id]
        assert policy.remediation_steps == rule.fix
        assert policy.url.endswith(page_of(rule))
        assert set(rule.controls) <= set(policy.tags)
        first = control(rule.controls[0])
        assert policy.framework.name == frameworks()[first.framework].title
        assert policy.framework.reference == first.cited
        assert policy.framework.specification == first.title
        assert analyzer_pb2.PolicySeverity.Name(policy.severity).endswith(rule.severity.upper())


class RefusalError(Exception):
    pass


class Context:
    def abort(self, _code: grpc.StatusCode, message: str) -> None:
        raise RefusalError(message)


def configured(levels: dict[str, int]) -> Any:
    policies = {name: analyzer_pb2.PolicyConfig(enforcementLevel=level) for name, level in levels.items()}
    return analyzer_pb2.ConfigureAnalyzerRequest(policyConfig=policies)


def test_the_engine_may_hand_back_the_levels_it_was_told() -> None:
    made = analyzer()
    made.Configure(
        configured({each.name: each.enforcementLevel for each in made.GetAnalyzerInfo(None, None).policies}), None
    )


@pytest.mark.parametrize("level", [analyzer_pb2.ADVISORY, analyzer_pb2.DISABLED])
def test_whoever_runs_the_engine_can_not_lower_a_level(level: int) -> None:
    with pytest.raises(RefusalError, match=r"AKS-004.*profiles\.yaml.*waivers\.yaml"):
        analyzer().Configure(configured({"AKS-004": level}), Context())
