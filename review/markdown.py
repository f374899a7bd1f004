"""Texts in GitHub's Markdown that show as they are: names come from programs that strangers write.

Owns escaping. Whatever a text holds, it stays in its table cell, is no markup, makes no link, mentions nobody, and
can't turn the order of what stands around it.
"""

from __future__ import annotations

import unicodedata
from typing import Final

LONGEST: Final = 300
# A character reference never starts markup; the characters that need none are those that markup doesn't use.
_PLAIN: Final = frozenset(" ,;?()/=+%")
# GitHub finds mentions and issues in the text after references are resolved, so a sign that has no width parts them.
_PARTED: Final = frozenset("@#")


def escaped(text: str, longest: int = LONGEST) -> str:
    """One line of Markdown that shows `text`; cut with an ellipsis where it is longer."""
    shown = text if len(text) <= longest else text[: longest - 1] + "…"
    return "".join(_escaped(character) for character in " ".join(shown.split()))


def _escaped(character: str) -> str:
    if character.isalnum() or character in _PLAIN:
        return character
    # Controls, directions and what has no width: one sees that something is there.
    if unicodedata.category(character)[0] == "C":
        return "\N{REPLACEMENT CHARACTER}"
    reference = f"&#{ord(character)};"
    return f"{reference}&#8203;" if character in _PARTED else reference
