"""The functions of ARM templates that need no Azure, as Azure documents them (template functions reference).

A function answers NotImplemented where it can't tell; then its text stands for what it would have answered.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Mapping
from typing import Any, Final

from policies.values import SECRET, UNKNOWN, Marker, is_list
from review.arm_expressions import Unresolved, is_resolved
from review.extent import LARGEST


def _pure(function: Callable[..., Any]) -> Callable[..., Any]:
    """A function that can tell only where it knows all that it is given."""
    return lambda *given: function(*given) if all(map(is_resolved, given)) else _beyond(given)


def _beyond(given: tuple[Any, ...]) -> Any:
    return UNKNOWN if any(isinstance(one, Marker) for one in given) else NotImplemented


def _concat(*given: Any) -> Any:
    if given and all(map(is_list, given)):
        return [item for one in given for item in one]
    return _text("".join(map(_shown, given)), given)


def _format(pattern: Any, *given: Any) -> Any:
    def filled(match: re.Match[str]) -> str:
        return _shown(given[int(match[1])])

    text = re.sub(r"\{(\d+)(?::[^}]*)?\}", filled, str(pattern))
    return _text(text, (pattern, *given))


def _shown(value: Any) -> str:
    return str(value).lower() if isinstance(value, bool) else json.dumps(value) if is_list(value) else str(value)


def _text(text: str, given: tuple[Any, ...]) -> Any:
    if any(isinstance(one, Marker) for one in given):
        return UNKNOWN
    return text if all(map(is_resolved, given)) else Unresolved(text)


def _if(condition: Any, yes: Any, no: Any) -> Any:
    if isinstance(condition, bool):
        return yes if condition else no
    return yes if yes == no else NotImplemented


def _and(*given: Any) -> Any:
    return False if any(one is False for one in given) else (True if all(one is True for one in given) else UNKNOWN)


def _or(*given: Any) -> Any:
    return True if any(one is True for one in given) else (False if all(one is False for one in given) else UNKNOWN)


def _equals(one: Any, other: Any) -> bool:
    # Texts are compared with regard to case: Bicep writes its `=~` with toLower on both sides.
    return bool(one == other)


def _contains(holder: Any, item: Any) -> bool:
    if isinstance(holder, Mapping):
        return str(item).lower() in {str(name).lower() for name in holder}
    return item in holder


def _coalesce(*given: Any) -> Any:
    for one in given:
        if one is not None:
            return one if is_resolved(one) else (UNKNOWN if isinstance(one, Marker) else NotImplemented)
    return None


def _union(*given: Any) -> Any:
    if all(isinstance(one, Mapping) for one in given):
        merged: dict[str, Any] = {}
        for one in given:
            for name, value in one.items():
                both = isinstance(value, Mapping) and isinstance(merged.get(name), Mapping)
                merged[name] = _union(merged[name], value) if both else value
        return merged
    found: list[Any] = []
    for one in given:
        found.extend(item for item in one if item not in found)
    return found


def _shallow_merge(given: Any) -> dict[str, Any]:
    return {name: value for one in given for name, value in one.items()}


def _try_get(holder: Any, *path: Any) -> Any:
    """What lies at a path; null where a part of it is not there."""
    for step in path:
        if isinstance(holder, Marker) or not is_resolved(step):
            return UNKNOWN
        if isinstance(holder, Unresolved):
            return NotImplemented
        if isinstance(holder, Mapping):
            folded = str(step).lower()
            holder = next((value for name, value in holder.items() if str(name).lower() == folded), None)
        elif is_list(holder):
            holder = holder[step] if isinstance(step, int) and -1 < step < len(holder) else None
        else:
            return None
    return holder


def _replace(text: str, old: str, new: str) -> Any:
    return UNKNOWN if text.count(old) * len(new) > LARGEST else text.replace(old, new)


def _join(items: Any, by: str) -> Any:
    return UNKNOWN if len(items) * len(by) > LARGEST else by.join(map(_shown, items))


def _split(text: str, by: Any) -> list[str]:
    return re.split("|".join(map(re.escape, by if is_list(by) else [by])), text)


def _create_object(*given: Any) -> dict[str, Any]:
    return {str(given[index]): given[index + 1] for index in range(0, len(given), 2)}


def _times(one: float, other: float) -> float:
    if isinstance(one, int | float) and isinstance(other, int | float):
        return one * other
    raise TypeError("only numbers can be multiplied")


def _bool(value: Any) -> bool:
    return value.lower() == "true" if isinstance(value, str) else bool(value)


FUNCTIONS: Final[Mapping[str, Callable[..., Any]]] = {
    "concat": _concat,
    "format": _format,
    "if": _if,
    "and": _and,
    "or": _or,
    "not": _pure(lambda value: not value),
    "equals": _pure(_equals),
    "greater": _pure(lambda one, other: one > other),
    "greaterorequals": _pure(lambda one, other: one >= other),
    "less": _pure(lambda one, other: one < other),
    "lessorequals": _pure(lambda one, other: one <= other),
    "true": lambda: True,
    "false": lambda: False,
    "null": lambda: None,
    "bool": _pure(_bool),
    "int": _pure(int),
    "string": _pure(_shown),
    "json": _pure(json.loads),
    "array": _pure(lambda value: list(value) if is_list(value) else [value]),
    "createarray": lambda *given: list(given),
    "createobject": _create_object,
    "tolower": _pure(str.lower),
    "toupper": _pure(str.upper),
    "trim": _pure(str.strip),
    "empty": _pure(lambda value: value is None or len(value) == 0),
    "length": _pure(len),
    "contains": _pure(_contains),
    "startswith": _pure(lambda text, start: text.lower().startswith(start.lower())),
    "endswith": _pure(lambda text, end: text.lower().endswith(end.lower())),
    "coalesce": _coalesce,
    "union": _pure(_union),
    "shallowmerge": _pure(_shallow_merge),
    "tryget": _try_get,
    "first": _pure(lambda value: value[0]),
    "last": _pure(lambda value: value[-1]),
    "split": _pure(_split),
    "join": _pure(_join),
    "replace": _pure(_replace),
    "substring": _pure(lambda text, start, length=None: text[start:][:length]),
    "take": _pure(lambda value, count: value[:count]),
    "skip": _pure(lambda value, count: value[count:]),
    "add": _pure(lambda one, other: one + other),
    "sub": _pure(lambda one, other: one - other),
    "mul": _pure(_times),
    "min": _pure(lambda *given: min(given[0] if is_list(given[0]) else given)),
    "max": _pure(lambda *given: max(given[0] if is_list(given[0]) else given)),
    # What Azure alone can say.
    "listkeys": lambda *_: SECRET,
    "listaccountsas": lambda *_: SECRET,
    "listsecrets": lambda *_: SECRET,
    "listcredentials": lambda *_: SECRET,
    "listservicesas": lambda *_: SECRET,
    "newguid": lambda *_: UNKNOWN,
    "utcnow": lambda *_: UNKNOWN,
}
