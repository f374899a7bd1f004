"""What two spellings of one name share."""

from __future__ import annotations

import re


def letters(name: str) -> str:
    """The letters and digits: those of `EnableHTTPSTrafficOnly` and `enableHttpsTrafficOnly` are the same."""
    return re.sub("[^a-z0-9]", "", name.lower())
