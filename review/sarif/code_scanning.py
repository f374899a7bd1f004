"""What GitHub's code scanning takes, so that an upload is never refused.

Source of every number: GitHub's page "SARIF support for code scanning" and its table of limits, read 2026-11-25. GitHub
reads neither `kind` nor `suppressions`: whatever stands in an uploaded file becomes an alert.
"""

from __future__ import annotations

import gzip
from collections.abc import Mapping, Sequence
from typing import Any, Final

from policies.rule import Severity

# 25,000 results of a run are refused; of fewer, the 5,000 most severe are shown. Which ones those are is chosen here.
MOST_RESULTS: Final = 5_000
# Of at most 20 tags the first 10 are shown.
MOST_TAGS: Final = 20
LONGEST_DESCRIPTION: Final = 1_024
# Compressed by gzip.
LARGEST_FILE: Final = 10 * 1024 * 1024
# No limit of GitHub's: one finding with thousands of faults would hide the others.
_LONGEST_MESSAGE: Final = 2_000
_RANKS: Final = ("error", "warning", "note", "none")

SECURITY_SEVERITY: Final[Mapping[Severity, str]] = {
    Severity.CRITICAL: "9.5",
    Severity.HIGH: "8.0",
    Severity.MEDIUM: "5.5",
    Severity.LOW: "3.0",
}
"""The score, as a text, that GitHub shows as critical (over 9.0), high (from 7.0), medium (from 4.0) and low."""
PROBLEM_SEVERITY: Final[Mapping[Severity, str]] = {
    Severity.CRITICAL: "error",
    Severity.HIGH: "error",
    Severity.MEDIUM: "warning",
    Severity.LOW: "recommendation",
}
"""The same for what is no matter of security."""


def described(text: str) -> str:
    """A description as long as it may be."""
    return text if len(text) <= LONGEST_DESCRIPTION else f"{text[: LONGEST_DESCRIPTION - 1]}…"


def message(parts: Sequence[str]) -> str:
    """Sentences as one message; those that are too much are counted.

    Braces are doubled, since single ones mark placeholders (SARIF 2.1.0, 3.11.5), and no link is made (3.11.6).
    """
    said = parts[0][:_LONGEST_MESSAGE]
    for index, part in enumerate(parts[1:], 1):
        if len(said) + len(part) > _LONGEST_MESSAGE:
            said += f" … and {len(parts) - index} more."
            break
        said += f" {part}"
    return said.replace("{", "{{").replace("}", "}}").replace("](", "] (")


def most_severe(results: Sequence[Mapping[str, Any]], most: int) -> list[Mapping[str, Any]]:
    """As many results as may be, errors before warnings, in the order in which they came."""
    ranked = sorted(range(len(results)), key=lambda index: _RANKS.index(results[index]["level"]))
    return [results[index] for index in sorted(ranked[:most])]


def fits(text: str) -> bool:
    """Whether a file is small enough."""
    return len(gzip.compress(text.encode(), mtime=0)) <= LARGEST_FILE
