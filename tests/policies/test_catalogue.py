"""The catalogue as a whole: ids are given once and never again, and each area has its own."""

from __future__ import annotations

import re
from collections import defaultdict
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from policies import catalogue
from policies.catalogue import area_of, module_of, refuse, rule, rules
from policies.retired import ID, Retired, retired
from policies.rule import SEVERITY_MEANING, Category, Severity

GONE = Retired(
    id="AKS-099",
    title="A cluster has no dashboard",
    retired=date(2027, 1, 31),
    release="0.3.0",
    why="Azure takes no cluster with one any more.",
    instead=["AKS-018"],
)


def test_every_id_has_the_same_form() -> None:
    assert [each.id for each in rules() if not re.fullmatch(ID, each.id)] == []


def test_an_area_has_its_own_prefixes() -> None:
    areas = defaultdict(set)
    for each in rules():
        areas[each.id.split("-")[0]].add(area_of(each))
    assert {prefix: found for prefix, found in areas.items() if len(found) > 1} == {}


def test_a_rule_stands_where_the_catalogue_says() -> None:
    assert module_of(rule("AKS-004")) == "policies.rules.aks.local_accounts"
    assert area_of(rule("AKS-004")) == "aks"


def test_every_severity_in_use_has_a_meaning_and_every_category_is_in_use() -> None:
    assert {each.severity for each in rules()} <= set(SEVERITY_MEANING)
    assert {each.category for each in rules()} == set(Category)


# Logs and metrics are told apart: who reads them is not yet at data, keys or control.
@pytest.mark.parametrize(
    ("slug", "severity", "others"),
    [
        ("public_access", Severity.CRITICAL, {"MON-002": Severity.HIGH}),
        ("local_keys", Severity.HIGH, {}),
        ("customer_key", Severity.HIGH, {}),
        ("transport", Severity.HIGH, {}),
        ("zones", Severity.MEDIUM, {}),
    ],
)
def test_rules_of_one_kind_are_equally_severe(slug: str, severity: Severity, others: dict[str, Severity]) -> None:
    found = {each.id: each.severity for each in rules() if module_of(each).rpartition(".")[2].startswith(slug)}
    assert len(found) > 1
    assert {rule_id: own for rule_id, own in found.items() if own is not severity} == others


def test_titles_are_told_apart() -> None:
    titles = [each.title for each in rules()]
    assert sorted({title for title in titles if titles.count(title) > 1}) == []


def test_no_rule_has_a_retired_id_and_what_came_instead_is_there() -> None:
    assert [each.id for each in rules() if each.id in retired()] == []
    assert [other for each in retired().values() for other in each.instead if not rule(other)] == []


@pytest.mark.parametrize(
    ("rule_id", "message"),
    [
        ("AKS-004", "two rules have the id AKS-004; one of them is in a.module"),
        ("AKS-099", "AKS-099 was 'A cluster has no dashboard' until 2027-01-31; take the next free number"),
        ("AKS-4", "'AKS-4' has not the form"),
        ("aks-004", "'aks-004' has not the form"),
        ("AKS-004 ", "'AKS-004 ' has not the form"),
    ],
)
def test_an_id_is_given_once(rule_id: str, message: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(catalogue, "retired", lambda: {GONE.id: GONE})
    with pytest.raises(ValueError, match=message):
        refuse(rule_id, "a.module", {"AKS-004": object()})


@given(st.from_regex(ID, fullmatch=True))
def test_every_other_id_of_the_form_may_be_given(rule_id: str) -> None:
    refuse(rule_id, "a.module", {})


def test_looking_for_a_retired_rule_says_what_judges_it_now(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(catalogue, "retired", lambda: {GONE.id: GONE})
    with pytest.raises(LookupError, match=r"AKS-099 was retired on 2027-01-31.*AKS-018 judge it now"):
        rule("AKS-099")
    with pytest.raises(LookupError, match="there is no rule 'AKS-098'; there are AKS-001"):
        rule("AKS-098")


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("retired: [{id: AKS-099}]", r"retired\.0\.title: Field required"),
        ("retired: [{id: AKS-99, title: A cluster}]", r"retired\.0\.id"),
        ("rules: []", "retired: Field required"),
        ("retired:\n" + 2 * f"- {GONE.model_dump_json()}\n".replace('"2027-01-31"', "2027-01-31"), "AKS-099 twice"),
    ],
)
def test_a_file_of_retired_rules_that_cannot_be_used_says_where(text: str, message: str, tmp_path: Path) -> None:
    (tmp_path / "retired.yaml").write_text(text)
    with pytest.raises(ValueError, match=message):
        retired(tmp_path / "retired.yaml")
