"""Rules that there are no more: their ids are never used again."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import Final

import yaml
from pydantic import BaseModel, ConfigDict, Field, ValidationError

FILE: Final = Path(__file__).with_name("retired.yaml")
ID: Final = r"^[A-Z][A-Z0-9]{1,4}-[0-9]{3}$"
"""The form of a rule's id: its area, and a number within it."""


class Retired(BaseModel):
    """A rule that there is no more. `release`: of the pack, the first without it. `instead`: what judges it now."""

    model_config = ConfigDict(extra="forbid", frozen=True, strict=True)

    id: str = Field(pattern=ID)
    title: str = Field(min_length=5)
    retired: date
    release: str = Field(pattern=r"^\d+\.\d+\.\d+$")
    why: str = Field(min_length=20)
    instead: list[str]


class _Document(BaseModel):
    model_config = ConfigDict(extra="forbid", strict=True)

    retired: list[Retired]


@cache
def retired(file: Path = FILE) -> Mapping[str, Retired]:
    """The retired rules by id. Raises ValueError with what is wrong and where."""
    try:
        found = _Document.model_validate(yaml.safe_load(file.read_text(encoding="utf-8"))).retired
    except ValidationError as error:
        wrong = "\n".join(f"  {'.'.join(map(str, one['loc']))}: {one['msg']}" for one in error.errors())
        raise ValueError(f"policies/{file.name} can't be used:\n{wrong}") from None
    twice = sorted({one.id for one in found if [each.id for each in found].count(one.id) > 1})
    if twice:
        raise ValueError(f"policies/{file.name} names {', '.join(twice)} twice; a rule is retired once")
    return MappingProxyType({one.id: one for one in found})
