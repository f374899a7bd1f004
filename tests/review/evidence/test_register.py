"""The register: whose waivers it lists, what each accepts today, and how long."""

from __future__ import annotations

from datetime import date, timedelta

from review.evidence.register import register_of
from tests.review.evidence.made import RESOURCES, TODAY, VAULT, report, waiver


def states(*waivers: object) -> dict[str, str]:
    settled = report(*RESOURCES, waivers=waivers).settled  # type: ignore[arg-type]
    return {one.waiver.id: one.state for one in register_of(settled, waivers, TODAY)}  # type: ignore[arg-type]


def test_each_waiver_has_the_state_that_it_has_today() -> None:
    assert states(
        waiver("let"),
        waiver("good", id="W-002"),
        waiver("let", id="W-003", expires=TODAY - timedelta(days=1)),
        waiver("*", id="W-004"),
        waiver("let", id="W-005", urn=f"urn:pulumi:*::platform::{VAULT}::let"),
    ) == {"W-001": "used", "W-002": "unused", "W-003": "expired", "W-004": "too broad", "W-005": "too broad"}


def test_a_waiver_of_another_stack_is_not_listed() -> None:
    assert states(waiver("let", urn=f"urn:pulumi:dev::platform::{VAULT}::let")) == {}


def test_days_are_counted_and_what_is_wrong_is_said() -> None:
    waivers = (waiver("let", expires=TODAY), waiver("dim", id="W-002"))
    found = register_of(report(*RESOURCES, waivers=waivers).settled, waivers, TODAY)
    assert [(one.days_left, one.used) for one in found] == [(0, 1), ((date(2027, 1, 20) - TODAY).days, 0)]
    assert "expires in 0 days" in found[0].problems[0]
    assert "unknown" in found[1].problems[0]
