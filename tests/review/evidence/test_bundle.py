"""The bundle: its files, their digests, the same bytes for the same input, and no value of any property."""

from __future__ import annotations

import hashlib
import json
import re
import subprocess
from pathlib import Path

import pytest
from invoke.collection import Collection

import tasks
from review.evidence.bundle import BundleError, bundle, write
from review.evidence.model import Kind, Source
from review.writing import WriteError
from tests.review.evidence.made import HOSTILE, RESOURCES, SECRET_VALUE, part, resource
from tests.review.evidence.test_page import NOTHING

PAGE = Path(__file__).resolve().parents[3] / "docs" / "reading-policy-results.md"
STATE = Source(Kind.STATE, "prod.json", "0" * 64)
FILES = {"assessment-results.json", "control-matrix.csv", "control-matrix.html", "coverage.json", "waivers.csv"}


def files(folder: Path) -> dict[str, bytes]:
    return {one.relative_to(folder).as_posix(): one.read_bytes() for one in folder.rglob("*") if one.is_file()}


def test_each_stack_and_state_has_a_folder_of_its_own() -> None:
    found = bundle([part(*RESOURCES), part(*RESOURCES, source=STATE, checkov=NOTHING)])
    expected = {f"prod-preview/{name}" for name in FILES}
    expected |= {f"prod-state/{name}" for name in FILES | {"checkov.json"}}
    assert set(found) == expected | {"index.json", "SHA256SUMS"}


def test_the_index_says_what_was_judged_and_the_digest_of_each_file() -> None:
    found = bundle([part(*RESOURCES), part(source=STATE)])
    preview, state = json.loads(found["index.json"])["stacks"]
    assert (preview["stack"], preview["environment"], preview["classification"]) == ("prod", "prod", "Protected B")
    assert (preview["source"], preview["state"], preview["checkov"]) == ("preview", None, False)
    assert (preview["date"], preview["commit"], preview["pack"]) == ("2026-11-25", "0a1b2c3d4e5f", "0.2.0")
    assert preview["observations"] == {"fail": 1, "waived": 1, "unknown": 1, "pass": 1}
    assert preview["controls"]["law"] == {"fail": 1, "no rule": 1}
    assert state["state"] == {"file": "prod.json", "sha256": "0" * 64}
    assert state["controls"]["fw"] == {"not assessed": 3, "no rule": 0}
    assert preview["files"] == {
        name: hashlib.sha256(content).hexdigest() for name, content in found.items() if name.startswith("prod-preview/")
    }


def test_the_sums_are_in_the_form_that_other_tools_check(tmp_path: Path) -> None:
    write(bundle([part(*RESOURCES)]), tmp_path)
    check = ["sha256sum", "--check", "--strict", "SHA256SUMS"]
    checked = subprocess.run(check, cwd=tmp_path, capture_output=True, text=True, check=True)
    assert checked.stdout.count(": OK") == len(files(tmp_path)) - 1
    (tmp_path / "index.json").write_text("{}")
    assert subprocess.run(check, cwd=tmp_path, capture_output=True, check=False).returncode == 1


def test_the_same_input_gives_the_same_bytes_in_any_order_of_resources() -> None:
    assert bundle([part(*RESOURCES)]) == bundle([part(*reversed(RESOURCES))])


def test_no_value_of_a_property_is_in_it() -> None:
    whole = b"".join(bundle([part(*RESOURCES), part(*RESOURCES, source=STATE, checkov=NOTHING)]).values())
    assert RESOURCES[0].properties["note"] == SECRET_VALUE
    assert SECRET_VALUE.encode() not in whole


def test_an_older_bundle_is_replaced_whole(tmp_path: Path) -> None:
    write(bundle([part(*RESOURCES, source=STATE, checkov=NOTHING)]), tmp_path / "out")
    newer = bundle([part(*RESOURCES)])
    write(newer, tmp_path / "out")
    assert files(tmp_path / "out") == newer


@pytest.mark.parametrize("name", ["notes.txt", "prod-preview/notes.txt", "index.json"])
def test_a_folder_with_anything_else_is_left_as_it_is(tmp_path: Path, name: str) -> None:
    (tmp_path / name).parent.mkdir(exist_ok=True)
    (tmp_path / name).write_text("mine")
    with pytest.raises(BundleError, match=f"{name}, which is no part of a bundle; nothing was written"):
        write(bundle([part(*RESOURCES)]), tmp_path)
    assert files(tmp_path) == {name: b"mine"}


def test_a_file_in_the_place_of_the_folder_is_left_as_it_is(tmp_path: Path) -> None:
    (tmp_path / "out").write_text("mine")
    with pytest.raises(BundleError, match="out is no folder; nothing was written"):
        write(bundle([part(*RESOURCES)]), tmp_path / "out")
    assert files(tmp_path) == {"out": b"mine"}


def test_a_disk_that_is_full_leaves_the_older_bundle(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    older = bundle([part(*RESOURCES, source=STATE, checkov=NOTHING)])
    write(older, tmp_path / "out")

    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("review.writing._stage", full)
    with pytest.raises(WriteError, match="No space left on device"):
        write(bundle([part(*RESOURCES)]), tmp_path / "out")
    assert files(tmp_path / "out") == older


def test_two_of_one_name_are_refused() -> None:
    with pytest.raises(BundleError, match="prod-preview"):
        bundle([part(*RESOURCES), part(*RESOURCES)])


@pytest.mark.parametrize("name", ["../../etc/x", "..", "", "/etc", "a\\b", "a\nb", HOSTILE])
def test_no_name_of_a_stack_leads_out_of_the_folder(tmp_path: Path, name: str) -> None:
    write(bundle([part(resource("bad", True), name=name)]), tmp_path / "out")
    assert [one.name for one in tmp_path.iterdir()] == ["out"]
    (own,) = (one for one in (tmp_path / "out").iterdir() if one.is_dir())
    assert own.name.endswith("-preview")
    assert {one.name for one in own.iterdir()} == FILES


def test_the_page_for_readers_names_each_file_and_commands_that_there_are() -> None:
    text = PAGE.read_text(encoding="utf-8")
    found = bundle([part(*RESOURCES, checkov=NOTHING)])
    assert {Path(name).name for name in found} - set(re.findall(r"`([\w.-]+)`", text)) == set()
    commands = set(re.findall(r"invoke ([a-z-]+)", text))
    assert commands <= set(Collection.from_module(tasks).task_names)
    assert {"policy", "evidence", "checkov"} <= commands
