"""Every type of the stacks is read by a rule, or somebody said why not."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

from policies.catalogue import rules
from policies.judge import judge
from policies.unread import FILE, UnreadError, left_out
from simulator.catalog import open_catalog
from tests.policies.planned import planned, profile_of

STACKS = ("dev", "test", "prod", "dr")
READ = {type_ for rule in rules() for type_ in rule.types}
COMPONENTS = Path(__file__).resolve().parents[2] / "components"


@cache
def made_by_components() -> frozenset[str]:
    """The types of Azure that components make, whether or not a stack asks for it: by the calls in their source."""
    return frozenset(type_ for file in COMPONENTS.rglob("*.py") for type_ in _made(file))


def _made(file: Path) -> Iterator[str]:
    tree = ast.parse(file.read_text(encoding="utf-8"))
    modules = {
        name.asname or name.name: name.name
        for node in ast.walk(tree)
        if isinstance(node, ast.ImportFrom) and node.module == "pulumi_azure_native"
        for name in node.names
    }
    for node in ast.walk(tree):
        if (
            isinstance(node, ast.Call)
            and isinstance(node.func, ast.Attribute)
            and isinstance(node.func.value, ast.Name)
        ):
            type_ = f"azure-native:{modules.get(node.func.value.id)}:{node.func.attr}"
            if open_catalog().resource(type_) is not None:
                yield type_


@pytest.mark.parametrize("stack", STACKS)
def test_every_type_is_read_or_left_out_on_purpose(stack: str) -> None:
    unread = judge(planned(stack), profile_of(stack), rules()).unread
    missing = sorted(set(unread) - set(left_out()))
    assert missing == [], "write a rule for these, or say in policies/unread.yaml why they need none"


def test_a_type_that_components_make_is_read_or_left_out_on_purpose_though_no_stack_has_it() -> None:
    assert "azure-native:apimanagement:ApiManagementService" in made_by_components()
    assert sorted(made_by_components() - READ - set(left_out())) == []


def test_no_type_is_left_out_that_a_rule_reads() -> None:
    assert sorted(READ & set(left_out())) == [], "take these out of policies/unread.yaml"


def test_no_type_is_left_out_that_nothing_makes() -> None:
    made = {resource.type for stack in STACKS for resource in planned(stack).resources}
    assert sorted(set(left_out()) - made - made_by_components()) == []


def test_rules_that_look_at_a_type_beside_another_are_there() -> None:
    known = {rule.id for rule in rules()}
    assert {type_: one.rules for type_, one in left_out().items() if not known.issuperset(one.rules)} == {}


def test_reasons_are_sentences_and_types_in_order() -> None:
    assert [one.reason for one in left_out().values() if not (one.reason[0].isupper() and one.reason[-1] == ".")] == []
    assert [*left_out()] == sorted(left_out())


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("types: [", "can't be read"),
        ("azure-native:x:Y: {reason: Not needed by anybody.}", "must be an object with an object `types`"),
        ("types: {'azure-native:x:Y': {reason: No.}}", r"azure-native:x:Y\.reason: String should have at least"),
        ("types: {'azure-native:x:Y': {why: Not needed by anybody.}}", r"azure-native:x:Y\.reason: Field required"),
        ("types: {'azure-native:x:Y': Not needed by anybody.}", r"azure-native:x:Y\.\(itself\)"),
    ],
    ids=["no YAML", "no types", "no real reason", "another field", "a text"],
)
def test_a_file_that_is_not_in_form_says_where(text: str, message: str, tmp_path: Path) -> None:
    file = tmp_path / FILE.name
    file.write_text(text, encoding="utf-8")
    with pytest.raises(UnreadError, match=f"(?s){FILE.name}.*{message}"):
        left_out(file)
