"""From settings to identities and roles: who services are, and what people and services may do."""

from __future__ import annotations

from collections.abc import Mapping

from pulumi import Input, Output

from components import naming
from components.context import Context, Foundation
from components.identity import access, deployment_access, federation
from components.identity.access import DataScopes, Groups, PeopleScopes
from components.identity.custom_role import CustomRole, CustomRoleArgs
from components.identity.deployment_access import DeploymentScopes
from components.identity.eligible_roles import ActivationRules, EligibleRole, EligibleRoles, EligibleRolesArgs
from components.identity.federation import Repository, Trust
from components.identity.identity import Identity, IdentityArgs
from components.identity.role_assignment import Grant, RoleAssignments, RoleAssignmentsArgs, Scope
from stacks.sections.access import AccessSettings, ActivationSettings

# The group that each identity lives in, by what it is for.
IDENTITIES = {"control-plane": "cluster", "kubelet": "cluster", "workspace": "ml", "compute": "ml"}


def groups(wanted: AccessSettings) -> Groups:
    """The Entra groups."""
    return Groups(
        platform_admins=wanted.platform_admins,
        ml_engineers=wanted.ml_engineers,
        data_scientists=wanted.data_scientists,
        auditors=wanted.auditors,
        break_glass=wanted.break_glass,
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


def grant_people(
    foundation: Foundation, data: DataScopes, *, cluster: Scope, workspace: Scope, keys: Scope | None
) -> RoleAssignments:
    """What each Entra group may do, or may activate."""
    wanted = foundation.settings.access
    at = PeopleScopes(
        cluster=cluster,
        workspace=workspace,
        logs=Scope(name="logs", id=foundation.log_workspace_id),
        groups=_group_scopes(foundation),
        namespaces=tuple(
            Scope(name=f"ns-{name}", id=Output.concat(cluster.id, "/namespaces/", name))
            for name in sorted({workload.namespace for workload in wanted.workloads.values()})
        ),
        keys=keys,
    )
    who = groups(wanted)
    administration = access.administration(who, data, at)
    standing = (*access.people(who, data, at), *access.break_glass(who, data, at))
    if wanted.activation is None:
        return grant(foundation, "people-roles", (*standing, *administration))
    _make_eligible(foundation, wanted.activation, administration)
    return grant(foundation, "people-roles", standing)


def _make_eligible(foundation: Foundation, wanted: ActivationSettings, grants: tuple[Grant, ...]) -> EligibleRoles:
    policies = {
        "Azure Kubernetes Service RBAC Cluster Admin": wanted.policies.cluster_administrator,
        "Key Vault Administrator": wanted.policies.vault_administrator,
        "Key Vault Crypto Officer": wanted.policies.key_officer,
    }
    args = EligibleRolesArgs(
        roles=tuple(EligibleRole(grant=each, policy=policies.get(each.role)) for each in grants),
        days=wanted.eligible_days,
        rules=ActivationRules(max_hours=wanted.max_hours, approvers=wanted.approvers, ticket=wanted.ticket),
    )
    return EligibleRoles(f"{foundation.prefix}-administrators", args, foundation.child)


def build_workloads(foundation: Foundation, data: DataScopes, issuer: Input[str]) -> Mapping[str, Identity]:
    """An identity for each workload in the cluster, trusted by its own service account alone, and its roles."""
    made: dict[str, Identity] = {}
    for name, wanted in foundation.settings.access.workloads.items():
        args = IdentityArgs(
            placement=foundation.placement,
            resource_group_name=foundation.group_name("cluster"),
            purpose=f"workload-{name}",
            trusts=(federation.service_account(issuer, wanted.namespace, wanted.service_account),),
        )
        made[name] = Identity(f"{foundation.prefix}-workload-{name}", args, foundation.child)
        grant(foundation, f"workload-{name}-roles", access.workload(made[name], wanted.use, data))
    return made


def build_deployers(foundation: Foundation, cluster: Scope) -> Mapping[str, Identity]:
    """The pipeline's two identities, `plan` and `apply`, and their roles; none where no pipeline deploys."""
    wanted = foundation.settings.access.github
    if wanted is None:
        return {}
    repository = Repository(
        owner=wanted.owner, owner_id=wanted.owner_id, name=wanted.repository, id=wanted.repository_id
    )
    at = DeploymentScopes(subscription=foundation.subscription_scope, cluster=cluster, groups=_group_scopes(foundation))
    return {
        "plan": _deployer(foundation, "plan", federation.github_environment(repository, wanted.plan_environment), at),
        "apply": _deployer(
            foundation, "apply", federation.github_environment(repository, wanted.apply_environment), at
        ),
    }


def _deployer(foundation: Foundation, kind: str, trusts: tuple[Trust, ...], at: DeploymentScopes) -> Identity:
    identity = Identity(
        f"{foundation.prefix}-{kind}",
        IdentityArgs(
            placement=foundation.placement,
            resource_group_name=foundation.group_name("security"),
            purpose=kind,
            trusts=trusts,
        ),
        foundation.child,
    )
    actions, grants = _DEPLOYERS[kind]
    role = CustomRole(
        f"{foundation.prefix}-{kind}-role",
        CustomRoleArgs(
            placement=foundation.placement,
            purpose=kind,
            description=f"What `pulumi {'preview' if kind == 'plan' else 'up'}` needs at the subscription.",
            actions=actions,
            scope=at.subscription.id,
        ),
        foundation.child,
    )
    grant(foundation, f"{kind}-roles", grants(identity, role.role_name, role.role_id, at))
    return identity


_DEPLOYERS = {
    "plan": (deployment_access.PLAN_ACTIONS, deployment_access.preview_grants),
    "apply": (deployment_access.APPLY_ACTIONS, deployment_access.update_grants),
}


def _group_scopes(foundation: Foundation) -> Mapping[str, Scope]:
    return {purpose: foundation.group_scope(purpose) for purpose in foundation.groups.ids}
