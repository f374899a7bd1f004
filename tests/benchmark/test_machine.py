from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

from benchmark.machine import examine, model_name
from benchmark.memory import is_program
from engine import Engine
from engine.language_host.children import RUNNER


def test_the_processor_is_named_as_the_system_names_it() -> None:
    assert (
        model_name("processor\t: 0\nmodel name\t: AMD EPYC: 9\n\nprocessor\t: 1\nmodel name\t: other\n")
        == "AMD EPYC: 9"
    )
    assert model_name("processor\t: 0\nBogoMIPS\t: 50.00\n") is None


def test_this_machine_is_described_without_naming_it() -> None:
    machine = examine(Engine(Path("/opt/pulumi"), "3.274.1", "release", Path("/opt"), needs_our_language_host=False))
    rows = dict(machine.rows())
    assert rows["pulumi CLI"] == "3.274.1 (release)"
    assert (datetime.now(UTC).date() - machine.day).days in {0, 1}
    assert machine.cores >= 1
    assert set(rows) >= {"Python", "pulumi", "pulumi-azure-native", "processor", "memory", "system"}


def test_the_program_is_told_from_the_processes_around_it() -> None:
    assert is_program(["/venv/bin/python", str(RUNNER)])
    assert is_program(["python3", "/opt/pulumi/pulumi-language-python-exec", "--monitor", "127.0.0.1:1"])
    assert not is_program(["/venv/bin/python", "-m", "simulator", "127.0.0.1:1"])
    assert not is_program(["/opt/pulumi/pulumi-language-python", "127.0.0.1:1"])
    assert not is_program([])
