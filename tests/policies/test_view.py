"""Judgements of single properties: by value, by Azure's default, and not at all where nobody can know."""

from __future__ import annotations

from typing import Any

import pytest

from policies.values import ABSENT, SECRET, UNKNOWN, UnjudgeableError
from policies.view import Doubt, Fault, Judged, UndeclaredPropertyError, View


def said(judged: Judged) -> list[str]:
    return [type(each).__name__ for each in judged]


@pytest.mark.parametrize(
    ("value", "default", "expected"),
    [
        (True, False, []),
        ("true", False, []),
        ("TRUE", False, []),
        (False, True, ["Fault"]),
        ("false", True, ["Fault"]),
        (1, False, ["Fault"]),
        (None, True, []),
        (None, False, ["Fault"]),
        (None, ABSENT, ["Fault"]),
        (UNKNOWN, True, ["Doubt"]),
        (SECRET, True, ["Doubt"]),
    ],
)
def test_a_flag_must_be_true(value: Any, default: Any, expected: list[str]) -> None:
    assert said(View({"a": value}, {"a": default}).must_be("a", True)) == expected


@pytest.mark.parametrize(
    ("value", "expected"),
    [("Disabled", []), ("disabled", []), ("Enabled", ["Fault"]), (False, ["Fault"]), (["x"], ["Fault"])],
)
def test_an_enumeration_has_no_case(value: Any, expected: list[str]) -> None:
    assert said(View({"a": value}, {"a": "Enabled"}).must_be("a", "Disabled")) == expected


@pytest.mark.parametrize(("value", "expected"), [(-1, []), (-1.0, []), ("-1", []), ("1", ["Fault"]), ("x", ["Fault"])])
def test_a_number_may_be_written_as_a_text(value: Any, expected: list[str]) -> None:
    assert said(View({"a": value}, {"a": ABSENT}).must_be("a", -1)) == expected
    assert said(View({"a": value}, {"a": ABSENT}).must_not_be("a", (1, 5))) == (["Fault"] if value == "1" else [])


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        (3.0, []),
        ("3", []),
        (5, []),
        (2.9, ["Fault"]),
        (6, ["Fault"]),
        (True, ["Doubt"]),
        ([], ["Doubt"]),
        ("x", ["Doubt"]),
    ],
)
def test_a_number_must_lie_within_bounds_that_belong_to_it(value: Any, expected: list[str]) -> None:
    assert said(View({"a": value}, {"a": ABSENT}).must_be_between("a", 3, 5)) == expected


def test_an_absent_number_without_a_default_is_within_no_bounds() -> None:
    assert said(View({}, {"a": ABSENT}).must_be_between("a", 3, 5)) == ["Fault"]
    assert said(View({}, {"a": 4}).must_be_between("a", 3, 5)) == []


@pytest.mark.parametrize(
    ("value", "is_set"),
    [("x", True), (0, True), (False, True), (UNKNOWN, True), (SECRET, True), ("", False), ([], False), (None, False)],
)
def test_what_is_set_is_set_whatever_it_is(value: Any, is_set: bool) -> None:
    assert said(View({"a": value}, {"a": ABSENT}).must_be_set("a")) == ([] if is_set else ["Fault"])


def test_a_message_says_what_azure_takes_for_an_absent_property() -> None:
    (fault,) = View({}, {"a": False}).must_be("a", True, "or anyone gets in")
    assert fault == Fault("a", "is absent, which counts as false; it must be true, or anyone gets in")


@pytest.mark.parametrize("text", ["hunter2 is my password", "p@ssw0rd", "x" * 50])
def test_a_message_never_holds_a_text_that_might_be_a_secret(text: str) -> None:
    (fault,) = View({"a": text}, {"a": ABSENT}).must_be("a", "Disabled")
    assert isinstance(fault, Fault)
    assert text not in fault.message


def test_one_doubt_does_not_hide_a_fault_after_it() -> None:
    view = View({"a": UNKNOWN, "b": False}, {"a": ABSENT, "b": ABSENT})
    assert [*view.must_be("a", True), *view.must_be("b", True)] == [
        Doubt("a", "is not known yet"),
        Fault("b", "is false; it must be true"),
    ]


def test_items_are_judged_where_they_stand_with_the_defaults_of_all() -> None:
    view = View({"pools": [{"on": True}, {}]}, {"pools[*].on": False})
    found = [fault for pool in view.each("pools") for fault in pool.must_be("on", True)]
    assert found == [Fault("pools[1].on", "is absent, which counts as false; it must be true")]


def test_an_unknown_list_can_not_be_walked() -> None:
    with pytest.raises(UnjudgeableError):
        list(View({"pools": UNKNOWN}).each("pools"))
    with pytest.raises(UnjudgeableError):
        list(View({"pools": "text"}).each("pools"))


def test_a_property_that_the_rule_has_not_declared_is_a_mistake_in_the_rule() -> None:
    with pytest.raises(UndeclaredPropertyError):
        View({}, {}).flag("a")
    assert View({}, {}).flag("a", absent=True) is True
