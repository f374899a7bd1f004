"""Manifests and states as stacks."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from policies.resource import Resource, Stack
from policies.values import SECRET, UNKNOWN
from review.manifest_reader import read_manifests
from review.manifests import exported_manifests, manifests
from review.reading import ReadError
from review.state_reader import read_state
from tests.policies.planned import planned

DEPLOYMENT = """# the app
apiVersion: apps/v1
kind: Deployment
metadata: {name: app, namespace: team}
spec: {replicas: 2}
---
---
apiVersion: v1
kind: List
items:
  - {apiVersion: v1, kind: Service, metadata: {name: app}}
  - {apiVersion: v1, kind: ConfigMap, metadata: {generateName: made-}, data: {day: 2026-11-25}}
"""


def test_documents_and_lists_are_unfolded(tmp_path: Path) -> None:
    file = tmp_path / "app.yaml"
    file.write_text(DEPLOYMENT, encoding="utf-8")
    deployment, service, config = read_manifests(file).resources
    assert (deployment.type, deployment.name) == ("kubernetes:apps/v1:Deployment", "team/app")
    assert deployment.properties["spec"] == {"replicas": 2}
    assert deployment.place is not None
    assert deployment.place.line == 2
    assert service.type == "kubernetes:core/v1:Service"
    assert (config.name, config.properties["data"]) == ("(generated)", {"day": "2026-11-25"})


def test_items_of_a_typed_list_take_its_kind(tmp_path: Path) -> None:
    file = tmp_path / "pods.yaml"
    file.write_text("apiVersion: v1\nkind: PodList\nitems:\n  - metadata: {name: a}\n", encoding="utf-8")
    [pod] = read_manifests(file).resources
    assert (pod.type, pod.name) == ("kubernetes:core/v1:Pod", "a")


def test_a_folder_is_read_in_order_and_other_files_in_it_are_left(tmp_path: Path) -> None:
    (tmp_path / "b").mkdir()
    (tmp_path / "b" / "x.yml").write_text("apiVersion: v1\nkind: Pod\nmetadata: {name: x}\n", encoding="utf-8")
    (tmp_path / "a.yaml").write_text("apiVersion: v1\nkind: Pod\nmetadata: {name: a}\n", encoding="utf-8")
    kustomize = "apiVersion: kustomize.config.k8s.io/v1beta1\nkind: Kustomization\n"
    (tmp_path / "kustomization.yaml").write_text(kustomize, encoding="utf-8")
    (tmp_path / "values.yaml").write_text("replicas: 1\n", encoding="utf-8")
    assert [one.name for one in read_manifests(tmp_path).resources] == ["a", "x"]


@pytest.mark.parametrize(
    ("text", "what"),
    [("a: [", "is no YAML, line 1"), ("replicas: 1\n", "holds no object"), ("{{ .Values.x }}: {", "is no YAML")],
)
def test_a_wrong_manifest_is_refused(tmp_path: Path, text: str, what: str) -> None:
    file = tmp_path / "x.yaml"
    file.write_text(text, encoding="utf-8")
    with pytest.raises(ReadError, match=what):
        read_manifests(file)


def test_an_empty_folder_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ReadError, match="holds no YAML files"):
        read_manifests(tmp_path)


def test_manifests_of_a_stack_come_back(tmp_path: Path) -> None:
    stack = planned("prod")
    file = tmp_path / "prod.yaml"
    file.write_text(manifests(stack), encoding="utf-8")
    wanted = [one for one in stack.resources if one.type.startswith("kubernetes:")]
    found = read_manifests(file).resources
    assert [one.type for one in found] == [one.type for one in wanted]
    assert [one.properties["metadata"] for one in found] == [one.properties["metadata"] for one in wanted]
    assert len(found) > 10


def test_a_line_of_a_manifest_leads_back_and_what_is_hidden_is_listed() -> None:
    def one(type_: str, name: str, **properties: Any) -> Resource:
        return Resource(type=f"kubernetes:{type_}", name=name, properties=properties)

    secret = one("core/v1:Secret", "s", metadata={"name": "s"}, stringData={"k": SECRET, "n": UNKNOWN}, status={})
    release = one("helm.sh/v3:Release", "r", chart="c")
    pod = one("core/v1:Pod", "p", metadata={"name": "p"}, spec={"containers": [UNKNOWN, {"name": "c"}]})
    exported = exported_manifests(Stack("s", (secret, release, pod)))
    assert [(each.resource.name, each.path, each.why) for each in exported.left_out] == [
        ("s", "stringData.k", "secret"),
        ("s", "stringData.n", "unknown"),
        ("r", "", "is no object of the API"),
        ("p", "spec.containers[0]", "unknown"),
    ]
    assert "status" not in exported.text
    lines = exported.text.split("\n")
    for origin in exported.origins:
        assert lines[origin.first - 1].startswith("apiVersion: ")
        assert exported.at(origin.first) is exported.at(origin.last) is origin.resource


SIGNATURE = "4dabf18193072939515e22adb298388d"
STATE = {
    "version": 3,
    "deployment": {
        "resources": [
            {"urn": "urn:pulumi:prod::p::pulumi:pulumi:Stack::p-prod", "type": "pulumi:pulumi:Stack"},
            {
                "urn": "urn:pulumi:prod::p::azure-native:storage/v20230101:StorageAccount::st",
                "type": "azure-native:storage/v20230101:StorageAccount",
                "id": "/subscriptions/s/resourceGroups/rg/providers/Microsoft.Storage/storageAccounts/st",
                "parent": "urn:pulumi:prod::p::pulumi:pulumi:Stack::p-prod",
                "protect": True,
                "ignoreChanges": ["tags"],
                "propertyDependencies": {"location": ["urn:a"], "kind": None},
                "inputs": {
                    "accessTier": "Hot",
                    "sku": {"name": "Standard_ZRS"},
                    "tags": {"k": {SIGNATURE: "1b47061264138c4ac30d75fd1eb44270", "ciphertext": "v1:x"}},
                    "kind": "04da6b54-80e4-46f7-96ec-b56ff0331ba9",
                    "customDomain": {SIGNATURE: "c44067f5952c0a294b673a41bacd8c17", "hash": "h"},
                    "__defaults": [],
                },
                "outputs": {
                    "accessTier": "Cool",
                    "minimumTlsVersion": "TLS1_2",
                    "sku": {"name": "Standard_LRS", "tier": "Standard"},
                    "kind": "StorageV2",
                },
            },
            {"urn": "urn:pulumi:prod::p::a:b:C::gone", "type": "a:b:C", "delete": True},
        ]
    },
}  # fmt: skip


@pytest.fixture
def written(tmp_path: Path) -> Any:
    def write(document: Any) -> Path:
        file = tmp_path / "state.json"
        file.write_text(json.dumps(document), encoding="utf-8")
        return file

    return write


@pytest.mark.parametrize("form", ["export", "checkpoint"])
def test_a_state_has_what_was_given_and_what_only_azure_answered(written: Any, form: str) -> None:
    document: Any = STATE if form == "export" else {"version": 3, "checkpoint": {"latest": STATE["deployment"]}}
    stack = read_state(written(document))
    assert stack.name == "prod"
    root, account = stack.resources
    assert root.type == "pulumi:pulumi:Stack"
    assert account.type == "azure-native:storage:StorageAccount"
    assert account.properties == {
        "accessTier": "Hot",
        "sku": {"name": "Standard_ZRS", "tier": "Standard"},
        "tags": {"k": SECRET},
        "kind": "StorageV2",
        "customDomain": UNKNOWN,
        "minimumTlsVersion": "TLS1_2",
    }
    assert (account.name, account.protect, account.ignore_changes) == ("st", True, ("tags",))
    assert account.id is not None
    assert account.parent == root.urn
    assert account.dependencies == {"location": ("urn:a",)}


@pytest.mark.parametrize(
    ("document", "what"),
    [
        ([], "neither a deployment nor a checkpoint"),
        ({"deployment": 1}, "neither a deployment nor a checkpoint"),
        ({"deployment": {"resources": {"a": 1}}}, "no list"),
        ({"deployment": {"resources": [{}]}}, "no type or no urn"),
    ],
)
def test_a_wrong_state_is_refused(written: Any, document: Any, what: str) -> None:
    with pytest.raises(ReadError, match=what):
        read_state(written(document))


def test_a_state_without_resources_is_empty(written: Any) -> None:
    assert read_state(written({"version": 3, "deployment": {}})).resources == ()
