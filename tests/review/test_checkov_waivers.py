"""Waivers in checkov's words: which checks are skipped where, and that checkov does skip them."""

from __future__ import annotations

import json
import os
import subprocess
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import Any

import pytest
import yaml

from policies.catalogue import rules
from policies.judge import judge
from policies.profile import profile
from policies.resource import Place, Resource, Stack
from policies.rule import Verdict
from policies.types import CLUSTER
from policies.waivers import Settled, Waiver, settle
from review.arm_reader import read_template
from review.arm_template import arm_template
from review.checkov import run
from review.checkov.comparison import Comparison, compare, equivalents
from review.checkov.explanation import Explanation
from review.checkov.run import CheckovFinding, CheckovResult
from review.checkov.waived import skips, waived
from review.manifests import exported_manifests
from review.policy_report import Origin, PolicyReport
from review.sarif.checkov import checkov_run
from review.sarif.log import logs
from review.sarif.policy import policy_run
from tests.review.sarif_cases import problems

TODAY = date(2026, 11, 25)
DEPLOYMENT = "kubernetes:apps/v1:Deployment"
CHECKS = ("CKV_K8S_16", "CKV_K8S_17", "CKV_K8S_18", "CKV_K8S_19")


def urn(type_: str, name: str) -> str:
    return f"urn:pulumi:dev::platform::{type_}::{name}"


def cluster(name: str = "aks") -> Resource:
    properties = {
        "resourceName": name,
        "resourceGroupName": "rg",
        "location": "canadacentral",
        "disableLocalAccounts": False,
    }
    return Resource(type=CLUSTER, name=name, urn=urn(CLUSTER, name), properties=properties, place=Place("a.py", 3))


def workload(name: str = "agent", **annotations: str) -> Resource:
    pod = {"hostPID": True, "containers": [{"name": "c", "image": "x:1", "securityContext": {"privileged": True}}]}
    properties = {
        "apiVersion": "apps/v1",
        "kind": "Deployment",
        "metadata": {"name": name, "namespace": "team", **({"annotations": annotations} if annotations else {})},
        "spec": {
            "selector": {"matchLabels": {"a": "b"}},
            "template": {"metadata": {"labels": {"a": "b"}}, "spec": pod},
        },
    }
    return Resource(type=DEPLOYMENT, name=name, urn=urn(DEPLOYMENT, name), properties=properties)


def waiver(rule: str = "AKS-004", of: str = urn(CLUSTER, "aks"), **others: Any) -> Waiver:
    given = {
        "id": "W-001",
        "rule": rule,
        "urn": of,
        "reason": "The vendor's installer\nneeds it: flag=on until its release 4.",
        "compensating": "The account's certificate lies in the vault.",
        "owner": "lead@example.gov.ab.ca",
        "approver": "security@example.gov.ab.ca",
        "ticket": "SEC-12",
        "created": date(2026, 11, 1),
        "expires": date(2027, 1, 20),
    }
    return Waiver.model_validate({**given, **others})


OF_PODS = next(rule.id for rule in rules() if "CKV_K8S_16" in equivalents(rule))


def settled(resources: Sequence[Resource], *waivers: Waiver) -> Settled:
    return settle(
        judge(Stack("dev", tuple(resources)), profile("prod", "Protected B"), rules()), waivers, rules(), TODAY
    )


def test_a_waived_failure_is_waived_for_the_checks_that_mean_the_same() -> None:
    found = settled([cluster(), cluster("other")], waiver())
    assert {key: each.id for key, each in waived(found).items()} == {("CKV_AZURE_141", urn(CLUSTER, "aks")): "W-001"}
    reason = "W-001 until 2027-01-20: The vendor's installer needs it: flag=on until its release 4."
    assert skips(found) == {urn(CLUSTER, "aks"): {"CKV_AZURE_141": reason}}


@pytest.mark.parametrize(
    "wrong",
    [
        waiver(expires=date(2026, 11, 24)),
        waiver(of=f"urn:pulumi:dev::platform::{CLUSTER}::*"),
        waiver(of="urn:pulumi:dev::platform::*::aks"),
        waiver(approver="lead@example.gov.ab.ca"),
        waiver(expires=date(2029, 1, 20)),
        waiver(created=date(2026, 12, 1)),
    ],
    ids=["expired", "whole type", "every type", "approved by its owner", "too long", "not made yet"],
)
def test_a_waiver_that_is_not_in_order_is_projected_nowhere(wrong: Waiver) -> None:
    assert skips(settled([cluster()], wrong)) == {}


def test_a_check_is_not_skipped_while_another_rule_with_that_meaning_fails() -> None:
    same = [rule for rule in rules() if set(equivalents(rule)) & {"CKV_AZURE_141"}]
    (one,) = same
    twin = type(one)(**{**{name: getattr(one, name) for name in one.__dataclass_fields__}, "id": "AKS-999"})
    judged = judge(Stack("dev", (cluster(),)), profile("prod", "Protected B"), [one, twin])
    assert waived(settle(judged, [waiver()], [one, twin], TODAY)) == {}
    both = [waiver(), waiver("AKS-999", id="W-002")]
    assert set(waived(settle(judged, both, [one, twin], TODAY))) == {("CKV_AZURE_141", urn(CLUSTER, "aks"))}


def test_a_template_asks_for_it_and_reads_back_as_the_same(tmp_path: Path) -> None:
    stack = Stack("dev", (cluster(),))
    asked = arm_template(stack, skips(settled(stack.resources, waiver())))
    (deployment,) = json.loads(asked.text)["resources"]
    (written,) = deployment["properties"]["template"]["resources"]
    (text,) = written["metadata"]["checkov"]
    assert text.startswith("CKV_AZURE_141:W-001 until 2027-01-20: The vendor's installer needs it")
    (tmp_path / "with.json").write_text(asked.text, encoding="utf-8")
    (tmp_path / "without.json").write_text(arm_template(stack).text, encoding="utf-8")
    (one,), (other,) = (read_template(tmp_path / name).resources for name in ("with.json", "without.json"))
    assert one.properties == other.properties


def test_a_manifest_asks_for_it_beside_the_annotations_that_it_has() -> None:
    one = workload(**{"checkov.io/skip2": "CKV_K8S_1=x", "team": "a"})
    text = exported_manifests(Stack("dev", (one,)), {one.key: {"CKV_K8S_16": "a=b", "CKV_K8S_17": "c"}}).text
    assert yaml.safe_load(text)["metadata"]["annotations"] == {
        "checkov.io/skip2": "CKV_K8S_1=x",
        "team": "a",
        "checkov.io/skip1": "CKV_K8S_16=a:b",
        "checkov.io/skip3": "CKV_K8S_17=c",
    }
    assert one.properties["metadata"]["annotations"] == {"checkov.io/skip2": "CKV_K8S_1=x", "team": "a"}


def test_what_is_waived_asks_for_nothing_elsewhere() -> None:
    stack = Stack("dev", (workload(), workload("other")))
    found = skips(settled(stack.resources, waiver(OF_PODS, urn(DEPLOYMENT, "agent"))))
    texts = exported_manifests(stack, found).text.split("---\n")
    assert "CKV_K8S_16=W-001" in texts[1]
    assert "checkov.io" not in texts[2]


def findings(*verdicts: Verdict) -> CheckovResult:
    one = cluster()
    found = [CheckovFinding("CKV_AZURE_141", "No local accounts", each, one, "arm.json", 3) for each in verdicts]
    workflow = CheckovFinding("CKV_GHA_1", "No unsafe commands", Verdict.FAIL, None, ".github/workflows/a.yml", 7)
    return CheckovResult((*found, workflow), 1.0)


def report(*waivers: Waiver) -> PolicyReport:
    return PolicyReport(settled([cluster()], *waivers), rules(), Origin("preview of dev", TODAY, "abc", "1.0.0"))


def compared(result: CheckovResult, said: PolicyReport, *explained: Explanation) -> Comparison:
    return compare(result, said.settled.judgement, explained, waived(said.settled))


def test_both_verdicts_stand_side_by_side_and_a_waived_failure_is_waived() -> None:
    first = compared(findings(Verdict.FAIL), report(waiver())).compared[0].as_json()
    assert (first["verdict"], first["status"], first["ours"], first["waiver"]) == (
        "fail", "waived", {"AKS-004": "fail"}, "W-001",
    )  # fmt: skip
    first, other = (one.as_json() for one in compared(findings(Verdict.FAIL), report()).compared)
    assert (first["status"], first["waiver"]) == ("fail", None)
    assert (other["status"], other["ours"]) == ("fail", {})
    assert compared(findings(Verdict.PASS), report(waiver())).compared[0].as_json()["status"] == "pass"


def runs(result: CheckovResult, said: PolicyReport, *explained: Explanation) -> tuple[dict[str, Any], dict[str, Any]]:
    """Checkov's run in both files, which must be valid."""
    made = logs([policy_run(said), checkov_run(compared(result, said, *explained), said)])
    assert problems(made.text) == problems(made.waived) == []
    first, second = (json.loads(text)["runs"] for text in (made.text, made.waived))
    assert [one["tool"]["driver"]["name"] for one in first] == ["platform-policies", "checkov"]
    return first[1], second[1]


def test_checkovs_failures_lead_to_the_program_and_to_workflow_files() -> None:
    shown, kept = runs(findings(Verdict.FAIL, Verdict.UNKNOWN), report())
    places = [one["locations"][0]["physicalLocation"] for one in shown["results"]]
    assert [(one["artifactLocation"]["uri"], one["region"]["startLine"]) for one in places] == [
        ("a.py", 3), ("a.py", 3), (".github/workflows/a.yml", 7),
    ]  # fmt: skip
    assert [(one["ruleId"], one["kind"], one["level"]) for one in shown["results"]] == [
        ("CKV_AZURE_141", "fail", "warning"),
        ("CKV_AZURE_141/unknown", "open", "none"),
        ("CKV_GHA_1", "fail", "warning"),
    ]
    assert shown["results"][0]["locations"][0]["logicalLocations"][0]["fullyQualifiedName"] == urn(CLUSTER, "aks")
    assert kept["results"] == []


def test_what_is_waived_or_explained_is_not_shown_as_checkovs_failure() -> None:
    shown, kept = runs(findings(Verdict.FAIL), report(waiver()))
    assert [one["ruleId"] for one in shown["results"]] == ["CKV_GHA_1"]
    assert "W-001" in kept["results"][0]["suppressions"][0]["justification"]
    why = {"check": "CKV_AZURE_141", "of": "*", "stacks": ["dev"], "date": TODAY, "why": "It looks at another thing."}
    passing = Resource(**{**vars(cluster()), "properties": {"disableLocalAccounts": True}})
    said = PolicyReport(settled([passing]), rules(), Origin("preview of dev", TODAY, "abc", "1.0.0"))
    shown, kept = runs(findings(Verdict.FAIL), said, Explanation.model_validate(why))
    assert [one["ruleId"] for one in shown["results"]] == ["CKV_GHA_1"]
    assert "another thing" in kept["results"][0]["suppressions"][0]["justification"]


@pytest.mark.engine
def test_any_checkov_skips_what_is_waived_and_nothing_else(tmp_path: Path) -> None:
    stack = Stack("dev", (cluster(), cluster("other"), workload(), workload("other")))
    found = skips(settled(stack.resources, waiver(), waiver(OF_PODS, urn(DEPLOYMENT, "agent"), id="W-002")))
    (tmp_path / "arm.json").write_text(arm_template(stack, found).text, encoding="utf-8")
    (tmp_path / "manifests.yaml").write_text(exported_manifests(stack, found).text, encoding="utf-8")
    command = [str(run.environment()), "-d", str(tmp_path), "--framework", "arm", "kubernetes", "-o", "json"]
    offline = {**os.environ, "HTTPS_PROXY": "http://127.0.0.1:9", "HTTP_PROXY": "http://127.0.0.1:9"}
    done = subprocess.run(
        [*command, "--compact", "--soft-fail", "--skip-download"],
        check=True, capture_output=True, text=True, timeout=300, env=offline,
    )  # fmt: skip
    results = {one["check_type"]: one["results"] for one in json.loads(done.stdout)}
    skipped = [one for each in results.values() for one in each["skipped_checks"]]
    assert {one["resource"] for one in skipped} == {
        "Microsoft.ContainerService/managedClusters.aks", "Deployment.team.agent",
    }  # fmt: skip
    assert {*CHECKS[:2], "CKV_AZURE_141"} <= {one["check_id"] for one in skipped}
    assert all(one["check_result"]["suppress_comment"].startswith("W-00") for one in skipped)
    assert {one["check_id"] for one in skipped} <= {check for each in found.values() for check in each}
    failed = {(one["check_id"], one["resource"]) for each in results.values() for one in each["failed_checks"]}
    assert ("CKV_AZURE_141", "Microsoft.ContainerService/managedClusters.other") in failed
    assert ("CKV_K8S_16", "Deployment.team.other") in failed
