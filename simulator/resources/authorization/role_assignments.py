"""Microsoft.Authorization/roleAssignments."""

from __future__ import annotations

import re
from collections.abc import Iterator
from http import HTTPStatus
from typing import Any

from simulator.errors import Refusal
from simulator.ids import key
from simulator.model import CREATED, PRINCIPAL, Model, Request
from simulator.store import Record
from simulator.values import UNKNOWN

_GUID = re.compile(r"^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$", re.IGNORECASE)
_WHAT = ("principalId", "roleDefinitionId", "scope")


class RoleAssignments(Model):
    """A role assignment: who may do what, where. Nothing of it can change but its description."""

    token = "azure-native:authorization:RoleAssignment"

    def defaults(self, request: Request) -> dict[str, Any]:
        """ARM looks up what kind of principal it is; the simulator has no directory and takes the commonest."""
        return {"principalType": "ServicePrincipal"}

    def outputs(self, request: Request) -> dict[str, Any]:
        """Who assigned the role, and when."""
        return {"createdBy": PRINCIPAL, "createdOn": CREATED, "updatedBy": PRINCIPAL, "updatedOn": CREATED}

    def refusals(self, request: Request) -> Iterator[Refusal]:
        """The name is a GUID, and the same assignment does not exist under another one."""
        if _GUID.match(request.name) is None:
            yield Refusal(
                "InvalidRoleAssignmentId",
                f"The role assignment ID '{request.name}' is not valid. The role assignment ID must be a GUID.",
                target="roleAssignmentName",
                quoted=True,
            )
        yield from _changes(request)
        if any(request.at(name) is UNKNOWN for name in _WHAT):
            return
        for other in request.world.of_type("Microsoft.Authorization/roleAssignments"):
            if other.key != key(request.id) and _same(request, other):
                yield Refusal(
                    "RoleAssignmentExists",
                    "The role assignment already exists.",
                    status=HTTPStatus.CONFLICT,
                    fix=f"remove one of the two: {other.id}",
                    quoted=True,
                )


def _changes(request: Request) -> Iterator[Refusal]:
    """Another role. azure-native replaces an assignment for another principal or scope, but not for another role."""
    before = request.old.body.get("roleDefinitionId") if request.old is not None else None
    after = request.known("roleDefinitionId")
    if None not in (before, after) and before is not UNKNOWN and _normal(before) != _normal(after):
        yield Refusal(
            "RoleAssignmentUpdateNotPermitted",
            f"the role of an existing assignment can't change (from {before} to {after})",
            target="roleDefinitionId",
            fix="make a role assignment with another name",
        )


def _same(request: Request, other: Record) -> bool:
    return all(_normal(request.at(name)) == _normal(other.body.get(name)) for name in _WHAT)


def _normal(value: Any) -> str:
    """A built-in role is one and the same in every subscription, with and without the subscription in its id."""
    text = key(str(value))
    before, found, name = text.rpartition("/providers/microsoft.authorization/roledefinitions/")
    return found + name if found and before.count("/") <= 2 else text
