"""What this machine has and lacks for working on the project, and the command that mends each lack.

The checks change nothing, reach no network and print no account, tenant or token.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from rich.table import Table

from engine import cache, kubernetes, source
from engine.cli import LANGUAGE_HOST, Engine
from engine.locate import find

SECONDS = 10.0
"""How long a program may take to tell its version; `az` takes two on a good day."""

FREE_GB = 4
"""Needed while the engine is built from source: Go's caches take 3.1 GB, the results 0.6 GB (measured 2026-11)."""

Verdict = Literal["ok", "missing"]


@dataclass(frozen=True)
class Finding:
    """One thing that was looked for. `mend` is a command or a link, empty when nothing is to be done."""

    name: str
    verdict: Verdict
    detail: str
    mend: str
    needed: bool
    """Whether a rehearsal fails without it."""


def examine(environ: Mapping[str, str] | None = None) -> list[Finding]:
    """Look for everything; return the findings in the order in which a newcomer would mend them."""
    environ = os.environ if environ is None else environ
    engine = find(environ)
    return [
        _python(),
        _tool("uv", "pip install uv", needed=True, environ=environ),
        _tool("git", "https://git-scm.com/downloads", needed=False, environ=environ),
        _engine(engine),
        _go(environ),
        _language_host(engine, environ),
        _kubernetes_provider(environ),
        _azure(environ),
        _kubeconfig(environ),
        _disk(engine, environ),
    ]


def is_ready(findings: list[Finding]) -> bool:
    """Return whether nothing that a rehearsal needs is missing."""
    return not any(finding.needed and finding.verdict == "missing" for finding in findings)


def render(findings: list[Finding]) -> Table:
    """Return the findings as a table for `rich`."""
    table = Table(title="What a rehearsal and a real deployment need on this machine", title_justify="left")
    for column in ("", "What", "Found", "To mend it"):
        table.add_column(column, overflow="fold")
    for finding in findings:
        missing = "[red]missing[/red]" if finding.needed else "[yellow]absent[/yellow]"
        table.add_row(
            "[green]ok[/green]" if finding.verdict == "ok" else missing, finding.name, finding.detail, finding.mend
        )
    return table


def _python() -> Finding:
    version = ".".join(map(str, sys.version_info[:3]))
    # 3.11.4 brought the safe unpacking of archives (`tarfile`, filter="data") that a downloaded release needs.
    if sys.version_info >= (3, 11, 4):
        return Finding("Python", "ok", version, "", needed=True)
    return Finding("Python", "missing", f"{version}, older than 3.11.4", "uv python install 3.12", needed=True)


def _tool(name: str, mend: str, *, needed: bool, environ: Mapping[str, str]) -> Finding:
    said = _version(name, environ)
    if said is None:
        return Finding(name, "missing", "not on PATH, or it does not tell its version", mend, needed)
    return Finding(name, "ok", said, "", needed)


def _version(name: str, environ: Mapping[str, str], argument: str = "--version") -> str | None:
    """Return the first version number that `name` prints; None if it can't be asked."""
    output = _ask([name, argument], environ)
    found = re.search(r"\d+(\.\d+)+", output) if output is not None else None
    return found.group() if found else None


def _ask(command: list[str], environ: Mapping[str, str]) -> str | None:
    """Return what `command` prints; None if it isn't there, fails, or takes too long."""
    program = shutil.which(command[0], path=environ.get("PATH", os.defpath))
    if program is None:
        return None
    try:
        asked = subprocess.run(
            [program, *command[1:]], env=environ, stdin=subprocess.DEVNULL, capture_output=True, timeout=SECONDS,
            check=False,
        )  # fmt: skip
    except (subprocess.TimeoutExpired, OSError):
        return None
    return asked.stdout.decode(errors="replace") if asked.returncode == 0 else None


def _engine(engine: Engine | None) -> Finding:
    if engine is None:
        detail = "no usable `pulumi` on PATH or in the cache"
        return Finding("Pulumi engine", "missing", detail, "uv run invoke engine", needed=True)
    ways = {"path": "on PATH", "release": "official release, downloaded", "source": "built from source"}
    return Finding("Pulumi engine", "ok", f"{engine.version}, {ways[engine.origin]}: {engine.pulumi}", "", needed=True)


def _go(environ: Mapping[str, str]) -> Finding:
    go = source.find_go(environ)
    said = _version(str(go), environ, "version") if go is not None else None
    if said is not None:
        return Finding("Go", "ok", said, "", needed=False)
    detail = "builds actionlint for `invoke test`, and the engine where its official release can't be downloaded"
    return Finding("Go", "missing", detail, "https://go.dev/dl/", needed=False)


def _language_host(engine: Engine | None, environ: Mapping[str, str]) -> Finding:
    name = "Language host"
    if engine is None:
        return Finding(name, "missing", "comes with the engine", "uv run invoke engine", needed=True)
    beside = engine.pulumi.resolve().with_name(LANGUAGE_HOST)
    if beside.exists() or shutil.which(LANGUAGE_HOST, path=environ.get("PATH", os.defpath)) is not None:
        return Finding(name, "ok", "ours" if engine.needs_our_language_host else "the engine's own", "", needed=True)
    return Finding(name, "missing", f"no {LANGUAGE_HOST} beside the engine", "uv run invoke engine", needed=True)


def _kubernetes_provider(environ: Mapping[str, str]) -> Finding:
    found = kubernetes.find(environ)
    name = "Kubernetes provider"
    if found is not None:
        return Finding(name, "ok", str(found), "", needed=False)
    detail = "only needed for Kubernetes manifests; the engine downloads it where the network allows"
    return Finding(name, "missing", detail, "uv run python -m engine kubernetes", needed=False)


def _azure(environ: Mapping[str, str]) -> Finding:
    name = "Azure login"
    if shutil.which("az", path=environ.get("PATH", os.defpath)) is None:
        mend = "https://learn.microsoft.com/cli/azure/install-azure-cli"
        return Finding(name, "missing", "no `az` on PATH; only needed for real stacks", mend, needed=False)
    # Reads az's own files, without the network. Its output names the account, so only its success is looked at.
    if _ask(["az", "account", "show", "--output", "none"], environ) is None:
        return Finding(name, "missing", "not logged in; only needed for real stacks", "az login", needed=False)
    return Finding(name, "ok", "logged in", "", needed=False)


def _kubeconfig(environ: Mapping[str, str]) -> Finding:
    named = environ.get("KUBECONFIG")
    files = named.split(os.pathsep) if named else [str(Path(environ.get("HOME", "~")).expanduser() / ".kube/config")]
    present = [file for file in files if Path(file).is_file()]
    if present:
        return Finding("kubeconfig", "ok", ", ".join(present), "", needed=False)
    mend = "az aks get-credentials --resource-group GROUP --name CLUSTER"
    return Finding("kubeconfig", "missing", "none; only needed to look into a real cluster", mend, needed=False)


def _disk(engine: Engine | None, environ: Mapping[str, str]) -> Finding:
    folder = cache.root(environ)
    existing = next(parent for parent in (folder, *folder.absolute().parents) if parent.exists())
    free = shutil.disk_usage(existing).free / 1e9
    detail = f"{free:.0f} GB free in {folder}"
    if free >= FREE_GB or engine is not None:
        return Finding("Disk space", "ok", detail, "", needed=True)
    mend = f"Free {FREE_GB} GB, or name another folder in {cache.FOLDER_VARIABLE}"
    return Finding("Disk space", "missing", detail, mend, needed=True)
