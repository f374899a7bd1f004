"""The Kubernetes provider `pulumi-resource-kubernetes`: in the cache, or built from its Go module when asked for.

Only steps that render or apply Kubernetes manifests need it, and its build takes minutes, so it is never part of
`engine.ensure`. On an open network the engine downloads the provider itself; this is for networks that reach only
package registries. The Go module proxy serves one version of the module, a commit of 2026-01-15 (release 4.24 or
4.25); resources newer than that are unknown to it.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
from collections.abc import Mapping
from pathlib import Path

from engine import cache, plugins, source
from engine.progress import Progress, Silent

MODULE = "github.com/pulumi/pulumi-kubernetes/provider/v4"
NAME = "pulumi-resource-kubernetes"
SDK = "pulumi-kubernetes"


def find(environ: Mapping[str, str] | None = None) -> Path | None:
    """Return the provider built earlier on this machine; None if `ensure` would have to build it."""
    try:
        folder = _folder(os.environ if environ is None else environ, plugins.sdk_version(SDK))
    except ValueError:  # a platform that nothing is built for
        return None
    executable = folder / "bin" / NAME
    return executable if cache.origin_of(folder) is not None and os.access(executable, os.X_OK) else None


def ensure(progress: Progress | None = None, environ: Mapping[str, str] | None = None) -> Path:
    """Return the provider; build it first if it is missing.

    Two processes at once build it once. Raises BuildError with what Go said.
    """
    environ = os.environ if environ is None else environ
    progress = Silent() if progress is None else progress
    version = plugins.sdk_version(SDK)
    found = find(environ)
    if found is None:
        with cache.locked(cache.root(environ), progress):
            found = find(environ)
            if found is None:
                target = _folder(environ, version)
                cache.place(target, "source", version, lambda folder: _make(folder, version, progress, environ))
                found = target / "bin" / NAME
    return found


def _folder(environ: Mapping[str, str], version: str) -> Path:
    return cache.root(environ) / f"kubernetes-{version}-{cache.platform_name()}"


def _make(folder: Path, version: str, progress: Progress, environ: Mapping[str, str]) -> None:
    """Build into `folder`, from a copy of our module with the provider's own schema beside `main.go`."""
    module = folder / "module"
    shutil.copytree(source.MODULES / "kubernetes", module)
    published = _module_folder(module, environ) / "cmd" / NAME
    schema = json.loads((published / "schema.json").read_text(encoding="utf-8"))
    # The engine compares this with the version that the Python SDK asks for, and warns when it is older.
    schema["version"] = version
    (module / "schema.json").write_text(json.dumps(schema), encoding="utf-8")
    shutil.copyfile(published / "terraform-mapping.json", module / "terraform-mapping.json")
    wanted = source.Build(
        title="Building the Kubernetes provider from its Go module",
        why="renders and applies Kubernetes manifests; needed once, kept for all clones",
        usually="8 to 12 minutes on 2 cores",
        name=NAME,
        module=module,
        package=".",
        variables={"main.version": version},
    )
    source.build(wanted, folder, progress, environ)
    shutil.rmtree(module)


def _module_folder(module: Path, environ: Mapping[str, str]) -> Path:
    """Return where Go keeps the sources of the provider's module; it downloads them first if need be."""
    go = source.find_go(environ)
    if go is None:
        raise source.BuildError("there is no `go` command on PATH")
    asked = subprocess.run(
        [str(go), "mod", "download", "-json", MODULE],
        cwd=module,
        env={**environ, "GOWORK": "off"},
        capture_output=True,
        text=True,
        check=False,
    )
    if asked.returncode != 0:
        raise source.BuildError(
            f"`go mod download` exited {asked.returncode}; it said:\n{asked.stderr or asked.stdout}"
        )
    return Path(json.loads(asked.stdout)["Dir"])
