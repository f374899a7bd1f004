"""SARIF: it is valid, finds its way to lines and resources, is known again, and holds nothing that it must not."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from rich.console import Console

from policies.catalogue import rules
from policies.judge import judge
from policies.profile import profile
from policies.resource import Place, Resource, Stack
from policies.rule import Severity
from policies.types import CLUSTER, STORAGE_ACCOUNT, VAULT, WEB_APP
from policies.values import SECRET, UNKNOWN
from policies.waivers import Waiver, settle
from review.forms import as_sarif
from review.policy import Subject, report_of, run
from review.policy_report import PolicyReport
from tests.policies.planned import planned, profile_of
from tests.review.sarif_cases import ORIGIN, TODAY, URN, cluster, problems, reported, run_of


def test_the_schema_refuses_what_is_no_sarif() -> None:
    assert problems('{"version": "2.1.0", "runs": [{"results": []}]}')


@pytest.mark.parametrize("preview", [True, False])
def test_what_is_said_of_a_plan_is_valid(preview: bool) -> None:
    stack = planned("prod", preview=preview)
    settled = settle(judge(stack, profile_of("prod"), rules()), (), rules(), TODAY)
    report = PolicyReport(settled, rules(), ORIGIN)
    written = as_sarif(report)
    assert problems(written.text) == problems(written.beside[".waived.sarif"]) == []
    results = json.loads(written.text)["runs"][0]["results"]
    kinds = [result["kind"] for result in results]
    assert (kinds.count("fail"), kinds.count("open")) == (report.counts["fail"], report.counts["unknown"])
    assert report.counts["fail"] > 0


SANDBOX = URN.replace(":prod:", ":sandbox:")
STATE = {"deployment": {"resources": [{"urn": SANDBOX, "type": CLUSTER, "inputs": {"disableLocalAccounts": False}}]}}
ARM = {
    "$schema": "https://schema.management.azure.com/schemas/2019-04-01/deploymentTemplate.json#",
    "contentVersion": "1.0.0.0",
    "parameters": {"p": {"type": "string"}, "password": {"type": "securestring", "defaultValue": "hunter2-hunter2"}},
    "resources": [
        {
            "type": "Microsoft.ContainerService/managedClusters",
            "apiVersion": "2025-05-01",
            "name": "[parameters('p')]",
            "location": "[parameters('password')]",
            "properties": {"windowsProfile": {"adminPassword": "[parameters('password')]"}},
        }
    ],
}
MANIFEST = "apiVersion: v1\nkind: Pod\nmetadata: {name: p}\nspec: {containers: [{name: c, image: x}]}\n"


@pytest.mark.parametrize(
    ("name", "text", "line"),
    [
        ("state", json.dumps(STATE), None),
        ("arm", json.dumps(ARM, indent=1), 14),
        ("manifest", f"---\n{MANIFEST}", 2),
    ],
)
def test_what_is_said_of_a_file_is_valid_and_leads_to_its_line(
    tmp_path: Path, name: str, text: str, line: int | None
) -> None:
    file = tmp_path / "some file.yaml"
    file.write_text(text, encoding="utf-8")
    subjects = {"state": Subject(state=file), "arm": Subject(arm=file), "manifest": Subject(manifest=file)}
    written = as_sarif(report_of(subjects[name], Console(quiet=True), TODAY))
    assert problems(written.text) == []
    places = [one["locations"][0]["physicalLocation"] for one in json.loads(written.text)["runs"][0]["results"]]
    shown = {(one["artifactLocation"]["uri"], one["region"]["startLine"]) for one in places}
    assert shown == {(file.as_uri(), line) if line else ("Pulumi.yaml", 1)}
    assert "hunter2" not in written.text


def test_a_file_of_the_project_is_named_from_its_root(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(Path(__file__).parent)
    pod = Resource(type="kubernetes:core/v1:Pod", name="p", place=Place("sarif schema/é.yaml", 3))
    [location] = {json.dumps(one["locations"][0]["physicalLocation"]) for one in run_of(reported([pod]))["results"]}
    assert json.loads(location) == {
        "artifactLocation": {"uri": "tests/review/sarif%20schema/%C3%A9.yaml", "uriBaseId": "%SRCROOT%"},
        "region": {"startLine": 3},
    }


def test_a_failure_names_its_line_its_resource_and_the_fix() -> None:
    [result] = run_of(reported([cluster()], "AKS-004"))["results"]
    assert (result["ruleId"], result["kind"], result["level"]) == ("AKS-004", "fail", "error")
    assert result["message"]["text"].startswith("aks: disableLocalAccounts is false; it must be true. Set ")
    [location] = result["locations"]
    assert location["physicalLocation"]["artifactLocation"]["uri"] == "a/b.py"
    assert location["physicalLocation"]["region"] == {"startLine": 7}
    assert location["logicalLocations"][0]["fullyQualifiedName"] == URN


def test_an_advisory_failure_is_a_warning() -> None:
    those = tuple(rule for rule in rules() if rule.id == "AKS-004")
    dev = replace(profile("dev", "Public"), levels=dict.fromkeys(Severity, "advisory"), overrides={})  # type: ignore[arg-type]
    settled = settle(judge(Stack("dev", (cluster(),)), dev, those), (), rules(), TODAY)
    found = run_of(PolicyReport(settled, those, ORIGIN))
    assert [result["level"] for result in found["results"]] == ["warning"]
    assert found["tool"]["driver"]["rules"][0]["defaultConfiguration"] == {"level": "warning"}


@pytest.mark.parametrize("value", [UNKNOWN, SECRET])
def test_what_is_unknown_is_open_and_stands_under_a_rule_without_severity(value: object) -> None:
    found = run_of(reported([cluster(value)], "AKS-004"))
    [result] = found["results"]
    assert (result["ruleId"], result["kind"], result["level"]) == ("AKS-004/unknown", "open", "none")
    rule = found["tool"]["driver"]["rules"][result["ruleIndex"]]
    assert rule["id"] == "AKS-004/unknown"
    assert "security-severity" not in rule["properties"]
    assert "security" not in rule["properties"]["tags"]


def fingerprints(*resources: Resource) -> list[str]:
    return [one["partialFingerprints"]["primaryLocationLineHash"] for one in run_of(reported(resources))["results"]]


def test_a_result_is_known_again_on_another_line_and_unlike_every_other() -> None:
    here, there = cluster(), cluster(place=Place("components/aks.py", 99))
    assert fingerprints(here) == fingerprints(there)
    other = replace(here, urn=URN.replace("aks", "aks2"))
    every = fingerprints(here, other)
    assert len(set(every)) == len(every)
    assert set(fingerprints(here)) < set(every)


def test_two_objects_of_one_name_are_told_apart() -> None:
    every = fingerprints(*[Resource(type="kubernetes:core/v1:Pod", name="p", place=Place("a.yaml", 1))] * 2)
    assert len(set(every)) == len(every) > 1


WAIVER = Waiver.model_validate(
    {
        "id": "W-007",
        "rule": "AKS-004",
        "urn": URN,
        "reason": "The vendor's installer signs in with a local account.",
        "compensating": "Its certificate lies in the vault.",
        "owner": "lead@example.gov.ab.ca",
        "approver": "security@example.gov.ab.ca",
        "ticket": "SEC-12",
        "created": date(2026, 11, 1),
        "expires": date(2027, 1, 20),
    }
)


def test_what_is_waived_stands_in_the_second_file_alone() -> None:
    written = as_sarif(reported([cluster()], "AKS-004", waivers=[WAIVER]))
    assert json.loads(written.text)["runs"][0]["results"] == []
    waived = json.loads(written.beside[".waived.sarif"])["runs"][0]
    [suppression] = waived["results"][0]["suppressions"]
    assert (suppression["kind"], suppression["status"]) == ("external", "accepted")
    for part in ("W-007", "security@example.gov.ab.ca", "2027-01-20", "SEC-12", "vendor's installer"):
        assert part in suppression["justification"]
    assert waived["automationDetails"]["id"] == "policy/prod/waived/"
    assert problems(written.beside[".waived.sarif"]) == []


def test_a_wrong_waiver_is_a_failure_of_its_own() -> None:
    found = run_of(reported([cluster(True)], "AKS-004", waivers=[WAIVER]))
    [result] = found["results"]
    assert (result["ruleId"], result["level"]) == ("waivers", "error")
    assert "Waiver W-007: nothing that fails AKS-004" in result["message"]["text"]
    assert result["locations"][0]["physicalLocation"]["artifactLocation"]["uri"] == "policies/waivers.yaml"


def test_both_files_are_written_and_the_same_again(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    template = tmp_path / "main.json"
    template.write_text(json.dumps(ARM), encoding="utf-8")
    texts = []
    for name in ("one.sarif", "two.sarif"):
        assert run(Subject(arm=template), "sarif", tmp_path / name) is False
        texts.append((tmp_path / name).read_text(encoding="utf-8"))
    assert texts[0] == texts[1]
    assert json.loads((tmp_path / "one.waived.sarif").read_text(encoding="utf-8"))["runs"][0]["results"] == []
    run(Subject(arm=template), "sarif", None)
    told = capsys.readouterr()
    assert json.loads(told.out)["version"] == "2.1.0"
    assert "give --out FILE" in told.err


TREES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=8) | st.sampled_from([UNKNOWN, SECRET]),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3),
    max_leaves=8,
)
RESOURCES = st.builds(
    Resource,
    type=st.sampled_from([CLUSTER, STORAGE_ACCOUNT, VAULT, WEB_APP, "kubernetes:core/v1:Pod"]),
    name=st.text(max_size=8),
    urn=st.sampled_from(["", URN]),
    place=st.none() | st.builds(Place, st.sampled_from(["a.py", "/x/é.py", "../y"]), st.integers(-1, 5)),
    properties=st.dictionaries(st.sampled_from(["properties", "siteConfig", "tags", "spec", "sku"]), TREES),
)


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(RESOURCES, max_size=6))
def test_whatever_is_judged_the_file_is_valid_and_no_two_results_are_one(resources: list[Resource]) -> None:
    report = reported(resources, "AKS-004", "ST-001", "APP-001", "GOV-001", "KV-002", "K8S-001")
    written = as_sarif(report)
    assert problems(written.text) == []
    found = [
        (one["ruleId"], one["partialFingerprints"]["primaryLocationLineHash"])
        for one in json.loads(written.text)["runs"][0]["results"]
    ]
    assert len(found) == len(set(found)) == report.counts["fail"] + report.counts["unknown"]
    assert as_sarif(report) == written
