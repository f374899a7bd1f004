"""The installed SDK, compiled once for all tests, and an empty simulated subscription for each."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import grpc
import pytest
from pulumi.runtime.proto import provider_pb2_grpc

from simulator.catalog import Catalog, open_catalog
from simulator.functions import Functions
from simulator.provider import Provider
from simulator.service import Service
from simulator.store import Store
from tests.simulator.azure import Azure
from tests.simulator.engine_side import UNLIMITED, Plugin


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


@pytest.fixture
def plugin(catalog: Catalog, store: Store) -> Iterator[Plugin]:
    """The plugin behind a real gRPC server in this process."""
    Azure(catalog, store).group()
    service = Service(catalog, store)
    server = grpc.server(ThreadPoolExecutor(4))
    provider = Provider(service, Functions(catalog, service), "3.29.0")
    provider_pb2_grpc.add_ResourceProviderServicer_to_server(provider, server)
    port = server.add_insecure_port("127.0.0.1:0")
    server.start()
    with grpc.insecure_channel(f"127.0.0.1:{port}", UNLIMITED) as channel:
        yield Plugin(provider_pb2_grpc.ResourceProviderStub(channel), store)
    server.stop(None).wait()
