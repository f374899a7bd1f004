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


def run(stack: str, arm: Path | None, manifest: Path | None) -> None:
    """Writes the asked files, and says what is not in them. Raises PolicyError."""
    if arm is None and manifest is None:
        raise PolicyError("nothing was asked for: give --arm FILE, --manifest FILE or both")
    console = Console(stderr=True)
    settled = report_of(Subject(stack), console, datetime.now(UTC).date()).settled
    plan, skipped = settled.judgement.stack, skips(settled)
    if arm is not None:
        _write(arm_template(plan, skipped), arm, console)
    if manifest is not None:
        _write(exported_manifests(plan, skipped), manifest, console)


def _write(exported: Exported, file: Path, console: Console) -> None:
    file.write_text(exported.text, encoding="utf-8")
    console.print(f"{escape(str(file))}: {len(exported.origins)} resources")
    for one in exported.left_out:
        console.print(f"  left out: {escape(one.resource.name)} {escape(one.path or '(all of it)')}: {escape(one.why)}")
