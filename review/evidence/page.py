"""Evidence as one page of HTML: it needs nothing else, runs no script, can be printed, and escapes every text."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from policies.frameworks import UNCONFIRMED, Control, Framework
from policies.pages import explained_at
from policies.release import NAME
from review.checkov.comparison import Standing
from review.evidence.coverage import Coverage
from review.evidence.model import MEANINGS, ControlResult, Evidence, Status, counted
from review.evidence.register import Entry
from review.visible import visible

TEMPLATES: Final = Path(__file__).with_name("templates")
# Beside the word: a status can be told without colours, and without knowing English.
MARKS: Final[Mapping[Status, str]] = {
    Status.FAIL: "✘",
    Status.WAIVED: "◐",
    Status.UNKNOWN: "?",
    Status.PASS: "✔",
    Status.NOT_ASSESSED: "–",
}


@dataclass(frozen=True)
class Summary:
    """A framework: its controls that rules serve, and those that none serves."""

    framework: Framework
    controls: tuple[ControlResult, ...]
    ruleless: tuple[Control, ...]

    @property
    def counts(self) -> Mapping[Status, int]:
        """Its controls by status."""
        return counted(one.status for one in self.controls)


def summaries(evidence: Evidence) -> tuple[Summary, ...]:
    """Each framework with its controls."""
    return tuple(
        Summary(
            framework,
            tuple(one for one in evidence.controls if one.framework.id == framework.id),
            tuple(control for owner, control in evidence.ruleless if owner.id == framework.id),
        )
        for framework in evidence.frameworks
    )


def page(
    evidence: Evidence, register: tuple[Entry, ...], coverage: Coverage, checkov: Mapping[str, Any] | None = None
) -> str:
    """The page. `checkov`: what `review.checkov.task.document` says of the same stack; None where it did not run."""
    environment = Environment(
        loader=FileSystemLoader(TEMPLATES),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
        finalize=_shown,
    )
    template = environment.get_template("matrix.html")
    return template.render(
        evidence=evidence,
        run=evidence.run,
        pack=NAME,
        summary=summaries(evidence),
        register=register,
        coverage=coverage,
        checkov=checkov,
        meanings=MEANINGS,
        address=explained_at,
        marks=MARKS,
        unconfirmed=UNCONFIRMED,
        cited={one.control.ref: one.control.cited for one in evidence.controls},
        settled=(Standing.AGREED, Standing.ALONE),
        style=Markup((TEMPLATES / "style.css").read_text(encoding="utf-8")),  # noqa: S704 - a file of ours
    )


def _shown(value: Any) -> Any:
    """What goes into the page, before it is escaped."""
    return visible(value) if isinstance(value, str) and not isinstance(value, Markup) else value
