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
from review.extent import is_beyond
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


BOMB: Final = "a0: &a0 [x, x]\n" + "".join(f"a{n}: &a{n} [*a{n - 1}, *a{n - 1}]\n" for n in range(1, 60))


@pytest.mark.parametrize("text", ["metadata: &m {name: x, self: *m}\n", BOMB], ids=["itself", "bomb"])
def test_aliases_that_stand_for_more_than_a_machine_holds_are_refused(tmp_path: Path, text: str) -> None:
    manifest = tmp_path / "pod.yaml"
    manifest.write_text(f"apiVersion: v1\nkind: Pod\n{text}", encoding="utf-8")
    with pytest.raises(ReadError, match="aliases that stand for too much"):
        read_manifests(manifest)
    workflow = tmp_path / ".github" / "workflows" / "a.yml"
    workflow.parent.mkdir(parents=True)
    workflow.write_text(text, encoding="utf-8")
    with pytest.raises(ReadError, match="aliases that stand for too much"):
        read_workflows(tmp_path)


def test_aliases_that_repeat_a_little_are_read(tmp_path: Path) -> None:
    file = tmp_path / "pod.yaml"
    file.write_text("apiVersion: v1\nkind: Pod\nmetadata: {name: x, labels: &l {a: b}, annotations: *l}\n")
    [pod] = read_manifests(file).resources
    assert pod.properties["metadata"]["annotations"] == {"a": "b"}


@pytest.mark.parametrize(
    ("first", "next_"),
    [
        ("aa", "[concat({0}, {0})]"),
        ("aa", "[format('{{0}}{{0}}', {0})]"),
        ("aa", "[replace({0}, 'a', {0})]"),
        ("aa", "[join(createArray('a', 'a', 'a', 'a'), {0})]"),
        (["a"], "[concat({0}, {0})]"),
        (["a"], "[createArray({0}, {0})]"),
        (["a"], {"a": "[{0}]", "b": "[{0}]"}),
        (99, "[mul({0}, {0})]"),
    ],
)
def test_expressions_that_stand_for_more_than_a_machine_holds_are_cut_off(
    tmp_path: Path, first: Any, next_: Any
) -> None:
    def made(number: int) -> Any:
        before = f"variables('v{number - 1}')"
        if isinstance(next_, str):
            return next_.format(before)
        return {name: text.format(before) for name, text in next_.items()}

    account = {"type": "Microsoft.Storage/storageAccounts", "name": "a", "kind": "[variables('v39')]"}
    variables = {"v0": first, **{f"v{number}": made(number) for number in range(1, 40)}}
    file = tmp_path / "main.json"
    file.write_text(json.dumps({"variables": variables, "resources": [account]}), encoding="utf-8")
    [found] = read_template(file).resources
    assert not is_beyond(found.properties["kind"])


def test_an_object_whose_name_nobody_knows_yet_says_so() -> None:
    found = object_of({"apiVersion": "v1", "kind": "Pod", "metadata": {"namespace": "a", "name": UNKNOWN}}, None)
    assert found.name == "a/(unknown)"
