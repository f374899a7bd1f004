"""Reads the models of Microsoft's Go SDKs: which names go over the wire, and what each request sends.

A structure's fields and their types stand in its declaration; the names on the wire stand where it is marshalled. A
field has the name that the API's description gives to clients, which is the one that the Pulumi SDK has too.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from review.wire.spelling import letters

_STRUCT = re.compile(r"^type (?P<name>\w+) struct \{\n(?P<body>(?:.*\n)*?)^\}", re.MULTILINE)
_FIELD = re.compile(r"^\t(?P<name>[A-Z]\w*) +(?P<type>[^`\n]+?)(?: +`json:\"(?P<wire>[^,\"]+)[^`]*`)?$")
_MARSHAL = re.compile(
    r"^func \((?P<self>\w+) \*?(?P<name>\w+)\) MarshalJSON\(\) .*\{\n(?P<body>(?:.*\n)*?)^\}", re.MULTILINE
)
_POPULATED = re.compile(r"populate\w*(?:\[[^\]]*\])?\(objectMap, \"(?P<wire>[^\"]+)\", \w+\.(?P<field>\w+)\)")
_CONSTANT = re.compile(r"objectMap\[\"(?P<wire>[^\"]+)\"\] =")
_REQUEST = re.compile(
    r"func \(client \*\w+\) \w+CreateRequest\((?P<parameters>.*?)\) \(\*policy\.Request, error\) \{\n"
    r"(?P<before>(?:.*\n)*?)\turlPath := \"(?P<path>.*?)\"\n(?P<rest>(?:.*\n)*?)^\}",
    re.MULTILINE,
)


@dataclass(frozen=True)
class Field:
    """A member of an object: its name on the wire, its name for clients, the Go type, and whether Azure only answers
    with it.
    """

    wire: str
    name: str
    type: str
    read_only: bool


@dataclass(frozen=True)
class Request:
    """What a PUT or PATCH sends: its path with placeholders, and the Go type of its body."""

    verb: str
    path: str
    body: str
    api_version: str


@dataclass(frozen=True)
class Models:
    """One module."""

    structs: dict[str, tuple[Field, ...]]
    requests: tuple[Request, ...]
    by_letters: dict[str, str] = field(default_factory=dict)


def read(folder: Path) -> Models:
    """The models of an unpacked module."""
    wires: dict[str, dict[str, str]] = {}
    constants: dict[str, list[str]] = {}
    texts = [file.read_text(encoding="utf-8") for file in sorted(folder.glob("*.go")) if "_test" not in file.name]
    for text in texts:
        for match in _MARSHAL.finditer(text):
            named = {each["field"]: each["wire"] for each in _POPULATED.finditer(match["body"])}
            wires[match["name"]] = named
            constants[match["name"]] = [each["wire"] for each in _CONSTANT.finditer(match["body"])]
    structs = {}
    for text in texts:
        for match in _STRUCT.finditer(text):
            name = match["name"]
            structs[name] = tuple(_fields(match["body"], wires.get(name, {}), constants.get(name, [])))
    requests = tuple(request for text in texts for request in _requests(text))
    return Models(structs, requests, {letters(name): name for name in structs})


def _fields(body: str, wires: dict[str, str], constants: list[str]) -> Iterator[Field]:
    comment = ""
    for line in body.split("\n"):
        found = _FIELD.match(line)
        if found is None:
            comment = "" if not line.strip() else comment + line
            continue
        name = found["name"]
        wire = found["wire"] or wires.get(name) or next((c for c in constants if letters(c) == letters(name)), None)
        if wire is not None:
            yield Field(wire, name, found["type"].strip(), "READ-ONLY" in comment)
        comment = ""


def _requests(text: str) -> Iterator[Request]:
    for match in _REQUEST.finditer(text):
        verb = re.search(r"http\.Method(Put|Patch)\b", match["rest"])
        sent = re.search(r"runtime\.MarshalAsJSON\(req, (\w+)\)", match["rest"])
        if verb is None or sent is None:
            continue
        types = dict(each.split(" ", 1) for each in match["parameters"].split(", ") if " " in each)
        version = re.search(r'"api-version", "([^"]+)"', match["rest"])
        if sent[1] in types:
            yield Request(verb[1], match["path"], types[sent[1]], version[1] if version else "")
