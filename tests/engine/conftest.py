"""Fixtures for tests that run the real engine, and fake executables for tests that must not."""

from __future__ import annotations

import os
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import psutil
import pytest

import engine
from engine import plugins

PROGRAM = Path(__file__).with_name("tiny_provider.py")


@dataclass(frozen=True)
class Workspace:
    """A Pulumi project in a temporary folder, with a backend, a PULUMI_HOME and a provider `tiny` of its own."""

    folder: Path
    environment: dict[str, str]

    def program(self, text: str) -> None:
        (self.folder / "__main__.py").write_text(text, encoding="utf-8")

    def start(self, *arguments: str, **variables: str) -> subprocess.Popen[str]:
        """Start `pulumi` in a session of its own, so that its process group can be signalled as a terminal would."""
        return subprocess.Popen(
            ["pulumi", *arguments, "--non-interactive"],
            cwd=self.folder,
            env=self.environment | variables,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            start_new_session=True,
        )

    def run(self, *arguments: str, status: int | None = 0, **variables: str) -> str:
        """Run `pulumi`; return what it prints on both streams; check its exit status unless `status` is None."""
        process = self.start(*arguments, **variables)
        output, _ = process.communicate(timeout=120)
        if status is not None:
            assert process.returncode == status, output
        return output

    def up(self, status: int | None = 0, *extra: str) -> str:
        return self.run("up", "--yes", "--skip-preview", *extra, status=status)

    def processes(self) -> list[psutil.Process]:
        """Return the processes that run with this workspace's environment: language hosts, programs, plugins."""
        home = self.environment["PULUMI_HOME"]
        found = []
        for process in psutil.process_iter():
            try:
                if process.environ().get("PULUMI_HOME") == home and process.status() != psutil.STATUS_ZOMBIE:
                    found.append(process)
            except (psutil.NoSuchProcess, psutil.AccessDenied):
                continue
        return found

    def ends(self, seconds: float = 20.0) -> bool:
        """Return whether every process of this workspace ends by itself in time."""
        end = time.monotonic() + seconds
        while self.processes() and time.monotonic() < end:
            time.sleep(0.05)
        return self.processes() == []


@pytest.fixture(scope="session")
def real_engine() -> engine.Engine:
    """The engine of this machine, got first if it is missing: minutes on a new machine, nothing afterwards."""
    return engine.ensure(engine.RichProgress())


@pytest.fixture
def workspace(tmp_path: Path, real_engine: engine.Engine) -> Iterator[Workspace]:
    folder, home, state = (tmp_path / name for name in ("project", "home", "state"))
    for made in (folder, home, state):
        made.mkdir()
    (folder / "Pulumi.yaml").write_text("name: tiny\nruntime: python\n", encoding="utf-8")
    plugins.place(home, "tiny", "1.2.3", [sys.executable, PROGRAM])
    made = Workspace(
        folder, engine.environment(real_engine, home=home, backend=f"file://{state}", passphrase="only for tests")
    )
    made.run("stack", "init", "dev")
    yield made
    for process in made.processes():
        process.kill()


@pytest.fixture
def executable(tmp_path: Path) -> Callable[..., Path]:
    """Write a shell script and return its path: `executable("bin/go", "echo hello")`."""

    def write(name: str, body: str, mode: int = 0o755) -> Path:
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(f"#!/bin/sh\n{body}\n", encoding="utf-8")
        path.chmod(mode)
        return path

    return write


@pytest.fixture
def bare(tmp_path: Path) -> dict[str, str]:
    """An environment whose PATH holds `tmp_path/bin` and the system's basic tools, and whose cache is empty."""
    (tmp_path / "bin").mkdir(exist_ok=True)
    return {
        "PATH": os.pathsep.join([str(tmp_path / "bin"), "/usr/bin", "/bin"]),
        "HOME": str(tmp_path),
        "PLATFORM_ENGINE_DIR": str(tmp_path / "cache"),
    }


@pytest.fixture
def server(monkeypatch: pytest.MonkeyPatch) -> Iterator[tuple[str, dict[str, bytes]]]:
    """A release server on loopback: its base URL, and the files that it serves (absent: 403).

    A body that ends in `<cut>` breaks off before its announced length, one that ends in `<hang>` never ends.
    """
    monkeypatch.setenv("NO_PROXY", "127.0.0.1")
    files: dict[str, bytes] = {}

    released = threading.Event()

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            body = files.get(self.path.rpartition("/")[2])
            if body is None:
                self.send_error(403)
                return
            self.send_response(200)
            sent = body.removesuffix(b"<cut>").removesuffix(b"<hang>")
            self.send_header("Content-Length", str(len(sent) + (1000 if sent != body else 0)))
            self.end_headers()
            self.wfile.write(sent)
            if body.endswith(b"<hang>"):
                self.wfile.flush()
                released.wait(60)

        def log_message(self, *_: object) -> None:
            pass

    served = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=served.serve_forever, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{served.server_address[1]}", files
    released.set()
    served.shutdown()
    served.server_close()
    thread.join()
