"""Role assignments: which principal holds which role at which scope.

Owns the resources and their deterministic names. Does not own who gets what (`components.identity.access`).
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import Literal

from pulumi import ComponentResource, Input, Output, ResourceOptions
from pulumi_azure_native import authorization

from components import naming
from components.problems import refuse
from facts.roles import role


@dataclass(frozen=True, kw_only=True)
class Principal:
    """Who. `name` is stable and ours; `type` is always told, or Azure may not find a new identity yet."""

    name: str
    id: Input[str]
    type: Literal["ServicePrincipal", "Group"]


@dataclass(frozen=True, kw_only=True)
class Scope:
    """Where. `name` is unique in the environment; `id` is the ARM id."""

    name: str
    id: Input[str]


@dataclass(frozen=True, kw_only=True)
class Grant:
    """One role for one principal at one scope; `role` is the built-in role's name.

    A role of our own has its ARM id in `definition_id`. `condition` narrows the role (Azure ABAC, version 2.0).
    """

    principal: Principal
    scope: Scope
    role: str
    definition_id: Input[str] | None = None
    condition: str | None = None

    @property
    def key(self) -> str:
        """What makes the grant different from every other one."""
        return f"{self.principal.name}-{self.role.lower().replace(' ', '-')}-{self.scope.name}"


@dataclass(frozen=True, kw_only=True)
class RoleAssignmentsArgs:
    """`namespace` is unique to the environment: two environments must not make the same GUID."""

    namespace: str
    grants: tuple[Grant, ...]


def problems(args: RoleAssignmentsArgs) -> list[str]:
    """Grants made twice, by name or because two groups are one: Azure refuses the second (RoleAssignmentExists)."""
    twice = [key for key, count in Counter(grant.key for grant in args.grants).items() if count > 1]
    # The id of an identity is not known yet; two of them are never the same.
    known = [(g.principal.id, g.role, g.scope.name) for g in args.grants if isinstance(g.principal.id, str)]
    same = [what for what, count in Counter(known).items() if count > 1]
    return [f"{key} is granted twice" for key in twice] + [
        f"two groups have the object id {object_id}, so {role_name} at {scope} would be granted twice"
        for object_id, role_name, scope in same
    ]


class RoleAssignments(ComponentResource):
    """Every grant of one concern."""

    assignment_ids: dict[str, Output[str]]

    def __init__(self, name: str, args: RoleAssignmentsArgs, opts: ResourceOptions | None = None) -> None:
        super().__init__("platform:role_assignment:RoleAssignments", name, {}, opts)
        refuse(name, problems(args))
        child = ResourceOptions(parent=self)
        self.assignment_ids = {
            grant.key: _assignment(f"{name}-ra-{grant.key}", grant, args.namespace, child).id for grant in args.grants
        }
        self.register_outputs({"assignment_ids": self.assignment_ids})


def _assignment(name: str, grant: Grant, namespace: str, opts: ResourceOptions) -> authorization.RoleAssignment:
    own = grant.definition_id
    # A role of our own has an id that only its deployment knows; its name stands for it.
    known = role(grant.role).id if own is None else grant.role
    return authorization.RoleAssignment(
        name,
        role_assignment_name=naming.role_assignment(f"{namespace}/{grant.scope.name}", grant.principal.name, known),
        scope=grant.scope.id,
        principal_id=grant.principal.id,
        principal_type=grant.principal.type,
        role_definition_id=naming.role_definition_id(known) if own is None else own,
        condition=grant.condition,
        condition_version=None if grant.condition is None else "2.0",
        opts=opts,
    )
