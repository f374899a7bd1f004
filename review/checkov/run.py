"""Runs checkov on an exported stack, in an environment of its own, and leads its findings back to Pulumi.

Its pins conflict with Pulumi's, so it is no dependency of the project: `requirements.txt` beside this file pins and
hashes every package, and the environment is made once for each state of that file. It runs without a network.
"""

from __future__ import annotations

import hashlib
import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from typing import Any, Final

import yaml
from filelock import FileLock
from platformdirs import user_cache_path

from policies.resource import Resource, Stack
from policies.rule import Verdict
from review.arm_template import arm_template
from review.exported import Exported, LeftOut
from review.manifests import exported_manifests

FOLDER: Final = Path(__file__).parent
REQUIREMENTS: Final = FOLDER / "requirements.txt"
_FRAMEWORKS: Final = ("arm", "kubernetes", "secrets", "github_actions")
_LONGEST: Final = 600
_ENVIRONMENT: Final = {
    # Nothing is fetched: with a proxy that nobody is behind, an attempt ends at once instead of in a time-out.
    "HTTPS_PROXY": "http://127.0.0.1:9",
    "HTTP_PROXY": "http://127.0.0.1:9",
    "LOG_LEVEL": "CRITICAL",
    # Else no manifest is read below a folder whose name begins with a dot, as `.rehearsal` does, and nothing says so.
    "CKV_IGNORE_HIDDEN_DIRECTORIES": "false",
}


# `Microsoft.Storage/storageAccounts/blobServices/containers.account/default/name`
_ARM_NAME: Final = re.compile(r"([\w.]+?(?:/\w+)+)\.(.+)")


Key = tuple[str, str]
"""A check and the key of a resource."""


class CheckovError(Exception):
    """Checkov can't be got or run. The message says why and what to do."""


@dataclass(frozen=True)
class CheckovFinding:
    """What one check says. `resource`: of Pulumi; None for a workflow file or a line that belongs to none.

    A failure of a resource with properties that are not in the export is unknown: checkov took them for absent.
    """

    check: str
    title: str
    verdict: Verdict
    resource: Resource | None
    file: str
    line: int

    @property
    def key(self) -> Key:
        """The check, and the key of the resource; empty where there is none."""
        return self.check, self.resource.key if self.resource is not None else ""


@dataclass(frozen=True)
class CheckovResult:
    """All findings; `seconds`: how long checkov ran; `left_out`: what it did not see."""

    findings: tuple[CheckovFinding, ...]
    seconds: float
    left_out: tuple[LeftOut, ...] = ()


@cache
def _checks() -> dict[str, Any]:
    loaded: dict[str, Any] = yaml.safe_load((FOLDER / "checks.yaml").read_text(encoding="utf-8"))
    return loaded


def allowed() -> list[str]:
    """The checks that are run."""
    return [check for checks in _checks()["allowed"].values() for check in checks]


def excluded() -> dict[str, str]:
    """The checks that are not, and the defect of each."""
    return dict(_checks()["excluded"])


def release() -> str:
    """The version of checkov that is run."""
    return next(
        line.removeprefix("checkov==").removesuffix(" \\")
        for line in REQUIREMENTS.read_text(encoding="utf-8").splitlines()
        if line.startswith("checkov==")
    )


def environment() -> Path:
    """The program, installed first if it is missing. Raises CheckovError."""
    digest = hashlib.sha256(REQUIREMENTS.read_bytes()).hexdigest()[:16]
    home = user_cache_path("mlops-platform") / "checkov" / digest
    home.parent.mkdir(parents=True, exist_ok=True)
    program = home / "bin" / "checkov"
    with FileLock(home.with_suffix(".lock")):
        if not (home / "complete").is_file():
            shutil.rmtree(home, ignore_errors=True)
            _uv("venv", "--quiet", "--python", sys.executable, str(home))
            python = str(home / "bin" / "python")
            _uv("pip", "install", "--quiet", "--require-hashes", "--python", python, "-r", str(REQUIREMENTS))
            (home / "complete").touch()
    return program


def _uv(*arguments: str) -> None:
    try:
        done = subprocess.run(["uv", *arguments], check=False, capture_output=True, text=True, timeout=_LONGEST)
    except (OSError, subprocess.TimeoutExpired) as error:
        raise CheckovError(f"uv can't install checkov ({error}); install uv and reach the package registry") from None
    if done.returncode != 0:
        raise CheckovError(f"checkov can't be installed: {done.stderr.strip()[-500:]}; reach the package registry")


def run_checkov(stack: Stack, folder: Path, workflows: Path | None = None) -> CheckovResult:
    """Writes the exports of a stack to `folder` and checks them. `workflows`: a project whose workflows are checked.

    Raises CheckovError.
    """
    folder.mkdir(parents=True, exist_ok=True)
    exports = {"arm.json": arm_template(stack), "manifests.yaml": exported_manifests(stack)}
    for name, exported in exports.items():
        (folder / name).write_text(exported.text, encoding="utf-8")
    if workflows is not None:
        _copy_workflows(workflows, folder)
    environment()  # before the clock runs, which is to tell checkov's own time
    started = time.monotonic()
    listed = reports(folder, allowed())
    seconds = time.monotonic() - started
    left_out = tuple(one for exported in exports.values() for one in exported.left_out)
    findings = (found for report in listed for found in _findings(report, exports))
    return CheckovResult(_doubted(findings, {one.resource.key for one in left_out}), seconds, left_out)


def workflow_findings(project: Path) -> tuple[CheckovFinding, ...]:
    """What checkov says of a project's workflow files. Raises CheckovError."""
    with tempfile.TemporaryDirectory() as folder:
        _copy_workflows(project, Path(folder))
        listed = reports(Path(folder), allowed(), ("github_actions",))
    return tuple(found for report in listed for found in _findings(report, {}))


def _copy_workflows(project: Path, folder: Path) -> None:
    place = Path(".github") / "workflows"
    shutil.copytree(project / place, folder / place, dirs_exist_ok=True)


def reports(folder: Path, checks: Iterable[str], frameworks: Iterable[str] = _FRAMEWORKS) -> list[Any]:
    """What checkov prints of a folder: a report for each framework that found files. Raises CheckovError."""
    command = [
        str(environment()), "--directory", str(folder), "--framework", *frameworks, "--check", ",".join(checks),
        "--output", "json", "--compact", "--soft-fail", "--skip-download",
    ]  # fmt: skip
    try:
        done = subprocess.run(
            command, check=False, capture_output=True, text=True, timeout=_LONGEST, env={**os.environ, **_ENVIRONMENT}
        )
        found = json.loads(done.stdout)
    except subprocess.TimeoutExpired:
        raise CheckovError(f"checkov did not end within {_LONGEST} s; run it on a smaller stack") from None
    except ValueError:
        raise CheckovError(f"checkov gave no result: {done.stderr.strip()[-500:]}") from None
    listed: list[Any] = found if isinstance(found, list) else [found]
    unread = [str(name) for report in listed for name in (report.get("results") or {}).get("parsing_errors") or ()]
    if unread:
        raise CheckovError(
            f"checkov can't read {', '.join(unread)}, so nobody knows what it would say; mend the export"
        )
    return listed


def _doubted(findings: Iterable[CheckovFinding], unseen: set[str]) -> tuple[CheckovFinding, ...]:
    """The findings, with failures of what was not seen whole as unknown."""
    return tuple(
        replace(one, verdict=Verdict.UNKNOWN)
        if one.verdict is Verdict.FAIL and one.resource is not None and one.resource.key in unseen
        else one
        for one in findings
    )


def _findings(report: Mapping[str, Any], exports: Mapping[str, Exported]) -> Iterator[CheckovFinding]:
    results = report.get("results") or {}
    for key, verdict in (("passed_checks", Verdict.PASS), ("failed_checks", Verdict.FAIL)):
        for one in results.get(key, []):
            file = str(one["file_path"]).lstrip("/")
            line = int((one.get("file_line_range") or [1])[0])
            exported = exports.get(re.sub(r"^.*/", "", file))
            found = _resource(one, exported, line) if exported is not None else None
            yield CheckovFinding(str(one["check_id"]), str(one["check_name"]), verdict, found, file, line)


def _resource(one: Mapping[str, Any], exported: Exported, line: int) -> Resource | None:
    """By type and name where only one has them: some checks report another resource's line."""
    match = _ARM_NAME.fullmatch(str(one.get("resource", "")))
    found = exported.named(match[1], match[2]) if match is not None else None
    return found or exported.at(line)
