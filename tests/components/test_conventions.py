"""The rules of the house for components, as far as a program can read them."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import pytest

FILES = sorted((Path(__file__).parents[2] / "components").rglob("*.py"))


def parsed(file: Path) -> ast.Module:
    return ast.parse(file.read_text(encoding="utf-8"))


def imported(file: Path) -> set[str]:
    names: set[str] = set()
    for node in ast.walk(parsed(file)):
        if isinstance(node, ast.Import):
            names |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module is not None:
            names.add(node.module)
    return names


@pytest.mark.parametrize("file", FILES, ids=lambda file: f"{file.parent.name}-{file.stem}")
def test_no_value_is_unwrapped_with_apply(file: Path) -> None:
    if file.stem == "outputs":  # the one place, as tests/repo says
        return
    calls = [node for node in ast.walk(parsed(file)) if isinstance(node, ast.Attribute) and node.attr == "apply"]
    assert calls == []


@pytest.mark.parametrize("file", FILES, ids=lambda file: f"{file.parent.name}-{file.stem}")
def test_nothing_but_types_comes_from_the_stacks(file: Path) -> None:
    ours = {name for name in imported(file) if name.split(".")[0] in {"stacks", "policies", "simulator", "engine"}}
    allowed = r"stacks\.(settings|types|classification|sections\.\w+)$"
    assert {module for module in ours if not re.match(allowed, module)} == set()


@pytest.mark.parametrize("file", FILES, ids=lambda file: f"{file.parent.name}-{file.stem}")
def test_files_and_functions_fit_a_screen(file: Path) -> None:
    assert len(file.read_text(encoding="utf-8").splitlines()) <= 300
    long = [
        node.name
        for node in ast.walk(parsed(file))
        if isinstance(node, ast.FunctionDef) and (node.end_lineno or 0) - node.lineno >= 40
    ]
    assert long == []


@pytest.mark.parametrize("file", FILES, ids=lambda file: f"{file.parent.name}-{file.stem}")
def test_components_register_outputs_and_check_their_arguments(file: Path) -> None:
    for node in parsed(file).body:
        if isinstance(node, ast.ClassDef) and any(ast.unparse(base) == "ComponentResource" for base in node.bases):
            source = ast.unparse(node)
            assert "self.register_outputs(" in source
            assert "refuse(name, problems(args))" in source or node.name == "Platform"
