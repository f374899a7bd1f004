"""Reads the examples of Microsoft's Go SDKs: what is sent to Azure Resource Manager, and what it answers.

The SDK's example tests are made from the examples that are published with the API. A request is a Go expression in the
call, an answer one in the comment below it. Owns finding them and the path of the resource; what an expression is worth
says Go itself (`go_values`).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from simulator.ids import SUBSCRIPTION

_REQUEST_METHOD = re.compile(
    r"func \(client \*(?P<client>\w+)\) (?P<operation>\w+)CreateRequest\((?P<parameters>.*?)\) \(\*policy\.Request, "
    r"error\) \{\n(?:.*\n)*?\turlPath := \"(?P<url>.*?)\"\n(?P<rest>(?:.*\n)*?)\}\n"
)
_FILLED = re.compile(r'"\{(\w+)\}", (?:url\.PathEscape\()?(?:string\()?(\w[\w.]*)')
_EXAMPLE = re.compile(r"^func Example(?P<client>\w+?)_(?P<name>\w+)\(\) \{\n(?P<code>(?:.*\n)*?)^\}", re.MULTILINE)


@dataclass(frozen=True)
class Example:
    """One example. `request` and `answer` are Go expressions; `path` the id of the resource that is written or read."""

    name: str
    package: str
    # What the example calls its subscription: an id or a stand-in for one.
    subscription: str
    path: str
    request: str | None
    answer: str | None


@dataclass(frozen=True)
class _Operation:
    verb: str
    url: str
    parameters: tuple[str, ...]
    # Placeholder of the URL -> the parameter that fills it.
    filled: dict[str, str]


def examples(folder: Path) -> Iterator[Example]:
    """The examples of PUT and GET in an unpacked module."""
    operations, constants = _operations(folder), _constants(folder)
    for file in sorted(folder.glob("*_example_test.go")):
        text = file.read_text(encoding="utf-8")
        package = re.search(r"package (\w+)_test", text)
        for match in _EXAMPLE.finditer(text) if package else ():
            found = _example(match, package[1], operations, constants)  # type: ignore[index]
            if found is not None:
                yield found


def _operations(folder: Path) -> dict[tuple[str, str], _Operation]:
    found = {}
    for file in folder.glob("*_client.go"):
        for match in _REQUEST_METHOD.finditer(file.read_text(encoding="utf-8")):
            verb = re.search(r"http\.Method(Put|Get)\b", match["rest"])
            if verb is not None:
                names = tuple(each.split()[0] for each in match["parameters"].split(", ")[1:-1])
                operation = _Operation(verb[1], match["url"], names, dict(_FILLED.findall(match["rest"])))
                found[match["client"], match["operation"].lower()] = operation
    return found


def _constants(folder: Path) -> dict[str, str]:
    """What the constants of a module stand for, such as `DataSourceTypeQuery` for `Query`."""
    file = folder / "constants.go"
    text = file.read_text(encoding="utf-8") if file.exists() else ""
    return dict(re.findall(r'^\t(\w+) +\w+ += "(.*)"$', text, re.MULTILINE))


def _example(
    match: re.Match[str], package: str, operations: dict[tuple[str, str], _Operation], constants: dict[str, str]
) -> Example | None:
    called, _, name = match["name"].partition("_")
    operation = operations.get((match["client"], called.removeprefix("Begin").lower()))
    call = re.search(rf"clientFactory\.New\w+\([^)]*\)\.{called}\(ctx, ", match["code"])
    if operation is None or call is None:
        return None
    arguments = _arguments(match["code"], call.end())
    path = _path(operation, dict(zip(operation.parameters, arguments, strict=False)), constants)
    request = next((each for each in arguments if re.match(rf"&?{package}\.\w+\{{", each)), None)
    if path is None or (operation.verb == "Put" and request is None):
        return None
    subscription = re.search(r'NewClientFactory\("(.*?)"', match["code"])
    return Example(
        name=name or called,
        package=package,
        subscription=subscription[1] if subscription is not None else SUBSCRIPTION,
        path=path,
        request=request if operation.verb == "Put" else None,
        answer=_answer(match["code"], package),
    )


def _path(operation: _Operation, given: dict[str, str], constants: dict[str, str]) -> str | None:
    path = operation.url
    for placeholder, parameter in operation.filled.items():
        value = f'"{SUBSCRIPTION}"' if placeholder == "subscriptionId" else given.get(parameter, "")
        text = re.fullmatch('"(.*)"', value)
        named = text[1] if text is not None else constants.get(value.rpartition(".")[2])
        if named is None:
            return None
        path = path.replace(f"{{{placeholder}}}", named)
    return re.sub("/+", "/", path)


def _answer(code: str, package: str) -> str | None:
    """The answer in the comment: some modules show the body (`res.Vault = …`), some what holds it (`res = …`)."""
    lines = [re.sub(r"^\t// ?", "", line) for line in code.split("\n") if line.startswith("\t//")]
    text = "\n".join(lines)
    start = re.search(rf"^res(\.\w+ = | = {package}\.\w+\{{\n\t\w+: )(?=&?{package}\.\w+\{{)", text, re.MULTILINE)
    if start is None:
        return None
    body = text[start.end() :]
    return body[: _closing(body, body.index("{")) + 1]


def _arguments(code: str, start: int) -> list[str]:
    """The arguments of the call whose parenthesis was opened before `start`."""
    found, begin, position = [], start, start
    while code[position] != ")":
        if code[position] == ",":
            found.append(code[begin:position].strip())
            begin = position + 1
        position = _after(code, position)
    return [*found, code[begin:position].strip()]


def _closing(code: str, start: int) -> int:
    """Where the bracket that opens at `start` is closed."""
    position = start + 1
    while code[position] not in ")}]":
        position = _after(code, position)
    return position


def _after(code: str, position: int) -> int:
    """Behind the character, text or bracketed part that begins at a position."""
    if code[position] in "({[":
        return _closing(code, position) + 1
    if code[position] == "`":
        return code.index("`", position + 1) + 1
    if code[position] == '"':
        position += 1
        while code[position] != '"':
            position += 2 if code[position] == "\\" else 1
    return position + 1
