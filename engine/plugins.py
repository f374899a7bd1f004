"""Plugins of the engine: how one is put where the engine finds it.

There are two places. A folder on PATH wins over everything, but the engine then warns in every run ("using
pulumi-resource-x from $PATH"). The plugin folder of PULUMI_HOME is silent, and wants the exact version that the
program's SDK names (`sdk/go/common/workspace/plugins.go`, v3.274.1). Rehearsals have a PULUMI_HOME of their own.
"""

from __future__ import annotations

import shlex
import shutil
import tempfile
from collections.abc import Sequence
from importlib import metadata
from pathlib import Path


def sdk_version(distribution: str) -> str:
    """Return the installed version of an SDK such as "pulumi-azure-native": the plugin version that it asks for.

    Raises `importlib.metadata.PackageNotFoundError` if it isn't installed.
    """
    return metadata.version(distribution)


def place(home: Path, name: str, version: str, command: Sequence[str | Path]) -> Path:
    """Make `command` the resource plugin `name` at `version` in the PULUMI_HOME `home`; return its executable.

    The engine adds the address of its own gRPC service to the command. Placing the same again changes nothing, and a
    changed command replaces the executable in one step, so engines that run meanwhile see one or the other.
    """
    folder = home / "plugins" / f"resource-{name}-v{version}"
    executable = folder / f"pulumi-resource-{name}"
    text = f'#!/bin/sh\nexec {shlex.join(str(part) for part in command)} "$@"\n'
    if executable.is_file() and executable.read_text(encoding="utf-8") == text:
        return executable
    folder.mkdir(parents=True, exist_ok=True)
    with tempfile.NamedTemporaryFile("w", dir=folder, delete=False, encoding="utf-8") as file:
        file.write(text)
    written = Path(file.name)
    written.chmod(0o755)
    written.replace(executable)
    return executable


def remove(home: Path, name: str, version: str) -> None:
    """Take the plugin out of `home` again; nothing happens if it isn't there."""
    shutil.rmtree(home / "plugins" / f"resource-{name}-v{version}", ignore_errors=True)
