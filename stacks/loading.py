"""From YAML to settings: read, lay over the defaults, validate, check; every problem at once.

Owns where values come from. Does not own their shape (`stacks.settings`) or the rules between them (`stacks.checks`).
"""

from __future__ import annotations

from collections.abc import Mapping
from copy import deepcopy
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from pydantic import ValidationError
from pydantic_core import to_json

from stacks.checks import check
from stacks.diagnosis import diagnose_all
from stacks.documents import Document, read
from stacks.placeholders import placeholders
from stacks.problems import Place, Problem, SettingsError
from stacks.settings import Settings
from stacks.stack_file import DEFAULTS, FOLDER, SETTINGS_KEY, file_problems, stack_file, unknown_stack

if TYPE_CHECKING:
    from stacks.problems import SettingPath


def load(
    stack: str, settings: Mapping[str, object] | None = None, *, folder: Path = FOLDER, real: bool = False
) -> Settings:
    """What the stack called `stack` wants.

    `settings` is what Pulumi hands over: `pulumi.Config().get_object("settings")`. Without it, the stack's file in
    `folder` is read, and a text that only Pulumi can decrypt becomes `ENCRYPTED`. Either way `defaults.yaml` lies
    below: see `merge`. The file, when there is one, also gives the lines of the problems. `real`: for a subscription of
    Azure, where a placeholder is a problem like any other.

    Raises:
        SettingsError: with every problem that was found. Rules between settings are judged once each value is
            well-formed, because they need all of them.
    """
    defaults = _read(stack, folder / DEFAULTS)
    file = stack_file(stack, folder)
    if settings is None and not file.is_file():
        raise SettingsError(stack, [unknown_stack(stack, folder)])
    document = _read(stack, file) if file.is_file() else Document(name="the values that Pulumi handed over")
    own = _own_settings(document) if settings is None else settings
    content = merge(defaults.content, own)
    sources = _Sources(defaults=defaults, stack=document)
    problems, result = _validate(content, sources)
    problems = [*_other_environment(stack, content), *problems]
    if real and result is not None:
        problems += placeholders(result)
    located = [problem.at(sources.place(problem.path)).without(sources.secrets(own)) for problem in problems]
    if document.lines:
        located += file_problems(document, content.get("region", Settings.model_fields["region"].default))
    if located or result is None:
        raise SettingsError(stack, sorted(located, key=lambda problem: problem.place or Place("")))
    return result


def merge(below: Mapping[str, Any], above: Mapping[str, Any]) -> dict[str, Any]:
    """`above` laid over `below`: mappings merge, lists and plain values replace, and null removes what lies below.

    A null with nothing below it is the same as not writing the key, so absent has one spelling only.
    """
    merged = dict(below)
    for key, value in above.items():
        if value is None:
            merged.pop(key, None)
        elif isinstance(value, Mapping):
            beneath = below.get(key)
            merged[key] = merge(beneath if isinstance(beneath, Mapping) else {}, value)
        else:
            merged[key] = value
    return merged


@dataclass(frozen=True)
class _Sources:
    """The two files that the settings came from."""

    defaults: Document
    stack: Document

    def place(self, path: SettingPath) -> Place:
        """Where to open the value at `path`, or the nearest section above it; the stack's file comes first."""
        for length in range(len(path), 0, -1):
            found = self.stack.place(("config", SETTINGS_KEY, *path[:length])) or self.defaults.place(path[:length])
            if found is not None:
                return found
        return Place(self.stack.name)

    def secrets(self, own: Mapping[str, Any]) -> list[str]:
        """What the encrypted values of the stack's settings `own` say; no message may repeat them."""
        found = (_at(own, path) for path in self.encrypted())
        return [str(value) for value in found if value is not None]

    def encrypted(self) -> set[SettingPath]:
        """The paths of encrypted values, from the top of the settings."""
        prefix = ("config", SETTINGS_KEY)
        return {path[len(prefix) :] for path in self.stack.encrypted if path[: len(prefix)] == prefix}


def _read(stack: str, file: Path) -> Document:
    try:
        document = read(file)
    except OSError as error:
        problem = Problem(
            path=(),
            what=f"The file can't be read: {error.strerror}.",
            follows="No environment can be built without it.",
            fix="Bring the file back from version control, or correct its permissions.",
        )
        raise SettingsError(stack, [problem.at(Place(f"{file.parent.name}/{file.name}"))]) from error
    if document.problems:
        raise SettingsError(stack, document.problems)
    return document


def _own_settings(document: Document) -> Mapping[str, Any]:
    config = document.content.get("config")
    own = config.get(SETTINGS_KEY) if isinstance(config, dict) else None
    return own if isinstance(own, dict) else {}


def _other_environment(stack: str, content: Mapping[str, Any]) -> list[Problem]:
    environment = content.get("environment")
    if environment is None or environment == stack:
        return []
    problem = Problem(
        path=("environment",),
        what=f"The environment is {environment!r}, but the stack is {stack!r}.",
        follows="The stack would build over another environment's resources, which carry that environment's names.",
        fix=f"Write `environment: {stack}`, or select the other stack.",
    )
    return [problem]


def _validate(content: dict[str, Any], sources: _Sources) -> tuple[list[Problem], Settings | None]:
    """Problems, and the settings if there is nothing worse than a key too many: then the rules are judged as well."""
    try:
        settings = _parse(content)
    except ValidationError as error:
        errors = error.errors(include_url=False)
        problems = diagnose_all(errors, content, sources.encrypted())
        if any(each["type"] != "extra_forbidden" for each in errors):
            return problems, None
        known = deepcopy(content)
        for problem in problems:
            _remove(known, problem.path)
        settings = _parse(known)
        return [*problems, *check(settings)], settings
    return check(settings), settings


def _parse(content: Mapping[str, Any]) -> Settings:
    # Strict, so that `min_count: true` is not 1; through JSON, because a list is no tuple to strict Python input.
    return Settings.model_validate_json(to_json(content), strict=True)


def _at(content: Any, path: SettingPath) -> Any:
    """The value at `path`; None where the path ends early."""
    for part in path:
        inside = (
            part in content
            if isinstance(content, Mapping)
            else isinstance(content, list) and part in range(len(content))
        )
        content = content[part] if inside else None
    return content


def _remove(content: dict[str, Any], path: SettingPath) -> None:
    section: Any = content
    for part in path[:-1]:
        section = section[part]
    del section[path[-1]]
