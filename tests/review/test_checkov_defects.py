"""Checkov itself: the excluded checks say the wrong thing of small templates, and each framework finds its fault."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any, Final

import pytest
import yaml

from policies.resource import Resource, Stack
from policies.rule import Verdict
from review.checkov import run
from review.checkov.run import reports, run_checkov

CASES: Final = yaml.safe_load(Path(__file__).with_name("checkov_defects.yaml").read_text(encoding="utf-8"))
SCHEMA: Final = "https://schema.management.azure.com/schemas/2019-04-01/deploymentTemplate.json#"
API: Final = "2024-01-01"  # no check that is excluded looks at it, but for those of versions before 2020


@pytest.fixture(scope="module")
def said(tmp_path_factory: pytest.TempPathFactory) -> dict[tuple[str, str], str]:
    """What checkov says of every case, by check and case: one run over all of them."""
    folder = tmp_path_factory.mktemp("defects")
    files: dict[str, Any] = {}
    for number, case in enumerate(CASES["arm"]):
        files[f"{number}.json"] = case
        (folder / f"{number}.json").write_text(json.dumps(template(case), indent=1), encoding="utf-8")
    for number, case in enumerate(CASES["kubernetes"]):
        files[f"{number}.yaml"] = case
        (folder / f"{number}.yaml").write_text(yaml.safe_dump_all(case["objects"]), encoding="utf-8")
    found = {}
    for report in reports(folder, run.excluded()):
        for key, verdict in (("passed_checks", "pass"), ("failed_checks", "fail")):
            for one in report["results"][key]:
                case = files[one["file_path"].lstrip("/")]
                if one["check_id"] == case["check"] and one["resource"] == case.get("resource", one["resource"]):
                    found[case["check"], case["case"]] = verdict
    return found


def template(case: dict[str, Any]) -> dict[str, Any]:
    """A template of the resource of a case, and of the one beside it."""
    own = {key: case[key] for key in ("type", "name", "identity", "sku", "properties") if key in case}
    resources = [{"name": "one", **own}, *([case["beside"]] if "beside" in case else [])]
    return {
        "$schema": SCHEMA,
        "contentVersion": "1.0.0.0",
        "resources": [{"apiVersion": API, **one} for one in resources],
    }


def test_every_excluded_check_has_a_case() -> None:
    assert {case["check"] for cases in CASES.values() for case in cases} == set(run.excluded())


@pytest.mark.engine
@pytest.mark.parametrize(
    "case",
    [case for cases in CASES.values() for case in cases],
    ids=lambda case: f"{case['check']} {case['case']}",
)
def test_an_excluded_check_says_the_wrong_thing(case: dict[str, Any], said: dict[tuple[str, str], str]) -> None:
    assert said[case["check"], case["case"]] == case["says"], "checkov mended it: run the check again (checks.yaml)"


@pytest.mark.engine
def test_every_framework_finds_its_fault(tmp_path: Path) -> None:
    place = {"resourceGroupName": "rg", "location": "canadacentral"}
    account = Resource(
        type="azure-native:storage:StorageAccount",
        name="account",
        properties={**place, "accountName": "st", "enableHttpsTrafficOnly": False},
    )
    pod = Resource(
        type="kubernetes:core/v1:Pod",
        name="pod",
        properties={
            "metadata": {"name": "p", "namespace": "n"},
            "spec": {"containers": [{"name": "c", "image": "i", "securityContext": {"privileged": True}}]},
        },
    )
    key = "AccountKey=" + "kQ7x" * 21 + "Zg=="
    config = Resource(
        type="kubernetes:core/v1:ConfigMap", name="config", properties={"metadata": {"name": "c"}, "data": {"k": key}}
    )
    workflows = tmp_path / "project" / ".github" / "workflows"
    workflows.mkdir(parents=True)
    workflow = {"name": "w", "on": "push", "permissions": "write-all", "jobs": {"j": {"runs-on": "x", "steps": []}}}
    (workflows / "w.yml").write_text(yaml.safe_dump(workflow), encoding="utf-8")
    result = run_checkov(Stack("s", (account, pod, config)), tmp_path / ".out", tmp_path / "project")
    failed = {(one.check, one.resource.name if one.resource else one.file) for one in result.findings if is_fail(one)}
    assert failed >= {
        ("CKV_AZURE_3", "account"),
        ("CKV_K8S_16", "pod"),
        ("CKV_SECRET_3", "config"),
        ("CKV2_GHA_1", ".github/workflows/w.yml"),
    }


def is_fail(finding: run.CheckovFinding) -> bool:
    return finding.verdict is Verdict.FAIL
