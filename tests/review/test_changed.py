"""Which stacks a change affects: the named ones only where that is sure, all of them otherwise."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from policies.profile import environments
from review.changed import ChangeError, affected, changed

ROOT = Path(__file__).resolve().parents[2]
ALL = environments()


@pytest.mark.parametrize("stack", ALL)
def test_a_stacks_own_file_affects_that_stack(stack: str) -> None:
    assert affected([f"stacks/Pulumi.{stack}.yaml"]) == (stack,)


def test_stacks_come_in_their_order_and_once() -> None:
    paths = ["stacks/Pulumi.prod.yaml", "stacks/Pulumi.dev.yaml", "stacks/Pulumi.prod.yaml"]
    assert affected(paths) == ("dev", "prod")


@pytest.mark.parametrize(
    "path",
    [
        "README.md",
        "docs/runbooks/rotate-key.md",
        "docs/capabilities/aks.yaml",
        "tests/components/test_platform.py",
        "benchmark/sizes.py",
        ".ci/run",
        ".gitignore",
        ".github/CODEOWNERS",
        ".github/dependabot.yml",
        ".github/pull_request_template.md",
    ],
)
def test_what_no_stack_reads_affects_none(path: str) -> None:
    assert affected([path]) == ()


@pytest.mark.parametrize(
    "path",
    [
        "components/aks/cluster.py",
        "facts/regions.yaml",
        "policies/waivers.yaml",
        "policies/rules/aks/upgrades.py",
        "stacks/defaults.yaml",
        "stacks/checks/cluster.py",
        "stacks/Pulumi.staging.yaml",
        "stacks/Pulumi.prod.yaml.orig",
        "stacks/old/Pulumi.prod.yaml",
        "simulator/service.py",
        "engine/cli.py",
        "rehearsal/run.py",
        "review/changed.py",
        ".github/workflows/review.yml",
        ".github/actions/prepare/action.yml",
        "uv.lock",
        "pyproject.toml",
        "tasks.py",
        "__main__.py",
        "Pulumi.yaml",
        "gitops/clusters/prod/kustomization.yaml",
        "components/README.md",
        "Docs/page.md",
        "docs",
        "",
        "new/file",
    ],
)
def test_whatever_else_affects_all(path: str) -> None:
    assert affected([path]) == ALL


def test_every_file_of_the_platform_affects_a_stack() -> None:
    rooms = ("components", "facts", "policies", "simulator", "stacks")
    files = [p.relative_to(ROOT).as_posix() for room in rooms for p in (ROOT / room).rglob("*") if p.is_file()]
    assert len(files) > 300
    assert [path for path in files if not affected([path])] == []


PATHS = st.lists(
    st.one_of(
        st.text(max_size=30),
        st.sampled_from([f"stacks/Pulumi.{stack}.yaml" for stack in ALL]),
        st.sampled_from(["docs/a.md", "components/a.py", "tests/a.py", "README.md"]),
    )
)


@given(PATHS, PATHS)
def test_two_changes_affect_what_each_of_them_affects(one: list[str], other: list[str]) -> None:
    together = affected([*one, *other])
    assert set(together) == set(affected(one)) | set(affected(other))
    assert together == affected([*reversed(other), *one])
    assert list(together) == [stack for stack in ALL if stack in together]


def git(folder: Path, *arguments: str) -> None:
    identity = ("-c", "user.name=a", "-c", "user.email=a@gov.example", "-c", "commit.gpgsign=false")
    subprocess.run(["git", *identity, *arguments], cwd=folder, check=True, capture_output=True)


@pytest.fixture
def clone(tmp_path: Path) -> Path:
    git(tmp_path, "init", "--initial-branch=main")
    for name in ("kept", "moved", "gone"):
        (tmp_path / name).write_text(name * 20)
    git(tmp_path, "add", ".")
    git(tmp_path, "commit", "-m", "base")
    git(tmp_path, "checkout", "-b", "change")
    return tmp_path


def test_changed_files_are_those_of_the_branch_and_of_the_work_tree(clone: Path) -> None:
    (clone / "gone").unlink()
    (clone / "moved").rename(clone / "ünd\n moved")
    git(clone, "add", "--all")
    git(clone, "commit", "-m", "change")
    (clone / "kept").write_text("edited, not committed")
    (clone / "new").write_text("not added")
    # What main did meanwhile is no part of the change.
    git(clone, "stash", "--include-untracked")
    git(clone, "checkout", "main")
    (clone / "others").write_text("")
    git(clone, "add", "others")
    git(clone, "commit", "-m", "other work")
    git(clone, "checkout", "change")
    git(clone, "stash", "pop")
    assert changed("main", clone) == ("gone", "kept", "moved", "new", "ünd\n moved")


def test_the_first_parent_of_a_merge_is_a_base(clone: Path) -> None:
    (clone / "new").write_text("")
    git(clone, "add", "new")
    git(clone, "commit", "-m", "change")
    git(clone, "checkout", "main")
    git(clone, "merge", "--no-ff", "--no-edit", "change")
    assert changed("HEAD^1", clone) == ("new",)


@pytest.mark.parametrize("base", ["nowhere", "--output=file"])
def test_a_base_that_is_not_there_is_an_error_that_says_so(clone: Path, base: str) -> None:
    with pytest.raises(ChangeError, match="name a base that this clone has"):
        changed(base, clone)
    assert not (clone / "file").exists()
