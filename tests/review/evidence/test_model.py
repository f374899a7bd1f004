"""What evidence says: the status of rules and controls, what was not assessed, and that no order shows."""

from __future__ import annotations

import pytest

from policies.profile import Level
from review.evidence.model import Kind, Source, Status, evidence_of, natural, worst
from review.visible import visible
from tests.review.evidence.made import (
    CONTROLS,
    HOSTILE,
    OFF,
    RESOURCES,
    control,
    evidence,
    judged_by,
    report,
    resource,
    waiver,
)


def statuses(*given: object, **options: object) -> dict[str, Status]:
    return {one.control.ref: one.status for one in evidence(*given, **options).controls}  # type: ignore[arg-type]


GOOD, BAD, DIM, LET, _ = RESOURCES


@pytest.mark.parametrize(
    ("given", "status"),
    [
        ((GOOD,), "pass"),
        ((GOOD, DIM), "unknown"),
        ((GOOD, DIM, LET), "waived"),
        ((GOOD, DIM, LET, resource("worse", True)), "fail"),
        ((), "not assessed"),
        ((BAD,), "not assessed"),
    ],
)
def test_a_control_has_the_worst_status_of_what_was_said(given: tuple[object, ...], status: str) -> None:
    assert statuses(*given)["fw/A-2(1)"] == status


def test_a_failure_counts_at_an_advisory_level_too() -> None:
    made = evidence(BAD, LET, waivers=(), by=judged_by(VLT_001=Level.ADVISORY))
    assert [(one.rule.id, one.is_disabled, one.why) for one in made.relevelled] == [("VLT-001", False, OFF)]
    assert {one.control.ref: one.status for one in made.controls}["fw/A-2(1)"] == "fail"


def test_a_control_of_several_rules_has_the_worst_of_them_and_says_which_read_nothing() -> None:
    found = next(one for one in evidence(BAD).controls if one.control.ref == "law/10")
    assert found.status == "fail"
    assert found.counts == {Status.FAIL: 1}
    assert [one.rule.id for one in found.silent] == ["VLT-001"]


def test_a_rule_that_is_switched_off_assesses_nothing_and_says_why() -> None:
    made = evidence(GOOD, by=judged_by(VLT_001=Level.DISABLED))
    assert {one.control.ref: one.status for one in made.controls}["fw/A-2(1)"] == "not assessed"
    assert [(one.rule.id, one.is_disabled, one.why) for one in made.relevelled] == [("VLT-001", True, OFF)]


def test_without_rules_nothing_is_assessed_and_every_control_has_no_rule() -> None:
    made = evidence(*RESOURCES, rules=())
    assert made.controls == made.rules == ()
    assert {control.ref for _, control in made.ruleless} == set(CONTROLS)
    assert made.counts == {}


def test_controls_without_a_rule_are_told_apart_from_those_that_were_not_assessed() -> None:
    made = evidence(*RESOURCES)
    assert [control.ref for _, control in made.ruleless] == ["law/60"]
    assert [one.control.ref for one in made.controls if one.status == "not assessed"] == ["fw/B-1"]


def test_what_is_no_pass_is_listed_the_worst_first() -> None:
    found = [(one.status, one.name) for one in evidence(*RESOURCES).open]
    assert found == [("fail", "bad"), ("waived", "let"), ("unknown", "dim")]


def test_the_order_in_which_the_engine_lists_resources_and_waivers_does_not_show() -> None:
    waivers = (waiver("let"), waiver("bad", id="W-002", rule="STO-001"))
    one = evidence(*RESOURCES, waivers=waivers)
    other = evidence(*reversed(RESOURCES), waivers=waivers[::-1])
    assert one == other


def test_numbers_in_controls_are_sorted_as_numbers() -> None:
    assert sorted(["A-10", "A-2(1)", "A-2"], key=natural) == ["A-2", "A-2(1)", "A-10"]
    assert sorted(["5.10.1", "5.4.1"], key=natural) == ["5.4.1", "5.10.1"]
    assert [one.control.ref for one in evidence().controls][:2] == ["fw/A-2(1)", "fw/A-10"]


def test_hidden_characters_are_written_out_and_nothing_else_is_changed() -> None:
    assert visible("pièce–1 <a>") == "pièce–1 <a>"
    assert visible("a\u202eb\n\x00\ud800\u2028") == "a[U+202E]b[U+000A][U+0000][U+D800][U+2028]"
    (found,) = evidence(resource(HOSTILE, True), waivers=()).open
    assert found.name.isprintable()
    assert found.key.isprintable()


def test_the_worst_of_nothing_is_not_assessed() -> None:
    assert worst([]) == "not assessed"
    assert worst([Status.PASS, Status.NOT_ASSESSED]) == "pass"


def test_a_control_that_no_framework_has_is_an_error_and_not_left_out() -> None:
    with pytest.raises(KeyError, match="nowhere"):
        evidence_of(report(), Source(Kind.PREVIEW), {}, {"nowhere/1": control("nowhere/1")})
