"""The control catalogue holds what rules name, and nothing that no rule serves without a reason."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
import yaml

from policies import frameworks as catalogue
from policies.catalogue import rules
from policies.frameworks import FOLDER, FrameworkError, control, controls, frameworks
from policies.rule import Category

SERVED = {ref for rule in rules() for ref in rule.controls}
# What the security team asked for.
WANTED = {"itsg33", "mcsb", "cis-aks", "cis-azure", "hipaa", "gdpr", "gc-guardrails", "popa", "hia"}


def test_every_control_of_a_rule_is_in_the_catalogue() -> None:
    assert {rule.id: ref for rule in rules() for ref in rule.controls if ref not in controls()} == {}


def test_a_control_is_served_by_a_rule_or_says_why_by_none() -> None:
    assert [ref for ref, each in controls().items() if ref not in SERVED and not each.no_rule] == []
    # A reason that is no longer true: remove it.
    assert [ref for ref, each in controls().items() if ref in SERVED and each.no_rule] == []


def test_every_framework_is_there() -> None:
    assert set(frameworks()) == WANTED
    assert {each.framework for each in controls().values()} == WANTED


def test_every_rule_serves_a_control_of_itsg33() -> None:
    assert [rule.id for rule in rules() if not any(ref.startswith("itsg33/") for ref in rule.controls)] == []


def test_what_serves_the_health_law_of_one_country_serves_that_of_the_other() -> None:
    both = {rule.id: {ref.split("/")[0] for ref in rule.controls} & {"hipaa", "hia"} for rule in rules()}
    assert [rule_id for rule_id, found in both.items() if len(found) == 1] == []


def test_a_rule_about_money_claims_no_duty_of_privacy_law() -> None:
    laws = ("popa/", "hia/", "hipaa/", "gdpr/32")
    money = [rule for rule in rules() if rule.category is Category.COST]
    assert [rule.id for rule in money for ref in rule.controls if ref.startswith(laws)] == []


def test_a_control_that_is_not_confirmed_says_so_where_it_is_cited() -> None:
    doubtful = {ref for ref, each in controls().items() if not each.confirmed}
    assert {"popa/10", "hia/60"} <= doubtful
    assert all(controls()[ref].cited.endswith("(unconfirmed)") for ref in doubtful)
    assert control("popa/26").cited == "POPA s. 26"


def test_an_assessment_of_privacy_is_served_by_what_it_describes() -> None:
    # Which data, where it stays, and which models see it; not each rule that somebody calls governance.
    serving = {rule.id for rule in rules() if "popa/26" in rule.controls}
    assert serving == {"GOV-001", "GOV-002", "OAI-005", "OAI-006", "OAI-008"}


def test_nothing_cites_the_section_of_the_former_act() -> None:
    assert "popa/38" not in controls()


def test_the_profile_for_the_cloud_is_known_for_itsg33_only() -> None:
    assert {each.framework for each in controls().values() if each.ccm_medium is not None} == {"itsg33"}
    assert control("itsg33/SC-28").ccm_medium is True
    assert control("itsg33/SC-7(10)").ccm_medium is False


def test_an_unknown_control_names_near_ones_and_where_to_add_it() -> None:
    with pytest.raises(LookupError, match=r"itsg33/AC-33.*itsg33/AC-3.*policies/controls/itsg33\.yaml"):
        control("itsg33/AC-33")
    with pytest.raises(LookupError, match=r"nist/AC-3.*itsg33/AC-3"):
        control("nist/AC-3")


def changed(change: Callable[[dict[str, object]], object]) -> Callable[[Path], None]:
    """A change of a framework's document, written as `gdpr.yaml` into a folder."""

    def write(folder: Path) -> None:
        document = yaml.safe_load((FOLDER / "gdpr.yaml").read_text(encoding="utf-8"))
        change(document)
        (folder / "gdpr.yaml").write_text(yaml.safe_dump(document), encoding="utf-8")

    return write


@pytest.mark.parametrize(
    ("write", "message"),
    [
        (changed(lambda one: one.pop("source")), "gdpr.yaml.*source: Field required"),
        (changed(lambda one: one.update(read="2026-11-25")), "read: Input should be a valid date"),
        (changed(lambda one: one.update(sources=[])), "sources: Extra inputs"),
        (changed(lambda one: one.update(controls={4.1: {"title": "A number"}})), r"controls\.4\.1"),
        (changed(lambda one: one.update(id="hipaa")), "id is 'hipaa'; it must be the file's name"),
        (changed(lambda one: one.update(controls={"5": {"title": "Short", "no_rule": "No."}})), r"5\.no_rule"),
        (
            changed(lambda one: one.update(controls={"5": {"title": "One", "ccm_medium": True}})),
            r"controls\.5\.title: String should have at least",
        ),
        (
            changed(
                lambda one: one.update(controls={"5": {"title": "First", "ccm_medium": True}, "6": {"title": "Other"}})
            ),
            "ccm_medium is given for some controls and not for 6",
        ),
        (lambda folder: (folder / "x.yaml").write_text("a: [", encoding="utf-8"), "x.yaml is no YAML"),
    ],
    ids=["no source", "a date as text", "a field too many", "a number as id", "another id", "no real reason", "title",
         "half a profile", "no YAML"],
)  # fmt: skip
def test_a_file_that_cannot_be_used_says_where(write: Callable[[Path], None], message: str, tmp_path: Path) -> None:
    write(tmp_path)
    with pytest.raises(FrameworkError, match=f"(?s){message}"):
        catalogue._read(tmp_path)
