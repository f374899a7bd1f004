"""Custom role: exactly the actions that one job needs, where every built-in role gives more.

Owns the definition. Does not own who holds it (`components.identity.deployment_access`, `components.identity.access`).
"""

from __future__ import annotations

from dataclasses import dataclass
from uuid import uuid5

from pulumi import ComponentResource, Input, Output, ResourceOptions
from pulumi_azure_native import authorization

from components import naming
from components.placement import Placement
from components.problems import refuse

# Actions that would make the role one of those that it is meant to replace.
TOO_BROAD = ("*", "*/write", "*/delete", "Microsoft.Authorization/*", "Microsoft.Authorization/roleAssignments/*")


@dataclass(frozen=True, kw_only=True)
class CustomRoleArgs:
    """`purpose` is part of the name, which is unique in the tenant; `scope` is where the role can be assigned."""

    placement: Placement
    purpose: str
    description: str
    actions: tuple[str, ...]
    scope: Input[str]


def problems(args: CustomRoleArgs) -> list[str]:
    """Every reason why the role is none, or is no narrower than a built-in one."""
    found = [] if args.actions else ["a role without actions allows nothing"]
    found += [f"the action {action} is as broad as Contributor" for action in args.actions if action in TOO_BROAD]
    return found


class CustomRole(ComponentResource):
    """One role of our own."""

    role_id: Output[str]
    role_name: str

    def __init__(self, name: str, args: CustomRoleArgs, opts: ResourceOptions | None = None) -> None:
        super().__init__("platform:custom_role:CustomRole", name, {}, opts)
        refuse(name, problems(args))
        self.role_name = f"{naming.stem(args.placement)} {args.purpose}"
        made = authorization.RoleDefinition(
            f"{name}-role",
            scope=args.scope,
            # Deterministic, so that a preview knows it.
            role_definition_id=str(uuid5(naming.ROLE_ASSIGNMENT_NAMESPACE, self.role_name)),
            role_name=self.role_name,
            role_type="CustomRole",
            description=args.description,
            permissions=[authorization.PermissionArgs(actions=list(args.actions))],
            assignable_scopes=[args.scope],
            opts=ResourceOptions(parent=self),
        )
        self.role_id = made.id
        self.register_outputs({"role_id": self.role_id})
