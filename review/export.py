"""`invoke export`: a stack's plan in files that other tools read. What is waived asks checkov to skip it there."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

from rich.console import Console
from rich.markup import escape

from review.arm_template import arm_template
from review.checkov.waived import skips
from review.exported import Exported
from review.manifests import exported_manifests
from review.policy import PolicyError, Subject, report_of
from review.writing import must_be_writable, write


def run(stack: str, arm: Path | None, manifest: Path | None) -> None:
    """Writes the asked files, and says what is not in them. Raises PolicyError."""
    if arm is None and manifest is None:
        raise PolicyError("nothing was asked for: give --arm FILE, --manifest FILE or both")
    if arm == manifest:
        raise PolicyError("--arm and --manifest name one file; give each its own")
    must_be_writable(arm, manifest)
    console = Console(stderr=True)
    settled = report_of(Subject(stack), console, datetime.now(UTC).date()).settled
    plan, skipped = settled.judgement.stack, skips(settled)
    made: dict[Path, Exported] = {}
    if arm is not None:
        made[arm] = arm_template(plan, skipped)
    if manifest is not None:
        made[manifest] = exported_manifests(plan, skipped)
    write({file: exported.text for file, exported in made.items()})
    for file, exported in made.items():
        _tell(exported, file, console)


def _tell(exported: Exported, file: Path, console: Console) -> None:
    console.print(f"{escape(str(file))}: {len(exported.origins)} resources")
    for one in exported.left_out:
        console.print(f"  left out: {escape(one.resource.name)} {escape(one.path or '(all of it)')}: {escape(one.why)}")
