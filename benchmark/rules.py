"""`python -m benchmark.rules FILE`: seconds and memory to load all rules and to judge the stack in a file.

A process of its own for each: its largest memory is what is measured. `times` makes a stack larger for it.
"""

from __future__ import annotations

import json
import pickle
import resource
import sys
import time
from dataclasses import replace
from pathlib import Path
from typing import Any

from policies.catalogue import rules
from policies.judge import judge
from policies.profile import profile
from policies.resource import Resource, Stack


def times(stack: Stack, resources: int) -> Stack:
    """That many resources: the stack again and again, each time as another workload with names and ids of its own.

    Each copy begins with the resource groups of the stack and is whole but for the last.
    """
    own = [one for one in stack.resources if one.type.startswith(("azure-native:", "kubernetes:"))]
    copies = (_renamed(own[number % len(own)], number // len(own)) for number in range(resources))
    return Stack(stack.name, tuple(copies))


def _renamed(one: Resource, copy: int) -> Resource:
    if copy == 0:
        return one
    own_id = None if one.id is None else _text(one.id, copy)
    links = {key: tuple(_text(urn, copy) for urn in urns) for key, urns in one.dependencies.items()}
    named = replace(one, name=_text(one.name, copy), urn=_text(one.urn, copy), id=own_id, dependencies=links)
    return replace(named, properties=_value(one.properties, copy))


def _value(value: Any, copy: int) -> Any:
    if isinstance(value, dict):
        return {key: _value(item, copy) for key, item in value.items()}
    if isinstance(value, list):
        return [_value(item, copy) for item in value]
    return _text(value, copy) if isinstance(value, str) else value


def _text(text: str, copy: int) -> str:
    return text.replace("mlops", f"mlop{copy}")


def seconds(file: Path) -> dict[str, float]:
    """`load`, `judge` in seconds, `findings`, and the process's largest memory in MB (1,000,000 bytes)."""
    start = time.perf_counter()
    every = rules()
    loaded = time.perf_counter()
    stack: Stack = pickle.loads(file.read_bytes())  # noqa: S301 - the benchmark has written it
    read = time.perf_counter()
    found = judge(stack, profile("prod", "Protected B"), every)
    judged = time.perf_counter()
    return {
        "load": loaded - start,
        "judge": judged - read,
        "findings": len(found.findings),
        "megabytes": largest_memory() / 1e6,
    }


def largest_memory() -> int:
    """The most bytes that this process has held at once.

    The kernel's own mark, where there is one: what `getrusage` tells begins with the memory of the process that started
    this one (Linux carries it over `exec`), and counts in other units on other systems.
    """
    status = Path("/proc/self/status")
    if status.is_file():
        marks = (line.split() for line in status.read_text(encoding="ascii", errors="replace").splitlines())
        return next(int(words[1]) * 1024 for words in marks if words[:1] == ["VmHWM:"])
    largest = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return largest if sys.platform == "darwin" else largest * 1024


if __name__ == "__main__":
    print(json.dumps(seconds(Path(sys.argv[1]))))
