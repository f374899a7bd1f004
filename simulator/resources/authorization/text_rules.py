"""How long the texts of policies and roles may be."""

from __future__ import annotations

from collections.abc import Iterator

from simulator.model import Request
from simulator.rule import Fault


def too_long(request: Request, **most: int) -> Iterator[Fault]:
    """A fault for each input that has more characters than it may."""
    for name, limit in most.items():
        text = request.known(name)
        if isinstance(text, str) and len(text) > limit:
            yield Fault(f"{name} has {len(text)} characters", name, f"use at most {limit}")
