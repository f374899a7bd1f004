"""A view of a resource's properties: reads them typed, and says what it can't judge instead of guessing.

Owns the questions that rules ask of properties. What Azure takes where a property is absent stands in the rule
(`Rule.properties`), once: a question about a property that the rule has not declared is an error of the rule.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Final

from policies.values import ABSENT, UnjudgeableError, described, is_list, joined, look_up, refuse_hidden


@dataclass(frozen=True)
class Fault:
    """What is wrong with a resource, and where (`agentPoolProfiles[1].enableNodePublicIP`)."""

    path: str
    message: str


@dataclass(frozen=True)
class Doubt:
    """What can't be judged of a resource, where, and why."""

    path: str
    reason: str


Judged = Iterator[Fault | Doubt]
_UNDECLARED: Final = object()
_ENUMERATED: Final = re.compile(r"[A-Za-z][A-Za-z0-9_.-]{0,39}")


class UndeclaredPropertyError(Exception):
    """A rule asks for a property that it does not declare. A mistake in the rule, which its examples bring to light."""


class View:
    """`value`, which stands at `path`. `defaults`: what Azure takes for an absent property, by path with wildcards."""

    __slots__ = ("_defaults", "_pattern", "path", "value")

    def __init__(
        self, value: Any, defaults: Mapping[str, Any] | None = None, path: str = "", pattern: str = ""
    ) -> None:
        self.value = value
        self.path = path
        self._defaults = defaults
        self._pattern = pattern

    def raw(self, path: str) -> Any:
        """The value as it stands there, or ABSENT; no default. Raises UnjudgeableError where it can't be read."""
        found = look_up(self.value, path, self.path)
        refuse_hidden(found, joined(self.path, path))
        return found

    def has(self, path: str) -> bool:
        """Whether something is there: a value, a secret, or what is not known yet but surely set."""
        return look_up(self.value, path, self.path) is not ABSENT

    def read(self, path: str, absent: Any = _UNDECLARED) -> Any:
        """The value, or what Azure takes where there is none; ABSENT where it takes nothing."""
        found = self.raw(path)
        return self._default(path, absent) if found is ABSENT else found

    def _default(self, path: str, absent: Any) -> Any:
        if absent is not _UNDECLARED:
            return absent
        pattern = joined(self._pattern, path)
        if self._defaults is None or pattern not in self._defaults:
            raise UndeclaredPropertyError(pattern)
        return self._defaults[pattern]

    def flag(self, path: str, absent: Any = _UNDECLARED) -> bool | None:
        """A boolean, or None where it is absent and has no default. Texts of booleans are taken as ARM takes them."""
        found = self.read(path, absent)
        if isinstance(found, str) and found.lower() in {"true", "false"}:
            return found.lower() == "true"
        boolean: bool | None = self._typed(path, found, bool, "a boolean")
        return boolean

    def text(self, path: str, absent: Any = _UNDECLARED) -> str:
        """A text; empty where it is absent and has no default."""
        found = self._typed(path, self.read(path, absent), str, "a text")
        return "" if found is None else str(found)

    def word(self, path: str, absent: Any = _UNDECLARED) -> str:
        """A text in lower case: Azure's enumerations have no case."""
        return self.text(path, absent).lower()

    def number(self, path: str, absent: Any = _UNDECLARED) -> float | None:
        """A number, or None where it is absent and has no default. The engine hands every number over as a float."""
        found = self.read(path, absent)
        if isinstance(found, str):
            try:
                return float(found)
            except ValueError:
                pass
        if isinstance(found, bool):
            raise UnjudgeableError(joined(self.path, path), "is a boolean, and a number was expected")
        number: float | None = self._typed(path, found, (int, float), "a number")
        return number

    def _typed(self, path: str, found: Any, kind: Any, expected: str) -> Any:
        if found is ABSENT or found is None:
            return None
        if not isinstance(found, kind):
            raise UnjudgeableError(joined(self.path, path), f"is {described(found)}, and {expected} was expected")
        return found

    def texts(self, path: str) -> list[str]:
        """A list of texts; empty where it is absent. Raises UnjudgeableError where one of them can't be read."""
        return [item.text("", absent="") for item in self.each(path)]

    def each(self, path: str) -> Iterator[View]:
        """Every item of a list, or every value of a map; nothing where it is absent."""
        found = self.raw(path)
        here, pattern = joined(self.path, path), joined(joined(self._pattern, path), "[*]")
        if found is ABSENT:
            return
        if isinstance(found, Mapping):
            items: Iterator[tuple[Any, Any]] = iter(found.items())
        elif is_list(found):
            items = enumerate(found)
        else:
            raise UnjudgeableError(here, f"is {described(found)}, and a list was expected")
        for key, item in items:
            yield View(item, self._defaults, joined(here, f"[{key}]"), pattern)

    def keys(self, path: str) -> list[str]:
        """The names in a map; empty where it is absent."""
        found = self.raw(path)
        if found is ABSENT:
            return []
        if not isinstance(found, Mapping):
            raise UnjudgeableError(joined(self.path, path), f"is {described(found)}, and an object was expected")
        return [str(key) for key in found]

    def below(self, path: str) -> View:
        """The view of an object; of nothing where it is absent."""
        return View(
            look_up(self.value, path, self.path), self._defaults, joined(self.path, path), joined(self._pattern, path)
        )

    # Judgements: each yields what is wrong or in doubt, never raises, and so never hides the ones after it.

    def must_be(self, path: str, expected: bool | str | float, reason: str = "") -> Judged:
        """Faulty unless the value (or what Azure takes for none) is `expected`; texts in any case."""
        yield from self._must(path, lambda found: same(found, expected), f"must be {shown(expected)}", reason)

    def must_be_one_of(self, path: str, expected: Collection[bool | str | float], reason: str = "") -> Judged:
        """Faulty unless the value (or what Azure takes for none) is among `expected`."""
        wanted = f"must be {' or '.join(shown(one) for one in expected)}"
        yield from self._must(path, lambda found: any(same(found, one) for one in expected), wanted, reason)

    def must_not_be(self, path: str, refused: Collection[bool | str | float], reason: str = "") -> Judged:
        """Faulty where the value (or what Azure takes for none) is among `refused`."""
        wanted = f"must not be {' or '.join(shown(one) for one in refused)}"
        yield from self._must(path, lambda found: not any(same(found, one) for one in refused), wanted, reason)

    def must_be_between(self, path: str, least: float | None, most: float | None, reason: str = "") -> Judged:
        """Faulty unless the value is a number within the bounds, which belong to it."""
        bounds = [f"at least {least:g}" if least is not None else "", f"at most {most:g}" if most is not None else ""]

        def within(_: Any) -> bool:
            found = self.number(path)
            return found is not None and (least is None or found >= least) and (most is None or found <= most)

        yield from self._must(path, within, f"must be {' and '.join(filter(None, bounds))}", reason)

    def must_be_set(self, path: str, reason: str = "") -> Judged:
        """Faulty where nothing, an empty text or an empty list is there. What is set and not known yet is set."""
        try:
            found = look_up(self.value, path, self.path)
        except UnjudgeableError as error:
            yield Doubt(error.path, error.reason)
            return
        if _is_empty(found):
            yield Fault(joined(self.path, path), "must be set" + _because(reason))

    def must_not_be_set(self, path: str, reason: str = "") -> Judged:
        """Faulty where something other than an empty text or list is there."""
        try:
            found = self.raw(path)
        except UnjudgeableError as error:
            yield Doubt(error.path, error.reason)
            return
        if not _is_empty(found):
            yield Fault(joined(self.path, path), "must not be set" + _because(reason))

    def _must(self, path: str, test: Callable[[Any], bool], wanted: str, reason: str) -> Judged:
        try:
            written = self.raw(path)
            found = self._default(path, _UNDECLARED) if written is ABSENT else written
            good = test(found)
        except UnjudgeableError as error:
            yield Doubt(error.path, error.reason)
            return
        if not good:
            yield Fault(joined(self.path, path), f"{_is(written, found)}; it {wanted}{_because(reason)}")


def guarded(judged: Judged) -> Judged:
    """The same judgements, with a doubt for what can't be judged, so that it doesn't hide the ones after it."""
    try:
        yield from judged
    except UnjudgeableError as error:
        yield Doubt(error.path, error.reason)


def judged_each(items: Iterable[View], judge: Callable[[View], Judged]) -> Judged:
    """What `judge` says of every item; one that is in doubt hides none of the others."""
    for item in items:
        yield from guarded(judge(item))


def same(found: Any, expected: bool | str | float) -> bool:
    """Whether Azure would take the two as one: texts in any case, texts of booleans and numbers as what they say."""
    if isinstance(found, str) and isinstance(expected, bool):
        return found.lower() == str(expected).lower()
    if isinstance(found, str) and isinstance(expected, str):
        return found.lower() == expected.lower()
    if isinstance(found, bool) != isinstance(expected, bool):
        return False
    if isinstance(found, str) and isinstance(expected, int | float):
        try:
            return float(found) == expected
        except ValueError:
            return False
    return bool(found == expected)


def _is_empty(found: Any) -> bool:
    return found is ABSENT or (isinstance(found, str | Mapping | list | tuple) and len(found) == 0)


def shown(value: Any) -> str:
    """A value as JSON writes it."""
    return str(value).lower() if isinstance(value, bool) else f"{value:g}" if isinstance(value, float) else str(value)


def _is(written: Any, found: Any) -> str:
    # Texts may hold what nobody should see in a log; enumerations and numbers don't.
    if written is ABSENT:
        return "is absent" if found is ABSENT or found is None else f"is absent, which counts as {shown(found)}"
    if isinstance(found, bool | int | float) or (isinstance(found, str) and _ENUMERATED.fullmatch(found)):
        return f"is {shown(found)}"
    return f"is {described(found)}" if not isinstance(found, str) else "is another text"


def _because(reason: str) -> str:
    return f", {reason}" if reason else ""
