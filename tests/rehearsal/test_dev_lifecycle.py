"""The dev stack through the real engine: made, unchanged, changed, drifted, destroyed. The tests run in order."""

from __future__ import annotations

import copy
import dataclasses
import hashlib
from typing import Any

import pytest

from rehearsal.workspace import PROJECT, Workspace
from simulator.store import Store

pytestmark = pytest.mark.engine

BUDGET = "azure-native:consumption:Budget"
VAULT = "azure-native:keyvault:Vault"


def golden_resources(stack: str) -> int:
    lines = (PROJECT / "tests" / "goldens" / stack / "resources.txt").read_text().splitlines()
    return sum(line.startswith("azure-native:") for line in lines)


def digest_of_stacks() -> str:
    files = sorted((PROJECT / "stacks").glob("*.yaml"))
    return hashlib.sha256(b"".join(path.read_bytes() for path in files)).hexdigest()


def only(store: Store, token: str) -> Any:
    return next(record for record in store.all() if record.token == token)


def test_an_up_makes_every_resource_of_the_golden_list(dev: Workspace, run: Any, store: Store) -> None:
    before = digest_of_stacks()
    outcome = run(dev, "up")
    assert outcome.count() == {"create": golden_resources("dev")}
    assert len(store.all()) == golden_resources("dev")
    assert golden_resources("dev") >= 60
    assert digest_of_stacks() == before, "a rehearsal writes nothing into the stacks' files"


def test_nothing_warns(dev: Workspace, run: Any) -> None:
    assert run(dev, "up", "--expect-no-changes").complaints == []


def test_a_second_up_changes_nothing(dev: Workspace, run: Any) -> None:
    outcome = run(dev, "up", "--expect-no-changes")
    assert outcome.changed == []
    assert outcome.count() == {"same": golden_resources("dev")}


def test_every_type_that_is_made_has_a_model_and_every_reference_is_known(store: Store) -> None:
    assert [note.detail for note in store.notes()] == []


def test_a_refresh_of_what_nobody_touched_changes_nothing(dev: Workspace, run: Any) -> None:
    assert run(dev, "refresh", "--expect-no-changes").changed == []


def test_a_changed_setting_updates_the_one_resource_that_it_is_about(
    dev: Workspace, run: Any, dev_document: dict[str, Any], store: Store
) -> None:
    changed = copy.deepcopy(dev_document)
    changed["config"]["platform:settings"]["budget"]["monthly_amount"] = 4321
    dev.prepare(changed)
    outcome = run(dev, "up")
    assert [(step.type, step.operation) for step in outcome.changed] == [(BUDGET, "update")]
    assert only(store, BUDGET).body["amount"] == 4321
    dev.prepare()
    assert [step.operation for step in run(dev, "up").changed] == ["update"]


def test_an_out_of_band_change_is_found_by_refresh_and_put_back_by_up(dev: Workspace, run: Any, store: Store) -> None:
    vault = only(store, VAULT)
    properties = {**vault.body["properties"], "publicNetworkAccess": "enabled"}
    store.put(dataclasses.replace(vault, body={**vault.body, "properties": properties}))
    assert [step.type for step in run(dev, "refresh").steps if step.operation == "update"] == [VAULT]
    assert [(step.type, step.operation) for step in run(dev, "up").changed] == [(VAULT, "update")]
    assert (
        only(store, VAULT).body["properties"]["publicNetworkAccess"] == vault.body["properties"]["publicNetworkAccess"]
    )


def test_a_resource_that_was_deleted_out_of_band_is_made_again(dev: Workspace, run: Any, store: Store) -> None:
    budget = only(store, BUDGET)
    store.remove(budget.id)
    assert [step.type for step in run(dev, "refresh").steps if step.operation == "delete"] == [BUDGET]
    assert [(step.type, step.operation) for step in run(dev, "up").changed] == [(BUDGET, "create")]
    assert only(store, BUDGET).id == budget.id


def test_a_preview_writes_nothing(dev: Workspace, run: Any, store: Store, dev_document: dict[str, Any]) -> None:
    before = [(record.id, record.revision) for record in store.all()]
    changed = copy.deepcopy(dev_document)
    changed["config"]["platform:settings"]["budget"]["monthly_amount"] = 1234
    dev.prepare(changed)
    assert [step.operation for step in run(dev, "preview").changed] == ["update"]
    dev.prepare()
    assert [(record.id, record.revision) for record in store.all()] == before


def test_a_destroy_leaves_nothing(dev: Workspace, run: Any, store: Store) -> None:
    run(dev, "destroy")
    assert store.all() == []
    assert store.notes() == []
