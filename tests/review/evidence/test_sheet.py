"""The CSV files: a row for each control, rule and resource, and no cell that a spreadsheet would run."""

from __future__ import annotations

import csv
import io
from datetime import date
from itertools import product

import pytest

from policies.profile import Level
from review.evidence import sheet
from review.evidence.model import Status
from tests.review.evidence.made import HOSTILE, OFF, RESOURCES, evidence, judged_by, part, resource, waiver


def rows(text: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(text, newline="")))


def test_there_is_a_row_for_each_control_rule_and_resource() -> None:
    found = rows(sheet.matrix(evidence(*RESOURCES)))
    seen = {(f"{one['framework']}/{one['control']}", one["rule"], one["resource"], one["status"]) for one in found}
    vaults = [("VLT-001", "dim", "unknown"), ("VLT-001", "good", "pass"), ("VLT-001", "let", "waived")]
    accounts = [("STO-001", "bad", "fail")]
    expected = {(ref, *each) for ref, each in product(("fw/A-2(1)", "law/10"), vaults)}
    expected |= {(ref, *each) for ref, each in product(("fw/A-10", "law/10"), accounts)}
    expected |= {("fw/B-1", "NON-001", "", "not assessed")}
    assert seen == expected
    assert len(found) == len(expected)


def test_a_row_says_where_from_what_and_who_accepted_it() -> None:
    found = {one["resource"]: one for one in rows(sheet.matrix(evidence(*RESOURCES)))}
    let = found["let"]
    assert (let["stack"], let["environment"], let["classification"]) == ("prod", "prod", "Protected B")
    assert (let["source"], let["date"], let["commit"], let["pack"]) == (
        "preview",
        "2026-11-25",
        "0a1b2c3d4e5f",
        "0.2.0",
    )
    assert let["said"] == "open: is true; it must be false"
    assert (let["waiver"], let["waiver_expires"]) == ("W-001", "2027-01-20")
    assert found["good"]["place"] == "components/vault.py:12"
    assert (found["good"]["control_confirmed"], found["good"]["control_status"]) == ("no", "fail")
    assert (found[""]["control_confirmed"], found[""]["in_cccs_medium"]) == ("yes", "no")


def test_a_switched_off_rule_has_a_row_that_says_why() -> None:
    found = rows(sheet.matrix(evidence(*RESOURCES, by=judged_by(VLT_001=Level.DISABLED))))
    (row,) = [one for one in found if one["control"] == "A-2(1)"]
    assert (row["status"], row["level"], row["said"]) == (Status.NOT_ASSESSED, "disabled", OFF)


@pytest.mark.parametrize("sign", ["=", "+", "-", "@", "＝", "＋", "－", "＠", " =", "\t=", "\r=", "\n+"])
def test_no_cell_begins_as_a_formula(sign: str) -> None:
    text = f"{sign}HYPERLINK(1)"
    made = part(
        resource(text, True),
        waivers=(waiver(text, ticket=text, reason=f"{text} is what it is, for long."),),
    )
    sheets = sheet.matrix(made.evidence) + sheet.register(made.register, made.evidence.run)
    cells = [cell for row in csv.reader(io.StringIO(sheets, newline="")) for cell in row]
    assert [one for one in cells if one.lstrip().startswith(tuple("=+-@＝＋－＠\t\r\n"))] == []
    assert [one for one in cells if "HYPERLINK" in one] != []


def test_a_hostile_name_stays_in_its_cell() -> None:
    found = rows(sheet.matrix(evidence(resource(HOSTILE, True), waivers=())))
    own = [one for one in found if one["resource"]]
    assert len(own) == 2
    assert all("<script>" in one["resource"] and "[U+000A]" in one["resource"] for one in own)
    assert all(None not in one for one in found)


def test_the_register_has_a_row_for_each_waiver_and_keeps_numbers_as_numbers() -> None:
    old = waiver("let", id="W-002", created=date(2026, 10, 1), expires=date(2026, 11, 20))
    made = part(*RESOURCES, waivers=(waiver("let"), old))
    found = {one["waiver"]: one for one in rows(sheet.register(made.register, made.evidence.run))}
    used = found["W-001"]
    assert (used["state"], used["failures_accepted"], used["days_left"]) == ("used", "1", "56")
    assert (found["W-002"]["state"], found["W-002"]["days_left"]) == ("expired", "-5")
    assert "expired on 2026-11-20" in found["W-002"]["problems"]
    assert used["approver"] == "security@example.org"


def test_lines_end_as_the_format_says() -> None:
    text = sheet.matrix(evidence(*RESOURCES))
    assert text.count("\r\n") == text.count("\n") == len(rows(text)) + 1
