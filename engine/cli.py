"""The Pulumi CLI on this machine: what we know of it, and how an executable is asked who it is."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from engine.cache import Origin

WANTED = "3.274.1"
"""The version that is fetched or built, locked by `golang/cli/go.sum`."""

MINIMUM = (3, 249, 0)
"""The oldest CLI on PATH that is used. `pulumi policy analyze --file` came with 3.249; exit codes that tell a missing
stack from a failure with 3.227; `result` in summary events with 3.237 (changelog of pulumi/pulumi, read 2026-11)."""

PROBE_SECONDS = 20.0
"""`pulumi version` answers in 0.1 s; a first start on a cold disk or under a virus scanner takes seconds."""

LANGUAGE_HOST = "pulumi-language-python"


@dataclass(frozen=True)
class Engine:
    """A Pulumi CLI that can run this project.

    `pulumi`: the executable. `version`: such as "3.274.1". `origin`: found on PATH, downloaded, or built from source.
    `bin_dir`: the folder to put first on PATH. `needs_our_language_host`: whether Python programs run on the language
    host of this project, because the CLI came without one.
    """

    pulumi: Path
    version: str
    origin: Origin
    bin_dir: Path
    needs_our_language_host: bool


@dataclass(frozen=True)
class Unusable:
    """Why an executable or a way to get one can't be used, and how to mend that."""

    why: str
    mend: str


class WrongCliError(Exception):
    """What was downloaded or built is not the CLI that was wanted."""


def parse_version(text: str) -> tuple[int, int, int] | None:
    """Return the version in the output of `pulumi version` (`v3.274.1`, `3.275.0-alpha.x`); None if there is none."""
    found = re.fullmatch(r"v?(\d+)\.(\d+)\.(\d+)(?:[-+][0-9A-Za-z.+-]*)?", text.strip())
    return (int(found[1]), int(found[2]), int(found[3])) if found else None


def probe(executable: Path, seconds: float = PROBE_SECONDS) -> str | Unusable:
    """Ask `executable` for its version; return it without the leading v, or why it can't be used."""
    mend = f"Update or remove {executable}, or take its folder off PATH."
    try:
        asked = subprocess.run(
            [str(executable), "version"],
            stdin=subprocess.DEVNULL,
            capture_output=True,
            timeout=seconds,
            check=False,
            env={**os.environ, "PULUMI_SKIP_UPDATE_CHECK": "true"},
        )
    except subprocess.TimeoutExpired:
        return Unusable(f"{executable} did not tell its version within {seconds:g} s", mend)
    except OSError as error:
        return Unusable(f"{executable} can't be started ({error.strerror or error})", mend)
    said = asked.stdout.decode(errors="replace").strip()
    version = parse_version(said)
    if asked.returncode != 0 or version is None:
        return Unusable(
            f"{executable} is no Pulumi CLI: `version` exited {asked.returncode} and said {said[:60]!r}", mend
        )
    if version < MINIMUM:
        wanted = ".".join(map(str, MINIMUM))
        return Unusable(f"{executable} is version {said}, older than {wanted}", f"Update it to {wanted} or newer.")
    return said.removeprefix("v")


def on_path(environ: Mapping[str, str], seconds: float = PROBE_SECONDS) -> Engine | Unusable:
    """Return the CLI that `pulumi` means on the PATH of `environ`, or why it can't be used."""
    search = environ.get("PATH", os.defpath)
    named = shutil.which("pulumi", path=search)
    if named is None:
        blocked = next((folder for folder in search.split(os.pathsep) if (Path(folder) / "pulumi").is_file()), None)
        if blocked is not None:
            return Unusable(f"{blocked}/pulumi is not executable", f"Run: chmod +x {blocked}/pulumi")
        return Unusable("no `pulumi` on PATH", "Install it: https://www.pulumi.com/docs/install/")
    executable = Path(named).absolute()
    version = probe(executable, seconds)
    if isinstance(version, Unusable):
        return version
    beside = executable.resolve().with_name(LANGUAGE_HOST)
    if not beside.exists() and shutil.which(LANGUAGE_HOST, path=search) is None:
        return Unusable(
            f"{executable} ({version}) comes without {LANGUAGE_HOST}, so it can't run Python programs",
            "Install a complete release: https://www.pulumi.com/docs/install/",
        )
    return Engine(executable, version, "path", executable.parent, needs_our_language_host=False)


def verify(bin_dir: Path, wanted: str) -> None:
    """Raise WrongCliError unless `bin_dir` holds Pulumi `wanted`, complete with a host for Python programs."""
    version = probe(bin_dir / "pulumi")
    if isinstance(version, Unusable):
        raise WrongCliError(version.why)
    if version != wanted:
        raise WrongCliError(f"it says that it is version {version}, not {wanted}")
    if not (bin_dir / LANGUAGE_HOST).exists():
        raise WrongCliError(f"it comes without {LANGUAGE_HOST}")
