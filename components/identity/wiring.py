"""From settings to identities and roles: who services are, and what people and services may do."""

from __future__ import annotations

from collections.abc import Mapping

from components import naming
from components.context import Context, Foundation
from components.identity import access
from components.identity.access import DataScopes, Groups, PeopleScopes
from components.identity.identity import Identity, IdentityArgs
from components.identity.role_assignment import Grant, RoleAssignments, RoleAssignmentsArgs, Scope
from stacks.sections.access import AccessSettings

# The group that each identity lives in, by what it is for.
IDENTITIES = {"control-plane": "cluster", "kubelet": "cluster", "workspace": "ml", "compute": "ml"}


def groups(wanted: AccessSettings) -> Groups:
    """The Entra groups."""
    return Groups(
        platform_admins=wanted.platform_admins,
        ml_engineers=wanted.ml_engineers,
        data_scientists=wanted.data_scientists,
        auditors=wanted.auditors,
    )


def build_identities(context: Context) -> Mapping[str, Identity]:
    """Who each service is when it calls another one, by purpose."""
    return {purpose: _identity(context, purpose) for purpose in IDENTITIES}


def _identity(context: Context, purpose: str) -> Identity:
    args = IdentityArgs(
        placement=context.placement,
        resource_group_name=context.group_name(IDENTITIES[purpose]),
        purpose=purpose,
    )
    return Identity(f"{context.prefix}-{purpose}", args, context.child)


def grant(context: Context, concern: str, grants: tuple[Grant, ...]) -> RoleAssignments:
    """The grants of one concern; whoever needs them first depends on what this answers."""
    args = RoleAssignmentsArgs(namespace=naming.stem(context.placement), grants=grants)
    return RoleAssignments(f"{context.prefix}-{concern}", args, context.child)


def grant_people(foundation: Foundation, data: DataScopes, *, cluster: Scope, workspace: Scope) -> RoleAssignments:
    """What each Entra group may do."""
    at = PeopleScopes(
        cluster=cluster,
        workspace=workspace,
        logs=Scope(name="logs", id=foundation.log_workspace_id),
        groups={purpose: foundation.group_scope(purpose) for purpose in foundation.groups.ids},
    )
    return grant(foundation, "people-roles", access.people(groups(foundation.settings.access), data, at))
