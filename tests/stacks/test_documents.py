"""YAML as Pulumi reads it, with lines."""

from __future__ import annotations

from pathlib import Path

import pytest

from stacks.documents import Document, read
from stacks.types import ENCRYPTED


@pytest.fixture
def document(tmp_path: Path) -> Document:
    return read_text(
        tmp_path,
        """\
config:
  # a comment
  platform:settings:
    zones: ["1", 2]
    nested: {deep: true}
    secret:
      secure: v1:abc
""",
    )


def read_text(folder: Path, text: str) -> Document:
    file = folder / "Pulumi.dev.yaml"
    file.write_bytes(text.encode())
    return read(file)


def only_problem(document: Document) -> str:
    (problem,) = document.problems
    return str(problem)


def test_every_path_has_its_line(document: Document) -> None:
    top = ("config", "platform:settings")
    assert document.lines[top] == 3
    assert document.lines[*top, "zones"] == 4
    assert document.lines[*top, "zones", 1] == 4
    assert document.lines[*top, "nested", "deep"] == 5
    assert str(document.place((*top, "secret"))).endswith("Pulumi.dev.yaml, line 6")


def test_a_path_that_the_file_does_not_hold_has_no_place(document: Document) -> None:
    assert document.place(("config", "other")) is None


def test_an_encrypted_value_becomes_a_placeholder(document: Document) -> None:
    assert document.content["config"]["platform:settings"]["secret"] == ENCRYPTED
    assert document.encrypted == {("config", "platform:settings", "secret")}


@pytest.mark.parametrize(
    ("written", "value"),
    [
        # What Pulumi 3.274.1 hands over for the same words (`pulumi config --json`).
        ("2026-04-01", "2026-04-01 00:00:00 +0000 UTC"),
        ('"2026-04-01"', "2026-04-01"),
        ('"1.35"', "1.35"),
        ("1.30", 1.3),
        ("yes", "yes"),
        ("01:00", "01:00"),
        ("true", True),
        ("-1", -1),
        ("010", 8),
        ("null", None),
        ("~", None),
        ("", None),
        ("None", "None"),
    ],
)
def test_plain_words_mean_what_they_mean_to_pulumi(tmp_path: Path, written: str, value: object) -> None:
    found = read_text(tmp_path, f"key: {written}\n").content["key"]
    assert found == value
    assert type(found) is type(value)


def test_a_key_is_always_text(tmp_path: Path) -> None:
    assert read_text(tmp_path, "1: a\ntrue: b\n").content == {"1": "a", "true": "b"}


def test_a_key_that_is_written_twice_is_an_error(tmp_path: Path) -> None:
    text = only_problem(read_text(tmp_path, "a: 1\nb: 2\na: 3\n"))
    assert "The key 'a' is written twice, in lines 1 and 3." in text
    assert "line 3" in text.splitlines()[1]


def test_two_keys_of_the_same_name_in_two_sections_are_fine(tmp_path: Path) -> None:
    assert not read_text(tmp_path, "a: {x: 1}\nb: {x: 1}\n").problems


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("", "The file is empty."),
        ("# only a comment\n", "The file is empty."),
        ("- a\n- b\n", "The top of the file is a list."),
        ("hello\n", "The top of the file is text."),
        ("a:\n\tb: 1\n", "a tab stands where YAML allows spaces only"),
        ("a: [1, 2\n", "The file is not valid YAML"),
        ("a: b: c\n", "mapping values are not allowed here"),
        ("a: !!python/object:os.system {}\n", ""),
        ("a: !!int x\n", "'x' is not what its tag says"),
        ("a: !!bool x\n", "'x' is not what its tag says"),
        ("a: &a [*a]\n", "A YAML alias contains itself."),
        ("a: *nobody\n", "found undefined alias"),
        ("a: 1\n---\na: 2\n", "expected a single document"),
        ("[1, 2]: x\n", "Line 1 has a list or a mapping as its key."),
        ("a: \x01\n", "it holds a character that YAML doesn't allow"),
    ],
)
def test_a_broken_file_is_a_problem_and_not_a_traceback(tmp_path: Path, text: str, says: str) -> None:
    document = read_text(tmp_path, text)
    assert says in "".join(map(str, document.problems))
    assert bool(document.problems) is bool(says)


def test_a_syntax_error_names_line_and_column(tmp_path: Path) -> None:
    assert "Pulumi.dev.yaml, line 2, column 5" in only_problem(read_text(tmp_path, "a: 1\nb: c: d\n"))


def test_a_file_that_is_not_utf_8_is_a_problem(tmp_path: Path) -> None:
    file = tmp_path / "Pulumi.dev.yaml"
    file.write_bytes(b"a: \xff\n")
    assert "Byte 4 of the file is not UTF-8 text." in only_problem(read(file))


def test_a_byte_order_mark_is_no_problem(tmp_path: Path) -> None:
    assert read_text(tmp_path, "\ufeffa: 1\n").content == {"a": 1}
