"""Placeholders are rehearsed, and never deployed."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import Any

import pytest

import stacks
from simulator.ids import SUBSCRIPTION
from stacks.placeholders import placeholders
from stacks.problems import dotted
from stacks.settings import Settings
from stacks.types import SIMULATED_SUBSCRIPTION, Environment

Build = Callable[[Mapping[str, Any]], Settings]

ZEROS = "0" * 64
REAL = {
    "owner": "ml-platform@gov.ab.ca",
    "access": {
        name: f"3f0c2a7e-5b1d-4c8e-9a60-7d2e1f4b6a0{number}"
        for number, name in enumerate(("platform_admins", "ml_engineers", "data_scientists", "auditors"))
    },
    "budget": {"contacts": ["ml-platform@gov.ab.ca"]},
}


def environment(image: str) -> dict[str, Any]:
    return {"machine_learning": {"environments": {"training": {"image": image, "version": "1"}}}}


def batch(model: str) -> dict[str, Any]:
    return {"machine_learning": {"batch_endpoints": {"scoring": {"model": model, "cluster": "cpu"}}}}


def found(settings: Settings) -> list[str]:
    return [dotted(each.path) for each in placeholders(settings)]


@pytest.mark.parametrize("stack", list(Environment))
def test_a_published_stack_is_rehearsed_but_no_real_subscription_is_built_from_it(stack: Environment) -> None:
    stacks.load(stack)
    with pytest.raises(stacks.SettingsError) as refused:
        stacks.load(stack, real=True)
    assert all(each.place is not None and each.place.line > 0 for each in refused.value.problems)
    assert all("placeholder" in each.what for each in refused.value.problems)


def test_every_value_that_a_stack_file_calls_a_placeholder_is_one() -> None:
    """What only a comment tells (addresses of the hub, numbers of GitHub) stands beside a value that is recognised."""
    refused = [each for stack in Environment for each in _refused(stack)]
    lines = {(each.place.file, each.place.line) for each in refused if each.place is not None}
    for file in sorted(stacks.stack_file.FOLDER.glob("*.yaml")):
        for number, line in enumerate(file.read_text(encoding="utf-8").splitlines(), 1):
            if re.search(r"00000000-0000|sha256:0000|versions/placeholder", line):
                assert (f"stacks/{file.name}", number) in lines, f"{file.name}, line {number}"


def _refused(stack: str) -> tuple[Any, ...]:
    with pytest.raises(stacks.SettingsError) as refused:
        stacks.load(stack, real=True)
    return refused.value.problems


def test_real_values_are_none(settings_with: Build) -> None:
    assert found(settings_with(REAL)) == []


@pytest.mark.parametrize(
    ("changes", "path"),
    [
        ({"owner": "ml-platform@gov.example"}, "owner"),
        ({"access": {"auditors": "00000000-0000-0000-0000-0000000000a4"}}, "access.auditors"),
        (environment(f"a.azurecr.io/training@sha256:{ZEROS}"), "machine_learning.environments.training.image"),
        (batch("azureml:triage:placeholder"), "machine_learning.batch_endpoints.scoring.model"),
        (
            batch("azureml://registries/ours/models/triage/versions/placeholder-2"),
            "machine_learning.batch_endpoints.scoring.model",
        ),
    ],
)
def test_a_placeholder_is_recognised(settings_with: Build, changes: dict[str, Any], path: str) -> None:
    assert found(settings_with({**REAL, **{key: _over(REAL.get(key), value) for key, value in changes.items()}})) == [
        path
    ]


def _over(below: Any, above: Any) -> Any:
    return {**below, **above} if isinstance(below, dict) else above


@pytest.mark.parametrize(
    "model", ["azureml:placeholder-model:1", "azureml:triage:1", "azureml://registries/ours/models/triage/versions/2"]
)
def test_what_only_sounds_like_one_is_none(settings_with: Build, model: str) -> None:
    assert found(settings_with({**REAL, **batch(model)})) == []


def test_the_simulator_speaks_for_the_subscription_that_may_have_placeholders() -> None:
    assert SIMULATED_SUBSCRIPTION == SUBSCRIPTION
