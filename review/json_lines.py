"""JSON whose objects know the line that they begin on.

Comments, texts over several lines and commas after the last item are taken, as Azure and Bicep take them in templates.
"""

from __future__ import annotations

import json
import re
from bisect import bisect_right
from json import decoder, scanner
from typing import Any, Final

_COMMENT: Final = re.compile(r'"(?:\\.|[^"\\])*"|//[^\n]*|/\*.*?\*/', re.DOTALL)
_LAST_COMMA: Final = re.compile(r'"(?:\\.|[^"\\])*"|,(?=\s*[}\]])', re.DOTALL)


class Located(dict[str, Any]):
    """An object. `first`, `last`: its lines, from 1."""

    first: int = 0
    last: int = 0


class _Decoder(json.JSONDecoder):
    def __init__(self, text: str) -> None:
        super().__init__(strict=False)  # texts may go over several lines
        self._starts = [match.end() for match in re.finditer("\n", text)]
        self.parse_object = self._located
        self.scan_once = scanner.py_make_scanner(self)  # type: ignore[attr-defined]

    def _located(self, state: tuple[str, int], *arguments: Any) -> tuple[Located, int]:
        found, end = decoder.JSONObject(state, *arguments)  # type: ignore[attr-defined]
        located = Located(found)
        located.first, located.last = self._line(state[1] - 1), self._line(end - 1)
        return located, end

    def _line(self, position: int) -> int:
        return bisect_right(self._starts, position) + 1


def loads(text: str) -> Any:
    """The document. Raises ValueError with line and column."""
    plain = _LAST_COMMA.sub(_blank, _COMMENT.sub(_blank, text))
    return _Decoder(plain).decode(plain)


def _blank(match: re.Match[str]) -> str:
    found = match[0]
    return found if found.startswith('"') else re.sub(r"[^\n]", " ", found)
