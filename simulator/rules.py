"""What Azure Resource Manager checks for every type: names, parents, references, sub-resources in use.

Rules of one type live in its model (`simulator.resources`).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from http import HTTPStatus
from typing import Any

from simulator.errors import Refusal
from simulator.ids import key, looks_like_id, name_of, parents, type_of
from simulator.model import Model, Request, model_of
from simulator.naming import name_refusals
from simulator.paths import child_types
from simulator.store import Note, Record
from simulator.values import UNKNOWN, Path, at, dotted
from simulator.world import World

TRUSTED = "trusted"


@dataclass
class Judgement:
    """The verdict on one request: why it is refused, and what had to be taken on trust."""

    refusals: list[Refusal] = field(default_factory=list)
    notes: list[Note] = field(default_factory=list)


def judge(model: Model, request: Request, arm_type: str, urn: str) -> Judgement:
    """Everything that is wrong with a request, in ARM's order: name, parent, references, then the type's own rules."""
    verdict = Judgement()
    verdict.refusals.extend(name_refusals(arm_type, request.name))
    _judge_parent(request, urn, verdict)
    _judge_references(request, urn, verdict)
    verdict.refusals.extend(_unchangeable_refusals(model, request))
    verdict.refusals.extend(model.refusals(request))
    return verdict


def _unchangeable_refusals(model: Model, request: Request) -> Iterator[Refusal]:
    if request.old is None:
        return
    for path in model.unchangeable:
        before, after = at(request.old.body, path), request.at(path)
        if after is not UNKNOWN and before is not UNKNOWN and not _same(before, after):
            yield Refusal(
                model.unchangeable_code,
                f"Changing property 'properties.{path}' is not allowed.",
                target=path,
                fix="put the old value back, or make a resource with another name and move to it",
                quoted=model.unchangeable_code == "PropertyChangeNotAllowed",
            )


def _same(before: Any, after: Any) -> bool:
    return key(before) == key(after) if isinstance(before, str) and isinstance(after, str) else bool(before == after)


def _judge_parent(request: Request, urn: str, verdict: Judgement) -> None:
    parent = next(parents(request.id), None)
    if parent is None or exists(parent, request.world):
        return
    holder = request.world.holder(parent)
    if holder is None or type_of(parent) == "Microsoft.Resources/resourceGroups":
        verdict.notes.append(Note(urn, TRUSTED, parent))
    else:
        verdict.refusals.append(_parent_missing(request, parent))


def _parent_missing(request: Request, parent: str) -> Refusal:
    own = type_of(request.id)
    return Refusal(
        "ParentResourceNotFound",
        f"Failed to perform 'write' on resource(s) of type '{own.split('/', 1)[1]}', because the parent resource "
        f"'{parent}' could not be found.",
        status=HTTPStatus.NOT_FOUND,
        fix=f"create {type_of(parent)} '{name_of(parent)}' first, or take its name from the resource that creates it",
        quoted=True,
    )


def _judge_references(request: Request, urn: str, verdict: Judgement) -> None:
    for path, reference in references(request.inputs):
        if key(reference).startswith(request.id.lower()) or exists(reference, request.world):
            continue
        if request.world.holder(reference) is None or not _known_kind(reference):
            verdict.notes.append(Note(urn, TRUSTED, reference))
        else:
            verdict.refusals.append(_reference_missing(request, path, reference))


def _reference_missing(request: Request, path: Path, reference: str) -> Refusal:
    if type_of(reference).lower().startswith("microsoft.network/") and type_of(request.id).lower().startswith(
        "microsoft.network/"
    ):
        return Refusal(
            "InvalidResourceReference",
            f"Resource {reference} referenced by resource {request.id} was not found. Please make sure that the "
            "referenced resource exists, and that both resources are in the same region.",
            target=dotted(path),
            fix=_reference_fix(reference),
            quoted=True,
        )
    return Refusal(
        "ResourceNotFound",
        f"{dotted(path)} refers to {reference}, which does not exist",
        target=dotted(path),
        status=HTTPStatus.NOT_FOUND,
        fix=_reference_fix(reference),
    )


def _reference_fix(reference: str) -> str:
    return f"create {type_of(reference)} '{name_of(reference)}' first; pass its `id` output, so that the order is known"


def _known_kind(reference: str) -> bool:
    """Whether the SDK can create this kind of resource; what it can't create, a program can't be blamed for."""
    return type_of(reference).lower() in child_types()


def references(value: Any, path: Path = ()) -> Iterator[tuple[Path, str]]:
    """Every resource id in the inputs, with where it stands. Keys of maps count.

    `userAssignedIdentities` had them there.
    """
    if isinstance(value, str):
        if looks_like_id(value) and "/providers/" in value:
            yield path, value
    elif isinstance(value, Mapping):
        for name, child in value.items():
            yield from references(child, (*path, name))
    elif isinstance(value, list):
        for index, child in enumerate(value):
            yield from references(child, (*path, index))


def exists(resource_id: str, world: World) -> bool:
    """Whether a resource is there: on its own, declared inside its parent, or born with it."""
    if world.get(resource_id) is not None:
        return True
    parent = next(parents(resource_id), None)
    holder = world.get(parent) if parent is not None else None
    if holder is None:
        return parent is not None and "/" in type_of(parent) and _born_with_grandparent(resource_id, parent, world)
    segment, name = resource_id.rstrip("/").split("/")[-2:]
    model = model_of(holder.token)
    if f"{segment}/{name}".lower() in {born.lower() for born in model.born_with}:
        return True
    names = {segment.lower(): segment, **{value.lower(): name for name, value in model.inline}}
    listed = _member(holder.body, names[segment.lower()])
    return any(isinstance(item, Mapping) and str(item.get("name")).lower() == name.lower() for item in listed)


def _born_with_grandparent(resource_id: str, parent: str, world: World) -> bool:
    """A container of `blobServices/default`, say, needs no row for the service in between."""
    return world.get(resource_id) is not None and exists(parent, world)


def _member(body: Mapping[str, Any], name: str) -> list[Any]:
    found = next((value for member, value in body.items() if member.lower() == name.lower()), None)
    return found if isinstance(found, list) else []


def delete_refusals(record: Record, world: World) -> Iterator[Refusal]:
    """Why ARM refuses to delete a resource: something still uses it, or its type says so."""
    model = model_of(record.token)
    if model.blocks_delete is not None:
        users = [other for other in world.all() if other.key != record.key and _uses(other, record)]
        if users:
            yield Refusal(
                model.blocks_delete,
                f"{name_of(record.type)} {record.id} is in use by {', '.join(user.id for user in users)} and cannot be "
                "deleted.",
                status=HTTPStatus.CONFLICT,
                fix="delete or change what uses it first",
            )
    yield from model.delete_refusals(record, world)


def _uses(user: Record, used: Record) -> bool:
    if user.key.startswith(f"{used.key}/"):
        return False  # its own children go with it
    return any(key(reference) == used.key for _, reference in references(user.body))
