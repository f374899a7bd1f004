"""The examples that are copied into a test's subscription are those that would be made there."""

from __future__ import annotations

from pathlib import Path

import pytest

from simulator.catalog import Catalog
from simulator.errors import ArmError
from simulator.store import Store
from tests.simulator.azure import Azure
from tests.simulator.examples import create, deploy
from tests.simulator.examples.deployed import rows_of


@pytest.mark.parametrize("until", [None, "containerservice:AgentPool"])
def test_what_is_copied_is_what_is_made(azure: Azure, catalog: Catalog, tmp_path: Path, until: str | None) -> None:
    other = Azure(catalog, Store(tmp_path / "other.sqlite"))
    other.group()
    create(other, until)
    deploy(azure, until)
    made = other.store.all()
    assert len(made) > 10
    assert rows_of(azure.store) == rows_of(other.store)
    for record in made:
        assert azure.service.world.is_new(record.id) == other.service.world.is_new(record.id), record.id
    other.store.close()


def test_in_a_subscription_that_holds_more_they_are_made(azure: Azure) -> None:
    azure.network()
    with pytest.raises(ArmError, match="ResourceExists"):  # a copy would go over the network that is there
        deploy(azure, "containerservice:AgentPool")
