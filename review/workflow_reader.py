"""Reads what a project runs on GitHub as a stack: workflows, its own actions, and who owns which file.

A workflow keeps GitHub's names. What has a short form is written out, so that rules read one form: `on` is an object of
events, `container` and each service have an `image`, and `environment` has a `name`.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, Final

import yaml

from policies.resource import WORKFLOW, Place, Resource, Stack
from policies.types import ACTION, CODE_OWNERS
from policies.values import is_list
from review.extent import is_beyond
from review.reading import ReadError, text_of

_EXPECTED: Final = "a project's folder with .github/workflows in it"
# The first of them that is there counts (docs.github.com: about code owners).
_OWNERS: Final = (".github/CODEOWNERS", "CODEOWNERS", "docs/CODEOWNERS")


class _Loader(yaml.SafeLoader):
    """YAML as GitHub reads it: `on`, `yes` and dates are texts; only true and false are booleans."""


_TRUE_OR_FALSE: Final = frozenset("tTfF")
_TEXTS: Final = frozenset({"tag:yaml.org,2002:bool", "tag:yaml.org,2002:timestamp"})
_Loader.yaml_implicit_resolvers = {
    first: resolvers if first in _TRUE_OR_FALSE else [one for one in resolvers if one[0] not in _TEXTS]
    for first, resolvers in yaml.SafeLoader.yaml_implicit_resolvers.items()
}


def read_workflows(project: Path) -> Stack:
    """Everything that runs on GitHub for a project, and its owners. Raises ReadError."""
    workflows = _files(project / ".github" / "workflows", "*")
    actions = [*_files(project / ".github" / "actions", "**/action"), *_files(project, "action")]
    if not workflows:
        raise ReadError(project, "has no workflow files", f"give {_EXPECTED}")
    read = [_resource(WORKFLOW, file, project, _workflow) for file in workflows]
    read += [_resource(ACTION, file, project, dict) for file in actions]
    return Stack("workflows", (*read, _owners(project)))


def _files(folder: Path, name: str) -> list[Path]:
    return sorted(file for ending in ("yml", "yaml") for file in folder.glob(f"{name}.{ending}") if file.is_file())


def _resource(type_: str, file: Path, project: Path, form: Any) -> Resource:
    name = file.relative_to(project).as_posix()
    try:
        document = yaml.load(text_of(file, _EXPECTED), Loader=_Loader)  # noqa: S506 - a loader of plain values
    except (yaml.YAMLError, RecursionError, ValueError) as error:
        mark = getattr(error, "problem_mark", None)
        where = f", line {mark.line + 1}" if mark is not None else ""
        raise ReadError(file, f"is no YAML{where}", "mend it; `uv run invoke workflows` says more") from None
    if is_beyond(document):
        raise ReadError(file, "has aliases that stand for too much, or for themselves", "write it without aliases")
    if not isinstance(document, Mapping):
        raise ReadError(file, "is no object", "write it as GitHub's workflow syntax says")
    return Resource(type=type_, name=name, properties=form(document), place=Place(name, 1))


def _workflow(document: Mapping[str, Any]) -> dict[str, Any]:
    jobs = document.get("jobs")
    written = {**document, "on": _events(document.get("on"))}
    if isinstance(jobs, Mapping):
        written["jobs"] = {name: _job(job) for name, job in jobs.items()}
    return written


def _events(value: Any) -> Any:
    if isinstance(value, str):
        return {value: {}}
    if is_list(value):
        return {str(event): {} for event in value}
    if isinstance(value, Mapping):
        return {event: {} if options is None else options for event, options in value.items()}
    return value


def _job(job: Any) -> Any:
    if not isinstance(job, Mapping):
        return job
    written = dict(job)
    for key, inner in (("container", "image"), ("environment", "name")):
        if isinstance(job.get(key), str):
            written[key] = {inner: job[key]}
    return written


def _owners(project: Path) -> Resource:
    """Its rules in their order; none where there is no file."""
    name = next((one for one in _OWNERS if (project / one).is_file()), _OWNERS[0])
    file = project / name
    lines = text_of(file, "a CODEOWNERS file").splitlines() if file.is_file() else []
    return Resource(type=CODE_OWNERS, name=name, properties={"rules": list(_rules(lines))}, place=Place(name, 1))


def _rules(lines: list[str]) -> Iterator[dict[str, Any]]:
    for line in lines:
        pattern, *owners = line.partition("#")[0].split() or [""]
        if pattern:
            yield {"pattern": pattern, "owners": owners}
