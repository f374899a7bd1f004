"""The processes that the language host starts, and how they end.

Every child gets its request on standard input and follows that pipe: it ends when the host ends, however that happens.
Children stay in the host's process group, which the engine interrupts, and after 5 seconds kills, as a whole.
"""

from __future__ import annotations

import json
import signal
import subprocess
import threading
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from engine.language_host.interpreter import Interpreter

RUNNER = Path(__file__).resolve().with_name("runner.py")

GRACE_SECONDS = 3.0
"""How long an interrupted child may take to leave. Less than the 5 seconds after which the engine kills the group
(`pulumi/pkg/resource/plugin/plugin.go`, v3.274.1)."""


class Children:
    """The running children. Safe to use from several threads."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._running: set[subprocess.Popen[bytes]] = set()
        self._closed = False

    def start(
        self,
        interpreter: Interpreter,
        request: Mapping[str, Any],
        *,
        folder: Path,
        environment: Mapping[str, str],
        captured: bool = False,
    ) -> subprocess.Popen[bytes]:
        """Start the runner with `request`. Its output goes where the host's goes, or into pipes if `captured`."""
        with self._lock:
            if self._closed:
                raise RuntimeError("the language host is stopping")
            child = subprocess.Popen(
                [str(interpreter.executable), str(RUNNER)],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE if captured else None,
                stderr=subprocess.PIPE if captured else None,
                cwd=folder,
                env=interpreter.environment(environment),
            )
            self._running.add(child)
        assert child.stdin is not None  # noqa: S101 - asked for above
        try:
            child.stdin.write(json.dumps(request).encode() + b"\n")
            child.stdin.flush()
        except BrokenPipeError:
            # The child ended before it read its request; its exit status and its own words say why.
            pass
        return child

    def wait(self, child: subprocess.Popen[bytes]) -> int:
        """Wait for `child` and return its exit status (negative: the number of the signal that ended it)."""
        status = child.wait()
        with self._lock:
            self._running.discard(child)
        if child.stdin is not None:
            child.stdin.close()
        return status

    def stop(self, child: subprocess.Popen[bytes]) -> None:
        """Interrupt `child` as Ctrl-C would, and kill it if it stays."""
        if child.poll() is not None:
            return
        child.send_signal(signal.SIGINT)
        try:
            child.wait(GRACE_SECONDS)
        except subprocess.TimeoutExpired:
            child.kill()

    def stop_all(self, *, final: bool) -> None:
        """Stop every child at the same time; if `final`, start no more."""
        with self._lock:
            self._closed = self._closed or final
            running = list(self._running)
        stoppers = [threading.Thread(target=self.stop, args=(child,)) for child in running]
        for stopper in stoppers:
            stopper.start()
        for stopper in stoppers:
            stopper.join()


def exit_text(status: int) -> str:
    """Return how a child ended, in words: "exited with status 3", "was ended by SIGKILL"."""
    if status >= 0:
        return f"exited with status {status}"
    try:
        return f"was ended by {signal.Signals(-status).name}"
    except ValueError:
        return f"was ended by signal {-status}"
