"""The expressions of ARM templates: `[format('{0}-kv', parameters('prefix'))]`.

Owns their grammar and their evaluation as far as it needs no Azure. What can't be known keeps its text: two references
to one unknown name are then still the same name, so who refers to whom is known although the name isn't.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Final

from policies.values import SECRET, UNKNOWN, Marker, is_list
from review.extent import is_beyond

_TOKEN: Final = re.compile(
    r"\s*(?:(?P<text>'(?:[^']|'')*')|(?P<number>-?\d+(?:\.\d+)?)|(?P<name>\w+)|(?P<sign>[(),.\[\]?]))"
)
_MOST: Final = 100


class ExpressionError(Exception):
    """A text in brackets that is no expression."""


@dataclass(frozen=True)
class Unresolved:
    """A text with holes where something unknown stands: `kv-{parameters('suffix')}`."""

    text: str

    def __str__(self) -> str:
        return self.text


@dataclass(frozen=True)
class Call:
    """A function with its arguments, not yet evaluated."""

    name: str
    arguments: tuple[Any, ...]


@dataclass(frozen=True)
class Member:
    """`of.key` or `of[key]`."""

    of: Any
    key: Any


Functions = Mapping[str, Callable[..., Any]]


def is_expression(text: str) -> bool:
    """Whether a text is evaluated; `[[` at the start means a text in brackets."""
    return text.startswith("[") and text.endswith("]") and not text.startswith("[[")


def parse(text: str) -> Any:
    """The tree of what stands between the brackets. Raises ExpressionError."""
    parser = _Parser(text)
    tree = parser.value(0)
    if parser.peek() is not None:
        raise ExpressionError(f"unexpected {parser.peek()!r}")
    return tree


class _Parser:
    def __init__(self, text: str) -> None:
        self._tokens: list[str] = []
        at = 0
        while text[at:].strip():
            match = _TOKEN.match(text, at)
            if match is None:
                raise ExpressionError(f"unexpected character at {at}")
            self._tokens.append(match[0].strip())
            at = match.end()
        self._next = 0

    def peek(self) -> str | None:
        return self._tokens[self._next] if self._next < len(self._tokens) else None

    def _take(self, expected: str = "") -> str:
        found = self.peek()
        if found is None or (expected and found != expected):
            raise ExpressionError(f"expected {expected or 'more'}")
        self._next += 1
        return found

    def value(self, depth: int) -> Any:
        if depth > _MOST:
            raise ExpressionError("nested too deeply")
        token = self._take()
        if token.startswith("'"):
            tree: Any = token[1:-1].replace("''", "'")
        elif re.fullmatch(r"-?\d+(\.\d+)?", token):
            tree = float(token) if "." in token else int(token)
        elif re.fullmatch(r"\w+", token):
            tree = self._named(token, depth)
        else:
            raise ExpressionError(f"unexpected {token!r}")
        return self._members(tree, depth)

    def _named(self, name: str, depth: int) -> Any:
        while self.peek() == ".":  # a function in a namespace, such as `sys.concat`
            self._take(".")
            name = self._take()
        self._take("(")
        arguments: list[Any] = []
        while self.peek() != ")":
            if arguments:
                self._take(",")
            arguments.append(self.value(depth + 1))
        self._take(")")
        return Call(name.lower(), tuple(arguments))

    def _members(self, tree: Any, depth: int) -> Any:
        while self.peek() in {".", "[", "?"}:
            sign = self._take()
            if sign == "?":
                continue
            if sign == ".":
                if self.peek() == "?":
                    self._take()
                tree = Member(tree, self._take())
            else:
                tree = Member(tree, self.value(depth + 1))
                self._take("]")
        return tree


def evaluate(tree: Any, functions: Functions) -> Any:
    """What a tree is worth: a value, something unresolved, UNKNOWN or SECRET."""
    if isinstance(tree, Call):
        arguments = [evaluate(one, functions) for one in tree.arguments]
        if any(one is SECRET for one in arguments):
            return SECRET
        found = _called(tree, arguments, functions)
        return UNKNOWN if is_beyond(found) else found  # Azure would refuse it
    if isinstance(tree, Member):
        return _member(evaluate(tree.of, functions), evaluate(tree.key, functions))
    return tree


def _called(call: Call, arguments: list[Any], functions: Functions) -> Any:
    try:
        found = functions[call.name](*arguments) if call.name in functions else NotImplemented
    except (TypeError, ValueError, LookupError, AttributeError, ArithmeticError):
        return UNKNOWN
    return Unresolved("{" + _spelled(call, arguments) + "}") if found is NotImplemented else found


def _spelled(call: Call, arguments: list[Any]) -> str:
    # Slashes would take the text apart where it stands for a part of an id.
    return f"{call.name}({', '.join(map(str, arguments))})".replace("/", "|")


def _member(of: Any, key: Any) -> Any:
    if isinstance(of, Marker):
        return of
    if isinstance(of, Unresolved) or isinstance(key, Unresolved | Marker):
        return Unresolved(f"{{{of}.{key}}}")
    if isinstance(of, Mapping):
        folded = str(key).lower()
        return next((value for name, value in of.items() if str(name).lower() == folded), None)
    if is_list(of) and isinstance(key, int) and -1 < key < len(of):
        return of[key]
    return UNKNOWN


def is_resolved(value: Any) -> bool:
    """Whether nothing in a value is unresolved, unknown or secret."""
    if isinstance(value, Marker | Unresolved):
        return False
    if isinstance(value, Mapping):
        return all(map(is_resolved, value.values()))
    return not is_list(value) or all(map(is_resolved, value))
