"""Remedies: the faults that the pack may mend by itself where it is asked to, which is off by default.

Only what has one right answer is mended so: the reviewer of a preview sees another resource than the program declares.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache
from typing import Any

from google.protobuf import struct_pb2

import stacks
from policies.catalogue import rules
from policies.crossguard.wire import OUTPUT_SIGNATURE, SECRET_SIGNATURE, SIGNATURE, properties, resource
from policies.judge import judge_one
from policies.profile import Level, Profile
from policies.resource import Resource, Stack, unversioned
from policies.rule import Context, Rule
from policies.values import steps
from policies.view import View
from policies.waivers import Waiver


@dataclass(frozen=True)
class Remedied:
    """All properties of a resource, with one rule's faults mended."""

    rule: Rule
    properties: Any


@dataclass(frozen=True)
class Mender:
    """What is mended in one update. `asked`: the rules. `waivers`: what they accept is left: somebody relies on it."""

    asked: frozenset[str]
    profile: Profile
    waivers: tuple[Waiver, ...] = ()
    stack_tags: Mapping[str, str] = field(default_factory=dict)


def remedies(request: Any, mender: Mender) -> Iterator[Remedied]:
    """What the asked rules mend in a resource; each goes on from what the one before has mended."""
    mended = struct_pb2.Struct()
    mended.CopyFrom(request.properties)
    type_ = unversioned(request.type)
    for rule in rules():
        if rule.id in mender.asked and rule.remedy is not None and rule.reads(type_):
            changes = _changes(rule, resource(request, properties(mended)), mender)
            if [path for path, value in changes.items() if _put(mended, steps(path), value)]:
                copy = struct_pb2.Struct()
                copy.CopyFrom(mended)
                yield Remedied(rule, copy)


def _changes(rule: Rule, one: Resource, mender: Mender) -> Mapping[str, Any]:
    """What is right, by path, where the rule has found a fault and nowhere else."""
    level = mender.profile.level(rule.id, rule.severity)
    found = judge_one(rule, Context(one, Stack("", (one,)), mender.profile), level)
    if found is None or rule.remedy is None or level is Level.DISABLED:
        return {}
    if any(waiver.covers(found) for waiver in mender.waivers):
        return {}
    faulty = {fault.path for fault in found.faults}
    right = rule.remedy(View(one.properties, rule.defaults(one.type)), mender.stack_tags)
    return {path: value for path, value in right.items() if path in faulty}


def _put(struct: Any, path: tuple[str, ...], value: Any) -> bool:
    """Sets a property, with the objects on the way to it; whether that could be done: nothing is put into a list or
    into what is unknown.
    """
    wanted = path[0][1:-1] if path[0].startswith("[") else path[0]
    name = next((each for each in struct.fields if each.lower() == wanted.lower()), wanted)
    if len(path) == 1:
        struct.update({name: value})
        return True
    held = struct.fields[name]
    if held.WhichOneof("kind") in {None, "null_value"}:
        held.struct_value.SetInParent()
    below = _opened(held)
    return below is not None and _put(below, path[1:], value)


def _opened(held: Any) -> Any:
    """The object in a value, out of the wrapping that makes it a secret or an output; None where there is none."""
    if held.WhichOneof("kind") != "struct_value":
        return None
    fields = held.struct_value.fields
    if SIGNATURE not in fields:
        return held.struct_value
    wraps = fields[SIGNATURE].string_value in {SECRET_SIGNATURE, OUTPUT_SIGNATURE}
    return _opened(fields["value"]) if wraps and "value" in fields else None


@cache
def tags_of(stack: str) -> Mapping[str, str]:
    """The tags that the settings of a stack of this project give to everything; none where they can't be read."""
    try:
        return stacks.load(stack).tags
    except stacks.SettingsError:
        return {}
