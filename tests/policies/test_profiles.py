"""Profiles: one set of rules, and a golden list of what each comes to in each environment."""

from __future__ import annotations

import os
from copy import deepcopy
from pathlib import Path

import pytest
from pydantic import ValidationError

import policies.profile as profiles
import stacks
from policies.catalogue import rule, rules
from policies.profile import Level, Override, ProfileError, environments, profile
from policies.retired import retired
from policies.rule import SEVERITY_MEANING, Severity
from tests.policies.planned import planned

GOLDEN = Path(__file__).parent / "goldens" / "levels.txt"


def test_which_rule_is_at_which_level_where() -> None:
    own = {environment: profile(environment, stacks.load(environment).classification) for environment in environments()}
    lines = [f"{'':<10}{'severity':<10}" + "".join(f"{name:<11}" for name in own)]
    lines += [
        f"{each.id:<10}{each.severity:<10}"
        + "".join(f"{one.level(each.id, each.severity):<11}" for one in own.values())
        for each in rules()
    ]
    text = "\n".join(line.rstrip() for line in lines) + "\n"
    # The golden file is the memory of which ids were ever given: one only leaves it for `policies/retired.yaml`.
    before = {line.split()[0] for line in GOLDEN.read_text().splitlines()[1:]}
    assert before - {each.id for each in rules()} - set(retired()) == set()
    if os.environ.get("UPDATE_GOLDENS"):
        GOLDEN.write_text(text)
    assert text == GOLDEN.read_text()


@pytest.mark.parametrize("environment", environments())
def test_what_is_critical_or_high_stops_an_update_everywhere(environment: str) -> None:
    own = profile(environment, "Protected B")
    assert {own.levels[severity] for severity in ("critical", "high")} == {Level.MANDATORY}
    assert set(own.levels) == set(Severity) == set(SEVERITY_MEANING)


@pytest.mark.parametrize("environment", environments())
def test_an_exception_names_a_rule_and_says_why(environment: str) -> None:
    for rule_id, override in profile(environment, "Protected B").overrides.items():
        assert rule(rule_id)
        assert override.why.endswith(".")


@pytest.mark.parametrize("environment", ["prod", "dr"])
def test_nothing_critical_is_milder_where_citizens_data_is(environment: str) -> None:
    own = profile(environment, "Protected B")
    milder = {each.id for each in rules() if own.level(each.id, each.severity) is not own.levels[each.severity]}
    assert {one for one in milder if rule(one).severity is Severity.CRITICAL} == set()


def test_an_unknown_environment_or_classification_says_which_there_are() -> None:
    with pytest.raises(ProfileError, match="dev, test, prod, dr"):
        profile("staging", "Protected B")
    with pytest.raises(ProfileError, match="Protected A"):
        profile("dev", "secret")


def test_a_profile_refuses_parameters_that_no_rule_has() -> None:
    with pytest.raises(ValidationError):
        profile("dev", "Protected A").having({"no_such_parameter": 1})


def test_an_override_needs_a_reason() -> None:
    with pytest.raises(ValidationError):
        Override(level=Level.DISABLED, why="because")


def test_every_parameter_that_a_rule_names_exists_and_every_parameter_is_read() -> None:
    known = set(type(profile("dev", "Protected A").parameters).model_fields)
    read = {name for each in rules() for name in each.parameters}
    assert read <= known
    assert known - read == set()


def test_a_file_of_profiles_out_of_form_says_where(monkeypatch: pytest.MonkeyPatch) -> None:
    document = deepcopy(profiles._document())
    document["parameters"]["all"]["allowed_region"] = document["parameters"]["all"].pop("allowed_regions")
    monkeypatch.setattr(profiles, "_document", lambda: document)
    with pytest.raises(ProfileError, match=r"profiles\.yaml.*\n  allowed_regions: Field required"):
        profile.__wrapped__("dev", "Protected A")
    document["levels"]["dev"]["high"] = "fatal"
    with pytest.raises(ProfileError, match="dev"):
        profile.__wrapped__("dev", "Protected A")


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "lacks levels, parameters, overrides"),
        ("[", "can't be read"),
        ("levels: 5", "lacks"),
        (None, "can't be read"),
    ],
)
def test_a_file_of_profiles_that_is_none_says_so(
    text: str | None, said: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tmp_path / "profiles.yaml"
    if text is not None:
        file.write_text(text, encoding="utf-8")
    monkeypatch.setattr(profiles, "FILE", file)
    monkeypatch.setattr(profiles, "_document", profiles._document.__wrapped__)
    with pytest.raises(ProfileError, match=f"policies/profiles.yaml {said}"):
        profile.__wrapped__("dev", "Protected A")


def test_nothing_may_be_ignored_that_no_stack_ignores() -> None:
    ignored = {
        f"{resource.type} {path}"
        for stack in environments()
        for resource in planned(stack).resources
        for path in resource.ignore_changes or ()
    }
    reasons = profile("prod", "Protected B").parameters.ignored_changes
    # No stack has an upgrade channel that moves the version; settings can have one.
    assert set(reasons) - ignored == {"azure-native:containerservice:ManagedCluster kubernetesVersion"}
    assert [reason for reason in reasons.values() if len(reason) < 20 or not reason.endswith(".")] == []
