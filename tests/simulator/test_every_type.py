"""What holds for every modelled type: previews that come true, repeatable answers, imports that change nothing."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

from simulator.catalog import Catalog
from simulator.store import Store
from simulator.values import UNKNOWN, reveal
from tests.simulator.azure import Azure
from tests.simulator.examples import EXAMPLES, create, deploy


def made_beside(catalog: Catalog, folder: Path, short: str) -> dict[str, Any]:
    """What another store answers for the same program, each resource of which is made there."""
    other = Store(folder / "other.sqlite")
    try:
        azure = Azure(catalog, other)
        azure.group()
        create(azure, until=short)
        return azure.create(short, short, EXAMPLES[short]).outputs
    finally:
        other.close()


@pytest.mark.parametrize("short", EXAMPLES)
def test_a_preview_foretells_the_id_and_every_output(azure: Azure, short: str) -> None:
    deploy(azure, until=short)
    foretold = azure.another().create(short, short, EXAMPLES[short], preview=True)
    made = azure.create(short, short, EXAMPLES[short])
    assert foretold == made


def test_one_preview_of_everything_foretells_everything(catalog: Catalog, store: Store) -> None:
    planning, applying = Azure(catalog, store), Azure(catalog, store)
    foretold = {short: planning.create(short, short, inputs, preview=True) for short, inputs in EXAMPLES.items()}
    assert store.all() == []
    made = {short: applying.create(short, short, inputs) for short, inputs in EXAMPLES.items()}
    assert foretold == made


@pytest.mark.parametrize("short", EXAMPLES)
def test_a_preview_with_an_unknown_input_foretells_nothing_that_does_not_come_true(azure: Azure, short: str) -> None:
    deploy(azure, until=short)
    made = azure.another().create(short, short, EXAMPLES[short], preview=True)
    for name in EXAMPLES[short]:
        foretold = azure.another().create(short, short, {**EXAMPLES[short], name: UNKNOWN}, preview=True)
        assert foretold.id in {"", made.id}, name
        assert lies(reveal(foretold.outputs), reveal(made.outputs)) == [], name


def lies(foretold: Any, made: Any, path: str = "") -> list[str]:
    """Where a preview says something else than what is made; unknown is no lie."""
    if foretold is UNKNOWN:
        return []
    if isinstance(foretold, Mapping) and isinstance(made, Mapping):
        return [lie for name, child in foretold.items() for lie in lies(child, made.get(name), f"{path}.{name}")]
    if isinstance(foretold, list) and isinstance(made, list) and len(foretold) == len(made):
        pairs = enumerate(zip(foretold, made, strict=True))
        return [lie for index, (one, other) in pairs for lie in lies(one, other, f"{path}[{index}]")]
    return [] if foretold == made else [f"{path}: {foretold!r} and not {made!r}"]


@pytest.mark.parametrize("short", EXAMPLES)
def test_two_subscriptions_answer_the_same(catalog: Catalog, azure: Azure, tmp_path: Path, short: str) -> None:
    deploy(azure, until=short)
    assert made_beside(catalog, tmp_path, short) == azure.create(short, short, EXAMPLES[short]).outputs


@pytest.mark.parametrize("short", EXAMPLES)
def test_nothing_changes_when_the_same_program_runs_again(azure: Azure, short: str) -> None:
    deploy(azure, until=short)
    made = azure.create(short, short, EXAMPLES[short])
    again = azure.checked(short, short, EXAMPLES[short], made.inputs)
    assert azure.diff(short, made.inputs, again) == []


@pytest.mark.parametrize("short", EXAMPLES)
def test_what_is_read_is_what_was_made(azure: Azure, short: str) -> None:
    deploy(azure, until=short)
    made = azure.create(short, short, EXAMPLES[short])
    assert azure.another().read(short, short, made.id, made.inputs) == made


@pytest.mark.parametrize("short", EXAMPLES)
def test_what_is_imported_differs_in_nothing_from_the_program(azure: Azure, short: str) -> None:
    deploy(azure, until=short)
    made = azure.create(short, short, EXAMPLES[short])
    imported = azure.another().read(
        short, "another-name", made.id.upper().replace("/SUBSCRIPTIONS/", "/subscriptions/")
    )
    assert imported is not None
    assert imported.id == made.id
    program = azure.checked(short, "another-name", EXAMPLES[short], imported.inputs)
    assert azure.diff(short, imported.inputs, program) == []


@pytest.mark.parametrize("short", EXAMPLES)
def test_the_same_program_written_again_answers_the_same(azure: Azure, short: str) -> None:
    deploy(azure, until=short)
    made = azure.create(short, short, EXAMPLES[short])
    foretold = azure.another().update(short, short, made, EXAMPLES[short], preview=True)
    updated = azure.update(short, short, made, EXAMPLES[short])
    assert foretold == updated
    versions = {"properties"} if short in {"keyvault:Secret", "resources:Deployment"} else set()
    assert {name for name in made.outputs if made.outputs[name] != updated.outputs[name]} == versions


@pytest.mark.parametrize("short", EXAMPLES)
def test_a_deleted_resource_is_gone_and_can_be_made_again(azure: Azure, short: str) -> None:
    deploy(azure, until=short)
    made = azure.create(short, short, EXAMPLES[short])
    azure.service.delete(made.id)
    assert azure.read(short, short, made.id, made.inputs) is None
    assert azure.store.get(made.id) is None
    azure.store.unearth(made.id)  # some types keep their name: see test_soft_delete.py
    assert azure.create(short, short, EXAMPLES[short]).outputs == made.outputs


def test_everything_is_deleted_in_the_reverse_order(azure: Azure) -> None:
    made = [azure.create(short, short, inputs).id for short, inputs in EXAMPLES.items()]
    for resource_id in reversed(made):
        azure.service.delete(resource_id)
    assert azure.store.all() == []
    assert azure.store.notes() == []
