"""Every folder that a cluster is told to apply exists, and holds what kustomize can read."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml

import stacks
from components.aks.installation import cluster_folder
from stacks.types import Environment

ROOT = Path(__file__).parents[2]
FOLDERS = sorted(file.parent for file in (ROOT / "gitops").rglob("kustomization.yaml"))


def kustomization(folder: Path) -> dict[str, Any]:
    found: dict[str, Any] = yaml.safe_load((folder / "kustomization.yaml").read_text(encoding="utf-8"))
    return found


@pytest.mark.capability("T1")
@pytest.mark.parametrize("environment", list(Environment))
def test_the_folder_that_a_stack_names_exists_and_no_other(environment: Environment) -> None:
    wanted = stacks.load(environment.value).cluster.gitops is not None
    assert (ROOT / cluster_folder(environment.value) / "kustomization.yaml").is_file() is wanted


@pytest.mark.parametrize("folder", FOLDERS, ids=lambda folder: str(folder.relative_to(ROOT)))
def test_what_a_folder_refers_to_exists_and_every_file_is_used(folder: Path) -> None:
    named = kustomization(folder)["resources"]
    assert all((folder / each).exists() for each in named)
    files = {file.name for file in folder.glob("*.yaml")} - {"kustomization.yaml"}
    assert files == {each for each in named if each.endswith(".yaml")}


@pytest.mark.parametrize("folder", FOLDERS, ids=lambda folder: str(folder.relative_to(ROOT)))
def test_a_clusters_folder_holds_differences_only(folder: Path) -> None:
    if folder.parent.name == "clusters":
        assert kustomization(folder)["resources"] == ["../../base"]
        patched = {patch["target"]["name"] for patch in kustomization(folder)["patches"]}
        assert patched <= {item["metadata"]["name"] for item in objects(ROOT / "gitops" / "base")}


def objects(folder: Path) -> list[dict[str, Any]]:
    files = [folder / each for each in kustomization(folder)["resources"] if each.endswith(".yaml")]
    return [item for file in files for item in yaml.safe_load_all(file.read_text(encoding="utf-8"))]


def test_no_secret_lies_in_the_repository() -> None:
    assert "Secret" not in {item["kind"] for folder in FOLDERS for item in objects(folder)}


def test_no_budget_pretends_to_protect_a_controller_that_has_one_copy() -> None:
    """Flux's controllers on AKS have one copy each: a budget protects nothing, or stops every upgrade of a node."""
    kinds = [(item["kind"], item["metadata"].get("namespace")) for folder in FOLDERS for item in objects(folder)]
    assert ("PodDisruptionBudget", "flux-system") not in kinds
