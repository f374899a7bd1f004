"""Waivers: who may accept what, until when, and what becomes of those that accept nothing any more."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest

from policies.catalogue import rules
from policies.judge import judge
from policies.profile import profile
from policies.resource import Resource, Stack
from policies.types import CLUSTER
from policies.values import UNKNOWN
from policies.waivers import LONGEST, Settled, Waiver, WaiverError, read_waivers, settle

TODAY = date(2026, 11, 25)
URN = f"urn:pulumi:prod::platform::platform:cluster:Cluster${CLUSTER}::mlops-cluster-aks"
GOOD: dict[str, Any] = {
    "id": "W-001",
    "rule": "AKS-004",
    "urn": URN,
    "reason": "The vendor's installer signs in with a local account until its release 4.",
    "compensating": "The account's certificate lies in the vault.",
    "owner": "lead@example.gov.ab.ca",
    "approver": "security@example.gov.ab.ca",
    "ticket": "SEC-12",
    "created": date(2026, 11, 1),
    "expires": date(2027, 1, 20),
}


def settled(*waivers: dict[str, Any], local_accounts: object = False, stack: str = "prod") -> Settled:
    cluster = Resource(
        type=CLUSTER,
        name="mlops-cluster-aks",
        urn=URN.replace(":prod:", f":{stack}:"),
        properties={"disableLocalAccounts": local_accounts},
    )
    (rule,) = (each for each in rules() if each.id == "AKS-004")
    judged = judge(Stack(stack, (cluster,)), profile(stack, "Protected B"), [rule])
    return settle(judged, [Waiver.model_validate({**GOOD, **each}) for each in waivers], rules(), TODAY)


def errors(found: Settled) -> str:
    return " | ".join(problem.message for problem in found.errors)


def test_a_waived_failure_is_still_a_failure_and_stops_nothing() -> None:
    found = settled({})
    assert [finding.verdict for finding in found.judgement.findings] == ["fail"]
    assert [waiver.id for _, waiver in found.findings() if waiver] == ["W-001"]
    assert found.blocking == []
    assert found.errors == []


@pytest.mark.parametrize(
    ("change", "says"),
    [
        ({"expires": date(2026, 11, 24)}, "expired on 2026-11-24"),
        ({"owner": "Security@example.gov.ab.ca"}, "can't approve it"),
        ({"urn": URN.replace(":prod:", ":*:")}, "too broad"),
        ({"urn": URN.replace(CLUSTER, "azure-native:*")}, "too broad"),
        ({"urn": URN.replace("mlops-cluster-aks", "*")}, "too broad"),
        ({"urn": URN.replace("mlops-cluster-aks", "*a*s")}, "too broad"),
        ({"urn": URN.replace("mlops-cluster-aks", "mlops-cluster-ak?")}, "matches"),
        ({"urn": URN.replace("mlops-cluster-aks", "mlops-cluster-ak[s]")}, "matches"),
        ({"rule": "AKS-999"}, "there is no rule AKS-999"),
        ({"expires": date(2027, 2, 24)}, "may be waived for 90 days at most"),
        ({"created": date(2026, 12, 1)}, "was created in the future"),
        ({"urn": URN.replace("mlops-cluster-aks", "another-aks")}, "nothing that fails AKS-004 matches"),
        ({"path": "agentPoolProfiles[0]"}, "nothing that fails AKS-004 matches"),
    ],
)
def test_a_waiver_that_is_not_in_order_fails_the_run(change: dict[str, Any], says: str) -> None:
    assert says in errors(settled(change))


@pytest.mark.parametrize(
    "change",
    [
        {"expires": date(2026, 11, 24)},
        {"urn": URN.replace(":prod:", ":*:")},
        {"urn": URN.replace("mlops-cluster-aks", "*")},
    ],
)
def test_an_expired_or_too_broad_waiver_accepts_nothing(change: dict[str, Any]) -> None:
    assert len(settled(change).blocking) == 1


def test_a_star_may_stand_for_a_part_of_a_name_and_for_parents() -> None:
    pattern = f"urn:pulumi:prod::platform::*{CLUSTER}::mlops-*-aks"
    found = settled({"urn": pattern})
    assert found.blocking == []
    assert found.errors == []


def test_a_waiver_on_its_last_day_counts_and_is_warned_of() -> None:
    found = settled({"expires": TODAY})
    assert found.blocking == []
    assert found.errors == []
    assert [problem.message for problem in found.problems] == ["expires in 0 days (2026-11-25)"]


def test_what_is_unknown_can_not_be_waived() -> None:
    found = settled({}, local_accounts=UNKNOWN)
    assert [waiver for _, waiver in found.findings()] == [None]
    assert "what is unknown can't be waived" in found.problems[-1].message
    assert found.errors == []


def test_a_waiver_of_a_mended_failure_is_unused() -> None:
    assert "take the waiver away" in errors(settled({}, local_accounts=True))


def test_a_waiver_of_another_stack_is_not_unused_here() -> None:
    found = settled({}, stack="test")
    assert found.errors == []
    assert len(found.blocking) == 1


def test_two_waivers_do_not_share_an_id() -> None:
    assert "another waiver has" in errors(settled({}, {"path": "disableLocalAccounts"}))


@pytest.mark.parametrize(("severity", "longest"), sorted(LONGEST.items()))
def test_the_more_severe_a_rule_the_shorter_its_waivers(severity: str, longest: timedelta) -> None:
    assert timedelta(days=90) <= longest <= timedelta(days=365)
    assert LONGEST["critical"] <= longest  # type: ignore[index]


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("", "a list `waivers`"),
        ("waivers: 3", "a list `waivers`"),
        ("waivers: [1]", "waivers[0]"),
        ("waivers: [{id: W-1}]", "waivers[0].id"),
        ("{", "can't be read"),
        ("waivers: [{id: W-001, rule: AKS-004, until: 2027-01-01}]", "waivers[0].until"),
    ],
)
def test_a_file_out_of_form_says_where(tmp_path: Path, text: str, says: str) -> None:
    file = tmp_path / "waivers.yaml"
    file.write_text(text)
    with pytest.raises(WaiverError, match=r"waivers\.yaml") as caught:
        read_waivers(file)
    assert says in str(caught.value)


def test_a_date_is_no_number(tmp_path: Path) -> None:
    file = tmp_path / "waivers.yaml"
    lines = "\n".join(f"    {key}: {20270101 if key == 'expires' else value}" for key, value in GOOD.items())
    file.write_text("waivers:\n  -\n" + lines)
    with pytest.raises(WaiverError, match="2027-01-31"):
        read_waivers(file)


def test_the_projects_own_waivers_are_in_form() -> None:
    assert isinstance(read_waivers(), tuple)


@pytest.mark.parametrize(
    ("pattern", "name", "covered"),
    [
        ("mlops-*", "mlops-cluster", True),
        ("mlops-*", "mlops-\n\U0001f600", True),
        ("mlops-*", "other::mlops-cluster", False),
        ("mlops-cluster", f"vault$x::{CLUSTER}::mlops-cluster", False),
        ("mlops-[ab]", "mlops-a", False),
        ("mlops-[ab]", "mlops-[ab]", True),
        ("mlops-?", "mlops-a", False),
        ("mlops-?", "mlops-?", True),
        ("MLOPS-*", "mlops-cluster", False),
    ],
)
def test_a_star_is_a_part_of_a_name_and_nothing_else_is_a_pattern(pattern: str, name: str, covered: bool) -> None:
    prefix = f"urn:pulumi:prod::platform::{CLUSTER}::"
    cluster = Resource(type=CLUSTER, name="aks", urn=prefix + name, properties={"disableLocalAccounts": False})
    (rule,) = (each for each in rules() if each.id == "AKS-004")
    (finding,) = judge(Stack("prod", (cluster,)), profile("prod", "Protected B"), [rule]).findings
    assert Waiver.model_validate({**GOOD, "urn": prefix + pattern}).covers(finding) is covered
