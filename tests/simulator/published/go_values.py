"""What Go expressions are worth, as JSON: the SDK's own types know the names that go over the wire.

A small Go program is written, built and run. An expression that does not compile is left out: some published examples
are not whole.
"""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
from collections.abc import Mapping
from pathlib import Path
from typing import Any

SDK = "github.com/Azure/azure-sdk-for-go/sdk/resourcemanager"
_HEAD = """package main

import (
	"encoding/json"
	"fmt"
	"time"

	"github.com/Azure/azure-sdk-for-go/sdk/azcore"
	"github.com/Azure/azure-sdk-for-go/sdk/azcore/to"
	"{path}"
)

var _ = time.Now
var _ = to.Ptr[int]
var _ azcore.ETag
var _ {package}.ClientFactory

func emit(name string, value any) {{
	if text, err := json.Marshal(value); err == nil {{
		fmt.Printf("%s\\t%s\\n", name, text)
	}}
}}
"""
_ENVIRONMENT = {"GOFLAGS": "-mod=mod", "GOSUMDB": "off"}
# Each round leaves out what the compiler complains of; it stops complaining after ten errors.
_ROUNDS = 40


def download(module: str) -> Path:
    """The folder of a module such as `keyvault/armkeyvault@v1.5.0`. Raises RuntimeError."""
    command = ["go", "mod", "download", "-json", f"{SDK}/{module}"]
    done = subprocess.run(command, check=False, capture_output=True, text=True)
    found = json.loads(done.stdout or "{}")
    if "Dir" not in found:
        raise RuntimeError(f"{module}: {found.get('Error', done.stderr)}")
    return Path(found["Dir"])


def values(module: str, package: str, expressions: Mapping[str, str], work: Path) -> dict[str, Any]:
    """What each expression is worth, by its name. Raises RuntimeError when Go can't be run."""
    path, version = module.split("@")
    folder = work / package
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    (folder / "go.mod").write_text(f"module values\n\ngo 1.24\n\nrequire {SDK}/{path} {version}\n", encoding="utf-8")
    kept = dict(expressions)
    for _ in range(_ROUNDS):
        (folder / "main.go").write_text(_program(f"{SDK}/{path}", package, kept), encoding="utf-8")
        command = ["go", "run", "-gcflags=all=-e -N -l", "."]
        environment = {**os.environ, **_ENVIRONMENT}
        done = subprocess.run(command, check=False, cwd=folder, capture_output=True, text=True, env=environment)
        if done.returncode == 0:
            lines = (line.split("\t", 1) for line in done.stdout.splitlines())
            return {name: json.loads(text) for name, text in lines}
        wrong = _named(folder / "main.go", done.stderr)
        if not wrong:
            raise RuntimeError(f"{module}: {done.stderr[:500]}")
        kept = {name: text for name, text in kept.items() if name not in wrong}
    raise RuntimeError(f"{module}: still does not compile")


def _program(path: str, package: str, expressions: Mapping[str, str]) -> str:
    functions = "".join(f"\nfunc {name}() any {{ return {text} }}\n" for name, text in expressions.items())
    calls = "".join(f'\temit("{name}", {name}())\n' for name in expressions)
    return f"{_HEAD.format(path=path, package=package)}{functions}\nfunc main() {{\n{calls}}}\n"


def _named(program: Path, errors: str) -> set[str]:
    """The functions in which the compiler found something."""
    lines = program.read_text(encoding="utf-8").split("\n")
    starts = {
        number: line.split()[1].removesuffix("()") for number, line in enumerate(lines) if line.startswith("func ")
    }
    found = set()
    for number in map(int, re.findall(r"main\.go:(\d+):", errors)):
        found.add(starts[max(start for start in starts if start < number)])
    return found - {"emit(name", "main"}
