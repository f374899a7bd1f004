"""The project's measures for speed by name, and how the benchmark tells the measured program which to leave out.

Imported by the measured program too, so it imports nothing but the standard library.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Mapping
from enum import StrEnum
from typing import Final


class Measure(StrEnum):
    """Something that the project does to be fast, and that a stock Pulumi program does not."""

    VERSION_ALIASES = "version aliases dropped"
    GARBAGE_COLLECTION = "garbage collector runs rarely"
    BYTE_CODE = "byte code compiled at install"
    DEBUG_LOG = "debug log not sent to the engine"
    CHECKPOINTS = "state not checked after each resource of a preview"


_WITHOUT: Final = "PLATFORM_BENCHMARK_WITHOUT"
_RESOURCES: Final = "PLATFORM_BENCHMARK_RESOURCES"


def variables(without: Iterable[Measure], resources: int | None) -> dict[str, str]:
    """The environment variables that ask the program to leave out `without`.

    `resources`: make that many generated resources in place of the platform; None: the platform.
    """
    wanted = {_WITHOUT: ",".join(sorted(measure.name for measure in without))}
    return wanted if resources is None else {**wanted, _RESOURCES: str(resources)}


def left_out(environ: Mapping[str, str] | None = None) -> frozenset[Measure]:
    """The measures that the variables ask to leave out. Raises KeyError for a name that is none."""
    named = (os.environ if environ is None else environ).get(_WITHOUT, "")
    return frozenset(Measure[name] for name in named.split(",") if name)


def resources(environ: Mapping[str, str] | None = None) -> int | None:
    """How many generated resources the variables ask for; None for the platform."""
    named = (os.environ if environ is None else environ).get(_RESOURCES)
    return None if named is None else int(named)
