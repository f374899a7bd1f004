"""Pulumi's private names for what is below a component still hold, so locks and alerts miss nothing."""

from __future__ import annotations

import ast
from pathlib import Path

from pulumi import ComponentResource, Resource, ResourceOptions
from pulumi_azure_native import resources

from components.children import children, logical_name
from tests.components.recording import record

ROOT = Path(__file__).resolve().parents[2]


def test_children_are_those_that_name_the_parent_in_the_order_of_their_names() -> None:
    found: list[Resource] = []

    def program() -> None:
        parent = ComponentResource("platform:test:Parent", "parent")
        inner = ComponentResource("platform:test:Inner", "b", {}, ResourceOptions(parent=parent))
        resources.ResourceGroup("c", opts=ResourceOptions(parent=inner))
        resources.ResourceGroup("a", opts=ResourceOptions(parent=parent))
        resources.ResourceGroup("elsewhere")
        found.extend(children(parent))

    record(program)
    assert [logical_name(one) for one in found] == ["a", "b"]


def test_nothing_else_reads_pulumis_private_children() -> None:
    readers = {
        file.relative_to(ROOT).as_posix()
        for file in (ROOT / "components").rglob("*.py")
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8")))
        if isinstance(node, ast.Attribute) and node.attr in {"_childResources", "_name"}
    }
    assert readers == {"components/children.py"}
