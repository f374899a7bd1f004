"""Finding and getting the engine: the three ways, their order, and what is left behind when they fail.

`go` is a fake: a script that writes the executable that it is asked to build.
"""

from __future__ import annotations

import hashlib
import io
import os
import signal
import subprocess
import sys
import tarfile
import threading
import time
from collections.abc import Callable
from pathlib import Path

import psutil
import pytest

from engine import cache, locate
from engine.cli import WANTED, Engine
from engine.locate import EngineMissingError, ensure, find, print_path
from engine.progress import Silent

Executable = Callable[..., Path]

NOWHERE = "http://127.0.0.1:9"
"""The discard port: nothing listens there, so connections are refused at once."""

FAKE_GO = f"""
echo built >> "$HOME/builds"
echo "go: downloading example.com/module v1.0.0" >&2
echo example.com/package >&2
while [ $# -gt 0 ]; do [ "$1" = -o ] && target=$2; shift; done
printf '#!/bin/sh\\necho v{WANTED}\\n' > "$target"
chmod +x "$target"
"""


@pytest.fixture(autouse=True)
def forget_failed_downloads(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(locate, "_failed_downloads", {})


@pytest.fixture
def only_fake_go(bare: dict[str, str], monkeypatch: pytest.MonkeyPatch) -> None:
    """Hide a real Go in the folders of its installers."""
    fake = Path(bare["HOME"]) / "bin" / "go"
    monkeypatch.setattr(locate.source, "find_go", lambda _environ: fake if fake.exists() else None)


def builds(bare: dict[str, str]) -> int:
    counted = Path(bare["HOME"]) / "builds"
    return len(counted.read_text().splitlines()) if counted.exists() else 0


def leftovers(bare: dict[str, str]) -> list[str]:
    return sorted(path.name for path in Path(bare["PLATFORM_ENGINE_DIR"]).iterdir())


def test_nothing_is_found_on_a_bare_machine(bare: dict[str, str]) -> None:
    assert find(bare) is None


def test_a_good_cli_on_path_is_used_and_nothing_is_fetched(executable: Executable, bare: dict[str, str]) -> None:
    pulumi = executable("bin/pulumi", "echo v3.300.0")
    executable("bin/pulumi-language-python", "true")
    engine = ensure(environ=bare, releases=NOWHERE)
    assert (engine.pulumi, engine.origin) == (pulumi, "path")
    assert not Path(bare["PLATFORM_ENGINE_DIR"]).exists()


def test_without_network_the_engine_is_built_once(executable: Executable, bare: dict[str, str]) -> None:
    executable("bin/go", FAKE_GO)
    first = ensure(environ=bare, releases=NOWHERE)
    assert first.origin == "source"
    assert first.needs_our_language_host
    assert ensure(environ=bare, releases=NOWHERE) == first == find(bare)
    assert builds(bare) == 1
    assert (first.bin_dir / "pulumi-language-python").stat().st_mode & 0o100
    assert print_path(first) == str(first.bin_dir)


def test_the_cached_engine_on_path_is_still_known_as_built(executable: Executable, bare: dict[str, str]) -> None:
    executable("bin/go", FAKE_GO)
    built = ensure(environ=bare, releases=NOWHERE)
    on_path = bare | {"PATH": f"{built.bin_dir}{os.pathsep}{bare['PATH']}"}
    assert find(on_path) == built


def publish(files: dict[str, bytes], version: str = WANTED) -> None:
    """Let the release server offer a release for this platform, whose CLI says that it is `version`."""
    buffer = io.BytesIO()
    with tarfile.open(fileobj=buffer, mode="w:gz") as content:
        for name in ("pulumi", "pulumi-language-python"):
            body = f"#!/bin/sh\necho v{version}\n".encode()
            member = tarfile.TarInfo(f"pulumi/{name}")
            member.size, member.mode = len(body), 0o755
            content.addfile(member, io.BytesIO(body))
    name = f"pulumi-v{WANTED}-{cache.platform_name()}.tar.gz"
    files[name] = buffer.getvalue()
    files[f"pulumi-{WANTED}-checksums.txt"] = f"{hashlib.sha256(files[name]).hexdigest()}  {name}\n".encode()


def test_the_official_release_is_preferred_to_a_build(
    executable: Executable, bare: dict[str, str], server: tuple[str, dict[str, bytes]]
) -> None:
    executable("bin/go", FAKE_GO)
    publish(server[1])
    got = ensure(environ=bare, releases=server[0])
    assert (got.origin, got.version, got.needs_our_language_host) == ("release", WANTED, False)
    assert builds(bare) == 0
    assert got == find(bare)
    assert "echo" in (got.bin_dir / "pulumi-language-python").read_text(), "the release's own host stays"


def test_a_release_that_is_not_what_it_says_leads_to_a_build(
    executable: Executable, bare: dict[str, str], server: tuple[str, dict[str, bytes]]
) -> None:
    executable("bin/go", FAKE_GO)
    publish(server[1], "3.260.0")
    assert ensure(environ=bare, releases=server[0]).origin == "source"


def test_an_old_cli_on_path_is_passed_over(executable: Executable, bare: dict[str, str]) -> None:
    executable("bin/pulumi", "echo v3.1.0")
    executable("bin/go", FAKE_GO)
    assert ensure(environ=bare, releases=NOWHERE).origin == "source"


def test_the_error_names_each_way_why_it_failed_and_how_to_mend_it(
    executable: Executable, bare: dict[str, str], only_fake_go: None
) -> None:
    executable("bin/pulumi", "echo v3.1.0")
    executable("bin/go", "echo 'no such module' >&2; exit 1")
    with pytest.raises(EngineMissingError) as raised:
        ensure(environ=bare, releases=NOWHERE)
    text = str(raised.value)
    assert "1. pulumi on PATH:" in text
    assert "is version v3.1.0, older than 3.249.0" in text
    assert "2. official release:" in text
    assert "can't be reached" in text
    assert "3. build from the Go module:" in text
    assert "no such module" in text
    assert text.count("→") == 3
    assert leftovers(bare) == [".lock"]


def test_a_machine_without_go_is_told_to_install_it(bare: dict[str, str], only_fake_go: None) -> None:
    with pytest.raises(EngineMissingError, match="there is no `go` command on PATH") as raised:
        ensure(environ=bare, releases=NOWHERE)
    assert "https://go.dev/dl/" in str(raised.value)


def test_a_failed_download_is_not_tried_again_in_the_same_process(
    bare: dict[str, str], only_fake_go: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    tried: list[str] = []
    fetch = locate.release.fetch

    def counting(*arguments: object) -> None:
        tried.append("once")
        fetch(*arguments)  # type: ignore[arg-type]

    monkeypatch.setattr(locate.release, "fetch", counting)
    for _ in range(2):
        with pytest.raises(EngineMissingError, match="can't be reached"):
            ensure(environ=bare, releases=NOWHERE)
    assert tried == ["once"]


def test_a_build_that_makes_another_version_is_not_kept(executable: Executable, bare: dict[str, str]) -> None:
    executable("bin/go", FAKE_GO.replace(WANTED, "3.260.0"))
    with pytest.raises(EngineMissingError, match=r"version 3\.260\.0, not"):
        ensure(environ=bare, releases=NOWHERE)
    assert leftovers(bare) == [".lock"]


def test_a_folder_that_cannot_be_written_is_said(bare: dict[str, str], tmp_path: Path) -> None:
    (tmp_path / "cache").write_text("a file where the folder should be")
    with pytest.raises(EngineMissingError, match="can't write to") as raised:
        ensure(environ=bare, releases=NOWHERE)
    assert "PLATFORM_ENGINE_DIR" in str(raised.value)


def test_two_at_once_build_once_and_the_second_says_that_it_waits(executable: Executable, bare: dict[str, str]) -> None:
    executable("bin/go", f'while [ ! -e "$HOME/go-on" ]; do sleep 0.05; done\n{FAKE_GO}')
    notes: list[str] = []
    results: list[Engine] = []

    class Listener(Silent):
        def note(self, text: str) -> None:
            notes.append(text)
            (Path(bare["HOME"]) / "go-on").touch()

    def run() -> None:
        results.append(ensure(Listener(), environ=bare, releases=NOWHERE))

    threads = [threading.Thread(target=run) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    assert len(results) == 2
    assert results[0] == results[1]
    assert builds(bare) == 1
    assert any("waiting" in note for note in notes)


def ensure_elsewhere(bare: dict[str, str], releases: str) -> subprocess.Popen[bytes]:
    """Run `ensure` in a process of its own."""
    # Python leaves Ctrl-C alone where whoever runs the tests does, as a shell does for what runs in its background.
    heeds = "import signal; signal.signal(signal.SIGINT, signal.default_int_handler)"
    code = f"{heeds}; from engine.locate import ensure; ensure(releases={releases!r})"
    root = Path(locate.__file__).parent.parent
    return subprocess.Popen([sys.executable, "-c", code], env=bare, cwd=root, stderr=subprocess.DEVNULL)


def wait_for(condition: Callable[[], object]) -> None:
    end = time.monotonic() + 30
    while not condition():
        assert time.monotonic() < end, "it never happened"
        time.sleep(0.05)


def is_gone(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return True
    return psutil.Process(pid).status() == psutil.STATUS_ZOMBIE


def test_a_killed_build_leaves_nothing_half_made_and_ends(executable: Executable, bare: dict[str, str]) -> None:
    executable("bin/go", 'echo $$ > "$HOME/new"; mv "$HOME/new" "$HOME/pid"; while echo package; do sleep 0.05; done')
    process = ensure_elsewhere(bare, NOWHERE)
    written = Path(bare["HOME"]) / "pid"
    wait_for(written.exists)
    process.kill()
    process.wait()
    wait_for(lambda: is_gone(int(written.read_text())))
    assert find(bare) is None
    assert any(name.startswith(".partial-") for name in leftovers(bare))
    executable("bin/go", FAKE_GO)
    assert ensure(environ=bare, releases=NOWHERE).origin == "source"
    assert leftovers(bare) == [".lock", f"{WANTED}-{cache.platform_name()}"]


def test_a_killed_download_leaves_nothing_half_made(bare: dict[str, str], server: tuple[str, dict[str, bytes]]) -> None:
    base, files = server
    publish(files)
    name = f"pulumi-v{WANTED}-{cache.platform_name()}.tar.gz"
    whole = files[name]
    files[name] = whole[:50] + b"<hang>"
    process = ensure_elsewhere(bare, base)
    wait_for(lambda: list(Path(bare["PLATFORM_ENGINE_DIR"]).glob(f".partial-*/{name}")))
    process.kill()
    process.wait()
    assert find(bare) is None
    files[name] = whole
    assert ensure(environ=bare, releases=base).origin == "release"
    assert leftovers(bare) == [".lock", f"{WANTED}-{cache.platform_name()}"]


def test_an_interrupted_build_ends_the_compiler_too(executable: Executable, bare: dict[str, str]) -> None:
    executable("bin/go", 'echo $$ > "$HOME/new"; mv "$HOME/new" "$HOME/pid"; exec sleep 60')
    process = ensure_elsewhere(bare, NOWHERE)
    written = Path(bare["HOME"]) / "pid"
    wait_for(written.exists)
    process.send_signal(signal.SIGINT)
    process.wait(30)
    assert is_gone(int(written.read_text()))
    assert leftovers(bare) == [".lock"]
