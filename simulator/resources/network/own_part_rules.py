"""What Azure refuses about a load balancer or gateway whose parts name parts that it doesn't have."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, Final

from simulator.ids import key
from simulator.model import Request
from simulator.references import references
from simulator.rule import Fault, rule

# Parts that are resources of their own, too: an update leaves those alone that the request doesn't list.
_SEPARATE: Final = frozenset({"backendaddresspools", "inboundnatrules"})


@rule(
    "net-own-part-missing", kind="static", code="InvalidResourceReference",
    source="as for other references of the network's services; code for parts of one resource not confirmed",
)  # fmt: skip
def own_parts_are_there(request: Request) -> Iterator[Fault]:
    """A rule, listener or frontend names parts of the same resource that the request lists."""
    own, listed = f"{key(request.id)}/", {member.lower(): value for member, value in request.inputs.items()}
    for path, reference in references(request.inputs):
        parts = key(reference).removeprefix(own).split("/")
        if not key(reference).startswith(own) or len(parts) != 2 or len(path) < 4:
            continue
        names = _names(listed.get(parts[0], [] if request.old is None else None))
        is_separate = parts[0] in _SEPARATE and request.old is not None
        if names is None or parts[1] in names or is_separate or request.world.get(reference) is not None:
            continue
        member, index = str(path[0]), path[1]
        yield Fault(
            f"Resource {reference} referenced by resource {_part_id(request, member, index)} was not found. Please "
            "make sure that the referenced resource exists, and that both resources are in the same region.",
            ".".join(map(str, path)),
            f"list {reference.rsplit('/', 1)[1]} among its {reference.rsplit('/', 2)[1]}, or name one that is there",
        )


def _names(parts: Any) -> set[str] | None:
    """The names of the parts in a list; `None` where it is absent or one of them is not known."""
    if not isinstance(parts, list):
        return None
    names = [item.get("name") if isinstance(item, Mapping) else None for item in parts]
    known = {key(name) for name in names if isinstance(name, str)}
    return known if len(known) == len(names) else None


def _part_id(request: Request, member: str, index: Any) -> str:
    listed = request.inputs.get(member)
    item = listed[index] if isinstance(listed, list) and isinstance(index, int) else {}
    return f"{request.id}/{member}/{item.get('name')}"
