"""Faults on demand: what goes wrong in Azure without anybody being wrong.

A file says which operations go wrong, how, and how often:

    faults:
    - kind: connection-lost      # see KINDS
      operation: create          # create, update or delete; absent: any of them
      type: azure-native:network:*   # a pattern over the type's token; absent: any
      name: "*gpu*"              # a pattern over the resource's logical name; absent: any
      times: 1                   # how often; absent: once

How often each has struck is kept beside the store, because the engine starts a new plugin for every update.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from fnmatch import fnmatchcase
from http import HTTPStatus
from pathlib import Path
from typing import Any, Final

import yaml
from filelock import FileLock

from simulator.conformity import closest
from simulator.errors import ArmError, Refusal

# Azure asks for seconds; a rehearsal shows that the wait is made, and need not make all of it.
THROTTLE_SECONDS: Final = 0.05

KINDS: Final[Mapping[str, str]] = {
    "throttle": "429 with Retry-After: azure-native waits and tries again, so the operation is late and succeeds",
    "conflict": "409, another operation on the resource is in progress: nothing is written",
    "server-error": "500 before anything is written",
    "late-failure": "the request is accepted and the operation fails later: the resource is there, in state Failed",
    "time-out": "the operation takes longer than anyone waits: it is written, and no answer comes",
    "connection-lost": "the write succeeds and its answer is lost",
    "kill": "the plugin is killed after the write and before the answer",
}
_OPERATIONS: Final = ("create", "update", "delete")
_KEYS: Final = ("kind", "operation", "type", "name", "times")


class FaultsError(ValueError):
    """A file of faults that can't be used. The message says what is wrong, where, and what to write."""


@dataclass(frozen=True)
class Fault:
    """One thing that goes wrong, `times` times."""

    kind: str
    operation: str | None = None
    type: str = "*"
    name: str = "*"
    times: int = 1

    def strikes(self, operation: str, token: str, name: str) -> bool:
        """Whether this operation on this resource is one that it is about."""
        about = self.operation in {None, operation}
        return about and fnmatchcase(token, self.type) and fnmatchcase(name, self.name)

    @property
    def is_before_the_write(self) -> bool:
        """Whether nothing is written."""
        return self.kind in {"conflict", "server-error"}


class Faults:
    """The faults of a rehearsal, and how often each has struck."""

    def __init__(self, faults: tuple[Fault, ...] = (), counters: Path | None = None) -> None:
        self._faults = faults
        self._counters = counters

    def draw(self, operation: str, token: str, name: str) -> Fault | None:
        """The fault that strikes this operation now; `None` when all goes well. Counts it."""
        if self._counters is None or not any(fault.strikes(operation, token, name) for fault in self._faults):
            return None
        with FileLock(f"{self._counters}.lock"):
            struck = json.loads(self._counters.read_text()) if self._counters.is_file() else {}
            for position, fault in enumerate(self._faults):
                count = struck.get(str(position), 0)
                if count < fault.times and fault.strikes(operation, token, name):
                    self._counters.write_text(json.dumps({**struck, str(position): count + 1}))
                    return fault
        return None


def read_faults(path: Path) -> tuple[Fault, ...]:
    """The faults of a file. Raises FaultsError."""
    try:
        document = yaml.safe_load(path.read_text(encoding="utf-8"))
    except (OSError, yaml.YAMLError) as error:
        raise FaultsError(f"{path} can't be read: {error}") from None
    listed = document.get("faults") if isinstance(document, dict) else None
    if not isinstance(listed, list):
        raise FaultsError(f"{path}: expected a mapping with a list `faults`")
    return tuple(_fault(path, number, fields) for number, fields in enumerate(listed, 1))


def _fault(path: Path, number: int, fields: Any) -> Fault:
    where = f"{path}, fault {number}"
    if not isinstance(fields, dict):
        raise FaultsError(f"{where}: expected a mapping with `kind`")
    for key in fields:
        if key not in _KEYS:
            raise FaultsError(f"{where}: no key `{key}`; {_hint(str(key), list(_KEYS))}")
    if fields.get("kind") not in KINDS:
        raise FaultsError(f"{where}: no kind `{fields.get('kind')}`; {_hint(str(fields.get('kind')), list(KINDS))}")
    if fields.get("operation") not in {None, *_OPERATIONS}:
        raise FaultsError(f"{where}: no operation `{fields['operation']}`; one of {', '.join(_OPERATIONS)}")
    times = fields.get("times", 1)
    if isinstance(times, bool) or not isinstance(times, int) or times < 1:
        raise FaultsError(f"{where}: `times` is {times!r} and has to be a whole number from 1")
    return Fault(**fields)


def _hint(name: str, valid: list[str]) -> str:
    close = closest(name, valid)
    return f'did you mean "{close}"?' if close else f"one of {', '.join(valid)}"


def answer_of(fault: Fault, operation: str, resource: str) -> ArmError:
    """What the program is told of a fault that ends its operation."""
    code, status, message = {
        "conflict": (
            "AnotherOperationInProgress",
            HTTPStatus.CONFLICT,
            "Another operation on this or dependent resource is in progress.",
        ),
        "server-error": ("InternalServerError", HTTPStatus.INTERNAL_SERVER_ERROR, "An error occurred."),
        "late-failure": ("OperationFailed", HTTPStatus.OK, f"the {operation} was accepted and failed later"),
        "time-out": ("OperationTimedOut", HTTPStatus.GATEWAY_TIMEOUT, f"the {operation} did not end in time"),
        "connection-lost": ("ConnectionLost", HTTPStatus.BAD_GATEWAY, f"the answer to the {operation} was lost"),
    }[fault.kind]
    fix = "run `pulumi up` again: a fault on demand, which the next run must get over"
    return ArmError([Refusal(code, message, status=status, fix=fix)], resource)
