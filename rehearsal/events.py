"""The engine's event log: what it did with each resource, and what it complained of.

One JSON object a line (`sdk/go/common/apitype/events.go`). A killed engine leaves a last line that is cut short: it is
left out, and `Outcome.complete` is false.
"""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

STACK: Final = "pulumi:pulumi:Stack"
# Steps that are parts of a replacement; the `replace` step counts it once.
_PARTS: Final = frozenset({"create-replacement", "delete-replaced"})
_COLOURS: Final = re.compile(r"<\{%[^%]*%\}>")


@dataclass(frozen=True)
class Step:
    """What the engine did with one resource."""

    urn: str
    type: str
    operation: str
    parent: str
    custom: bool


@dataclass(frozen=True)
class Complaint:
    """A diagnostic of severity `error` or `warning`."""

    urn: str
    severity: str
    message: str


@dataclass
class Outcome:
    """One update as its events tell it."""

    steps: list[Step] = field(default_factory=list)
    complaints: list[Complaint] = field(default_factory=list)
    complete: bool = False
    seconds: float = 0.0

    def count(self, *, custom_only: bool = True) -> Counter[str]:
        """How many resources had each operation; components and the stack are not resources of Azure."""
        return Counter(step.operation for step in self.steps if step.custom or not custom_only)

    @property
    def changed(self) -> list[Step]:
        """The steps that changed something."""
        return [step for step in self.steps if step.operation not in {"same", "read", "refresh"}]


def read(path: Path) -> Outcome:
    """The outcome in an event log. Raises nothing for a log that is missing or cut short."""
    outcome = Outcome()
    for event in _events(path):
        if found := event.get("resOutputsEvent"):
            _add_step(outcome, found["metadata"])
        elif found := event.get("diagnosticEvent"):
            _add_complaint(outcome, found)
        elif found := event.get("summaryEvent"):
            outcome.complete = found.get("result", "succeeded") == "succeeded" and not found.get("maybeCorrupt")
            outcome.seconds = float(found.get("durationSeconds", 0))
    return outcome


def _events(path: Path) -> Iterator[dict[str, Any]]:
    if not path.is_file():
        return
    for line in path.read_text(encoding="utf-8").splitlines():
        try:
            event = json.loads(line)
        except json.JSONDecodeError:
            return
        if isinstance(event, dict):
            yield event


def _add_step(outcome: Outcome, metadata: dict[str, Any]) -> None:
    state = metadata.get("new") or metadata.get("old") or {}
    if metadata["type"].startswith("pulumi:providers:") or metadata["type"] == STACK or metadata["op"] in _PARTS:
        return
    outcome.steps.append(
        Step(metadata["urn"], metadata["type"], metadata["op"], state.get("parent", ""), bool(state.get("custom")))
    )


def _add_complaint(outcome: Outcome, event: dict[str, Any]) -> None:
    severity = event.get("severity", "")
    if severity not in {"error", "warning"} or event.get("ephemeral"):
        return
    message = _COLOURS.sub("", event.get("message", "")).strip()
    complaint = Complaint(event.get("urn", ""), severity, message)
    if message and complaint not in outcome.complaints:
        outcome.complaints.append(complaint)
