"""Adds a waiver to `waivers.yaml` as a person would: below the others, with every comment left as it is.

Nothing is written unless the file that would come of it is read as the waivers before and the new one.
"""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterable, Mapping
from datetime import date
from pathlib import Path
from typing import Any, Final

import yaml
from pydantic import ValidationError

from policies.rule import Rule
from policies.waivers import FILE, Problem, Waiver, WaiverError, problems_of, read_waivers

_LAST: Final = 999
_WIDTH: Final = 118
_EXPECTED: Final = {
    "rule": "is no id of a rule, such as KV-002",
    "urn": "is no URN of a resource: urn:pulumi:<stack>::<project>::<types>::<name>, as `--format json` has it",
    "owner": "is no mail address",
    "approver": "is no mail address",
}


def new_waiver(
    given: Mapping[str, str], rules: Iterable[Rule], today: date, file: Path = FILE
) -> tuple[Waiver, list[Problem]]:
    """A waiver with the next free id, made today, and what to know of it (that it ends soon).

    `given`: its other fields. Raises WaiverError with everything that is wrong with it.
    """
    known = {rule.id: rule for rule in rules}
    existing = read_waivers(file)
    fields = {name: " ".join(value.split()) for name, value in given.items() if value.strip()}
    try:
        waiver = Waiver.model_validate({**fields, "id": _next_id(existing), "created": today})
    except ValidationError as error:
        wrong = [f"--{one['loc'][0]} {_said(one)}" for one in error.errors()]
        if "rule" in fields and fields["rule"] not in known:
            wrong.append(f"there is no rule {fields['rule']}")
        raise _refused(wrong) from None
    problems = list(problems_of(waiver, known, today))
    wrong = [problem.message for problem in problems if problem.is_error]
    wrong += [
        f"{one.id} already accepts {one.rule} on {one.urn} until {one.expires}; change or remove that one"
        for one in existing
        if (one.rule, one.urn, one.path) == (waiver.rule, waiver.urn, waiver.path)
    ]
    if wrong:
        raise _refused(wrong)
    return waiver, problems


def _said(error: Any) -> str:
    if error["type"] == "missing":
        return "is missing"
    return _EXPECTED.get(str(error["loc"][0]), "") if error["type"] == "string_pattern_mismatch" else str(error["msg"])


def _refused(wrong: list[str]) -> WaiverError:
    listed = "\n".join(f"  {one}" for one in wrong)
    return WaiverError(f"the waiver is not in order, and nothing was written:\n{listed}")


def _next_id(existing: Iterable[Waiver]) -> str:
    """One more than the highest: an id that was taken away is named in tickets and must not mean another."""
    number = max((int(one.id.removeprefix("W-")) for one in existing), default=0) + 1
    if number > _LAST:
        raise WaiverError(f"W-{_LAST} is taken, and ids have three digits; nothing was written")
    return f"W-{number:03}"


def append(waiver: Waiver, file: Path = FILE) -> None:
    """Writes a waiver below the others, all at once. Raises WaiverError where the file's form leaves no room for it."""
    real = file.resolve()
    existing = read_waivers(real)
    text = _appended(real.read_bytes().decode(), waiver)  # as bytes: its line ends stay as they are
    handle, name = tempfile.mkstemp(dir=real.parent, prefix=f".{real.name}.")
    written = Path(name)
    try:
        with os.fdopen(handle, "w", encoding="utf-8", newline="") as stream:
            stream.write(text)
        if _read(written) != (*existing, waiver):
            raise WaiverError(
                f"{real.name} has a form that this can't add to, and nothing was written: let `waivers` be the last "
                "key and a list with one item on each `- `; or add this by hand:\n" + _block(waiver, 2)
            )
        written.chmod(real.stat().st_mode)
        written.replace(real)
    finally:
        written.unlink(missing_ok=True)


def _read(file: Path) -> tuple[Waiver, ...] | None:
    try:
        return read_waivers(file)
    except WaiverError:
        return None


def _appended(text: str, waiver: Waiver) -> str:
    lines = text.splitlines(keepends=True)
    empty = next((index for index, line in enumerate(lines) if line.split("#")[0].rstrip() == "waivers: []"), None)
    if empty is not None:
        lines[empty] = lines[empty].replace("waivers: []", "waivers:", 1)
    if lines and not lines[-1].endswith("\n"):
        lines[-1] += "\n"
    return "".join(lines) + _block(waiver, _indent(text))


def _indent(text: str) -> int:
    """How far the items of the list are indented."""
    found = (len(line) - len(line.lstrip()) for line in text.splitlines() if line.lstrip().startswith("- "))
    return next(found, 2)


def _block(waiver: Waiver, indent: int) -> str:
    fields = waiver.model_dump(exclude_none=True)
    width = _WIDTH - indent
    dumped = yaml.safe_dump([fields], sort_keys=False, allow_unicode=True, width=width, default_flow_style=False)
    return "".join(f"{' ' * indent}{line}" for line in dumped.splitlines(keepends=True))
