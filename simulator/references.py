"""What a resource points to: ids among its values, and the principals that it is or that it gives a role.

Owns which of these can be looked up from the other end (`Store.pointing`). Does not own what follows from a reference:
that is in `simulator.rules` and in the models.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, Final

from simulator.ids import key, looks_like_id
from simulator.values import Path, at

# Where a pointer was found: in what was written, in what was answered, whose principal it is, who is given a role.
BODY: Final = "body"
OUTPUTS: Final = "outputs"
PRINCIPAL: Final = "principal"
ASSIGNEE: Final = "assignee"

Pointer = tuple[str, str]

_ASSIGNMENTS: Final = "microsoft.authorization/roleassignments"
# The outputs with the principal of a resource: an identity's own, that of a system-assigned one, that of AKS's nodes.
_PRINCIPALS: Final = ("principalId", "identity.principalId", "identityProfile.kubeletidentity.objectId")
# Properties in which a text that looks like an id is only a text: nobody looks it up when the resource is written.
_FREE_TEXT: Final = frozenset(
    {"description", "displayName", "metadata", "notScopes", "parameters", "policyRule", "tags", "template"}
)


def references(value: Any, path: Path = ()) -> Iterator[tuple[Path, str]]:
    """Every resource id among the values and the keys of maps, where some types have their identities."""
    if isinstance(value, str):
        if looks_like_id(value):
            yield path, value
    elif isinstance(value, Mapping):
        for name, child in value.items():
            if looks_like_id(name):
                yield (*path, name), name
            if name not in _FREE_TEXT:
                yield from references(child, (*path, name))
    elif isinstance(value, list):
        for index, child in enumerate(value):
            yield from references(child, (*path, index))


def pointers(arm_type: str, body: Mapping[str, Any], outputs: Mapping[str, Any]) -> set[Pointer]:
    """Everything that a resource can be found by."""
    found = {(BODY, key(target)) for _, target in references(body)}
    found |= {(OUTPUTS, key(target)) for _, target in references(outputs)}
    if arm_type.lower() == _ASSIGNMENTS:
        principals = {ASSIGNEE: [body.get("principalId")]}
    else:
        # Whom something is about (an eligibility, say) is written by the caller; who something is, Azure answers.
        own = [path for path in _PRINCIPALS if at(body, path) is None]
        principals = {PRINCIPAL: [at(outputs, path) for path in own]}
    for place, ids in principals.items():
        found |= {(place, each.lower()) for each in ids if isinstance(each, str)}
    return found
