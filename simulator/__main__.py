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
from pulumi.runtime.proto import provider_pb2_grpc

from simulator.catalog import open_catalog
from simulator.functions import Functions
from simulator.provider import Provider
from simulator.service import Service
from simulator.store import Store

# Where the simulated subscription lies; set by the rehearsal, with a default for a program run by hand.
STORE_VARIABLE = "PLATFORM_SIMULATOR_STORE"
_DEFAULT_STORE = Path(".rehearsal") / "subscription.sqlite"

# The engine sends as many requests at once as it has resources ready; each takes about a millisecond here.
_WORKERS = 16
_UNLIMITED = [("grpc.max_receive_message_length", -1), ("grpc.max_send_message_length", -1)]


def main() -> int:
    """Serves the provider until the engine ends it."""
    store = Store(Path(os.environ.get(STORE_VARIABLE, str(_DEFAULT_STORE))).absolute())
    catalog = open_catalog()
    service = Service(catalog, store)
    provider = Provider(service, Functions(catalog, service), metadata.version("pulumi-azure-native"))
    server = grpc.server(ThreadPoolExecutor(_WORKERS), options=_UNLIMITED)
    provider_pb2_grpc.add_ResourceProviderServicer_to_server(provider, server)
    port = server.add_insecure_port("127.0.0.1:0")
    server.start()
    print(port, flush=True)
    stopped = threading.Event()
    signal.signal(signal.SIGTERM, lambda *_: stopped.set())
    # Ctrl-C goes to the whole process group. The engine ends its plugins itself when it is done with them.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    stopped.wait()
    server.stop(grace=1).wait()
    store.close()
    return 0


if __name__ == "__main__":
    sys.exit(main())
