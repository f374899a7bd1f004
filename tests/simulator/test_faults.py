from __future__ import annotations

import json
from pathlib import Path

import pytest

from simulator.faults import KINDS, Fault, Faults, FaultsError, answer_of, read_faults

SUBNET = "azure-native:network:Subnet"


def write(tmp_path: Path, text: str) -> Path:
    path = tmp_path / "faults.yaml"
    path.write_text(text)
    return path


def test_a_fault_is_about_any_write_unless_it_says_otherwise() -> None:
    assert Fault("conflict").strikes("delete", SUBNET, "x")
    assert not Fault("conflict", operation="create").strikes("delete", SUBNET, "x")


def test_patterns_choose_types_and_names() -> None:
    fault = Fault("conflict", type="azure-native:network:*", name="*gpu*")
    assert fault.strikes("create", SUBNET, "my-gpu-pool")
    assert not fault.strikes("create", SUBNET, "my-pool")
    assert not fault.strikes("create", "azure-native:storage:StorageAccount", "my-gpu-pool")


def test_a_fault_strikes_as_often_as_it_says_in_all_plugins_together(tmp_path: Path) -> None:
    counters = tmp_path / "counters.json"
    struck = [Faults((Fault("conflict", times=2),), counters).draw("create", SUBNET, "x") for _ in range(4)]
    assert [fault is not None for fault in struck] == [True, True, False, False]
    assert json.loads(counters.read_text()) == {"0": 2}


def test_the_first_fault_that_is_left_strikes(tmp_path: Path) -> None:
    faults = Faults((Fault("conflict"), Fault("kill")), tmp_path / "counters.json")
    assert [getattr(faults.draw("create", SUBNET, "x"), "kind", None) for _ in range(3)] == ["conflict", "kill", None]


def test_without_a_file_nothing_strikes() -> None:
    assert Faults((Fault("conflict"),)).draw("create", SUBNET, "x") is None


def test_a_file_is_read(tmp_path: Path) -> None:
    path = write(tmp_path, "faults:\n- {kind: throttle}\n- {kind: kill, operation: update, name: a, times: 3}\n")
    assert read_faults(path) == (Fault("throttle"), Fault("kill", operation="update", name="a", times=3))


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("- kind: kill", "expected a mapping with a list"),
        ("faults: [kill]", "expected a mapping with `kind`"),
        ("faults: [{kind: trottle}]", 'did you mean "throttle"'),
        ("faults: [{kind: kill, opperation: create}]", 'did you mean "operation"'),
        ("faults: [{kind: kill, operation: read}]", "no operation `read`"),
        ("faults: [{kind: kill, times: 0}]", "from 1"),
        ("faults: [{kind: kill, times: true}]", "from 1"),
        ("faults: [", "can't be read"),
    ],
)
def test_a_file_that_can_not_be_used_says_what_is_wrong(tmp_path: Path, text: str, message: str) -> None:
    with pytest.raises(FaultsError, match=message):
        read_faults(write(tmp_path, text))


@pytest.mark.parametrize("kind", sorted(set(KINDS) - {"throttle", "kill"}))
def test_every_fault_that_answers_says_that_it_was_asked_for(kind: str) -> None:
    assert "a fault on demand" in str(answer_of(Fault(kind), "create", "urn"))
