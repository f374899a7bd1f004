"""The bundle: a folder of evidence, a folder in it for each judged stack, and the digests of all files.

Owns the names of the files. `index.json` says what each folder is of; `SHA256SUMS` covers it and every other file, in
the form that `sha256sum --check` reads.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from review import writing
from review.evidence import coverage as reached
from review.evidence import sheet
from review.evidence.coverage import Coverage
from review.evidence.model import Evidence
from review.evidence.oscal import assessment_results
from review.evidence.page import page, summaries
from review.evidence.register import Entry

FORMAT: Final = 1
"""Of `index.json`: a change that a reader would notice counts it up."""
INDEX: Final = "index.json"
SUMS: Final = "SHA256SUMS"


class BundleError(Exception):
    """The bundle can't be written. The message says why, and what to do."""


@dataclass(frozen=True)
class Part:
    """What the bundle holds of one stack. `checkov`: of `review.checkov.task.document`; None where it did not run."""

    evidence: Evidence
    register: tuple[Entry, ...]
    coverage: Coverage
    checkov: Mapping[str, Any] | None = None

    @property
    def folder(self) -> str:
        """Its name: of the stack and the source, as `prod-preview`; what no file system likes is an underscore."""
        run = self.evidence.run
        return f"{re.sub(r'[^A-Za-z0-9_.-]', '_', run.stack)[:64]}-{run.source.kind}"

    def files(self) -> dict[str, str]:
        """Its files by name."""
        found = {
            "control-matrix.html": page(self.evidence, self.register, self.coverage, self.checkov),
            "control-matrix.csv": sheet.matrix(self.evidence),
            "assessment-results.json": assessment_results(self.evidence),
            "waivers.csv": sheet.register(self.register, self.evidence.run),
            "coverage.json": _json(reached.as_json(self.coverage, self.evidence)),
        }
        return found if self.checkov is None else {**found, "checkov.json": _json(dict(self.checkov))}


def bundle(parts: Iterable[Part]) -> dict[str, bytes]:
    """Every file of a bundle by its path. Raises BundleError where two parts would have one folder."""
    files: dict[str, bytes] = {}
    described = []
    for part in parts:
        if any(name.startswith(f"{part.folder}/") for name in files):
            raise BundleError(f"two things to judge are both called {part.folder}; write each to a folder of its own")
        own = {f"{part.folder}/{name}": text.encode() for name, text in part.files().items()}
        files |= own
        described.append({**_described(part), "files": {name: _digest(content) for name, content in own.items()}})
    files[INDEX] = _json({"format": FORMAT, "stacks": described}).encode()
    listed = "".join(f"{_digest(content)}  {name}\n" for name, content in sorted(files.items()))
    return {**files, SUMS: listed.encode()}


def write(files: Mapping[str, bytes], folder: Path) -> None:
    """Writes a bundle; one that was there is replaced. Raises BundleError and WriteError; nothing is written then."""
    older = older_bundle(folder)
    made = {folder / name: content for name, content in files.items()}
    for file in made:
        try:
            file.parent.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise BundleError(
                f"{file.parent} can't be made ({error.strerror}); give a folder that you may use"
            ) from None
    writing.write(made)
    for name in older - files.keys():
        (folder / name).unlink()


def older_bundle(folder: Path) -> set[str]:
    """The files of a bundle that is there. Raises BundleError for what can't be one: nothing else is ever replaced."""
    if folder.exists() and not folder.is_dir():
        raise BundleError(f"{folder} is no folder; nothing was written; give a new folder")
    older = {one.relative_to(folder).as_posix() for one in folder.rglob("*") if not one.is_dir()}
    strange = sorted(older - _listed(folder))
    if strange:
        raise BundleError(
            f"{folder} holds {strange[0]}, which is no part of a bundle; nothing was written; give a new folder"
        )
    return older


def _listed(folder: Path) -> set[str]:
    """The files of the bundle that a folder holds; none where it holds none."""
    sums = folder / SUMS
    if not sums.is_file():
        return set()
    lines = sums.read_text(encoding="utf-8", errors="replace").splitlines()
    return {SUMS, *(line.partition("  ")[2] for line in lines)}


def _described(part: Part) -> dict[str, Any]:
    evidence, run = part.evidence, part.evidence.run
    return {
        "folder": part.folder,
        "stack": run.stack,
        "environment": run.environment,
        "classification": run.classification,
        "source": run.source.kind,
        "state": {"file": run.source.file, "sha256": run.source.digest} if run.source.file else None,
        "date": run.date.isoformat(),
        "commit": run.commit,
        "pack": run.pack,
        "resources": evidence.resources,
        "rules": len(evidence.rules),
        "observations": dict(evidence.counts),
        "controls": {one.framework.id: {**one.counts, "no rule": len(one.ruleless)} for one in summaries(evidence)},
        "checkov": part.checkov is not None,
    }


def _digest(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


def _json(document: Mapping[str, Any]) -> str:
    return json.dumps(document, indent=2) + "\n"
