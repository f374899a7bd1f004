"""What code scanning shows of a rule, and how much of a file it takes."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import pytest

from policies.catalogue import rules
from policies.frameworks import control
from policies.pages import explained_at, page_of
from policies.rule import Category, Rule, Severity
from policies.values import UNKNOWN
from review.forms import as_sarif
from review.sarif import code_scanning
from tests.review.sarif_cases import URN, cluster, problems, reported, run_of


def descriptors() -> Mapping[str, dict[str, Any]]:
    listed = run_of(reported([]))["tool"]["driver"]["rules"]
    return {one["id"]: one for one in listed}


@pytest.mark.parametrize("rule", rules(), ids=lambda rule: rule.id)
def test_every_rule_says_what_code_scanning_shows(rule: Rule) -> None:
    found = descriptors()[rule.id]
    assert found["helpUri"] == explained_at(rule)
    assert page_of(rule) in found["help"]["markdown"]
    assert all(control(ref).cited in found["help"]["markdown"] for ref in rule.controls)
    assert rule.fix in found["help"]["text"]
    assert rule.fix in found["help"]["markdown"]
    assert rule.why in found["help"]["markdown"]
    tags = found["properties"]["tags"]
    assert len(tags) <= code_scanning.MOST_TAGS
    assert set(rule.controls[: code_scanning.MOST_TAGS - 2]) <= set(tags)
    score = found["properties"].get("security-severity")
    assert (score is None) == ("security" not in tags) == (rule.category is Category.COST)


@pytest.mark.parametrize(
    ("severity", "least", "most"),
    [("critical", 9.1, 10.0), ("high", 7.0, 8.9), ("medium", 4.0, 6.9), ("low", 0.1, 3.9)],
)
def test_code_scanning_shows_the_severity_that_we_mean(severity: str, least: float, most: float) -> None:
    assert least <= float(code_scanning.SECURITY_SEVERITY[Severity(severity)]) <= most


def test_more_than_code_scanning_takes_is_cut_and_said(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(code_scanning, "MOST_RESULTS", 2)
    resources = [cluster(UNKNOWN), *(replace(cluster(), urn=f"{URN}{number}") for number in range(3))]
    written = as_sarif(reported(resources, "AKS-004"))
    found = json.loads(written.text)["runs"][0]
    assert [result["kind"] for result in found["results"]] == ["fail", "fail"]
    [notice] = written.notices
    assert "4 results" in notice
    assert "2 are not" in notice
    assert found["invocations"][0]["toolExecutionNotifications"][0]["message"]["text"] == notice
    assert problems(written.text) == []


def test_a_file_that_is_too_large_is_cut_until_it_fits(monkeypatch: pytest.MonkeyPatch) -> None:
    resources = [replace(cluster(), urn=f"{URN}{number}") for number in range(40)]
    whole = as_sarif(reported(resources, "AKS-004"))
    monkeypatch.setattr(code_scanning, "LARGEST_FILE", 2_000)
    written = as_sarif(reported(resources, "AKS-004"))
    assert 0 < len(json.loads(written.text)["runs"][0]["results"]) < 40
    assert code_scanning.fits(written.text)
    assert not code_scanning.fits(whole.text)


def test_a_message_makes_no_placeholder_and_no_link_and_ends() -> None:
    assert code_scanning.message(["kv-{0} a[0](x)."]) == "kv-{{0}} a[0] (x)."
    long = code_scanning.message([f"{'x' * 999}."] * 5)
    assert len(long) < 3_000
    assert long.endswith("… and 3 more.")
