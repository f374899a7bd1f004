"""What Azure publishes of its API: no published request is refused, and answers have the published names and types.

`published/` holds what was taken over from the examples in Microsoft's SDKs; `published/differences/<module>.yaml` says
where the simulator differs from them and why.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest
import yaml

from simulator.catalog import Catalog
from simulator.catalog.catalog import Module
from simulator.catalog.scan import Properties
from simulator.errors import ArmError
from simulator.model import modelled_tokens
from simulator.service import Outcome
from simulator.store import Store
from simulator.values import reveal
from tests.simulator.azure import Azure
from tests.simulator.published.wire import kinds, objects_of

FOLDER = Path(__file__).parent / "published"


def load(path: Path) -> dict[str, Any]:
    loaded: dict[str, Any] = yaml.load(path.read_text(encoding="utf-8"), Loader=yaml.CSafeLoader)
    return loaded


REQUESTS: dict[str, dict[str, dict[str, Any]]] = {
    short: found
    for path in sorted((FOLDER / "requests").glob("*.yaml"))
    for short, found in load(path)["requests"].items()
}
ANSWERS: dict[str, dict[str, str]] = load(FOLDER / "answers.yaml")["answers"]
DIFFERENCES: dict[str, dict[str, dict[str, str]]] = {
    side: {
        short: why
        for path in sorted((FOLDER / "differences").glob("*.yaml"))
        for short, why in (load(path).get(side) or {}).items()
    }
    for side in ("requests", "answers")
}
MODELLED = sorted(short for short in ANSWERS if f"azure-native:{short}" in modelled_tokens())


def write(azure: Azure, short: str, inputs: Mapping[str, Any]) -> Outcome | str:
    """The answer to a published request in a subscription in which nothing is known; else why it is refused."""
    try:
        return azure.create(short, "published", dict(inputs))
    except ArmError as error:
        return str(error)


@pytest.mark.parametrize("short", sorted(REQUESTS))
def test_no_published_request_is_refused(catalog: Catalog, tmp_path: Path, short: str) -> None:
    expected = DIFFERENCES["requests"].get(short, {})
    refused = {}
    for number, (example, inputs) in enumerate(REQUESTS[short].items()):
        store = Store(tmp_path / f"{number}.sqlite")
        found = write(Azure(catalog, store), short, inputs)
        store.close()
        if isinstance(found, str):
            refused[example] = found
    wrong = {example: why for example, why in refused.items() if example not in expected}
    assert not wrong, "\n".join(f"{example}: {why}" for example, why in wrong.items())
    assert set(expected) <= set(refused), "these are accepted now: take them out of differences/"


def _answers(catalog: Catalog, folder: Path, short: str) -> dict[str, set[str]]:
    """The paths of all answers to the published requests of a type, with their kinds."""
    found: dict[str, set[str]] = defaultdict(set)
    for number, inputs in enumerate(REQUESTS.get(short, {}).values()):
        store = Store(folder / f"{number}.sqlite")
        outcome = write(Azure(catalog, store), short, inputs)
        store.close()
        if isinstance(outcome, Outcome):
            for path, kind in kinds(reveal(outcome.outputs)):
                found[path].add(kind)
    return found


@pytest.mark.parametrize("short", [short for short in MODELLED if short in REQUESTS])
def test_an_answer_has_the_published_names_and_types(catalog: Catalog, tmp_path: Path, short: str) -> None:
    ours = _answers(catalog, tmp_path, short)
    resource = catalog.resource(f"azure-native:{short}")
    assert resource is not None
    # What a program may set comes back as it was set, and where it was not, the type's own tests say what Azure takes.
    own = {path for path in ANSWERS[short] if not _is_input(path, resource.inputs, resource.module)}
    missing = {path for path in own if path not in ours and not _is_below(path, own, ours)}
    other = {path for path in own if path in ours and not {*ANSWERS[short][path].split(", "), "unknown"} & ours[path]}
    expected = set(DIFFERENCES["answers"].get(short, {}))
    found = missing | other
    assert not found - expected, f"not as published: {sorted(found - expected)}"
    assert not expected - found, f"as published now, take out of differences/: {sorted(expected - found)}"


def _is_input(path: str, properties: Properties, module: Module) -> bool:
    name, _, rest = path.replace("[*]", "").partition(".")
    if name not in properties:
        return False
    if properties[name]["shape"][0] in {"any", "map"}:
        return True
    return not rest or any(_is_input(rest, inner, module) for inner in objects_of(properties[name]["shape"], module))


def _is_below(path: str, own: set[str], ours: Mapping[str, set[str]]) -> bool:
    """Whether a part above the path is missing already, and is what has to be explained."""
    holders = [path[:end] for end in range(len(path)) if path[end] in ".["]
    return any(holder in own and holder not in ours for holder in holders)


def test_every_difference_has_a_reason_and_names_a_published_type() -> None:
    for side, known in (("requests", REQUESTS), ("answers", ANSWERS)):
        assert set(DIFFERENCES[side]) <= set(known)
        assert all(len(str(why).split()) > 2 for found in DIFFERENCES[side].values() for why in found.values())
