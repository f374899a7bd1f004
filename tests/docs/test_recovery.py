"""Whatever holds data in prod has an answer to the loss of its region."""

from __future__ import annotations

from pathlib import Path

import pytest

from docs.recovery_page import RUNBOOK, stores

ROOT = Path(__file__).parents[2]
# Components whose protected parts lie in the store of another row: groups hold stores, keys lie in a vault.
HOLD_NOTHING = {"encryption_key:EncryptionKey", "resource_groups:ResourceGroups"}


def protected_owners() -> set[str]:
    """The components in prod that make something that is protected."""
    import stacks
    from components.platform import Platform
    from tests.components.recording import record

    settings = stacks.load("prod")
    recorded = record(lambda: Platform(settings.name, settings))
    by_urn = {resource.urn: resource for resource in recorded}
    owners = {by_urn[resource.parent].type for resource in recorded if resource.protect}
    return {owner.removeprefix("platform:") for owner in owners}


@pytest.mark.capability("B3")
def test_everything_that_holds_data_has_an_rpo_and_an_rto() -> None:
    assert protected_owners() - HOLD_NOTHING - {store.store for store in stores()} == set()


@pytest.mark.capability("B3")
def test_every_store_exists_once_and_says_everything() -> None:
    tokens = (ROOT / "tests" / "goldens" / "tokens.txt").read_text(encoding="utf-8").split()
    names = [store.store for store in stores()]
    assert len(names) == len(set(names))
    assert [name for name in names if f"platform:{name}" not in tokens] == []
    assert all(all(value.strip() for value in store.model_dump().values()) for store in stores())


def test_the_runbook_of_a_recovery_exists() -> None:
    assert (ROOT / RUNBOOK).is_file()
