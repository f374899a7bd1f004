"""Files that are wrong at any one place: each is read, or refused with a message, and never ends in an exception."""

from __future__ import annotations

import copy
import json
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any, Final

import pytest

from policies.resource import Stack
from policies.values import UNKNOWN
from review import json_lines
from review.arm_reader import read_template
from review.manifest_reader import object_of, read_manifests
from review.reading import ReadError
from review.state_reader import read_state
from review.workflow_reader import read_workflows

TEMPLATES: Final = sorted((Path(__file__).parent / "templates").glob("*.json"))
WRONG: Final[tuple[Any, ...]] = (
    *(None, True, 5, 1e999, "", "x", "[", "[]", "[parameters(1)]", "\ud800", "/"),
    *([], [None], [[]], {}, {"a": None}),
)
STATE: Final = {
    "deployment": {
        "resources": [
            {
                "type": "azure-native:storage:StorageAccount",
                "urn": "urn:pulumi:dev::p::azure-native:storage:StorageAccount::a",
                "id": "/subscriptions/s",
                "inputs": {"tags": {"a": "b"}},
                "outputs": {"tags": {"a": "b"}},
                "propertyDependencies": {"tags": ["urn:pulumi:dev::p::a::b"]},
                "ignoreChanges": ["tags"],
                "parent": "urn:pulumi:dev::p::a::b",
                "protect": True,
            }
        ]
    }
}
MANIFEST: Final = {"apiVersion": "v1", "kind": "PodList", "items": [{"metadata": {"name": "a", "namespace": "b"}}]}
WORKFLOW: Final = {
    "on": {"push": {"branches": ["main"]}},
    "jobs": {"a": {"container": "x", "environment": "y", "steps": [{"run": "z"}]}},
}


def places(value: Any, at: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    yield at
    items = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for key, child in items:
        yield from places(child, (*at, key))


def wrong_at(document: Any, at: tuple[Any, ...], wrong: Any) -> Any:
    if not at:
        return wrong
    changed = copy.deepcopy(document)
    holder = changed
    for key in at[:-1]:
        holder = holder[key]
    holder[at[-1]] = wrong
    return changed


def refused_or_read(document: Any, file: Path, read: Callable[[], Stack]) -> None:
    for at in places(document):
        for wrong in WRONG:
            file.write_text(json.dumps(wrong_at(document, at, wrong)), encoding="utf-8")
            with suppress(ReadError):
                read()


@pytest.mark.parametrize("template", TEMPLATES, ids=lambda file: file.stem)
def test_a_template(template: Path, tmp_path: Path) -> None:
    # As plain objects, and not deeper: what is below is the same for every property.
    document = json.loads(json.dumps(json_lines.loads(template.read_text(encoding="utf-8"))))
    shallow = [at for at in places(document) if len(at) <= 4]
    file = tmp_path / "main.json"
    for number, at in enumerate(shallow):
        wrong = WRONG[number % len(WRONG)]
        file.write_text(json.dumps(wrong_at(document, at, wrong)), encoding="utf-8")
        with suppress(ReadError):
            read_template(file)


def test_each_part_of_a_template(tmp_path: Path) -> None:
    nested = {"type": "Microsoft.Resources/deployments", "name": "n", "properties": {"template": {"resources": []}}}
    account = {
        "type": "Microsoft.Storage/storageAccounts", "apiVersion": "2023-01-01", "name": "a", "scope": "x",
        "condition": True, "copy": {"name": "c", "count": 1}, "resources": [], "properties": {}, "dependsOn": [],
    }  # fmt: skip
    document = {
        "resources": [account, nested],
        "parameters": {"p": {"type": "string"}},
        "variables": {"copy": [{"name": "v", "count": 1}]},
        "imports": {"k": {"provider": "kubernetes"}},
        "extensions": {"k": {"name": "kubernetes"}},
    }
    file = tmp_path / "main.json"
    refused_or_read(document, file, lambda: read_template(file))


def test_a_state(tmp_path: Path) -> None:
    file = tmp_path / "state.json"
    refused_or_read(STATE, file, lambda: read_state(file))


def test_a_manifest(tmp_path: Path) -> None:
    file = tmp_path / "pods.json"
    refused_or_read(MANIFEST, file, lambda: read_manifests(file))


def test_a_workflow(tmp_path: Path) -> None:
    file = tmp_path / ".github" / "workflows" / "a.yml"
    file.parent.mkdir(parents=True)
    refused_or_read(WORKFLOW, file, lambda: read_workflows(tmp_path))


def test_a_manifest_that_contains_itself_is_read(tmp_path: Path) -> None:
    file = tmp_path / "pod.yaml"
    file.write_text("apiVersion: v1\nkind: Pod\nmetadata: &m {name: x, self: *m}\n", encoding="utf-8")
    [pod] = read_manifests(file).resources
    assert pod.name == "x"


def test_an_object_whose_name_nobody_knows_yet_says_so() -> None:
    found = object_of({"apiVersion": "v1", "kind": "Pod", "metadata": {"namespace": "a", "name": UNKNOWN}}, None)
    assert found.name == "a/(unknown)"
