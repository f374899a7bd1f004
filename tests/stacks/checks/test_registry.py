"""The tuple of rules."""

from __future__ import annotations

import inspect
import pkgutil
from collections import Counter
from collections.abc import Iterator
from importlib import import_module
from types import ModuleType

import pytest

from stacks import checks
from stacks.checks import Check

MODULES = [import_module(f"{checks.__name__}.{found.name}") for found in pkgutil.iter_modules(checks.__path__)]


def rules(module: ModuleType) -> Iterator[Check]:
    """The public generator functions of a module, in their order."""
    for name, value in vars(module).items():
        if inspect.isgeneratorfunction(value) and not name.startswith("_") and value.__module__ == module.__name__:
            yield value


@pytest.mark.parametrize("module", MODULES, ids=lambda module: module.__name__.rpartition(".")[2])
def test_a_module_lists_its_rules_in_their_order(module: ModuleType) -> None:
    assert list(module.CHECKS) == list(rules(module))


def test_every_rule_is_registered_once() -> None:
    assert Counter(checks.CHECKS) == Counter(rule for module in MODULES for rule in rules(module))


def test_every_rule_says_what_must_hold() -> None:
    assert all(rule.__doc__ is not None and rule.__doc__.endswith(".") for rule in checks.CHECKS)
