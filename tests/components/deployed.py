"""What a stack is made of, recorded once for all tests that ask."""

from __future__ import annotations

from functools import cache

import stacks
from components.platform import Platform
from tests.components.recording import Recorded, record


@cache
def deployed(stack: str) -> tuple[Recorded, ...]:
    """Every resource of the stack, once deployed."""
    settings = stacks.load(stack)
    return tuple(record(lambda: Platform(settings.name, settings)))
