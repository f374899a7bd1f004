"""A YAML file as data that remembers its lines, read the way Pulumi reads it.

Owns reading: syntax, duplicate keys, which plain words are numbers or truth values. Does not own what the data means.

PyYAML alone would differ from Pulumi (which reads YAML 1.2): `01:00` would be 60 and `yes` would be true, where Pulumi
hands over text.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import yaml

from stacks.problems import Place, Problem, SettingPath
from stacks.types import ENCRYPTED

if TYPE_CHECKING:
    import pathlib

_NO_ENVIRONMENT = "No environment can be built from this file."


@dataclass(frozen=True)
class Document:
    """One file: its top-level mapping, the line of every path, the paths of encrypted values, and what is wrong."""

    name: str
    content: dict[str, Any] = field(default_factory=dict)
    lines: dict[SettingPath, int] = field(default_factory=dict)
    encrypted: set[SettingPath] = field(default_factory=set)
    problems: list[Problem] = field(default_factory=list)

    def place(self, path: SettingPath) -> Place | None:
        """File and line of `path`; None when the file doesn't hold it."""
        return Place(self.name, self.lines[path]) if path in self.lines else None


def read(file: pathlib.Path) -> Document:
    """The document in `file`. Never raises for what the file says: see `Document.problems`.

    Raises:
        OSError: the file can't be opened.
    """
    document = Document(name=f"{file.parent.name}/{file.name}")
    try:
        # utf-8-sig: some editors on Windows write a byte-order mark.
        _fill(document, yaml.compose(file.read_text(encoding="utf-8-sig"), Loader=_Loader))
    except UnicodeDecodeError as error:
        _report(document, (), f"Byte {error.start + 1} of the file is not UTF-8 text", "Save it as UTF-8.")
    except yaml.YAMLError as error:
        _report_syntax(document, error)
    return document


def _fill(document: Document, root: yaml.Node | None) -> None:
    if root is None:
        _report(document, (), "The file is empty", "Write the settings, or bring the file back from version control.")
        return
    content = _build(document, root, (), ())
    if isinstance(content, dict):
        document.content.update(content)
    else:
        _report(document, (), f"The top of the file is {kind(content)}", "Write a mapping (`key: value` lines).")


def _build(document: Document, node: yaml.Node, path: SettingPath, above: tuple[yaml.Node, ...]) -> Any:
    document.lines.setdefault(path, node.start_mark.line + 1)
    if node in above:
        _report(document, path, "A YAML alias contains itself", "Write the value out.")
        return None
    if isinstance(node, yaml.MappingNode):
        return _build_mapping(document, node, path, (*above, node))
    if isinstance(node, yaml.SequenceNode):
        return [_build(document, item, (*path, index), (*above, node)) for index, item in enumerate(node.value)]
    return _Loader.scalar(node)


def _build_mapping(document: Document, node: yaml.MappingNode, path: SettingPath, above: tuple[yaml.Node, ...]) -> Any:
    content: dict[str, Any] = {}
    for key_node, value_node in node.value:
        line = key_node.start_mark.line + 1
        if not isinstance(key_node, yaml.ScalarNode):
            _report(
                document, path, f"Line {line} has a list or a mapping as its key", "Quote it, or write a plain key."
            )
            continue
        key: str = key_node.value  # always text, as in Pulumi: the key 1 is "1"
        if key in content:
            first = document.lines[*path, key]
            message = f"The key {key!r} is written twice, in lines {first} and {line}"
            document.lines[*path, key] = line
            _report(document, (*path, key), message, "Keep one of the two.")
            continue
        document.lines[*path, key] = line
        content[key] = _build(document, value_node, (*path, key), above)
    if list(content) == ["secure"] and isinstance(content["secure"], str):
        document.encrypted.add(path)
        return ENCRYPTED
    return content


def kind(value: object) -> str:
    """What a YAML value is, in the words of YAML."""
    names = {dict: "a mapping", list: "a list", str: "text", bool: "true or false", int: "a number", float: "a number"}
    return names.get(type(value), "nothing")


def _report(document: Document, path: SettingPath, what: str, fix: str, place: Place | None = None) -> None:
    problem = Problem(path=path, what=f"{what}.", follows=_NO_ENVIRONMENT, fix=fix)
    document.problems.append(problem.at(place or document.place(path) or Place(document.name)))


def _report_syntax(document: Document, error: yaml.YAMLError) -> None:
    mark = getattr(error, "problem_mark", None)
    place = None if mark is None else Place(document.name, mark.line + 1, mark.column + 1)
    parts = [getattr(error, name, None) for name in ("context", "problem")]
    reason = ", ".join(part for part in parts if part is not None) or "it holds a character that YAML doesn't allow"
    fix = "Correct the line, or the one above it; inside the settings every level is indented by two more spaces."
    if "'\\t'" in reason:
        reason, fix = "a tab stands where YAML allows spaces only", "Replace the tab by spaces."
    _report(document, (), f"The file is not valid YAML: {reason}", fix, place)


class _Loader(yaml.SafeLoader):
    """SafeLoader with the plain words of YAML 1.2, as Pulumi reads them."""

    # None: tried for every first character. PyYAML's own table would also hold yes/no, 01:00 and `<<`.
    yaml_implicit_resolvers: dict[Any, Any] = {  # noqa: RUF012 - PyYAML declares it so
        None: [
            (f"tag:yaml.org,2002:{tag}", re.compile(pattern))
            for tag, pattern in (
                ("null", r"^(~|null|Null|NULL|)$"),
                ("bool", r"^(true|True|TRUE|false|False|FALSE)$"),
                ("int", r"^[-+]?(0o?[0-7]+|0x[0-9a-fA-F]+|0|[1-9][0-9]*)$"),
                ("float", r"^[-+]?(\.[0-9]+|[0-9]+\.[0-9]*)([eE][-+]?[0-9]+)?$"),
                ("timestamp", r"^[0-9]{4}-[0-9]{2}-[0-9]{2}$"),
            )
        ]
    }

    @classmethod
    def scalar(cls, node: yaml.Node) -> Any:
        """The value of a scalar node, as Pulumi hands it to a program."""
        if node.tag == "tag:yaml.org,2002:timestamp":
            # Measured with Pulumi 3.274.1: this is the text that an unquoted date becomes.
            return f"{node.value} 00:00:00 +0000 UTC"
        loader = cls("")
        try:
            return loader.construct_object(node)
        except (AttributeError, KeyError, ValueError) as error:  # what PyYAML raises for `!!int x`, `!!bool x`, …
            raise yaml.MarkedYAMLError(
                problem=f"{node.value!r} is not what its tag says", problem_mark=node.start_mark
            ) from error
        finally:
            loader.dispose()
