"""Remedies: the faults that the pack may mend by itself where it is asked to, which is off by default.

Only what can't break anything is mended so: the reviewer of a preview sees another resource than the program declares.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from google.protobuf import struct_pb2

from policies.catalogue import rules
from policies.crossguard.wire import resource
from policies.judge import judge_one
from policies.profile import Level, Profile
from policies.resource import Stack
from policies.rule import Context, Rule, Verdict


@dataclass(frozen=True)
class Remedy:
    """All properties of a resource, with one rule's fault mended."""

    rule: Rule
    properties: Any


def remedies(request: Any, profile: Profile, asked: frozenset[str]) -> Iterator[Remedy]:
    """What the asked rules mend in a resource; each goes on from what the one before has mended."""
    mended = struct_pb2.Struct()
    mended.CopyFrom(request.properties)
    for rule in rules():
        if rule.id in asked and rule.remedy is not None and (request.type in rule.types or rule.types == ("*",)):
            one = resource(request)
            found = judge_one(rule, Context(one, Stack("", (one,)), profile), Level.MANDATORY)
            if found is not None and found.verdict is Verdict.FAIL:
                mended.update(dict(rule.remedy(one, profile)))
                copy = struct_pb2.Struct()
                copy.CopyFrom(mended)
                yield Remedy(rule, copy)
