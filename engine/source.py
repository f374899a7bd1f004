"""Build the Pulumi CLI and plugins from their Go modules, at the versions that `golang/*/go.sum` lock.

For networks that reach only package registries: the Go module proxy is one. `go install x@v` refuses these modules
(their `go.mod` has `replace` lines), so each has a small module of ours that names it as a tool.
"""

from __future__ import annotations

import os
import shutil
import subprocess
from collections import deque
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from engine.progress import Progress

MODULES = Path(__file__).resolve().parent / "golang"

_LAST_LINES = 15


class BuildError(Exception):
    """The build failed; the text says why and holds the last lines that Go printed."""


@dataclass(frozen=True)
class Build:
    """What to build: `package` of the module in `module`, with linker variables, into the executable `name`."""

    title: str
    why: str
    usually: str
    name: str
    module: Path
    package: str
    variables: Mapping[str, str]


def cli(version: str) -> Build:
    """Return how the CLI is built. Without the linker variable it would call itself a development version."""
    return Build(
        title=f"Building Pulumi {version} from its Go module",
        why="the engine that previews and applies every change; needed once, kept for all clones",
        usually="3 to 5 minutes on 2 cores",
        name="pulumi",
        module=MODULES / "cli",
        package="github.com/pulumi/pulumi/pkg/v3/cmd/pulumi",
        variables={"github.com/pulumi/pulumi/sdk/v3/go/common/version.Version": version},
    )


def find_go(environ: Mapping[str, str]) -> Path | None:
    """Return the `go` command on PATH, or in the folders where its installers put it."""
    folders = [environ.get("PATH", os.defpath), "/usr/local/go/bin", "/usr/lib/go/bin"]
    named = shutil.which("go", path=os.pathsep.join(folders))
    return Path(named) if named else None


def build(wanted: Build, folder: Path, progress: Progress, environ: Mapping[str, str] | None = None) -> Path:
    """Build `wanted` into `folder`/bin and return the executable. Raises BuildError."""
    environ = os.environ if environ is None else environ
    go = find_go(environ)
    if go is None:
        raise BuildError("there is no `go` command on PATH")
    target = folder / "bin" / wanted.name
    target.parent.mkdir(exist_ok=True)
    variables = " ".join(f"-X {name}={value}" for name, value in wanted.variables.items())
    command = [
        str(go), "build", "-v", "-trimpath", "-mod=readonly", "-buildvcs=false",
        "-ldflags", f"-s -w {variables}".strip(), "-o", str(target), wanted.package,
    ]  # fmt: skip
    # Without cgo no C compiler is needed; the official releases are built so as well. A workspace file (go.work) in a
    # folder above would replace the locked versions.
    environment = {**environ, "CGO_ENABLED": "0", "GOWORK": "off"}
    progress.start(wanted.title, wanted.why, wanted.usually)
    status, last = _run(command, wanted.module, environment, progress)
    if status != 0 or not target.is_file():
        progress.finish(f"Not built: go exited {status}")
        raise BuildError(f"`go build` exited {status}; it said last:\n" + "\n".join(last))
    progress.finish(f"Built {wanted.name}")
    return target


def _run(
    command: Sequence[str], folder: Path, environment: Mapping[str, str], progress: Progress
) -> tuple[int, list[str]]:
    """Run `command`; count the lines that say a module was downloaded or a package compiled. Return status, last lines.

    Go builds in a process group of its own, so that an interrupted or failing caller can end the compilers with it.
    When the caller is killed, Go ends at the next line that it prints: nobody reads the pipe any more.
    """
    downloaded = compiled = 0
    last: deque[str] = deque(maxlen=_LAST_LINES)
    process = subprocess.Popen(
        command, cwd=folder, env=environment, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT, text=True, errors="replace", start_new_session=True,
    )  # fmt: skip
    try:
        assert process.stdout is not None  # noqa: S101 - asked for above
        with process.stdout as lines:
            for line in lines:
                last.append(line.rstrip())
                if line.startswith("go: downloading"):
                    downloaded += 1
                else:
                    compiled += 1
                progress.update(f"{downloaded} modules downloaded, {compiled} packages compiled")
        return process.wait(), list(last)
    except BaseException:
        _end(process)
        raise


def _end(process: subprocess.Popen[str]) -> None:
    """Kill the process group of `process`: Go's compilers, too, or they would write on into a folder that is gone."""
    import signal

    try:
        os.killpg(process.pid, signal.SIGKILL)
    except ProcessLookupError:
        return
    process.wait()
