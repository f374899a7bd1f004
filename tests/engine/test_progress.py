"""What the default progress prints."""

from __future__ import annotations

import io

from rich.console import Console

from engine import progress
from engine.progress import RichProgress


def printed(*, terminal: bool, every: float) -> str:
    file = io.StringIO()
    with RichProgress(Console(file=file, force_terminal=terminal, width=200), every) as shown:
        shown.start("Building [x]", "for a test", "a moment")
        shown.update("one")
        shown.update("two")
        shown.note("a note")
        shown.finish("Built")
    return file.getvalue()


def test_a_log_gets_what_why_how_long_and_the_result() -> None:
    text = printed(terminal=False, every=1000)
    assert "Building [x] – for a test (usually a moment)" in text
    assert "a note" in text
    assert "Built (0:00)" in text
    assert "one" not in text.replace("done", "")


def test_a_log_gets_updates_now_and_then() -> None:
    assert "two, 0:00" in printed(terminal=False, every=0)


def test_a_spinner_is_taken_away_after_an_exception() -> None:
    console = Console(file=io.StringIO(), force_terminal=True)
    shown = RichProgress(console)
    try:
        with shown:
            shown.start("Building", "for a test", "a moment")
            raise ValueError
    except ValueError:
        pass
    assert shown._status is None


def test_the_silent_one_takes_everything() -> None:
    silent: progress.Progress = progress.Silent()
    silent.start("a", "b", "c")
    silent.update("d")
    silent.note("e")
    silent.finish("f")
