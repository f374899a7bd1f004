"""Runs the plugin.

Prints the port that it listens on, as Pulumi's plugin protocol asks, and serves until it is told to stop.
"""

from __future__ import annotations

import os
import signal
import sys
import threading
from concurrent.futures import ThreadPoolExecutor
from importlib import metadata
from pathlib import Path

import grpc

from simulator.catalog import open_catalog
from simulator.faults import Faults, read_faults
from simulator.functions import Functions
from simulator.messages import provider_pb2_grpc
from simulator.provider import Provider
from simulator.service import Service
from simulator.store import Store
from simulator.traffic import SECONDS, SECONDS_VARIABLE, Traffic

# Where the simulated subscription lies; set by the rehearsal, with a default for a program run by hand.
STORE_VARIABLE = "PLATFORM_SIMULATOR_STORE"
# A file of faults on demand (`simulator.faults`); set by the rehearsal.
FAULTS_VARIABLE = "PLATFORM_SIMULATOR_FAULTS"
_DEFAULT_STORE = Path(".rehearsal") / "subscription.sqlite"

# The engine sends as many requests at once as it has resources ready; each takes about a millisecond here.
_WORKERS = 16
# How often the plugin looks whether the engine is still there.
_ORPHAN_SECONDS = 2.0
_UNLIMITED = [("grpc.max_receive_message_length", -1), ("grpc.max_send_message_length", -1)]


def _faults(store: Store) -> Faults:
    """The faults that the rehearsal asked for; none for a program run by hand."""
    asked = os.environ.get(FAULTS_VARIABLE)
    return Faults(read_faults(Path(asked)), store.path.with_suffix(".faults.json")) if asked else Faults()


def main() -> int:
    """Serves the provider until the engine ends it."""
    store = Store(Path(os.environ.get(STORE_VARIABLE, str(_DEFAULT_STORE))).absolute())
    catalog = open_catalog()
    service = Service(catalog, store)
    version = metadata.version("pulumi-azure-native")
    traffic = Traffic(float(os.environ.get(SECONDS_VARIABLE, SECONDS)))
    provider = Provider(service, Functions(catalog, service), version, _faults(store), traffic)
    server = grpc.server(ThreadPoolExecutor(_WORKERS), options=_UNLIMITED)
    provider_pb2_grpc.add_ResourceProviderServicer_to_server(provider, server)
    port = server.add_insecure_port("127.0.0.1:0")
    server.start()
    stopped = threading.Event()
    # The engine starts its plugins in a process group of their own, so Ctrl-C in the terminal does not come here; it
    # ends them with SIGINT and, five seconds later, with SIGKILL.
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, lambda *_: stopped.set())
    engine = os.getppid()
    print(port, flush=True)
    # An engine that is killed ends nobody: its plugins would stay for ever, each with the store open.
    while not stopped.wait(_ORPHAN_SECONDS) and os.getppid() == engine:
        pass
    server.stop(grace=None).wait()
    store.close()
    return 0


if __name__ == "__main__":
    sys.exit(main())
