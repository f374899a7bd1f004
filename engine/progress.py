"""How long steps tell what they do: a small protocol for callers, and two implementations.

Functions that take minutes take a `Progress`. They own what is said; the caller owns how it looks.
"""

from __future__ import annotations

import time
from types import TracebackType
from typing import Protocol, Self

from rich.console import Console
from rich.markup import escape
from rich.status import Status


class Progress(Protocol):
    """Receives what a long step says. All texts are plain English, without a full stop."""

    def start(self, what: str, why: str, usually: str) -> None:
        """Announce a step: what is done, what for, and how long it usually takes."""

    def update(self, text: str) -> None:
        """Say how far the step is; called often, the latest text counts."""

    def finish(self, text: str) -> None:
        """End the step that started last: what came of it, good or bad."""

    def note(self, text: str) -> None:
        """Say something that lasts, outside or inside a step."""


class Silent:
    """Says nothing."""

    def start(self, what: str, why: str, usually: str) -> None:
        """Ignore."""

    def update(self, text: str) -> None:
        """Ignore."""

    def finish(self, text: str) -> None:
        """Ignore."""

    def note(self, text: str) -> None:
        """Ignore."""


class RichProgress:
    """Shows a spinner on a terminal; elsewhere (CI logs) a line at most every `every` seconds.

    Writes to standard error by default, so that standard output stays free for a command's result. Use it as a context
    manager, or a spinner may outlive an exception.
    """

    def __init__(self, console: Console | None = None, every: float = 20.0) -> None:
        self._console = console if console is not None else Console(stderr=True)
        self._every = every
        self._what = ""
        self._began = 0.0
        self._said = 0.0
        self._status: Status | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._stop()

    def start(self, what: str, why: str, usually: str) -> None:
        """Print what begins and why; then show a spinner where the terminal allows."""
        self._stop()
        self._what, self._began, self._said = what, time.monotonic(), time.monotonic()
        self._console.print(
            f"[bold]{escape(what)}[/bold] – {why} [dim](usually {usually})[/dim]", highlight=False, soft_wrap=True
        )
        if self._console.is_terminal:
            self._status = self._console.status(escape(what))
            self._status.start()

    def update(self, text: str) -> None:
        """Refresh the spinner's text, or print a line when the last one is old enough."""
        line = f"{self._what}: {text}, {self._elapsed()}"
        if self._status is not None:
            self._status.update(escape(line))
        elif time.monotonic() - self._said >= self._every:
            self._said = time.monotonic()
            self._console.print(f"  {line}", highlight=False, markup=False, soft_wrap=True)

    def finish(self, text: str) -> None:
        """Take the spinner away and print the result with the time it took."""
        elapsed = self._elapsed()
        self._stop()
        self._console.print(f"  {escape(text)} [dim]({elapsed})[/dim]", highlight=False, soft_wrap=True)

    def note(self, text: str) -> None:
        """Print a line; a spinner stays below it."""
        self._console.print(f"  {text}", highlight=False, markup=False, soft_wrap=True)

    def _elapsed(self) -> str:
        minutes, seconds = divmod(int(time.monotonic() - self._began), 60)
        return f"{minutes}:{seconds:02d}"

    def _stop(self) -> None:
        if self._status is not None:
            self._status.stop()
            self._status = None
