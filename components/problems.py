"""The error that a component raises for arguments that can't be built."""

from __future__ import annotations

from collections.abc import Sequence


def refuse(name: str, found: Sequence[str]) -> None:
    """Raise ValueError naming the component and every problem; do nothing when there is none."""
    if found:
        raise ValueError(f"{name}: " + "; ".join(found))
