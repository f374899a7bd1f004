"""The stacks as rules see them, recorded once: with ARM ids that follow from names, as a rehearsal gives them."""

from __future__ import annotations

import hashlib
import pickle
from functools import cache
from importlib import metadata
from pathlib import Path
from typing import Any

from filelock import FileLock
from pulumi.runtime.mocks import MockResourceArgs

import stacks
from components.aliases import drop_version_aliases
from components.platform import Platform
from policies.crossguard.wire import SIGNATURE
from policies.profile import Profile, profile
from policies.resource import Resource, Stack, pinned_version, unversioned
from policies.values import UNKNOWN
from review.arm_ids import predicted_id
from tests.components import recording
from tests.components.recording import Recorded, record

ROOT = Path(__file__).resolve().parents[2]
# What a recorded stack depends on: recording one takes seconds, and every worker of a test run would do it again.
SOURCES = (
    "components",
    "facts",
    "policies/resource.py",
    "policies/values.py",
    "simulator/arm",
    "stacks",
    "tests/components",
)


@cache
def planned(stack: str, *, preview: bool = False) -> Stack:
    """Every resource of a stack. `preview`: as a first preview of Pulumi alone tells it, with no id known."""
    kept = ROOT / ".rehearsal" / "planned" / f"{stack}-{'preview' if preview else 'known'}-{_fingerprint()}.pickle"
    kept.parent.mkdir(parents=True, exist_ok=True)
    with FileLock(kept.with_suffix(".lock")):
        if kept.is_file():
            read: Stack = pickle.loads(kept.read_bytes())  # noqa: S301 - written below
            return read
        made = _planned(stack, preview)
        for older in kept.parent.glob(f"{stack}-{'preview' if preview else 'known'}-*"):
            older.unlink()
        kept.write_bytes(pickle.dumps(made))
    return made


@cache
def _fingerprint() -> str:
    digest = hashlib.sha256(metadata.version("pulumi-azure-native").encode())
    for source in SOURCES:
        own = ROOT / source
        for file in sorted(own.rglob("*")) if own.is_dir() else [own]:
            if file.is_file() and "__pycache__" not in file.parts:
                digest.update(file.read_bytes())
    return digest.hexdigest()[:16]


def _planned(stack: str, preview: bool) -> Stack:
    return planned_by(stacks.load(stack), stack, preview=preview)


def planned_by(settings: stacks.Settings, stack: str, *, preview: bool = False) -> Stack:
    """Every resource that settings ask for."""

    def program() -> None:
        drop_version_aliases()
        Platform(settings.name, settings)

    recorded = record(program, preview, stack, _identify)
    return Stack(stack, tuple(as_resource(one) for one in recorded))


def profile_of(stack: str) -> Profile:
    """The profile that a stack is judged by."""
    settings = stacks.load(stack)
    return profile(settings.environment, settings.classification)


def as_resource(one: Recorded) -> Resource:
    """A recorded resource in the form that rules read."""
    return Resource(
        type=unversioned(one.type),
        api_version=pinned_version(one.type),
        name=one.name,
        properties=_marked(one.inputs),
        urn=one.urn,
        id=one.id or None,
        protect=one.protect,
        ignore_changes=one.ignore_changes,
        dependencies=one.property_dependencies,
        parent=one.parent,
    )


def _marked(value: Any) -> Any:
    if isinstance(value, dict):
        if SIGNATURE in value:  # a secret on the wire; what it holds is not secret in a test
            return _marked(value.get("value"))
        return {key: _marked(item) for key, item in value.items()}
    if isinstance(value, list):
        return [_marked(item) for item in value]
    return UNKNOWN if value == recording.UNKNOWN else value


def _identify(args: MockResourceArgs) -> str:
    return predicted_id(args.typ, args.inputs) or recording.named(args)
