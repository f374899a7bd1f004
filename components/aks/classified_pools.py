"""Classified pools: which nodes may run work of which information classification.

Owns the label and the taint, as plain values. Does not own the pools, or the tolerations of workloads (`gitops/`).
Every pool says what it is for. Where a classification demands nodes of its own and another pool of the cluster serves
lower work, the pool is tainted as well: a pod that does not ask for the level never lands there.
"""

from __future__ import annotations

from collections.abc import Iterable

from stacks.classification import DEMANDS
from stacks.types import Classification

KEY = "platform.gov/classification"
_ORDER = tuple(Classification)


def label(level: Classification) -> dict[str, str]:
    """What a pod selects: `protected-b`, because a label's value has no blanks."""
    return {KEY: _slug(level)}


def taints(level: Classification, levels: Iterable[Classification]) -> tuple[str, ...]:
    """The taint of a pool of `level` in a cluster whose pools have `levels`."""
    shared = any(_ORDER.index(other) < _ORDER.index(level) for other in levels)
    return (f"{KEY}={_slug(level)}:NoSchedule",) if shared and DEMANDS[level].own_pools else ()


def _slug(level: Classification) -> str:
    return level.value.lower().replace(" ", "-")
