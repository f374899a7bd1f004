"""The runner of recorded failures: its files, its verdicts, and all recorded failures with the real engine."""

from __future__ import annotations

import io
from pathlib import Path
from typing import Any

import pytest
import yaml
from rich.console import Console

from rehearsal.failures import Case, CasesError, Verdict, judge, read, render

FOLDER = Path(__file__).parents[1] / "simulator" / "failures"
FIELDS: dict[str, Any] = {
    "id": "one", "rule": "a-rule", "kind": "static", "token": "azure-native:network:VirtualNetwork", "name": "main",
    "error_code": "InvalidCIDRNotation",
    "bad_inputs": {
        "resourceGroupName": "rg", "virtualNetworkName": "vnet", "location": "canadacentral",
        "addressSpace": {"addressPrefixes": ["10.0.0.1/16"]},
    },
    "good_inputs": {
        "resourceGroupName": "rg", "virtualNetworkName": "vnet", "location": "canadacentral",
        "addressSpace": {"addressPrefixes": ["10.0.0.0/16"]},
    },
}  # fmt: skip


def case(**changes: Any) -> Case:
    return Case({**FIELDS, **changes}, "network")


@pytest.mark.engine
@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({}, (True, True, False)),
        ({"error_code": "SomethingElse"}, (True, False, False)),
        ({"error_code": None}, (True, True, False)),
        ({"bad_inputs": FIELDS["good_inputs"]}, (False, False, False)),
        ({"good_inputs": FIELDS["bad_inputs"]}, (True, True, True)),
    ],
)
def test_a_verdict_says_whether_the_right_thing_was_refused(
    tmp_path: Path, changes: dict[str, Any], expected: tuple[bool, bool, bool]
) -> None:
    (verdict,) = judge([case(**changes)], lambda _: None, tmp_path / "cases")
    assert (verdict.refused, verdict.right, verdict.corrected_refused) == expected


@pytest.mark.engine
@pytest.mark.parametrize("path", sorted(FOLDER.glob("*.yaml")), ids=lambda path: path.stem)
def test_recorded_failures_are_refused_by_the_real_engine_too(path: Path, tmp_path: Path) -> None:
    """What is not caught yet stands in the file itself; tests/simulator holds the same without the engine."""
    expected = set(yaml.safe_load(path.read_text(encoding="utf-8"))["not_yet"])
    verdicts = judge(read(path), lambda _: None, tmp_path / "cases")
    assert {v.case.id: v.reason for v in verdicts if not v.right and v.case.id not in expected} == {}
    assert {v.case.id: v.reason for v in verdicts if v.corrected_refused} == {}


def test_resources_come_one_after_another_unless_the_case_says_otherwise() -> None:
    related = [{"token": "t", "name": "a"}, {"token": "t", "name": "b"}]
    (chained,) = case(related_resources=related).updates("bad")
    assert [item["depends_on"] for item in chained] == [[], ["a"], ["b"]]
    (chosen,) = case(related_resources=related, bad_options={"dependsOn": ["a"]}).updates("bad")
    assert chosen[-1]["depends_on"] == ["a"]


def test_what_was_deployed_before_is_deployed_first() -> None:
    first, second = case(old_inputs={"location": "x"}).updates("bad")
    assert first[-1]["inputs"] == {"location": "x"}
    assert second[-1]["inputs"] == FIELDS["bad_inputs"]


def test_a_file_that_is_no_list_of_cases_is_refused_with_what_is_wrong(tmp_path: Path) -> None:
    path = tmp_path / "cases.yaml"
    for text, message in (("a: 1", "expected a list"), ("- id: x", "lacks token"), ("[", "can't be read")):
        path.write_text(text)
        with pytest.raises(CasesError, match=message):
            read(path)


def test_the_table_counts_by_family_and_kind_and_names_what_is_wrong() -> None:
    console = Console(file=io.StringIO(), width=120)
    verdicts = [
        Verdict(case(), refused=True, right=True, corrected_refused=False),
        Verdict(case(id="two"), refused=False, right=False, corrected_refused=False),
        Verdict(case(id="three"), refused=True, right=True, corrected_refused=True, reason="corrected: no"),
    ]
    render(verdicts, console)
    assert isinstance(console.file, io.StringIO)
    page = console.file.getvalue()
    assert "missed: two" in page
    assert "corrected inputs refused: three" in page
    assert "3" in page
