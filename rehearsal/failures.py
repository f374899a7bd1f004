"""Runs recorded failures of Azure with the real engine: the bad program must be refused, the corrected one accepted.

A file holds a list of cases, or a mapping with `cases`. Of a case are read `id`, `rule`, `family`, `kind`, `token`,
`name`, `related_resources`, `good_related_resources`, `old_inputs`, `bad_inputs`, `good_inputs`, `bad_options`,
`good_options`, `error_code` and `seconds_under_way`, for which a write that others may meet lasts. A resource group,
and any id that no listed resource makes, exists beforehand. What lies in the case's own resource, as a deployment in
its endpoint, or refers to it is made after it.
"""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import yaml
from rich.console import Console
from rich.table import Table
from rich.text import Text

import engine
from rehearsal.creation_order import id_of, in_order
from rehearsal.report import problems_of
from rehearsal.run import execute
from rehearsal.workspace import PROJECT, Workspace
from simulator.ids import name_of
from simulator.subscription import VARIABLE
from simulator.traffic import SECONDS_VARIABLE

PROGRAM: Final = Path(__file__).parent / "failure_program"
ROOT: Final = PROJECT / ".rehearsal" / "failures"
_WORKERS: Final = 2


class CasesError(ValueError):
    """A file of cases that can't be read. The message says what is wrong and where."""


@dataclass(frozen=True)
class Case:
    """One recorded failure, as its file has it."""

    fields: Mapping[str, Any]
    family: str

    @property
    def id(self) -> str:
        """Its name in the file."""
        return str(self.fields["id"])

    @property
    def kind(self) -> str:
        """static, cross-resource, lifecycle or state."""
        return str(self.fields.get("kind", ""))

    @property
    def code(self) -> str | None:
        """What Azure answered, where that is known."""
        code = self.fields.get("error_code")
        return None if code is None else str(code)

    def subscription(self, which: str) -> Any:
        """What the subscription allows while the `bad` or the `good` program runs; `None`: as usual."""
        bad = self.fields.get("subscription")
        return self.fields.get("good_subscription", bad) if which == "good" else bad

    def updates(self, which: str) -> Iterator[list[dict[str, Any]]]:
        """The programs to run one after another for the `bad` or the `good` inputs; the last one is judged."""
        related = list(self.fields.get("related_resources") or [])
        if which == "good":
            related = list(self.fields.get("good_related_resources", related))
        if self.fields.get("old_inputs"):
            yield self._program(related, self.fields["old_inputs"], {})
        yield self._program(related, self.fields[f"{which}_inputs"], self.fields.get(f"{which}_options") or {})

    def _program(self, related: list[Any], inputs: Any, options: Mapping[str, Any]) -> list[dict[str, Any]]:
        main = {"token": self.fields["token"], "name": self.fields["name"], "inputs": inputs}
        items = in_order([{**item, "inputs": item.get("inputs") or {}} for item in related], main)
        program: list[dict[str, Any]] = []
        for position, item in enumerate(items):
            before = [items[position - 1]["name"]] if position else []
            wanted = options.get("dependsOn", before) if item is main else before
            names = {earlier["name"] for earlier in items[:position]}
            program.append({**item, "depends_on": [name for name in wanted if name in names]})
        return program

    def changed_properties(self) -> set[str]:
        """The names of the properties in which the bad and the corrected inputs differ, in lower case.

        Where these are the same, the correction is in the listed resources: in their properties, or in a resource that
        only one of the lists has, which is then known by its own name.
        """
        found = set(_differences(self.fields["bad_inputs"], self.fields["good_inputs"]))
        if not found:
            related = self.fields.get("related_resources") or []
            corrected = self.fields.get("good_related_resources", related)
            found = set(_differences(_inputs(related), _inputs(corrected)))
            found |= {name for name in map(_name_of, related) if name not in set(map(_name_of, corrected))}
        return {name.lower() for name in found}


@dataclass(frozen=True)
class Verdict:
    """What became of one case. `reason`: the engine's words where something was refused."""

    case: Case
    refused: bool
    right: bool
    corrected_refused: bool
    reason: str = ""

    def as_json(self) -> dict[str, object]:
        """The verdict as plain data."""
        return {
            "id": self.case.id,
            "rule": self.case.fields.get("rule"),
            "family": self.case.family,
            "kind": self.case.kind,
            "refused": self.refused,
            "right": self.right,
            "corrected_refused": self.corrected_refused,
            "reason": self.reason,
        }


def read(path: Path) -> list[Case]:
    """The cases of a file. Raises CasesError."""
    try:
        document = yaml.safe_load(path.read_text(encoding="utf-8"))
    except (OSError, yaml.YAMLError) as error:
        raise CasesError(f"{path} can't be read: {error}") from None
    family = document.get("family", "") if isinstance(document, dict) else ""
    listed = document.get("cases") if isinstance(document, dict) else document
    if not isinstance(listed, list):
        raise CasesError(f"{path}: expected a list of cases, or a mapping with `cases`")
    for number, fields in enumerate(listed, 1):
        missing = [name for name in ("id", "token", "name", "bad_inputs", "good_inputs") if name not in fields]
        if missing:
            raise CasesError(f"{path}, case {number}: lacks {', '.join(missing)}")
    return [Case(fields, str(fields.get("family", family))) for fields in listed]


def judge(cases: list[Case], say: Callable[[Verdict], None], root: Path = ROOT) -> list[Verdict]:
    """Runs every case, two at a time, each in a subscription of its own.

    Answers the verdicts in the order of the cases.
    """
    shutil.rmtree(root, ignore_errors=True)
    template = Workspace("case", engine.ensure(engine.Silent()), project=PROGRAM, root=root / "template")
    template.prepare({"config": {}})

    def one(case: Case) -> Verdict:
        verdict = _judge(case, template, root)
        say(verdict)
        return verdict

    with ThreadPoolExecutor(_WORKERS) as pool:
        return list(pool.map(one, cases))


def _judge(case: Case, template: Workspace, root: Path) -> Verdict:
    bad, good = (_run(case, which, template, root / case.id / which) for which in ("bad", "good"))
    names = case.changed_properties()
    right = bad is not None and (
        f'Code="{case.code}"' in bad if case.code is not None else any(name in bad.lower() for name in names)
    )
    reason = "\n".join(text for text in (bad, good and f"corrected: {good}") if text)
    return Verdict(case, bad is not None, right, good is not None, reason)


def _run(case: Case, which: str, template: Workspace, root: Path) -> str | None:
    """Why the last update of a program was refused; `None` when it went through."""
    workspace = _Copy(template.stack, template.engine, project=PROGRAM, root=root)
    shutil.copytree(template.root, root)
    refused = None
    workspace.allow(case.subscription(which))
    workspace.seconds_under_way = case.fields.get("seconds_under_way")
    for program in case.updates(which):
        workspace.program_file.write_text(json.dumps(program), encoding="utf-8")
        status, outcome, _, text = execute(workspace, "up", label="up", console=Console(quiet=True), quiet=True)
        refused = None if status == 0 else "\n".join(problems_of(outcome)) or text
    return refused


class _Copy(Workspace):
    """The workspace of one case. `seconds_under_way`: how long its writes last; `None`: as usual."""

    seconds_under_way: float | None = None

    @property
    def program_file(self) -> Path:
        """The resources that the program declares."""
        return self.folder / "program.json"

    @property
    def environment(self) -> dict[str, str]:
        """The rehearsal's variables, and where the program's resources are listed."""
        variables = {**super().environment, "PLATFORM_FAILURE_PROGRAM": str(self.program_file)}
        if self.seconds_under_way is not None:
            variables[SECONDS_VARIABLE] = str(self.seconds_under_way)
        return {**variables, VARIABLE: str(self._facts)} if self._facts.is_file() else variables

    @property
    def _facts(self) -> Path:
        return self.folder / "subscription.yaml"

    def allow(self, facts: Any) -> None:
        """What the subscription allows in this case; `None`: what the project's own file says."""
        if facts is not None:
            self._facts.write_text(yaml.safe_dump(facts), encoding="utf-8")


def _name_of(item: Mapping[str, Any]) -> str:
    """What a listed resource is called in Azure, else in the program."""
    found = id_of(item)
    return name_of(found) if found is not None else str(item["name"])


def _inputs(related: Sequence[Mapping[str, Any]]) -> dict[str, Any]:
    return {str(item["name"]): item.get("inputs") or {} for item in related}


def _differences(bad: Any, good: Any, name: str = "") -> Iterator[str]:
    if isinstance(bad, Mapping) and isinstance(good, Mapping):
        for key in {**bad, **good}:
            if bad.get(key) != good.get(key):
                yield str(key)
                yield from _differences(bad.get(key), good.get(key), str(key))
    elif isinstance(bad, list) and isinstance(good, list):
        for one, other in zip(bad, good, strict=False):
            yield from _differences(one, other, name)


def render(verdicts: list[Verdict], console: Console) -> None:
    """Prints the counts by family and kind, then each case that is not as it should be."""
    table = Table(title="Recorded failures of Azure, with the real engine", title_justify="left", header_style="bold")
    table.add_column("family")
    table.add_column("kind")
    for name in ("cases", "refused", "for the right reason", "missed", "corrected refused"):
        table.add_column(name, justify="right")
    for family, kind in sorted({(verdict.case.family, verdict.case.kind) for verdict in verdicts}):
        table.add_row(family, kind, *_counts([v for v in verdicts if (v.case.family, v.case.kind) == (family, kind)]))
    table.add_section()
    table.add_row("all", "", *_counts(verdicts), style="bold")
    console.print(table)
    for verdict in verdicts:
        if not verdict.right or verdict.corrected_refused:
            what = "corrected inputs refused" if verdict.corrected_refused else "wrong reason"
            label = what if verdict.refused or verdict.corrected_refused else "missed"
            console.print(
                Text(f"{label}: {verdict.case.id} {verdict.case.fields.get('rule', '')} {verdict.reason[:300]}")
            )


def _counts(verdicts: list[Verdict]) -> list[str]:
    refused = sum(verdict.refused for verdict in verdicts)
    right = sum(verdict.right for verdict in verdicts)
    corrected = sum(verdict.corrected_refused for verdict in verdicts)
    return [str(number) for number in (len(verdicts), refused, right, len(verdicts) - refused, corrected)]
