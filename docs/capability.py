"""Capabilities: what the platform can do, row by row, and what shows each row.

Owns reading `docs/capabilities/*.yaml` and the tests' markers. Does not own the page (`docs.capability_page`), nor
whether the rows are true: tests/docs/test_capabilities.py holds each against settings, components and goldens.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path
from types import MappingProxyType

import yaml
from pydantic import BaseModel, ConfigDict

ROOT = Path(__file__).resolve().parents[1]
FOLDER = ROOT / "docs" / "capabilities"

GROUPS: Mapping[str, tuple[str, int]] = MappingProxyType(
    {
        "N": ("Network", 10),
        "A": ("AKS", 12),
        "G": ("GPU", 12),
        "M": ("Azure ML", 8),
        "R": ("Registry", 5),
        "K": ("Keys and storage", 4),
        "I": ("Identity and access", 5),
        "O": ("Observability", 5),
        "L": ("Model lifecycle", 7),
        "D": ("Data", 4),
        "W": ("App Service", 2),
        "E": ("Generative AI", 4),
        "C": ("Cost", 5),
        "V": ("Governance", 6),
        "T": ("GitOps", 1),
        "B": ("Continuity", 3),
    }
)
"""Each group's letter: its title, and how many rows it has."""

ELSEWHERE: Mapping[str, str] = MappingProxyType(
    {
        "L3": "Automatic rollback belongs to the delivery of models, which is built after the platform.",
        "L5": "Promotion of a model between environments belongs to the delivery of models.",
        "V5": "The policy pack is no part of what a stack runs: `policies/`, decision 0017, `uv run invoke policy`.",
    }
)
"""Rows that are not the platform's, and why."""


class Off(BaseModel):
    """Stacks in which a capability is off: by which setting, and why."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    stacks: tuple[str, ...]
    setting: str
    why: str


class Capability(BaseModel):
    """One row. `components` as `<module>:<Class>`; `resources` as `<module>:<Type>`, or `kubernetes:<group>:<Kind>`."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    id: str
    title: str
    how: str
    omits: str | None = None
    components: tuple[str, ...] = ()
    settings: tuple[str, ...] = ()
    resources: tuple[str, ...] = ()
    cost: str
    runbook: str | None = None
    off: tuple[Off, ...] = ()

    def off_in(self, stack: str) -> Off | None:
        """Why it is off in `stack`; None where it is on."""
        return next((each for each in self.off if stack in each.stacks), None)


def expected() -> list[str]:
    """The ids of every row that the platform answers for, in order."""
    ids = [f"{letter}{number}" for letter, (_, count) in GROUPS.items() for number in range(1, count + 1)]
    return [each for each in ids if each not in ELSEWHERE]


@cache
def capabilities() -> tuple[Capability, ...]:
    """Every row, in the order of the groups.

    Raises ValueError where an entry has not the shape of a row, and names its file.
    """
    found = [row for file in sorted(FOLDER.glob("*.yaml")) for row in _read(file)]
    order = {row_id: place for place, row_id in enumerate(expected())}
    return tuple(sorted(found, key=lambda row: order.get(row.id, len(order))))


def _read(file: Path) -> Iterator[Capability]:
    for entry in yaml.safe_load(file.read_text(encoding="utf-8")) or []:
        try:
            # PyYAML reads YAML 1.1, in which the key `off` is a truth value.
            yield Capability.model_validate({"off" if key is False else key: value for key, value in entry.items()})
        except ValueError as error:
            raise ValueError(f"{file.name}, row {entry.get('id')}: {error}") from error


@cache
def evidence() -> Mapping[str, tuple[str, ...]]:
    """By row, the tests that show it: `<file>::<test>`, from their `capability` markers."""
    found: dict[str, list[str]] = {}
    for file in sorted((ROOT / "tests").rglob("test_*.py")):
        tree = ast.parse(file.read_text(encoding="utf-8"))
        whole = [row for node in tree.body for row in _module_rows(node)]
        for node in ast.walk(tree):
            if isinstance(node, ast.FunctionDef | ast.ClassDef) and node.name.lower().startswith("test"):
                rows = [*whole, *(row for mark in node.decorator_list for row in _rows(mark))]
                for row in dict.fromkeys(rows):
                    found.setdefault(row, []).append(f"{file.relative_to(ROOT).as_posix()}::{node.name}")
    return {row: tuple(tests) for row, tests in found.items()}


def _module_rows(node: ast.stmt) -> Iterator[str]:
    """Rows of `pytestmark = …`, which marks every test of its file."""
    if isinstance(node, ast.Assign) and any(isinstance(t, ast.Name) and t.id == "pytestmark" for t in node.targets):
        for call in ast.walk(node.value):
            if isinstance(call, ast.expr):
                yield from _rows(call)


def _rows(mark: ast.expr) -> Iterator[str]:
    if isinstance(mark, ast.Call) and isinstance(mark.func, ast.Attribute) and mark.func.attr == "capability":
        yield from (str(argument.value) for argument in mark.args if isinstance(argument, ast.Constant))
