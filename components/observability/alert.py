"""Alert: what every alert says of itself, whatever measures it.

Owns the shape: an alert is data, and each kind of rule adds what it measures. Owns no resource.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import IntEnum
from typing import Final

RUNBOOKS: Final = "docs/runbooks"
_ID: Final = re.compile(r"[a-z][a-z0-9]*(-[a-z0-9]+)*")


class Severity(IntEnum):
    """Azure Monitor's five severities."""

    CRITICAL = 0
    """Users are without service now."""
    ERROR = 1
    """Users will be without service soon, or part of them is."""
    WARNING = 2
    """Somebody must act within days."""
    INFORMATIONAL = 3
    """Somebody should know."""
    VERBOSE = 4
    """Written down, and looked up when it is needed."""


@dataclass(frozen=True, kw_only=True)
class Alert:
    """One alert. `what` is the sentence that its receiver reads first; `runbook` is a file of `docs/runbooks`."""

    id: str
    severity: Severity
    what: str
    runbook: str

    @property
    def runbook_path(self) -> str:
        """The runbook, from the root of the repository."""
        return f"{RUNBOOKS}/{self.runbook}"

    @property
    def description(self) -> str:
        """What Azure shows and sends: the sentence, and where to read on."""
        return f"{self.what} Runbook: {self.runbook_path}"


def alert_problems(alert: Alert) -> list[str]:
    """Every reason why nobody could act on the alert."""
    found = []
    if _ID.fullmatch(alert.id) is None:
        found.append(f"alert {alert.id!r}: an id is small letters, digits and single dashes")
    if not alert.what.endswith("."):
        found.append(f"alert {alert.id}: {alert.what!r} is no sentence")
    if not alert.runbook.endswith(".md") or "/" in alert.runbook:
        found.append(f"alert {alert.id}: {alert.runbook!r} is no file of {RUNBOOKS}, so nobody knows what to do")
    return found
