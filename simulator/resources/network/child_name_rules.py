"""What Azure refuses about the parts that a network resource lists: two of one name."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from simulator.ids import key
from simulator.model import Request
from simulator.rule import Fault, rule


@rule(
    "net-child-names-unique", kind="static", code="InvalidRequestFormat", quoted=True,
    source="Azure/migAz#181 (details: DuplicateResourceName)",
)  # fmt: skip
def unique_names(request: Request) -> Iterator[Fault]:
    """The parts in one list have different names."""
    for member, listed in request.inputs.items():
        seen: set[str] = set()
        for item in listed if isinstance(listed, list) else ():
            name = item.get("name") if isinstance(item, Mapping) else None
            if not isinstance(name, str):
                continue
            if key(name) in seen:
                yield Fault(
                    f"Resource {request.id} has two child resources with the same name ({name}).",
                    member,
                    "give each part a name of its own",
                )
            seen.add(key(name))
