"""The plan: every resource that an update would leave, as the engine's preview tells it.

Owns reading `pulumi preview --json`. Values may be unknown, and secrets are taken out here: nothing downstream ever has
them. An id that the preview does not tell is predicted from the names in it.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from graphlib import TopologicalSorter
from typing import Any, Final

from policies.crossguard.wire import SIGNATURE, UNKNOWNS
from policies.resource import Place, Resource, Stack, pinned_version, unversioned
from policies.values import SECRET, UNKNOWN
from review.arm_ids import predicted_id

_POSITION: Final = re.compile(r"^project:///(?P<file>[^#]+)#(?P<line>\d+)")
# A resource that goes away is in the preview too, and in no plan.
_GONE: Final = frozenset({"delete", "delete-replaced", "discard", "discard-replaced", "remove-pending-replace"})


class PlanError(Exception):
    """A preview that can't be read, or that did not succeed. The message says what to do."""


@dataclass(frozen=True)
class Plan:
    """What an update would leave. `operations`: what happens to each resource, by URN."""

    stack: Stack
    operations: Mapping[str, str]


def read_preview(text: str, name: str) -> Plan:
    """The plan in what `pulumi preview --json` printed for the stack `name`. Raises PlanError for anything else."""
    try:
        document = json.loads(text[text.index("{") :])
        steps = document["steps"]
    except (ValueError, KeyError, TypeError):
        raise PlanError(f"that is no output of `pulumi preview --json`: {text[:300]!r}") from None
    states, operations = {}, {}
    for step in sorted(steps, key=lambda step: str(step["urn"])):
        if step.get("newState") is not None and step["op"] not in _GONE:
            operations[step["urn"]] = step["op"]
            states[step["urn"]] = step["newState"]
    return Plan(Stack(name, tuple(map(_resource, _in_order(states)))), operations)


def _in_order(states: Mapping[str, Mapping[str, Any]]) -> Iterator[Mapping[str, Any]]:
    """What is needed before what needs it, else by URN: the engine's own order differs from run to run."""
    needed = {urn: {*(state.get("dependencies") or ()), state.get("parent", "")} for urn, state in states.items()}
    sorter = TopologicalSorter({urn: sorted(others & states.keys()) for urn, others in needed.items()})
    sorter.prepare()
    while sorter.is_active():
        ready = sorted(sorter.get_ready())
        yield from (states[urn] for urn in ready)
        sorter.done(*ready)


def _resource(state: Mapping[str, Any]) -> Resource:
    inputs = marked(state.get("inputs") or {})
    arm_id = state.get("id")
    is_known = isinstance(arm_id, str) and arm_id != "" and arm_id not in UNKNOWNS
    return Resource(
        type=unversioned(state["type"]),
        api_version=pinned_version(state["type"]),
        name=state["urn"].rsplit("::", 1)[-1],
        properties=inputs,
        urn=state["urn"],
        id=arm_id if is_known else predicted_id(state["type"], inputs),
        protect=bool(state.get("protect")),
        ignore_changes=tuple(state.get("ignoreChanges") or ()),
        dependencies={key: tuple(urns or ()) for key, urns in (state.get("propertyDependencies") or {}).items()},
        parent=state.get("parent", ""),
        place=_place(state.get("sourcePosition", "")),
    )


def _place(position: str) -> Place | None:
    found = _POSITION.match(position)
    return Place(found["file"], int(found["line"])) if found else None


def marked(value: Any) -> Any:
    """Values with unknowns and secrets as markers. The engine writes a secret as an object with a signature, or as
    `[secret]`.
    """
    if isinstance(value, dict):
        return SECRET if SIGNATURE in value else {key: marked(item) for key, item in value.items()}
    if isinstance(value, list):
        return [marked(item) for item in value]
    if value == "[secret]":
        return SECRET
    return UNKNOWN if isinstance(value, str) and value in UNKNOWNS else value
