"""The data types of OSCAL: what its schema takes as a text, a token, a line of Markdown, a moment, an identifier."""

from __future__ import annotations

import re
import uuid
from collections.abc import Mapping
from datetime import date
from typing import Any, Final

from review.visible import visible

NAMESPACE: Final = "urn:mlops-platform:evidence"
"""Whose names the properties bear that OSCAL does not know."""
_SPACE: Final = uuid.UUID("3b8f1a52-6c0d-4b7e-9d5a-0e6c2f4a7b91")
# What makes links, HTML, code or emphasis in CommonMark; names and messages are to be read as they are.
_MARKDOWN: Final = re.compile(r"([\\`*\[\]<>&#|~!])")


def identifier(*names: object) -> str:
    """A UUID (version 5) that follows from the names alone."""
    return str(uuid.uuid5(_SPACE, "\n".join(map(str, names))))


def token(text: str) -> str:
    """A name without slashes and brackets: `hipaa/164.312(a)(1)` becomes `hipaa_164.312.a.1`."""
    plain = text.replace("/", "_").replace(")(", ".").replace("(", ".").replace(")", "")
    return re.sub(r"[^\w.-]", "_", plain)


def markup(text: str) -> str:
    """A text on one line of Markdown that shows as it is written."""
    return _MARKDOWN.sub(r"\\\1", visible(text)) or "-"


def moment(day: date) -> str:
    """The beginning of a day, UTC."""
    return f"{day.isoformat()}T00:00:00Z"


def properties(values: Mapping[str, object]) -> list[dict[str, Any]]:
    """Properties of ours; what is empty is left out, since OSCAL has no empty text."""
    texts = {name: visible(str(value)).strip() for name, value in values.items()}
    return [{"name": name, "ns": NAMESPACE, "value": text} for name, text in texts.items() if text]
