"""Remedies over the engine's protocol: off unless asked for, and then the fault is mended and nothing else."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from google.protobuf import json_format
from pulumi.runtime.proto import analyzer_pb2

import stacks
from policies.catalogue import rule, rules
from policies.crossguard.pack import Pack
from policies.crossguard.server import Analyzer
from policies.profile import Level, Override
from policies.rule import Example, Rule
from policies.types import EVENT_NAMESPACE, STORAGE_ACCOUNT, WEB_APP
from policies.values import ABSENT, look_up, steps, with_value
from policies.waivers import Waiver
from tests.policies.crossguard.requests import SECRET, UNKNOWN_TEXT, declared, urn_of

TODAY = date(2026, 11, 25)
REMEDIABLE = {"APP-001", "EVH-002", "GOV-001", "ST-001"}
TAGS = stacks.load("prod").tags


class NoAbort:
    def abort(self, _code: object, message: str) -> None:
        raise AssertionError(message)


def analyzer(*asked: str, settings: Mapping[str, Any] | None = None, waivers: tuple[Waiver, ...] = ()) -> Analyzer:
    """A pack in prod. `settings`: of the stack; None for a program that has none."""
    made = Analyzer(Pack(waivers, TODAY))
    config = {} if settings is None else {"platform:settings": json.dumps(settings)}
    made.ConfigureStack(analyzer_pb2.AnalyzerStackConfigureRequest(stack="prod", config=config), None)
    levels = {name: analyzer_pb2.PolicyConfig(enforcementLevel=analyzer_pb2.REMEDIATE) for name in asked}
    made.Configure(analyzer_pb2.ConfigureAnalyzerRequest(policyConfig=levels), NoAbort())
    return made


def remedied(made: Analyzer, given: Mapping[str, Any], type_: str) -> list[tuple[str, dict[str, Any]]]:
    response = made.Remediate(declared(given, type_), None)
    return [(one.policyName, json_format.MessageToDict(one.properties)) for one in response.remediations]


def failures(made: Analyzer, given: Mapping[str, Any], type_: str, rule_id: str) -> list[str]:
    found = made.Analyze(declared(given, type_), None).diagnostics
    return [one.message for one in found if one.policyName == rule_id]


def examples() -> list[tuple[Rule, Example]]:
    return [(rule(name), example) for name in sorted(REMEDIABLE) for example in rule(name).bad]


def test_these_rules_have_remedies() -> None:
    assert {one.id for one in rules() if one.remedy is not None} == REMEDIABLE


@pytest.mark.parametrize(("rule", "example"), examples(), ids=lambda one: getattr(one, "id", ""))
def test_nothing_is_mended_unless_it_is_asked_for(rule: Rule, example: Example) -> None:
    type_ = example.type or rule.types[0]
    for made in (analyzer(), analyzer(*(REMEDIABLE - {rule.id}), settings={"classification": "Protected B"})):
        assert rule.id not in {name for name, _ in remedied(made, example.properties, type_)}


def is_mended(path: str, given: Mapping[str, Any]) -> bool:
    """Keys stay on, and so does a tag that says something else."""
    says_else = path.startswith("tags.") and look_up(given, path) not in (ABSENT, "")
    return path != "disableLocalAuth" and not says_else


@pytest.mark.parametrize(("rule", "example"), examples(), ids=lambda one: getattr(one, "id", ""))
def test_what_is_mended_passes_and_nothing_else_is_changed(rule: Rule, example: Example) -> None:
    type_ = example.type or rule.types[0]
    made = analyzer(rule.id, settings={"classification": "Protected B"})
    given = {**example.properties, "kept": [1, {"a": None}], "accountName": "x"}
    before = failures(made, given, type_, rule.id)
    assert before
    faulty = [said.split(":")[0] for said in before]
    mended = [path for path in faulty if is_mended(path, given)]
    left = [path for path in faulty if path not in mended]
    found = remedied(made, given, type_)
    assert [name for name, _ in found] == ([rule.id] if mended else [])
    if mended:
        ((_, after),) = found
        assert [said.split(":")[0] for said in failures(made, after, type_, rule.id)] == left
        expected: Any = json_format.MessageToDict(declared(given, type_).properties)
        for path in mended:
            expected = with_value(expected, steps(path), look_up(after, path))
        assert after == expected


@pytest.mark.parametrize("name", sorted(REMEDIABLE))
def test_what_has_no_fault_is_left_alone(name: str) -> None:
    made = analyzer(name, settings={"classification": "Protected B"})
    for example in rule(name).good:
        if example.environment == "prod":
            assert remedied(made, example.properties, example.type or rule(name).types[0]) == []


def test_missing_tags_are_those_of_the_stack_and_a_wrong_one_stays() -> None:
    made = analyzer("GOV-001", settings={"classification": "Protected B"})
    ((_, after),) = remedied(made, {"tags": {"team": "fraud", "environment": "dev", "owner": ""}}, STORAGE_ACCOUNT)
    assert after["tags"] == {**TAGS, "team": "fraud", "environment": "dev"}
    ((_, after),) = remedied(made, {}, STORAGE_ACCOUNT)
    assert after == {"tags": TAGS}
    ((_, after),) = remedied(made, {"tags": None}, STORAGE_ACCOUNT)
    assert after == {"tags": TAGS}


def test_a_program_without_settings_gets_no_tags_of_ours() -> None:
    assert remedied(analyzer("GOV-001"), {}, STORAGE_ACCOUNT) == []


def test_what_is_not_known_is_not_replaced() -> None:
    made = analyzer("GOV-001", "APP-001", settings={"classification": "Protected B"})
    given = {"tags": UNKNOWN_TEXT, "siteConfig": UNKNOWN_TEXT, "httpsOnly": True}
    assert remedied(made, given, WEB_APP) == []


def test_secrets_and_what_is_not_known_stay_what_they_are() -> None:
    site = {"appSettings": [{"name": "key", "value": {**SECRET, "value": "hunter2"}}], "linuxFxVersion": UNKNOWN_TEXT}
    ((_, after),) = remedied(analyzer("APP-001"), {"siteConfig": site, "httpsOnly": True}, WEB_APP)
    assert after == {"siteConfig": {**site, "minTlsVersion": "1.2", "scmMinTlsVersion": "1.2"}, "httpsOnly": True}


def test_a_secret_object_is_mended_inside_and_stays_secret() -> None:
    given = {"siteConfig": {**SECRET, "value": {"minTlsVersion": "1.2"}}, "httpsOnly": False}
    ((_, after),) = remedied(analyzer("APP-001"), given, WEB_APP)
    assert after["httpsOnly"] is True
    assert after["siteConfig"] == {**SECRET, "value": {"minTlsVersion": "1.2", "scmMinTlsVersion": "1.2"}}


def test_one_remedy_goes_on_from_another_and_versioned_types_are_read() -> None:
    made = analyzer(*REMEDIABLE, settings={"classification": "Protected B"})
    type_ = STORAGE_ACCOUNT.replace(":storage:", ":storage/v20230101:")
    (first, tagged), (second, both) = remedied(made, {"minimumTlsVersion": "TLS1_0"}, type_)
    assert (first, tagged) == ("GOV-001", {"minimumTlsVersion": "TLS1_0", "tags": TAGS})
    assert (second, both) == ("ST-001", {"minimumTlsVersion": "TLS1_2", "tags": TAGS})


def test_keys_are_not_switched_off() -> None:
    ((_, after),) = remedied(analyzer("EVH-002"), {"disableLocalAuth": False}, EVENT_NAMESPACE)
    assert after == {"disableLocalAuth": False, "minimumTlsVersion": "1.2"}


@pytest.mark.parametrize(("expires", "is_left"), [(date(2027, 1, 20), True), (date(2026, 11, 24), False)])
def test_what_somebody_accepted_is_left(expires: date, is_left: bool) -> None:
    waiver = Waiver.model_validate(
        {
            "id": "W-001",
            "rule": "ST-001",
            "urn": urn_of(STORAGE_ACCOUNT, "aks"),
            "reason": "Devices in the field speak TLS 1.1 until January.",
            "compensating": "They reach one container.",
            "owner": "lead@gov.example",
            "approver": "security@gov.example",
            "ticket": "SEC-12",
            "created": date(2026, 11, 1),
            "expires": expires,
        }
    )
    found = remedied(analyzer("ST-001", waivers=(waiver,)), {"minimumTlsVersion": "TLS1_1"}, STORAGE_ACCOUNT)
    assert (found == []) is is_left


def test_a_rule_that_is_switched_off_mends_nothing() -> None:
    made = analyzer("ST-001")
    off = Override(level=Level.DISABLED, why="It is switched off in this test.")
    made.pack.profile = replace(made.pack.profile, overrides={"ST-001": off})
    assert remedied(made, {"minimumTlsVersion": "TLS1_1"}, STORAGE_ACCOUNT) == []
