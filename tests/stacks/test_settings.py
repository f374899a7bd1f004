"""The models: nothing changes after loading, nothing is read twice."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from importlib import import_module
from pathlib import Path
from typing import Any

import pytest
from pydantic import BaseModel, ValidationError

import stacks
from stacks.sections.section import Section
from stacks.settings import Settings

SECTIONS = Path(__file__).parents[2] / "stacks" / "sections"


def test_settings_can_not_be_changed(settings_with: Callable[[Mapping[str, Any]], Settings]) -> None:
    settings = settings_with({})
    with pytest.raises(ValidationError, match="frozen"):
        settings.name = "other"  # type: ignore[misc]  # the point of the test


def test_tags_say_what_the_settings_say() -> None:
    settings = stacks.load("prod")
    assert settings.tags == {
        "owner": settings.owner,
        "cost-centre": settings.cost_centre,
        "environment": "prod",
        "classification": "Protected B",
        "data-residency": "Canada",
        "managed-by": "pulumi",
    }


@pytest.mark.parametrize(
    ("path", "changes"),
    [
        ("budget.teams.vision", {"budget": {"teams": {"vision": 0}}}),
        ("budget.contacts", {"budget": {"contacts": [f"a{number}@gov.example" for number in range(51)]}}),
    ],
)
def test_a_budget_that_azure_refuses_is_no_setting(
    settings_with: Callable[[Mapping[str, Any]], Settings], path: str, changes: dict[str, Any]
) -> None:
    with pytest.raises(ValidationError) as refused:
        settings_with(changes)
    assert [".".join(map(str, each["loc"])) for each in refused.value.errors()] == [path]


def test_every_section_forbids_unknown_keys() -> None:
    modules = [import_module(f"stacks.sections.{file.stem}") for file in SECTIONS.glob("[!_]*.py")]
    sections = [
        each
        for module in modules
        for each in vars(module).values()
        if isinstance(each, type) and issubclass(each, BaseModel)
    ]
    assert len(set(sections)) > 15
    assert all(issubclass(each, Section) or each is BaseModel for each in sections)
    assert Section.model_config["extra"] == "forbid"


def test_exported_names_are_sorted_and_exist() -> None:
    import stacks

    assert stacks.__all__ == sorted(stacks.__all__)
    assert all(hasattr(stacks, name) for name in stacks.__all__)
