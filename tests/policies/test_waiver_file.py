"""Adding a waiver: only one that is in order, below the others, with the rest of the file as it was."""

from __future__ import annotations

import subprocess
import sys
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given as provided
from hypothesis import settings
from hypothesis import strategies as st

from policies import waivers
from policies.catalogue import rules
from policies.types import CLUSTER
from policies.waiver_file import append, new_waiver
from policies.waivers import Waiver, WaiverError, read_waivers

TODAY = date(2026, 11, 25)
URN = f"urn:pulumi:prod::platform::platform:cluster:Cluster${CLUSTER}::aks"
GIVEN = {
    "rule": "AKS-004",
    "urn": URN,
    "reason": "The vendor's installer signs in with a local account: # until release 4.",
    "compensating": "The account's certificate lies in the vault.",
    "owner": "lead@example.gov.ab.ca",
    "approver": "security@example.gov.ab.ca",
    "ticket": "1234",
    "expires": "2027-01-20",
}
HEAD = "# Who owns a risk can't approve it.\nwaivers:\n"
ENTRY = """  - id: W-004
    rule: AKS-001   # decided in the meeting
    urn: "urn:pulumi:prod::platform::azure-native:containerservice:ManagedCluster::old"
    reason: >-
      It is folded, and
      long enough.
    compensating: Nobody gets there.
    owner: a@b.example
    approver: c@d.example
    ticket: SEC-1
    created: 2026-11-01
    expires: 2026-12-01

  # the last word
"""


def added(file: Path, text: str, **others: str) -> Waiver:
    file.write_bytes(text.encode())
    waiver, _ = new_waiver({**GIVEN, **others}, rules(), TODAY, file)
    append(waiver, file)
    return waiver


@pytest.mark.parametrize(
    ("before", "kept"),
    [
        (HEAD + ENTRY, HEAD + ENTRY),
        (HEAD + ENTRY.rstrip(), HEAD + ENTRY.rstrip() + "\n"),
        ("waivers: []  # none yet\n", "waivers:  # none yet\n"),
        ("waivers: []", "waivers:\n"),
        ((HEAD + ENTRY).replace("\n", "\r\n"), (HEAD + ENTRY).replace("\n", "\r\n")),
        (
            HEAD + ENTRY.replace("\n  ", "\n").removeprefix("  "),
            HEAD + ENTRY.replace("\n  ", "\n").removeprefix("  "),
        ),
    ],
    ids=["list", "no line end", "empty", "empty, no line end", "windows", "not indented"],
)
def test_it_stands_below_the_others_and_the_rest_is_as_it_was(tmp_path: Path, before: str, kept: str) -> None:
    file = tmp_path / "waivers.yaml"
    waiver = added(file, before)
    text = file.read_bytes().decode()
    assert text.startswith(kept)
    assert all(len(line) <= 120 for line in text.splitlines())
    assert read_waivers(file)[-1] == waiver
    assert waiver.id == ("W-005" if "W-004" in before else "W-001")
    assert waiver.created == TODAY
    assert [one.name for one in tmp_path.iterdir()] == ["waivers.yaml"]


def test_one_after_another_has_the_next_id(tmp_path: Path) -> None:
    file = tmp_path / "waivers.yaml"
    added(file, HEAD + ENTRY)
    assert added(file, file.read_text(), path="disableLocalAccounts").id == "W-006"
    with pytest.raises(WaiverError, match="W-999 is taken"):
        added(file, HEAD + ENTRY.replace("W-004", "W-999"))


@pytest.mark.parametrize(
    ("others", "says"),
    [
        ({"rule": "AKS-998"}, "there is no rule AKS-998"),
        ({"rule": "aks"}, "--rule is no id of a rule"),
        ({"rule": "AKS-998", "reason": ""}, "there is no rule AKS-998"),
        ({"urn": "aks"}, "--urn is no URN of a resource"),
        ({"urn": f"urn:pulumi:prod::platform::{CLUSTER}::*"}, "too broad"),
        ({"urn": URN.replace(":prod:", ":*:")}, "too broad"),
        ({"reason": "short"}, "--reason String should have at least 20"),
        ({"compensating": " "}, "--compensating is missing"),
        ({"approver": "LEAD@example.gov.ab.ca"}, "can't approve it"),
        ({"owner": "nobody"}, "--owner is no mail address"),
        ({"expires": "soon"}, "--expires"),
        ({"expires": "2027-11-20"}, "may be waived for"),
        ({"expires": "2026-11-24"}, "expired on 2026-11-24"),
    ],
)
def test_one_that_is_not_in_order_is_refused_and_nothing_is_written(
    tmp_path: Path, others: dict[str, str], says: str
) -> None:
    file = tmp_path / "waivers.yaml"
    with pytest.raises(WaiverError, match="nothing was written") as caught:
        added(file, HEAD + ENTRY, **others)
    assert says in str(caught.value)
    assert file.read_text() == HEAD + ENTRY


def test_the_same_failure_is_not_accepted_twice(tmp_path: Path) -> None:
    file = tmp_path / "waivers.yaml"
    added(file, HEAD + ENTRY)
    with pytest.raises(WaiverError, match="W-005 already accepts AKS-004"):
        added(file, file.read_text())


@pytest.mark.parametrize(
    "text",
    [
        HEAD + ENTRY + "others: 1\n",
        "{waivers: []}\n",
        "waivers: [\n]\n",
        "waivers:\n" + ENTRY + "...\n",
    ],
)
def test_a_file_of_another_form_stays_as_it_is(tmp_path: Path, text: str) -> None:
    file = tmp_path / "waivers.yaml"
    with pytest.raises(WaiverError, match="nothing was written"):
        added(file, text)
    assert file.read_text() == text
    assert [one.name for one in tmp_path.iterdir()] == ["waivers.yaml"]


def test_a_link_stays_a_link_and_a_mode_stays(tmp_path: Path) -> None:
    file, link = tmp_path / "real.yaml", tmp_path / "link.yaml"
    file.write_text("waivers: []\n")
    file.chmod(0o640)
    link.symlink_to(file)
    append(new_waiver(GIVEN, rules(), TODAY, link)[0], link)
    assert link.is_symlink()
    assert file.stat().st_mode & 0o777 == 0o640
    assert len(read_waivers(file)) == 1


def test_one_that_ends_soon_is_said(tmp_path: Path) -> None:
    file = tmp_path / "waivers.yaml"
    file.write_text("waivers: []\n")
    _, problems = new_waiver({**GIVEN, "expires": "2026-12-01"}, rules(), TODAY, file)
    assert [problem.message for problem in problems] == ["expires in 6 days (2026-12-01)"]


@settings(max_examples=60, deadline=None)
@provided(reason=st.text(min_size=20, max_size=200).filter(lambda text: len(" ".join(text.split())) >= 20))
def test_any_reason_is_read_as_it_was_given(tmp_path_factory: pytest.TempPathFactory, reason: str) -> None:
    file = tmp_path_factory.mktemp("any") / "waivers.yaml"
    assert added(file, HEAD + ENTRY, reason=reason).reason == " ".join(reason.split())
    assert read_waivers(file)[-1].reason == " ".join(reason.split())


def invoke(*arguments: str) -> Any:
    root = Path(waivers.FILE).parents[1]
    return subprocess.run(
        [sys.executable, "-m", "invoke", *arguments], cwd=root, capture_output=True, text=True, check=False, timeout=120
    )


@pytest.mark.parametrize("words", [("policy", "waive"), ("waive",)])
def test_the_command_refuses_without_judging_anything(words: tuple[str, ...]) -> None:
    before = waivers.FILE.read_bytes()
    flags = [part for name, value in {**GIVEN, "rule": "AKS-998"}.items() for part in (f"--{name}", value)]
    done = invoke(*words, *flags)
    assert done.returncode == 2
    assert "there is no rule AKS-998" in done.stderr
    assert done.stdout == ""
    assert waivers.FILE.read_bytes() == before
