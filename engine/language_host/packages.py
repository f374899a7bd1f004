"""What the installed packages of a program tell: their names, versions, and the Pulumi plugins that they need.

Everything is read from the files that installers write; no interpreter is started and no package is imported.
"""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from importlib.metadata import Distribution, distributions
from pathlib import Path
from typing import Any

PLUGIN_FILE = "pulumi-plugin.json"
"""Written into the package of every Pulumi SDK: which provider plugin it needs, in which version, and from where."""


@dataclass(frozen=True)
class PluginNeed:
    """A provider plugin that an installed SDK needs. `version` has no leading v; `server` is empty for the default."""

    name: str
    version: str
    server: str = ""
    parameterization: dict[str, Any] = field(default_factory=dict)


def required_plugins(folders: Sequence[Path]) -> list[PluginNeed]:
    """Return the plugins needed by the SDKs installed in `folders`, sorted by name."""
    needs = (_need(path) for folder in folders for path in sorted(folder.glob(f"*/{PLUGIN_FILE}")))
    return sorted((need for need in needs if need is not None), key=lambda need: need.name)


def _need(path: Path) -> PluginNeed | None:
    described = json.loads(path.read_text(encoding="utf-8"))
    if not described.get("resource", False):
        return None
    distribution = path.parent.name.replace("_", "-")
    version = described.get("version") or _installed_version(path.parent.parent, distribution)
    return PluginNeed(
        name=described.get("name") or distribution.removeprefix("pulumi-"),
        version=str(version).removeprefix("v"),
        server=described.get("server") or "",
        parameterization=described.get("parameterization") or {},
    )


def _installed_version(folder: Path, name: str) -> str:
    for distribution in Distribution.discover(name=name, path=[str(folder)]):
        return distribution.version
    return ""


def installed(folders: Sequence[Path], *, transitive: bool) -> list[tuple[str, str]]:
    """Return (name, version) of installed distributions; without `transitive`, only those that no other one needs."""
    found = {d.name: d for d in distributions(path=[str(folder) for folder in folders])}
    needed = set() if transitive else {_plain(need) for d in found.values() for need in d.requires or []}
    return sorted((_plain(name), d.version) for name, d in found.items() if _plain(name) not in needed)


def _plain(requirement: str) -> str:
    """Return the normalised name of a requirement such as `Azure_Core[aio]>=1; extra == "x"` (PEP 503, PEP 508)."""
    name = re.match(r"[A-Za-z0-9._-]*", requirement.strip())
    return re.sub(r"[-_.]+", "-", name.group() if name else "").lower()
