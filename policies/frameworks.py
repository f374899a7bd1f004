"""The control catalogue: the frameworks that rules serve, and each control in our own short words.

Owns the form of `policies/controls/<framework>.yaml` and how to look a control up. Which rule serves which control
stands in the rule; published maps were compared and are often wrong, so none is copied here.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from difflib import get_close_matches
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import Final

import yaml
from pydantic import BaseModel, ConfigDict, Field, ValidationError, model_validator

FOLDER: Final = Path(__file__).with_name("controls")
# The policy pack reads the catalogue at each start: libyaml's loader, where there is one, is ten times as fast.
_LOADER: Final = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
UNCONFIRMED: Final = "unconfirmed"
"""What stands beside a control, wherever it is named, whose number nobody has checked in the source itself."""


@dataclass(frozen=True, kw_only=True)
class Framework:
    """A law, standard or benchmark. `read`: when its source was. `whole`: all its controls are here, not only some."""

    id: str
    title: str
    version: str
    source: str
    read: date
    note: str
    whole: bool


@dataclass(frozen=True, kw_only=True)
class Control:
    """One control. `id` within its framework.

    `source`: where its number is from. `confirmed`: it was checked there, and is not from memory. `ccm_medium`: whether
    the CCCS Medium Cloud Control Profile has it; None outside ITSG-33. `no_rule`: why no rule serves it; empty: one
    does. `cited`: how a report names it, with a mark where it is not confirmed.
    """

    framework: str
    id: str
    title: str
    source: str
    confirmed: bool
    ccm_medium: bool | None
    no_rule: str
    cited: str

    @property
    def ref(self) -> str:
        """As rules name it."""
        return f"{self.framework}/{self.id}"


class FrameworkError(Exception):
    """A file of the control catalogue can't be used. The message says which, where and why."""


class _Row(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True, strict=True)

    title: str = Field(min_length=5, max_length=80)
    source: str = Field(default="", min_length=10)
    confirmed: bool = True
    ccm_medium: bool | None = None
    no_rule: str = Field(default="", min_length=30)


class _File(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True, strict=True)

    id: str = Field(pattern=r"^[a-z0-9-]+$")
    title: str = Field(min_length=5)
    version: str = Field(min_length=1)
    cited: str = Field(pattern=r"\{id\}$")
    source: str = Field(pattern=r"^https://")
    read: date
    whole: bool
    note: str = Field(min_length=20)
    controls: dict[str, _Row] = Field(min_length=1)

    @model_validator(mode="after")
    def _has_one_profile(self) -> _File:
        """Either every control says whether the CCCS profile has it, or none does."""
        silent = [key for key, row in self.controls.items() if row.ccm_medium is None]
        if silent and len(silent) != len(self.controls):
            raise ValueError(f"ccm_medium is given for some controls and not for {', '.join(silent)}")
        return self


def frameworks() -> Mapping[str, Framework]:
    """Every framework by id. Raises FrameworkError where a file can't be used."""
    return MappingProxyType({one.id: one for one, _ in _read(FOLDER)})


@cache
def controls() -> Mapping[str, Control]:
    """Every control by its ref (`itsg33/AC-3`), frameworks and controls in the order of the files."""
    return MappingProxyType({each.ref: each for _, those in _read(FOLDER) for each in those})


def control(ref: str) -> Control:
    """The control that a rule names. Raises LookupError with the nearest ones."""
    known = controls()
    if ref in known:
        return known[ref]
    framework = ref.split("/", maxsplit=1)[0]
    own = [each for each in known if each.startswith(f"{framework}/")]
    near = get_close_matches(ref, own or list(known), n=3, cutoff=0.0)
    where = f"policies/controls/{framework}.yaml" if own else "policies/controls"
    raise LookupError(
        f"there is no control {ref!r}; near it are {', '.join(near)}. "
        f"Correct the rule, or add the control to {where} with its source"
    )


@cache
def _read(folder: Path) -> tuple[tuple[Framework, tuple[Control, ...]], ...]:
    """Every file of a folder. Apart from its callers so that tests can read faulty ones."""
    return tuple(_parse(file) for file in sorted(folder.glob("*.yaml")))


def _parse(file: Path) -> tuple[Framework, tuple[Control, ...]]:
    where = f"policies/controls/{file.name}"
    try:
        document = yaml.load(file.read_text(encoding="utf-8"), _LOADER)  # noqa: S506 - a safe one, see above
        found = _File.model_validate(document)
    except yaml.YAMLError as error:
        raise FrameworkError(f"{where} is no YAML: {error}") from None
    except ValidationError as error:
        wrong = "\n".join(f"  {'.'.join(map(str, one['loc'])) or '(file)'}: {one['msg']}" for one in error.errors())
        raise FrameworkError(f"{where} can't be used:\n{wrong}") from None
    if found.id != file.stem:
        raise FrameworkError(f"{where}: id is {found.id!r}; it must be the file's name, {file.stem!r}")
    framework = Framework(**found.model_dump(exclude={"cited", "controls"}))
    return framework, tuple(_control(found, key, row) for key, row in found.controls.items())


def _control(file: _File, key: str, row: _Row) -> Control:
    cited = file.cited.format(id=key)
    return Control(
        framework=file.id,
        id=key,
        title=row.title,
        source=row.source or file.source,
        confirmed=row.confirmed,
        ccm_medium=row.ccm_medium,
        no_rule=row.no_rule,
        cited=cited if row.confirmed else f"{cited} ({UNCONFIRMED})",
    )
