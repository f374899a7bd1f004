"""Types of resources that are left without a rule on purpose, and why.

Owns the form of `unread.yaml`. A type that no rule reads and that does not stand there is one that nobody looked at.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Final

import yaml
from pydantic import BaseModel, ConfigDict, Field, ValidationError

FILE: Final = Path(__file__).with_name("unread.yaml")


class LeftOut(BaseModel):
    """Why a type has no rule of its own. `rules`: those that look at it beside another resource."""

    model_config = ConfigDict(extra="forbid", frozen=True, strict=True)

    reason: str = Field(min_length=20, max_length=160)
    rules: tuple[str, ...] = Field(default=(), strict=False)


@dataclass(frozen=True)
class Unread:
    """The resources that no rule reads on its own, by type: those left out on purpose, and those nobody looked at."""

    on_purpose: Mapping[str, int]
    unknown: Mapping[str, int]


def told_apart(unread: Mapping[str, int], known: Mapping[str, LeftOut]) -> Unread:
    """A judgement's resources without rules, by whether somebody said why."""
    return Unread(
        {type_: count for type_, count in unread.items() if type_ in known},
        {type_: count for type_, count in unread.items() if type_ not in known},
    )


class UnreadError(Exception):
    """The file of types without rules can't be used. The message says what is wrong, where, and how to mend it."""


@cache
def left_out(file: Path = FILE) -> Mapping[str, LeftOut]:
    """The types in the file. Raises UnreadError for a file that is not in form, all problems at once."""
    try:
        document = yaml.safe_load(file.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, yaml.YAMLError) as error:
        raise UnreadError(f"{file.name} can't be read: {error}") from None
    listed = document.get("types") if isinstance(document, dict) else None
    if not isinstance(listed, dict):
        raise UnreadError(f"{file.name} must be an object with an object `types`: a type, and why it has no rule")
    found: dict[str, LeftOut] = {}
    wrong = []
    for type_, entry in listed.items():
        try:
            found[str(type_)] = LeftOut.model_validate(entry)
        except ValidationError as error:
            wrong += [f"{type_}.{'.'.join(map(str, one['loc'])) or '(itself)'}: {one['msg']}" for one in error.errors()]
    if wrong:
        raise UnreadError(f"{file.name} has types that are not in form:\n" + "\n".join(f"  {one}" for one in wrong))
    return found
