from __future__ import annotations

from dataclasses import replace

import pytest

import stacks
from components.observability.availability_test import LOCATIONS, AvailabilityTest, problems
from components.platform import Platform
from stacks.sections.monitoring import AvailabilityTestSettings
from tests.components.observability.examples import AVAILABILITY
from tests.components.recording import Recorded, arm_id, one, record


@pytest.fixture(scope="module")
def made() -> list[Recorded]:
    return record(lambda: AvailabilityTest("x", AVAILABILITY))


@pytest.mark.capability("O4")
def test_the_address_is_asked_over_https_with_its_certificate_and_no_redirect(made: list[Recorded]) -> None:
    test = one(made, ":WebTest").inputs
    assert (test["kind"], test["webTestKind"]) == ("standard", "standard")
    assert test["request"]["requestUrl"] == "https://triage.gov.example/health"
    assert test["request"]["followRedirects"] is False
    rules = test["validationRules"]
    assert (rules["expectedHttpStatusCode"], rules["ignoreHttpStatusCode"], rules["sSLCheck"]) == (200, False, True)
    assert rules["sSLCertRemainingLifetimeCheck"] > 0


@pytest.mark.capability("O4")
def test_results_go_to_application_insights_and_the_platform_s_tags_stay(made: list[Recorded]) -> None:
    tags = one(made, ":WebTest").inputs["tags"]
    assert tags == {**AVAILABILITY.placement.tags, "hidden-link:/component": "Resource"}


def test_tags_are_whole_where_the_platform_has_none() -> None:
    bare = replace(AVAILABILITY, placement=replace(AVAILABILITY.placement, tags={}))
    test = one(record(lambda: AvailabilityTest("x", bare)), ":WebTest").inputs
    assert test["tags"] == {"hidden-link:/component": "Resource"}


@pytest.mark.capability("O4")
def test_somebody_is_called_when_most_places_fail_and_not_when_one_does(made: list[Recorded]) -> None:
    alert, test = one(made, ":MetricAlert").inputs, one(made, ":WebTest")
    criteria = alert["criteria"]
    assert criteria["odataType"] == "Microsoft.Azure.Monitor.WebtestLocationAvailabilityCriteria"
    assert (criteria["webTestId"], criteria["componentId"]) == (arm_id("x-test"), "/component")
    assert alert["scopes"] == [arm_id("x-test"), "/component"]
    places = [each["location"] for each in test.inputs["locations"]]
    assert len(set(places)) == len(LOCATIONS) >= 5
    assert 1 < criteria["failedLocationCount"] < len(places)
    assert alert["severity"] == 0
    assert alert["actions"][0]["webHookProperties"] == {"runbook": "docs/runbooks/address-unavailable.md"}


@pytest.mark.parametrize(("host", "path", "said"), [("*.gov.example", "/", "pattern"), ("a.example", "up", "root")])
def test_what_tells_nothing_is_a_problem(host: str, path: str, said: str) -> None:
    (problem,) = problems(replace(AVAILABILITY, host=host, path=path))
    assert said in problem


@pytest.mark.capability("O4")
@pytest.mark.parametrize("hosts", [(), ("a.gov.example", "b.gov.example")])
def test_a_stack_has_a_test_for_each_public_address_and_none_without(hosts: tuple[str, ...]) -> None:
    settings = stacks.load("dev")
    wanted = {f"site-{host[0]}": AvailabilityTestSettings(host=host) for host in hosts}
    monitoring = settings.monitoring.model_copy(update={"availability_tests": wanted})
    changed = settings.model_copy(update={"monitoring": monitoring})
    found = [r for r in record(lambda: Platform("mlops", changed)) if r.type.endswith(":WebTest")]
    assert {r.inputs["request"]["requestUrl"] for r in found} == {f"https://{host}/health" for host in hosts}
