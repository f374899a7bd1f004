"""Rules bite: every fault that a rule names, put into everything of prod that passes, makes that rule fail."""

from __future__ import annotations

import os
from dataclasses import asdict
from pathlib import Path

import pytest
import yaml

from policies.catalogue import rules
from policies.mutation import described, outcomes, table
from policies.rule import ABSENT, Break, Rule, StackBreak
from tests.policies.planned import planned, profile_of

# One file for each rule: `docs/reference/mutations.md` is made of them.
GOLDENS = Path(__file__).parent / "goldens" / "mutations"


@pytest.mark.parametrize("rule", rules(), ids=lambda rule: rule.id)
def test_every_fault_is_found_by_its_rule_and_by_no_other(rule: Rule) -> None:
    found = list(outcomes(rule, planned("prod"), profile_of("prod"), rules()))
    assert found, "none of the rule's faults can be put anywhere"
    assert [(one.subject, one.title) for one in found if not one.killed] == []
    assert {(one.title, one.others) for one in found if one.others} == set()
    rows = [{**asdict(row), "companions": list(row.companions)} for row in table(rule, found)]
    assert [row["fault"] for row in rows if not row["found"]] == [], "faults that can be put nowhere prove nothing"
    golden, text = GOLDENS / f"{rule.id}.yaml", yaml.safe_dump(rows, sort_keys=False, width=110, allow_unicode=True)
    if os.environ.get("UPDATE_GOLDENS"):
        GOLDENS.mkdir(exist_ok=True)
        golden.write_text(text, encoding="utf-8")
    if golden.is_file():
        assert text == golden.read_text(encoding="utf-8"), "UPDATE_GOLDENS=1 writes it anew"


def test_every_rule_has_its_table_and_no_other_is_left() -> None:
    assert {path.stem for path in GOLDENS.glob("*")} == {rule.id for rule in rules()}


@pytest.mark.parametrize(
    ("fault", "text"),
    [
        (Break("disableLocalAccounts", False), "`disableLocalAccounts` = `false`"),
        (Break("tags.owner", ABSENT), "`tags.owner` taken away"),
        (Break("tags.owner", ""), '`tags.owner` = `""`'),
        (Break("location", "eastus2"), "`location` = `eastus2`"),
        (Break("ranges", ["10.0.0.0/8"]), '`ranges` = `["10.0.0.0/8"]`'),
        (Break("name", 70 * "a"), f"`name` = `{60 * 'a'}…`"),
        (Break("spec.template.spec.hostPID", True), "`hostPID` = `true`"),
        (Break("spec.jobTemplate.spec.template.spec.hostPID", True), "`hostPID` = `true`"),
        (Break("spec.hostPID", True), "`hostPID` = `true`"),
        (StackBreak("no budget", lambda stack, _resource: stack), "no budget"),
    ],
)
def test_a_fault_is_named_in_short(fault: Break | StackBreak, text: str) -> None:
    assert described(fault) == text
