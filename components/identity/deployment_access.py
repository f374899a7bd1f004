"""What a pipeline may do: one identity that looks, and another one that changes.

Owns the roles of both. A pull request runs as the first: whatever its code does, it can change nothing. Does not own
the identities (`components.identity.identity`) or the roles' resources (`components.identity.custom_role`).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from pulumi import Input

from components.identity.access import of_identity
from components.identity.identity import Identity
from components.identity.privileged_roles import no_privileged_roles
from components.identity.role_assignment import Grant, Scope

# What a preview with refresh reads at the subscription: everything else that the platform makes lies in its groups.
# Flow logs lie in the group of Network Watcher, which Azure makes and no stack owns; their actions stand in
# azure-docs network-watcher/required-rbac-permissions.md (2022-10-07) and, for `flowLogs`, in the type of the resource.
PLAN_ACTIONS = (
    "Microsoft.Authorization/locks/read",
    "Microsoft.Authorization/policyAssignments/read",
    "Microsoft.Authorization/policyDefinitions/read",
    "Microsoft.Authorization/policyExemptions/read",
    "Microsoft.Authorization/policySetDefinitions/read",
    "Microsoft.Authorization/roleAssignments/read",
    "Microsoft.Authorization/roleDefinitions/read",
    "Microsoft.Authorization/roleEligibilitySchedules/read",
    "Microsoft.Authorization/roleManagementPolicies/read",
    "Microsoft.Consumption/budgets/read",
    "Microsoft.CostManagement/exports/read",
    "Microsoft.CostManagement/settings/read",
    "Microsoft.Insights/diagnosticSettings/read",
    "Microsoft.Network/networkWatchers/flowLogs/read",
    "Microsoft.Network/networkWatchers/read",
    "Microsoft.Resources/subscriptions/read",
    "Microsoft.Resources/subscriptions/resourceGroups/read",
    "Microsoft.Security/pricings/read",
    "Microsoft.Security/securityContacts/read",
)
# What an update writes there. Left out, because each would let a pipeline give itself or anyone else every right:
# roles of our own (it could widen the one that it holds), eligibilities and their rules, and role assignments but for
# those of the grant with a condition. A person applies a change of these (docs/runbooks/let-a-pipeline-deploy.md).
APPLY_ACTIONS = (
    *PLAN_ACTIONS,
    "Microsoft.Authorization/locks/delete",
    "Microsoft.Authorization/locks/write",
    "Microsoft.Authorization/policyAssignments/delete",
    "Microsoft.Authorization/policyAssignments/exempt/action",
    "Microsoft.Authorization/policyAssignments/write",
    "Microsoft.Authorization/policyDefinitions/delete",
    "Microsoft.Authorization/policyDefinitions/write",
    "Microsoft.Authorization/policyExemptions/delete",
    "Microsoft.Authorization/policyExemptions/write",
    "Microsoft.Authorization/policySetDefinitions/delete",
    "Microsoft.Authorization/policySetDefinitions/write",
    "Microsoft.Consumption/budgets/delete",
    "Microsoft.Consumption/budgets/write",
    "Microsoft.CostManagement/exports/delete",
    "Microsoft.CostManagement/exports/write",
    "Microsoft.CostManagement/settings/delete",
    "Microsoft.CostManagement/settings/write",
    "Microsoft.Insights/diagnosticSettings/delete",
    "Microsoft.Insights/diagnosticSettings/write",
    "Microsoft.Network/networkWatchers/configureFlowLog/action",
    "Microsoft.Network/networkWatchers/flowLogs/delete",
    "Microsoft.Network/networkWatchers/flowLogs/write",
    "Microsoft.Resources/subscriptions/resourceGroups/delete",
    "Microsoft.Resources/subscriptions/resourceGroups/write",
    "Microsoft.Security/pricings/write",
    "Microsoft.Security/securityContacts/delete",
    "Microsoft.Security/securityContacts/write",
)


@dataclass(frozen=True, kw_only=True)
class DeploymentScopes:
    """Where a pipeline works. `groups`: every resource group by purpose."""

    subscription: Scope
    cluster: Scope
    groups: Mapping[str, Scope]


def preview_grants(identity: Identity, role_name: str, role_id: Input[str], at: DeploymentScopes) -> tuple[Grant, ...]:
    """Reads everything that a preview compares with, and the cluster's objects except secrets."""
    principal = of_identity(identity)
    return (
        Grant(principal=principal, scope=at.subscription, role=role_name, definition_id=role_id),
        *(Grant(principal=principal, scope=scope, role="Reader") for scope in at.groups.values()),
        Grant(principal=principal, scope=at.cluster, role="Azure Kubernetes Service Cluster User Role"),
        Grant(principal=principal, scope=at.cluster, role="Azure Kubernetes Service RBAC Reader"),
    )


def update_grants(identity: Identity, role_name: str, role_id: Input[str], at: DeploymentScopes) -> tuple[Grant, ...]:
    """Changes what lies in the environment's groups; assigns roles there, but none that can grant roles.

    Contributor, because the groups hold some forty resource types and gain more with every release; never above them.
    """
    principal = of_identity(identity)
    return (
        Grant(principal=principal, scope=at.subscription, role=role_name, definition_id=role_id),
        *(Grant(principal=principal, scope=scope, role="Contributor") for scope in at.groups.values()),
        *(
            Grant(
                principal=principal,
                scope=scope,
                role="Role Based Access Control Administrator",
                condition=no_privileged_roles(),
            )
            for scope in at.groups.values()
        ),
        Grant(principal=principal, scope=at.cluster, role="Azure Kubernetes Service Cluster User Role"),
        Grant(principal=principal, scope=at.cluster, role="Azure Kubernetes Service RBAC Cluster Admin"),
    )
