"""Start the language host: the command that the engine runs as `pulumi-language-python ADDRESS`.

It owns the life of the process: the port on standard output, signals, and leaving when the engine is gone.
"""

from __future__ import annotations

import argparse
import os
import signal
import sys
import threading
from concurrent.futures import ThreadPoolExecutor
from types import FrameType

import grpc
import psutil
from pulumi.runtime.proto import language_pb2_grpc

from engine.language_host.children import Children
from engine.language_host.server import LanguageHost

MAX_MESSAGE_BYTES = 400 * 1024 * 1024
"""As large as the engine itself allows (`rpcutil/serve.go`, v3.274.1); gRPC's own default is 4 MB."""


def main() -> None:
    """Serve until the engine interrupts this process or its end of standard input closes."""
    arguments = _parse(sys.argv[1:])
    stopped = threading.Event()

    def stop(_signal: int, _frame: FrameType | None) -> None:
        stopped.set()

    signal.signal(signal.SIGINT, stop)
    signal.signal(signal.SIGTERM, stop)
    children = Children()
    server = grpc.server(
        # Run blocks a thread for as long as a program runs; Cancel and policy packs need others meanwhile.
        ThreadPoolExecutor(max_workers=32),
        options=[
            ("grpc.max_send_message_length", MAX_MESSAGE_BYTES),
            ("grpc.max_receive_message_length", MAX_MESSAGE_BYTES),
        ],
    )
    host = LanguageHost(arguments.engine, verbose=_is_verbose(arguments), children=children)
    language_pb2_grpc.add_LanguageRuntimeServicer_to_server(host, server)
    port = server.add_insecure_port("127.0.0.1:0")
    server.start()
    print(port, flush=True)
    threading.Thread(target=_wait_for_end_of_input, args=(stopped,), daemon=True).start()
    stopped.wait()
    children.stop_all(final=True)
    server.stop(grace=1).wait()
    sys.stdout.flush()
    # gRPC's and the pool's threads would hold the interpreter back although nothing is left to do.
    os._exit(0)


def _parse(arguments: list[str]) -> argparse.Namespace:
    """Return the engine's arguments. Unknown ones are ignored, so that a newer engine's can do no harm."""
    parser = argparse.ArgumentParser(prog="pulumi-language-python", description=__doc__)
    parser.add_argument("--logtostderr", action="store_true")
    parser.add_argument("--tracing")
    parser.add_argument("-v", "--verbose", type=int, default=0)
    parser.add_argument("engine", nargs="?", default="", help="address of the engine's own gRPC service")
    return parser.parse_known_args(arguments)[0]


def _is_verbose(arguments: argparse.Namespace) -> bool:
    """Return whether someone reads debug messages: `-v` reached us, or `pulumi` itself was told `--debug` (`-d`).

    The engine passes `-v` on, but not `--debug`; only its command line tells. When it can't be read, assume a reader:
    that costs time, not messages.
    """
    if arguments.verbose > 0 or arguments.logtostderr:
        return True
    try:
        command = psutil.Process(os.getppid()).cmdline()
    except psutil.Error:
        return True
    return not {"-d", "--debug", "--debug=true"}.isdisjoint(command)


def _wait_for_end_of_input(stopped: threading.Event) -> None:
    """Set `stopped` when the engine's end of the pipe closes, even if it was killed and could say nothing."""
    while os.read(0, 64):
        pass
    stopped.set()


if __name__ == "__main__":
    main()
