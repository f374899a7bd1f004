"""The smallest measurements, with the real engine; none of them judges a time."""

from __future__ import annotations

from pathlib import Path

import pytest
from filelock import FileLock
from rich.console import Console

import engine
from benchmark import suite
from benchmark.measures import Measure
from benchmark.run import BenchmarkError, generated, the_project, without

UNUSED = engine.Engine(Path("/opt/pulumi"), "3.274.1", "release", Path("/opt"), needs_our_language_host=False)


def test_byte_code_is_kept_whatever_the_shell_says(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("PYTHONDONTWRITEBYTECODE", "1")
    assert "PYTHONDONTWRITEBYTECODE" not in the_project(UNUSED, "prod", tmp_path).environment


def test_only_a_program_without_checkpoints_asks_the_engine_for_them(tmp_path: Path) -> None:
    kept = without(UNUSED, [Measure.BYTE_CODE], root=tmp_path).environment
    assert kept["PULUMI_SKIP_CHECKPOINTS"] == "true"
    assert without(UNUSED, list(Measure), root=tmp_path).environment["PULUMI_SKIP_CHECKPOINTS"] == "false"


def test_each_subject_has_a_folder_of_its_own(tmp_path: Path) -> None:
    subjects = [
        the_project(UNUSED, "prod", tmp_path),
        *(without(UNUSED, [measure], root=tmp_path) for measure in Measure),
        without(UNUSED, list(Measure), root=tmp_path),
        generated(UNUSED, 100, root=tmp_path),
        generated(UNUSED, 100, list(Measure), root=tmp_path),
    ]
    assert len({subject.folder for subject in subjects}) == len(subjects)


def test_two_benchmarks_do_not_measure_each_other(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(suite, "ROOT", tmp_path)
    monkeypatch.setattr(engine, "ensure", lambda _: UNUSED)
    with FileLock(tmp_path / "benchmark.lock"), pytest.raises(BenchmarkError, match="another benchmark is running"):
        suite.measure(Console(quiet=True), quick=True)


@pytest.mark.engine
@pytest.mark.parametrize("measures", [[], list(Measure)], ids=["ours", "stock"])
def test_a_preview_is_measured(measures: list[Measure], tmp_path: Path) -> None:
    subject = generated(engine.ensure(engine.Silent()), 3, measures, root=tmp_path)
    subject.start_afresh()
    run = subject.run("preview")
    assert run.outcome.count() == {"create": 3}
    assert run.seconds > 0
    assert run.megabytes is not None
    assert 50 < run.megabytes < 1000
    assert len(subject.durations("preview")) == 3


@pytest.mark.engine
def test_a_failing_run_stops_with_the_engines_message(tmp_path: Path) -> None:
    subject = generated(engine.ensure(engine.Silent()), 3, root=tmp_path)
    subject.start_afresh()
    with pytest.raises(BenchmarkError, match=r"no table is\s+written:\n.*unknown flag: --no-such-flag") as error:
        subject.run("preview", "--no-such-flag")
    assert "pulumi preview" in str(error.value)
