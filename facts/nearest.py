"""The error of a look-up that found nothing: it names the nearest valid key."""

from __future__ import annotations

from collections.abc import Iterable
from difflib import get_close_matches


def unknown_key(kind: str, key: str, known: Iterable[str], file: str) -> LookupError:
    """The error to raise when `key` is not one of `known`; `file` is where a row can be added."""
    close = get_close_matches(key, list(known), n=1, cutoff=0.0)
    hint = f"; the nearest is {close[0]!r}" if close else ""
    return LookupError(
        f"{kind} {key!r} is not in {file}{hint}. Correct the name, or add a row with its source and date."
    )
