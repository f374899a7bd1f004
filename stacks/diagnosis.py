"""From pydantic's errors to problems that a person can act on.

Owns the words for values of a wrong shape. Does not own rules between settings (`stacks.checks`).
"""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping, Sequence
from ipaddress import ip_network
from typing import TYPE_CHECKING, Any

from stacks.documents import kind
from stacks.fields import locate, tags
from stacks.problems import Problem, SettingPath, closest, dotted
from stacks.types import ENCRYPTED, FORMS

if TYPE_CHECKING:
    from pydantic_core import ErrorDetails

_LONGEST_ECHO = 60


def diagnose_all(
    errors: Sequence[ErrorDetails], content: Mapping[str, Any], encrypted: Collection[SettingPath]
) -> list[Problem]:
    """A problem for each pydantic error that says something new.

    A list whose only item is wrong is also "too short" to pydantic, which leaves wrong items out before it counts.
    """
    echoes = [error for error in errors if error["type"] == "too_short" and _has_error_below(error, errors)]
    return [diagnose(error, content, encrypted) for error in errors if error not in echoes]


def _has_error_below(error: ErrorDetails, errors: Sequence[ErrorDetails]) -> bool:
    above = error["loc"]
    return any(other["loc"][: len(above)] == above and len(other["loc"]) > len(above) for other in errors)


def diagnose(error: ErrorDetails, content: Mapping[str, Any], encrypted: Collection[SettingPath]) -> Problem:
    """The problem behind one pydantic error.

    `content` is what was validated; a value at (or below) a path of `encrypted` is never repeated.
    """
    location = error["loc"]
    path = _in_content(location, content)
    if error["type"] == "missing":
        return _missing(path, location)
    if error["type"] == "extra_forbidden":
        return _unknown_key(path, location)
    if location[-1] == "[key]":
        return _bad_name(path, error["ctx"]["pattern"])
    if error["input"] == ENCRYPTED or any(path[: len(secret)] == secret for secret in encrypted):
        return _bad_secret(path, location)
    if error["type"] in ("union_tag_invalid", "union_tag_not_found"):
        return _bad_kind(path, error)
    return _bad_value(path, error)


def description(location: SettingPath) -> str:
    """What the setting is for, without the word that says whether it is required."""
    info = locate(location).info
    text = "" if info is None or info.description is None else info.description
    return re.sub(r"^(Required|Optional|Conditional)\. ", "", text)


def unknown_key(path: SettingPath, valid: Collection[str], reader: str) -> Problem:
    """The problem of a key that `reader` doesn't have, with the valid key that was most likely meant."""
    meant = closest(str(path[-1]), valid)
    question = "" if meant is None else f" Did you mean {meant!r}?"
    names = ", ".join(sorted(valid))
    return Problem(
        path=path,
        what=f"{str(path[-1])!r} is not a key of {reader}.{question}",
        follows="Nothing reads it: what you meant would silently not happen.",
        fix=f"Rename it to {meant!r}." if meant is not None else f"Remove it. The keys here are: {names}.",
    )


def _unknown_key(path: SettingPath, location: SettingPath) -> Problem:
    valid = [name for section in locate(location[:-1]).below for name in section.model_fields]
    above = dotted(path[:-1])
    return unknown_key(path, valid, f"the section {above!r}" if above else "the settings")


def _missing(path: SettingPath, location: SettingPath) -> Problem:
    found = locate(location)
    wanted = "section" if found.below else "setting"
    keys = ", ".join(name for section in found.below for name in section.model_fields)
    hint = f"Add it, with the keys: {keys}." if found.below else f"Add it: {description(location)}"
    return Problem(
        path=path,
        what=f"The {wanted} {str(path[-1])!r} is missing.",
        follows="It has no default, so the environment can't be built.",
        fix=hint,
    )


def _bad_kind(path: SettingPath, error: ErrorDetails) -> Problem:
    """The key that says which of several sections is meant is missing, or means none of them."""
    key = error["ctx"]["discriminator"].strip("'")
    kinds = [tag for section in locate(error["loc"]).below for tag in tags(section)]
    written = error["ctx"].get("tag")
    meant = None if written is None else closest(written, kinds)
    return Problem(
        path=(*path, key),
        what=f"The setting {key!r} is missing."
        if written is None
        else f"{written!r} is not one of {', '.join(kinds)}.",
        follows="It says which keys the section has, so none of them could be judged.",
        fix=f"Write {meant!r}." if meant is not None else f"Write one of {', '.join(kinds)}.",
    )


def _bad_name(path: SettingPath, pattern: str) -> Problem:
    return Problem(
        path=path,
        what=f"{str(path[-1])!r} is not a valid name here.",
        follows="Azure would refuse the resource that carries it.",
        fix=f"Choose a name of {FORMS[pattern]}.",
    )


def _bad_secret(path: SettingPath, location: SettingPath) -> Problem:
    return Problem(
        path=path,
        what="The encrypted value does not fit here (it is not shown).",
        follows="The environment can't be built from a value of the wrong kind, nor rehearsed without a readable one.",
        fix=f"Write it in plain text, or correct it with `pulumi config set --secret --path`: {description(location)}",
    )


def _bad_value(path: SettingPath, error: ErrorDetails) -> Problem:
    value = error["input"]
    allowed = _allowed(error)
    meant = closest(value, allowed) if isinstance(value, str) else None
    fix = f"Write {meant!r}." if meant is not None else _advice(error, value, allowed)
    return Problem(
        path=path,
        what=f"{_echo(value)} is not {_wanted(error, allowed)}.",
        follows="The environment can't be built from it.",
        fix=fix,
    )


def _wanted(error: ErrorDetails, allowed: Collection[str]) -> str:
    if allowed:
        return f"one of {', '.join(allowed)}"
    context = error.get("ctx", {})
    if error["type"] == "string_pattern_mismatch":
        return FORMS[context["pattern"]]
    words = {
        "string_type": "text",
        "int_type": "a whole number",
        "float_type": "a number",
        "bool_type": "true or false",
        "tuple_type": "a list",
        "dict_type": "a mapping",
        "model_type": "a section (a mapping of settings)",
        "model_attributes_type": "a section (a mapping of settings)",
        "date_from_datetime_parsing": 'a date such as "2026-12-01"',
        "date_parsing": 'a date such as "2026-12-01"',
        "too_short": f"long enough: it needs {context.get('min_length')} or more",
    }
    return words.get(error["type"], _from_message(error))


def _from_message(error: ErrorDetails) -> str:
    """Pydantic's "Input should be greater than 0" as "valid: it should be greater than 0"."""
    message = error["msg"].removeprefix("Value error, ")
    return f"valid: {message.replace('Input should', 'it should', 1)}"


def _advice(error: ErrorDetails, value: object, allowed: Collection[str]) -> str:
    if allowed:
        return f"Write one of {', '.join(allowed)}."
    about = description(error["loc"])
    advice = "Correct it."
    if error["type"] == "string_type" and isinstance(value, float):
        advice = "Put it in quotes: without them 1.30 is the number 1.3."
    elif error["type"] == "string_type" and isinstance(value, bool | int):
        advice = "Put it in quotes."
    elif error["type"].startswith("date") and str(value).endswith("UTC"):
        advice = "Put the date in quotes: unquoted, Pulumi takes it for a time."
    elif "has host bits set" in error["msg"]:
        advice = f"The range of that size around the address is {ip_network(str(value), strict=False)}."
    return f"{advice} What it is: {about}" if about else advice


def _allowed(error: ErrorDetails) -> list[str]:
    context = error.get("ctx", {})
    listed = context.get("expected", "")
    return re.findall(r"'([^']*)'", str(listed)) if error["type"] in ("enum", "literal_error") else []


def _echo(value: object) -> str:
    if isinstance(value, dict | list) or value is None:
        return f"{kind(value).capitalize()}"
    text = repr(value) if isinstance(value, str) else str(value).lower() if isinstance(value, bool) else str(value)
    return text if len(text) <= _LONGEST_ECHO else f"{text[:_LONGEST_ECHO]}…"


def _in_content(location: SettingPath, content: Any) -> SettingPath:
    """`location` without what pydantic adds to it: the tags of unions and "[key]"."""
    path: list[str | int] = []
    for position, part in enumerate(location):
        last = position == len(location) - 1
        here = isinstance(content, list) or (isinstance(content, Mapping) and part in content)
        if part == "[key]" or not (here or last):
            continue
        path.append(part)
        content = content[part] if here and (isinstance(content, Mapping) or isinstance(part, int)) else None
    return tuple(path)
