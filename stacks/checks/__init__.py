"""Rules between settings: each a small pure function that yields what is wrong.

Owns rules that need two values, or a fact about Azure. Does not own what one value may look like (`stacks.types`), nor
what policy allows (`policies`): a rule here stops what Azure would refuse, or what could not work.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

from stacks.checks import (
    access,
    addresses,
    analytics,
    capacity,
    classification,
    cluster,
    data,
    durability,
    edge,
    generative_ai,
    governance,
    gpu,
    machine_learning,
    monitoring,
    network,
    operations,
    pools,
    schedules,
    serving,
    workloads,
)
from stacks.problems import Problem
from stacks.settings import Settings

Check = Callable[[Settings], Iterator[Problem]]

_AREAS = (
    addresses,
    network,
    capacity,
    pools,
    gpu,
    cluster,
    durability,
    operations,
    classification,
    access,
    data,
    analytics,
    machine_learning,
    schedules,
    generative_ai,
    serving,
    edge,
    governance,
    monitoring,
    workloads,
)

CHECKS: tuple[Check, ...] = tuple(rule for area in _AREAS for rule in area.CHECKS)
"""Every rule, area by area; each module lists its own at its end."""


def check(settings: Settings) -> list[Problem]:
    """Every problem between the values of `settings`, in the order of `CHECKS`."""
    return [problem for rule in CHECKS for problem in rule(settings)]
