"""How problems read."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import pytest

from stacks import SettingsError, load
from stacks.problems import Place, Problem, closest, dotted

GOLDEN = """\
3 problems in the settings of stack 'dev'; nothing was built.

1. 'azure-native:locaton' is not a key of `config`. Did you mean 'azure-native:location'?
   where:   config.azure-native:locaton  (stacks/Pulumi.dev.yaml, line 2)
   follows: Nothing reads it: what you meant would silently not happen.
   fix:     Rename it to 'azure-native:location'.

2. 'LSR' is not one of LRS, ZRS, GRS, GZRS.
   where:   storage.replication  (stacks/Pulumi.dev.yaml, line 20)
   follows: The environment can't be built from it.
   fix:     Write 'LRS'.

3. The setting 'vm_size' is missing.
   where:   cluster.gpu_pools.t4.vm_size  (stacks/Pulumi.dev.yaml, line 27)
   follows: It has no default, so the environment can't be built.
   fix:     Add it: A GPU size that the region offers."""


def test_the_whole_text_of_three_problems(folder: Path, write_dev: Callable[[Mapping[str, Any]], None]) -> None:
    write_dev({"storage": {"replication": "LSR"}, "cluster": {"gpu_pools": {"t4": {"vm_size": None}}}})
    file = folder / "Pulumi.dev.yaml"
    text = file.read_text(encoding="utf-8").replace("config:\n", "config:\n  azure-native:locaton: canadacentral\n")
    file.write_text(text.replace("        vm_size: null\n", ""), encoding="utf-8")
    with pytest.raises(SettingsError) as caught:
        load("dev", folder=folder)
    assert str(caught.value) == GOLDEN


@pytest.mark.parametrize(
    ("path", "text"),
    [((), ""), (("a",), "a"), (("a", "b", 0, "c"), "a.b[0].c")],
)
def test_a_path_reads_as_people_write_it(path: tuple[str | int, ...], text: str) -> None:
    assert dotted(path) == text


def test_a_problem_without_path_and_place_has_no_where() -> None:
    assert str(Problem(path=(), what="W.", follows="F.", fix="X.")) == "W.\n  follows: F.\n  fix:     X."


def test_a_place_names_the_line_if_there_is_one() -> None:
    assert [str(Place("f")), str(Place("f", 3)), str(Place("f", 3, 4))] == ["f", "f, line 3", "f, line 3, column 4"]


@pytest.mark.parametrize(
    ("word", "found"), [("min_cout", "min_count"), ("MIN_COUNT", "min_count"), ("colour", None), ("", None)]
)
def test_only_a_near_word_is_suggested(word: str, found: str | None) -> None:
    assert closest(word, ["min_count", "max_price"]) == found


def test_a_secret_is_taken_out_of_every_part() -> None:
    problem = Problem(path=("a",), what="is s3", follows="s3", fix="not s3").without(["s3"])
    assert "s3" not in str(problem)
    assert problem.path == ("a",)
