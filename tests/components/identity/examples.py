"""Small, valid examples of the components of identity."""

from __future__ import annotations

from components.identity.custom_role import CustomRoleArgs
from components.identity.eligible_roles import ActivationRules, EligibleRole, EligibleRolesArgs
from components.identity.role_assignment import Grant, Principal, Scope
from tests.components.examples import PLACEMENT

APPROVERS = "00000000-0000-0000-0000-0000000000bf"
POLICY = "00000000-0000-0000-0000-0000000000c2"
RULES = ActivationRules(max_hours=4, approvers=APPROVERS, ticket=True)
ADMINISTRATION = Grant(
    principal=Principal(name="platform-admins", id="00000000-0000-0000-0000-0000000000b1", type="Group"),
    scope=Scope(name="vault", id="/vault"),
    role="Key Vault Administrator",
)
ELIGIBLE = EligibleRolesArgs(roles=(EligibleRole(grant=ADMINISTRATION, policy=POLICY),), days=365, rules=RULES)
ROLE = CustomRoleArgs(
    placement=PLACEMENT,
    purpose="starter",
    description="Starts and stops clusters.",
    actions=("Microsoft.ContainerService/managedClusters/start/action",),
    scope="/subscriptions/00000000-0000-0000-0000-000000000000/resourceGroups/rg",
)
