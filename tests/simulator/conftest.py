"""The installed SDK, compiled once for all tests, and an empty simulated subscription for each."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from simulator.catalog import Catalog, open_catalog
from simulator.store import Store
from tests.simulator.azure import Azure


@pytest.fixture(scope="session")
def catalog(tmp_path_factory: pytest.TempPathFactory) -> Catalog:
    return open_catalog(tmp_path_factory.mktemp("catalog"))


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    opened = Store(tmp_path / "subscription.sqlite")
    yield opened
    opened.close()


@pytest.fixture
def azure(catalog: Catalog, store: Store) -> Azure:
    """A subscription with a resource group `rg-test`."""
    fresh = Azure(catalog, store)
    fresh.group()
    return fresh
