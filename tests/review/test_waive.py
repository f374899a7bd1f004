"""What is said of a waiver that was just written."""

from __future__ import annotations

import io
from datetime import date
from pathlib import Path

import pytest
from rich.console import Console

from policies.catalogue import rules
from policies.judge import judge
from policies.profile import profile
from policies.resource import Resource, Stack
from policies.types import CLUSTER
from policies.values import UNKNOWN
from policies.waivers import Waiver, read_waivers
from review.policy import PolicyError
from review.waive import advice, run

TODAY = date(2026, 11, 25)
URN = f"urn:pulumi:sandbox::platform::{CLUSTER}::aks"
GIVEN = {
    "rule": "AKS-004",
    "urn": URN,
    "reason": "The vendor's installer signs in with a local account.",
    "compensating": "The account's certificate lies in the vault.",
    "owner": "lead@example.gov.ab.ca",
    "approver": "security@example.gov.ab.ca",
    "ticket": "SEC-12",
    "expires": "2026-12-20",
}


@pytest.mark.parametrize(
    ("value", "name", "says"),
    [
        (False, "aks", ""),
        (True, "aks", "AKS-004 does not fail there"),
        (UNKNOWN, "aks", "AKS-004 is unknown there, and what is unknown can't be waived"),
        (False, "other", "AKS-004 judges no resource with that URN"),
    ],
)
def test_whether_it_accepts_anything_is_said(value: object, name: str, says: str) -> None:
    resource = Resource(
        type=CLUSTER, name=name, urn=URN.replace("aks", name), properties={"disableLocalAccounts": value}
    )
    judged = judge(Stack("prod", (resource,)), profile("prod", "Protected B"), rules())
    waiver = Waiver.model_validate({**GIVEN, "id": "W-001", "created": TODAY})
    assert advice(waiver, judged).startswith(says)
    assert bool(advice(waiver, judged)) == bool(says)


def test_it_is_written_and_what_to_know_is_said(tmp_path: Path) -> None:
    file, said = tmp_path / "waivers.yaml", io.StringIO()
    file.write_text("waivers: []\n")
    run(GIVEN, Console(file=said, width=400), TODAY, file)
    assert [one.id for one in read_waivers(file)] == ["W-001"]
    assert "W-001 is in" in said.getvalue()
    assert "it expires in 25 days" in said.getvalue()
    assert "sandbox is no stack of this project" in said.getvalue()


def test_one_that_is_not_in_order_ends_the_command(tmp_path: Path) -> None:
    file = tmp_path / "waivers.yaml"
    file.write_text("waivers: []\n")
    with pytest.raises(PolicyError, match="--reason is missing"):
        run({**GIVEN, "reason": ""}, Console(quiet=True), TODAY, file)
    with pytest.raises(PolicyError, match="can't be read"):
        run(GIVEN, Console(quiet=True), TODAY, tmp_path / "none.yaml")
