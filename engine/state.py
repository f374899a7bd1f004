"""Whether a real stack's state still holds types of a fixed API version, so that its aliases must be kept."""

from __future__ import annotations

import json
import re
import subprocess
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from engine.cli import Engine

# azure-native:network/v20230201:VirtualNetwork
_VERSIONED = re.compile(r"^azure-native:\w+/v\d{8}\w*:")


class StateError(Exception):
    """A state that can't be read. The message is the engine's."""


def versioned_types(export: Mapping[str, Any]) -> list[str]:
    """The types of a fixed API version in what `pulumi stack export` prints, sorted, each once."""
    resources = export.get("deployment", {}).get("resources") or []
    return sorted({str(item["type"]) for item in resources if _VERSIONED.match(str(item.get("type", "")))})


def export(engine: Engine, stack: str, project: Path) -> dict[str, Any]:
    """The state of a stack in the caller's own backend; secrets stay encrypted. Raises StateError."""
    command = [str(engine.pulumi), "stack", "export", "--stack", stack, "--non-interactive"]
    done = subprocess.run(command, cwd=project, capture_output=True, text=True, check=False)
    if done.returncode != 0:
        raise StateError(done.stderr.strip() or f"`pulumi stack export` ended with status {done.returncode}")
    loaded: dict[str, Any] = json.loads(done.stdout)
    return loaded
