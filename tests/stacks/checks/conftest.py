"""Where a rule finds problems."""

from __future__ import annotations

import inspect
from collections.abc import Callable
from types import ModuleType

import pytest

from stacks.checks import Check
from stacks.problems import dotted
from stacks.settings import Settings


@pytest.fixture
def at() -> Callable[[Check, Settings], list[str]]:
    """The dotted paths of the problems that a rule finds; each problem says everything that a person needs."""

    def paths(rule: Check, settings: Settings) -> list[str]:
        found = list(rule(settings))
        for problem in found:
            assert all(text.endswith((".", "?")) for text in (problem.what, problem.follows, problem.fix))
            assert problem.place is None  # a rule knows no files
        return [dotted(problem.path) for problem in found]

    return paths


@pytest.fixture
def rules_of() -> Callable[[ModuleType], set[Check]]:
    """The rules of a module: its public generator functions."""

    def rules(module: ModuleType) -> set[Check]:
        public = (value for name, value in vars(module).items() if not name.startswith("_"))
        return {value for value in public if inspect.isgeneratorfunction(value)}

    return rules
