"""How a component refuses arguments that can't be built."""

from __future__ import annotations

from collections.abc import Sequence

from pulumi import RunError


def refuse(name: str, found: Sequence[str]) -> None:
    """Raise with every problem that was `found` in the component called `name`; do nothing when there is none.

    RunError, because Pulumi shows it without a traceback: the reader is whoever wrote the settings.
    """
    if found:
        raise RunError(f"{name} can't be built: " + "; ".join(found))
