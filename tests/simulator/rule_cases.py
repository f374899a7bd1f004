"""Rows that show what one rule refuses and what it must not refuse: `rules/<area>.yaml`.

A row changes the example of a type (`examples`): maps are merged, `null` removes, everything else replaces. `bad` is
refused by the rule (and by those in `also`), each of `good` goes through. `old` is what was written before, `before`
what exists besides the examples, `subscription` what the subscription allows, and `absent: refused` says that leaving
the target out doesn't help. In texts `$GROUP`, `$SUBSCRIPTION` and `$REGION` are filled in; `!unknown` stands for a
value that is not known yet.
"""

from __future__ import annotations

import copy
import shutil
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from string import Template
from typing import Any

import yaml

from simulator.catalog import Catalog
from simulator.ids import SUBSCRIPTION
from simulator.store import Store
from simulator.values import UNKNOWN
from tests.simulator.azure import GROUP, REGION, Azure
from tests.simulator.examples import EXAMPLES, deploy

FOLDER = Path(__file__).parent / "rules"
_TEXTS = {"GROUP": GROUP, "SUBSCRIPTION": f"/subscriptions/{SUBSCRIPTION}", "REGION": REGION}
_FIELDS = {"rule", "token", "before", "old", "bad", "good", "also", "absent", "subscription"}


class _Loader(yaml.SafeLoader):
    """YAML with a value that is not known yet."""


_Loader.add_constructor("!unknown", lambda *_: UNKNOWN)


@dataclass(frozen=True)
class Row:
    """One row of a table."""

    area: str
    number: int
    rule: str
    token: str
    bad: Any
    good: list[Any]
    before: list[dict[str, Any]] = field(default_factory=list)
    old: dict[str, Any] | None = None
    also: list[str] = field(default_factory=list)
    absent: str | None = None
    subscription: dict[str, Any] | None = None

    def __str__(self) -> str:
        return f"{self.area}-{self.number}-{self.rule}"

    def inputs(self, changes: Any) -> dict[str, Any]:
        """The example of the type with changes."""
        merged = merge(EXAMPLES[self.token], changes)
        assert isinstance(merged, dict)
        return merged


def rows() -> list[Row]:
    """Every row, by file and position."""
    return [
        Row(path.stem, number, **_read(path, number, item))
        for path in sorted(FOLDER.glob("*.yaml"))
        for number, item in enumerate(yaml.load(path.read_text(encoding="utf-8"), Loader=_Loader) or [], start=1)  # noqa: S506 - derives from the safe one
    ]


def _read(path: Path, number: int, item: dict[str, Any]) -> dict[str, Any]:
    unknown = set(item) - _FIELDS
    assert not unknown, f"{path.name} row {number}: no such field {', '.join(sorted(unknown))}"
    assert {"rule", "token", "bad", "good"} <= set(item), f"{path.name} row {number}: rule, token, bad and good needed"
    assert item["token"] in EXAMPLES, f"{path.name} row {number}: no example of {item['token']}"
    filled = _filled(item)
    assert isinstance(filled, dict)
    return filled


def _filled(value: Any) -> Any:
    if isinstance(value, str):
        return Template(value).safe_substitute(_TEXTS)
    if isinstance(value, Mapping):
        return {_filled(name): _filled(child) for name, child in value.items()}
    return [_filled(child) for child in value] if isinstance(value, list) else value


def merge(base: Any, changes: Any) -> Any:
    """A value with changes; neither is touched."""
    if not isinstance(base, Mapping) or not isinstance(changes, Mapping):
        return copy.deepcopy(changes) if changes is not UNKNOWN else UNKNOWN
    merged = {name: value for name, value in base.items() if name not in changes}
    for name, change in changes.items():
        if change is not None:
            merged[name] = merge(base.get(name), change)
    return merged


def without(inputs: dict[str, Any], path: str, value: Any = None) -> dict[str, Any]:
    """Inputs in which what stands at the first part of a dotted path is left out, or is `value`.

    Where everything of a type lies in `properties`, the second part counts; of a list, the whole list.
    """
    first, _, rest = path.partition(".")
    first = first.partition("[")[0]
    if first == "properties" and rest and isinstance(inputs.get(first), Mapping):
        return {**inputs, first: without(inputs[first], rest, value)}
    kept = {name: child for name, child in inputs.items() if name != first}
    return kept if value is None else {**kept, first: value}


@dataclass
class Fixtures:
    """Subscriptions that hold the examples before a type; each is made once and copied for every test."""

    catalog: Catalog
    folder: Path

    @contextmanager
    def open(self, row: Row, target: Path) -> Iterator[Azure]:
        """A subscription with what exists before a row."""
        made = self.folder / f"{row.token.replace(':', '-')}.sqlite"
        if not made.exists():
            store = Store(made)
            azure = Azure(self.catalog, store)
            azure.group()
            deploy(azure, until=row.token)
            store.close()
        shutil.copy(made, target)
        store = Store(target)
        azure = Azure(self.catalog, store)
        for item in row.before:
            azure.create(item["token"], item["name"], item["inputs"])
        try:
            yield azure
        finally:
            store.close()
