"""OSCAL: the document keeps to NIST's schema, says no more than was seen, and hangs together."""

from __future__ import annotations

import json
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft7Validator, FormatChecker

from policies.frameworks import controls
from review.evidence.oscal import VERSION, assessment_results
from review.evidence.oscal_types import markup, token
from tests.review.evidence.made import CONTROLS, HOSTILE, RESOURCES, evidence, resource, waiver

SCHEMA = Path(__file__).with_name(f"oscal_assessment-results_{VERSION}.json")


@cache
def schema() -> Draft7Validator:
    """Classes of Unicode, which Python's expressions don't know, are written as it knows them."""
    text = SCHEMA.read_text(encoding="utf-8").replace(r"\\p{L}", r"[^\\W\\d_]").replace(r"\\p{N}", r"\\d")
    assert r"\\p{" not in text
    return Draft7Validator(json.loads(text), format_checker=FormatChecker())


def wrong(document: Any) -> list[str]:
    return [f"{'.'.join(map(str, one.path))}: {one.message[:200]}" for one in schema().iter_errors(document)]


def made(*resources: Any, **options: Any) -> Any:
    document = json.loads(assessment_results(evidence(*resources, **options)))
    assert wrong(document) == []
    return document["assessment-results"]


def result(*resources: Any, **options: Any) -> Any:
    (found,) = made(*resources, **options)["results"]
    return found


def props(one: Any) -> dict[str, str]:
    return {each["name"]: each["value"] for each in one["props"]}


def uuids(value: Any) -> Iterator[str]:
    if isinstance(value, dict):
        yield from ([value["uuid"]] if "uuid" in value else [])
        value = list(value.values())
    if isinstance(value, list):
        for one in value:
            yield from uuids(one)


def test_the_schema_is_of_the_version_that_the_document_names_and_refuses_what_it_must() -> None:
    assert schema().schema["$id"] == f"http://csrc.nist.gov/ns/oscal/{VERSION}/oscal-ar-schema.json"
    document = json.loads(assessment_results(evidence(*RESOURCES)))
    (found,) = document["assessment-results"]["results"]
    found["findings"][0]["target"]["target-id"] = "fw/A-2(1)"
    found["observations"][0]["collected"] = "2026-11-25"
    found["start"] = None
    assert len(wrong(document)) == 3


def test_all_statuses_are_there_and_only_a_pass_is_satisfied() -> None:
    found = {props(one)["control"]: one for one in result(*RESOURCES[:1])["findings"]}
    assert {ref: one["target"]["status"] for ref, one in found.items()} == {
        "fw/A-2(1)": {"state": "satisfied", "reason": "pass"},
        "law/10": {"state": "satisfied", "reason": "pass"},
    }
    for name, status, reason in ((1, "fail", "fail"), (2, "unknown", "other"), (3, "waived", "other")):
        (one, *_) = result(RESOURCES[name])["findings"]
        assert props(one)["status"] == status
        assert one["target"]["status"] == {"state": "not-satisfied", "reason": reason}


def test_what_was_not_assessed_is_not_among_the_reviewed_and_is_named() -> None:
    found = result(*RESOURCES)
    reviewed = [
        one["control-id"]
        for selection in found["reviewed-controls"]["control-selections"]
        for one in selection["include-controls"]
    ]
    assert reviewed == ["fw_A-2.1", "fw_A-10", "law_10"]
    assert {one["target"]["target-id"] for one in found["findings"]} == set(reviewed)
    assert "fw/B-1" in found["remarks"]


@pytest.mark.parametrize("options", [{"rules": ()}, {}])
def test_where_nothing_was_assessed_there_is_no_finding_and_every_control_is_excluded(options: Any) -> None:
    found = result(waivers=(), **options)
    assert {"findings", "observations", "risks"} & set(found) == set()
    (selection,) = found["reviewed-controls"]["control-selections"]
    assert {one["control-id"] for one in selection["exclude-controls"]} == {token(ref) for ref in CONTROLS}


def test_a_failure_is_an_open_risk_and_a_waived_one_is_accepted_until_its_end() -> None:
    found = {props(one)["rule"]: one for one in result(*RESOURCES)["risks"]}
    assert found["STO-001"]["status"] == "open"
    assert "deadline" not in found["STO-001"]
    waived = found["VLT-001"]
    assert (waived["status"], waived["deadline"]) == ("deviation-approved", "2027-01-20T00:00:00Z")
    (factor,) = waived["mitigating-factors"]
    assert (props(factor)["approver"], props(factor)["ticket"]) == ("security@example.org", "SEC-1")


def test_a_control_that_nobody_confirmed_is_marked() -> None:
    found = {props(one)["control"]: props(one)["control-confirmed"] for one in result(*RESOURCES)["findings"]}
    assert found == {"fw/A-2(1)": "yes", "fw/A-10": "yes", "law/10": "no"}


def test_identifiers_are_unique_and_every_reference_leads_somewhere() -> None:
    # Two resources of one URN: only a broken state has them.
    document = made(*RESOURCES, RESOURCES[1], waivers=(waiver("let"),))
    (found,) = document["results"]
    known = list(uuids(document))
    assert len(known) == len(set(known))
    observations = {one["uuid"] for one in found["observations"]}
    items = {one["uuid"] for one in found["local-definitions"]["inventory-items"]}
    risks = {one["uuid"] for one in found["risks"]}
    assert {one["subject-uuid"] for each in found["observations"] for one in each["subjects"]} == items
    for finding in found["findings"]:
        assert {one["observation-uuid"] for one in finding["related-observations"]} <= observations
        assert {one["risk-uuid"] for one in finding.get("related-risks", [])} <= risks
    assert {one["observation-uuid"] for each in found["risks"] for one in each["related-observations"]} <= observations
    assert document["import-ap"]["href"].removeprefix("#") in known


def test_a_resource_and_a_risk_keep_their_identifiers_when_other_things_change() -> None:
    before, after = result(*RESOURCES), result(*RESOURCES, resource("new", True))
    items = [{one["uuid"] for one in each["local-definitions"]["inventory-items"]} for each in (before, after)]
    risks = [{one["uuid"] for one in each["risks"]} for each in (before, after)]
    assert items[0] < items[1]
    assert risks[0] < risks[1]
    assert made(*RESOURCES)["uuid"] != made(*RESOURCES, resource("new", True))["uuid"]


def test_another_run_has_other_observations_of_the_same_resources_and_risks() -> None:
    before, after = result(*RESOURCES), result(*RESOURCES, commit="ffffffffffff")
    for name, is_same in (("risks", True), ("observations", False), ("findings", False)):
        ids = [{one["uuid"] for one in each[name]} for each in (before, after)]
        assert (ids[0] == ids[1]) is is_same
        assert is_same or not ids[0] & ids[1]
    assert before["local-definitions"]["inventory-items"] == after["local-definitions"]["inventory-items"]


def test_a_hostile_name_is_text_and_no_markdown() -> None:
    found = result(resource(HOSTILE, True), waivers=(), name=HOSTILE)
    (seen,) = found["observations"]
    title = seen["subjects"][0]["title"]
    assert title.startswith(r"\<script\>alert(1)\</script\>")
    assert r"\[a\](javascript:x) \`b\` \*c\*" in title
    assert "\n" not in title
    assert found["local-definitions"]["inventory-items"][0]["props"][0]["value"].startswith("<script>")


def test_what_nobody_wrote_is_left_out_and_an_empty_line_is_a_dash() -> None:
    assert markup("") == "-"
    names = {name for one in result(*RESOURCES)["observations"] for name, value in props(one).items() if not value}
    assert names == set()


def test_each_control_of_the_catalogue_has_a_token_of_its_own() -> None:
    tokens = {token(ref) for ref in controls()}
    assert len(tokens) == len(controls())
    assert token("hipaa/164.312(a)(2)(iv)") == "hipaa_164.312.a.2.iv"
