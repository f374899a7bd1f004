"""Every row of the capabilities is there once, and everything that it names exists."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest

from docs.capability import ELSEWHERE, Capability, capabilities, evidence, expected
from stacks.fields import leaves
from stacks.types import Environment

ROOT = Path(__file__).parents[2]
ROWS = {row.id: row for row in capabilities()}
TOKENS = (ROOT / "tests" / "goldens" / "tokens.txt").read_text(encoding="utf-8").split()
SETTINGS = {
    ".".join(path[:length]) for path, _ in leaves() for length in range(1, len(path) + 1)
}  # sections and settings


def types_of(stack: str) -> set[str]:
    """The resource types of a stack, short: `network:Subnet`."""
    lines = (ROOT / "tests" / "goldens" / stack / "resources.txt").read_text(encoding="utf-8").splitlines()
    return {line.split()[0].removeprefix("azure-native:") for line in lines}


def test_every_row_is_there_once() -> None:
    assert Counter(row.id for row in capabilities()) == Counter(expected())


@pytest.mark.parametrize("row", expected())
def test_a_row_is_shown_by_a_test(row: str) -> None:
    assert evidence().get(row, ()) != ()


def test_no_test_shows_a_row_that_does_not_exist() -> None:
    assert set(evidence()) - set(expected()) - set(ELSEWHERE) == set()


@pytest.mark.parametrize("row", ROWS.values(), ids=list(ROWS))
def test_what_a_row_names_exists(row: Capability) -> None:
    assert [name for name in row.components if f"platform:{name}" not in TOKENS] == []
    named = [*row.settings, *(off.setting for off in row.off)]
    assert [name for name in named if name not in SETTINGS] == []
    assert row.runbook is None or (ROOT / row.runbook).is_file()


@pytest.mark.parametrize("stack", [each.value for each in Environment])
@pytest.mark.parametrize("row", ROWS.values(), ids=list(ROWS))
def test_a_stack_has_what_a_row_is_made_of_or_says_why_not(row: Capability, stack: str) -> None:
    if row.off_in(stack) is None:
        assert [name for name in row.resources if name not in types_of(stack)] == []


@pytest.mark.parametrize("row", ROWS.values(), ids=list(ROWS))
def test_what_is_off_in_prod_has_a_reason(row: Capability) -> None:
    assert all(len(off.why) > 20 for off in row.off)
    assert all(stack in set(Environment) for off in row.off for stack in off.stacks)
