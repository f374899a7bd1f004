"""Texts from a stack as people see them: whatever can't be seen, or could turn a line round, is written out.

Names and messages may come from a file that somebody else wrote. A terminal and each form of evidence escape them in
their own way as well; this comes before all of them, so that a name looks the same everywhere.
"""

from __future__ import annotations

import unicodedata
from typing import Final

# Controls, formats (among them those that turn the direction of text), lone surrogates, separators of lines.
_HIDDEN: Final = frozenset({"Cc", "Cf", "Cs", "Zl", "Zp"})


def visible(text: str) -> str:
    """The text on one line, with each hidden character as `[U+202E]`."""
    if text.isprintable():
        return text
    return "".join(f"[U+{ord(one):04X}]" if unicodedata.category(one) in _HIDDEN else one for one in text)
