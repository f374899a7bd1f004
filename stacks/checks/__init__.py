"""Rules between settings: each a small pure function that yields what is wrong.

Owns rules that need two values, or a fact about Azure. Does not own what one value may look like (`stacks.types`) or
what policy allows (`policies`): a rule here stops what Azure would refuse or what could not work.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from stacks.problems import Problem
    from stacks.settings import Settings


def check(settings: Settings) -> list[Problem]:
    """Every problem between the values of `settings`."""
    return []  # noqa
