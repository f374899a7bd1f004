"""Sub-resources that may be declared inside their parent, such as the subnets of a network.

Owns which of them a resource declares, and what a list inside the parent does to those that are resources of their own.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from http import HTTPStatus
from typing import Any, Final

from simulator.errors import Refusal
from simulator.ids import key, name_of, parents
from simulator.model import Model, Request, model_of, models_of
from simulator.references import BODY
from simulator.store import Record
from simulator.values import has_unknown
from simulator.world import World

# A PUT of the parent that has one of these lists makes it the whole truth. One without the list leaves the children
# alone (pulumi-azure-native#611 and Azure/bicep-types-az#1687, read 2026-11-25).
_WHOLE: Final = frozenset({"subnets", "securityRules", "routes"})


def declares_inline(resource_id: str, world: World) -> bool:
    """Whether the parent lists a resource among its own properties, as a network does with its subnets."""
    holder = world.get(next(parents(resource_id), ""))
    if holder is None:
        return False
    segment, name = key(resource_id).split("/")[-2:]
    properties = {listed.lower(): property_name for property_name, listed in model_of(holder.token).inline}
    return name in _names(_listed(holder.body, properties.get(segment, segment)))


def blocking_ids(record: Record) -> Iterator[tuple[str, str]]:
    """The ids that can't go while they are used, with the code of the refusal: the resource's own and inline ones."""
    model = model_of(record.token)
    if model.blocks_delete is not None:
        yield record.id, model.blocks_delete
    for property_name, segment in model.inline:
        codes = [child.blocks_delete for child in models_of(f"{record.type}/{segment}") if child.blocks_delete]
        for item in _listed(record.body, property_name) if codes else ():
            if isinstance(item, Mapping):
                yield f"{record.id}/{segment}/{item.get('name')}", codes[0]


def overwrite_refusals(model: Model, request: Request) -> Iterator[Refusal]:
    """A write that lists children and leaves out those that the program declares as resources of their own.

    Azure deletes them, or says that they are in use; the program's state would still have them.
    """
    for property_name, segment in model.inline if request.old is not None else ():
        listed = request.known(property_name)
        if property_name not in _WHOLE or not isinstance(listed, list) or has_unknown(listed):
            continue
        prefix, names = f"{key(request.id)}/{segment.lower()}/", _names(listed)
        children = [child for child in request.world.below(request.id) if child.key.rpartition("/")[0] == prefix[:-1]]
        lost = [child for child in children if child.urn and name_of(child.key) not in names]
        if lost:
            yield _overwrites(property_name, lost, request.world)


def _overwrites(property_name: str, lost: list[Record], world: World) -> Refusal:
    used = next((child for child in lost if world.pointing(BODY, child.id)), None)
    code = model_of(used.token).blocks_delete if used is not None else None
    return Refusal(
        code if code is not None else "SubresourcesOverwritten",
        f"'{property_name}' is the whole list of this write, so it deletes {', '.join(child.id for child in lost)}, "
        "declared as a resource of its own",
        target=property_name,
        status=HTTPStatus.BAD_REQUEST,
        fix=f"declare all of them in '{property_name}', or all as resources of their own and leave it out",
    )


def _names(listed: list[Any]) -> set[str]:
    return {str(item.get("name")).lower() for item in listed if isinstance(item, Mapping)}


def _listed(body: Mapping[str, Any], name: str) -> list[Any]:
    found = next((value for member, value in body.items() if member.lower() == name.lower()), None)
    return found if isinstance(found, list) else []
