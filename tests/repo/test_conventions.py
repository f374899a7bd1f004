"""The conventions that matter, as tests (docs/decisions explain them)."""

from __future__ import annotations

import ast
import re
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
PACKAGES = (
    "benchmark", "components", "docs", "engine", "facts", "policies", "rehearsal", "review", "simulator", "stacks"
)  # fmt: skip
SOURCES = [
    path for package in PACKAGES for path in sorted((ROOT / package).rglob("*.py")) if "__pycache__" not in path.parts
]

# Who may import whom. `facts` is data that everyone may read; these may import across: they bring the others together.
FREE = {"benchmark", "docs", "rehearsal", "review", "tasks", "tests", "__main__"}
ALLOWED = {
    "facts": set(),
    "stacks": {"facts"},
    "engine": set(),
    "simulator": {"facts"},
    "components": {"facts", "stacks"},
    "policies": {"facts", "stacks"},
}

LONGEST_FILE = 300
LONGEST_FUNCTION = 40
# file or file:function -> why it may be longer
LONGER: dict[str, str] = {}


def tree(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"))


def imported(path: Path) -> Iterator[str]:
    for node in ast.walk(tree(path)):
        if isinstance(node, ast.Import):
            yield from (alias.name.split(".")[0] for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module and node.level == 0:
            yield node.module.split(".")[0]


def name(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


@pytest.mark.parametrize("package", sorted(ALLOWED))
def test_a_package_imports_only_what_the_house_allows(package: str) -> None:
    wrong = [
        f"{name(path)} imports {module}"
        for path in SOURCES
        if path.relative_to(ROOT).parts[0] == package
        for module in imported(path)
        if module in {*PACKAGES, "tasks"} - ALLOWED[package] - {package}
    ]
    assert wrong == []


def test_every_package_has_a_place_in_the_house() -> None:
    assert set(PACKAGES) == set(ALLOWED) | FREE - {"tasks", "tests", "__main__"}


def test_components_take_types_from_stacks_and_nothing_else() -> None:
    allowed = re.compile(r"stacks\.(classification|settings|types|sections\.\w+)$")
    wrong = [
        f"{name(path)} imports {node.module}"
        for path in SOURCES
        if path.relative_to(ROOT).parts[0] == "components"
        for node in ast.walk(tree(path))
        if isinstance(node, ast.ImportFrom) and (node.module or "").split(".")[0] == "stacks"
        if not allowed.match(node.module or "")
    ]
    assert wrong == []


def test_files_fit_in_a_head_and_functions_on_a_screen() -> None:
    found = {}
    for path in SOURCES:
        text = path.read_text(encoding="utf-8")
        if text.count("\n") > LONGEST_FILE:
            found[name(path)] = text.count("\n")
        for node in ast.walk(ast.parse(text)):
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
                length = (node.end_lineno or node.lineno) - node.lineno + 1
                if length > LONGEST_FUNCTION:
                    found[f"{name(path)}:{node.name}"] = length
    assert {key: length for key, length in found.items() if key not in LONGER} == {}
    assert set(LONGER) <= set(found), "an exception that is no longer needed"


@pytest.mark.parametrize("word", ["utils", "helpers", "common", "manager", "misc"])
def test_no_room_is_named_for_what_does_not_fit_elsewhere(word: str) -> None:
    assert [name(path) for path in SOURCES if word in path.stem.split("_")] == []


def test_every_module_says_what_it_is() -> None:
    assert [name(path) for path in SOURCES if not ast.get_docstring(tree(path))] == []


def test_outputs_are_unwrapped_in_one_place_only() -> None:
    wrong = [name(p) for p in SOURCES if "components" in p.parts and ".apply(" in p.read_text() and p.stem != "outputs"]
    assert wrong == []


def test_configuration_is_read_in_one_place_only() -> None:
    files = [*SOURCES, ROOT / "tasks.py"]
    calls = [
        name(path)
        for path in files
        for node in ast.walk(tree(path))
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr == "Config"
    ]
    assert calls == [], "the program reads its configuration, and nothing else does"


def test_the_program_is_short() -> None:
    assert (ROOT / "__main__.py").read_text().count("\n") <= 40


def test_every_file_with_tests_is_collected() -> None:
    tests = [path for path in (ROOT / "tests").rglob("*.py") if not path.stem.startswith("test_")]
    assert [name(path) for path in tests if re.search(r"^(async )?def test_", path.read_text(), re.MULTILINE)] == []


def test_every_suppression_says_which_rule_and_why() -> None:
    bare = [
        f"{name(path)}: {line.strip()}"
        for path in [*SOURCES, ROOT / "tasks.py"]
        for line in path.read_text().splitlines()
        if re.search(r"# noqa(?!: [A-Z]+\d+)|# type: ignore(?!\[)", line)
    ]
    assert bare == []


def test_nothing_of_a_machine_is_in_the_repository() -> None:
    listed = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, check=True, capture_output=True, text=True).stdout
    files = [ROOT / entry for entry in listed.split("\0") if entry and (ROOT / entry).is_file()]
    private = re.compile(r"/(?:root|Users)/(?!\.)\w|/work/" + r"main")
    wrong = [
        name(p) for p in files if p.suffix != ".sum" and private.search(p.read_text(encoding="utf-8", errors="ignore"))
    ]
    assert [path for path in wrong if path != name(Path(__file__))] == []


def test_decisions_are_numbered_once() -> None:
    numbers = [path.name[:4] for path in sorted((ROOT / "docs" / "decisions").glob("[0-9]*.md"))]
    assert numbers == [f"{index:04}" for index in range(1, len(numbers) + 1)]
