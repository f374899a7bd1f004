"""The settings as a tree: which field a path leads to, and which names are valid beside it.

Owns walking the models. Does not own the models (`stacks.settings`).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from types import UnionType
from typing import Any, Literal, Union, get_args, get_origin

from pydantic import BaseModel
from pydantic.fields import FieldInfo

from stacks.problems import SettingPath
from stacks.settings import Settings

ANY_NAME = "<name>"
"""Stands in a path for a name that the stack chooses, such as that of a GPU pool."""


@dataclass(frozen=True)
class Location:
    """Where a path leads: the field it names, the sections that may hold it and those that may lie below it."""

    info: FieldInfo | None
    siblings: tuple[type[BaseModel], ...]
    below: tuple[type[BaseModel], ...]


def locate(location: SettingPath) -> Location:
    """Where `location` (a path, or pydantic's `loc` with its union tags) leads, as far as the models know it."""
    here = Location(info=None, siblings=(), below=(Settings,))
    for part in location:
        held = [model for model in here.below if part in model.model_fields]
        tagged = tuple(model for model in here.below if part in tags(model))
        if held:
            info = held[0].model_fields[str(part)]
            here = Location(info=info, siblings=here.below, below=sections(info.annotation))
        elif tagged:  # a union's tag in pydantic's `loc`: not a key, it tells which section was meant
            here = Location(info=here.info, siblings=here.siblings, below=tagged)
        else:  # a name that the stack chose, an index, or a key that nobody knows
            here = Location(info=here.info, siblings=here.below, below=here.below)
    return here


def sections(annotation: Any) -> tuple[type[BaseModel], ...]:
    """The sections inside a type: of `Spot | None` Spot, of `dict[str, Pool]` Pool."""
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return (annotation,)
    return tuple(model for argument in get_args(annotation) for model in sections(argument))


def leaves(
    model: type[BaseModel] = Settings, above: tuple[str, ...] = ()
) -> Iterator[tuple[tuple[str, ...], FieldInfo]]:
    """Every setting that holds a value rather than a section, in the order of the models."""
    for name, info in model.model_fields.items():
        path = (*above, name)
        below = sections(info.annotation)
        if not below:
            yield path, info
        if is_mapping(info.annotation):
            path = (*path, ANY_NAME)
        for section in below:
            yield from leaves(section, path)


def is_mapping(annotation: Any) -> bool:
    """Whether the stack chooses the names below a field."""
    origin = get_origin(annotation)
    if origin in (Union, UnionType):
        return any(is_mapping(argument) for argument in get_args(annotation))
    return isinstance(origin, type) and issubclass(origin, Mapping)


def tags(model: type[BaseModel]) -> tuple[str, ...]:
    """The values of `kind` that mean this section; none for a section that stands alone."""
    kind = model.model_fields.get("kind")
    return get_args(kind.annotation) if kind is not None and get_origin(kind.annotation) is Literal else ()
