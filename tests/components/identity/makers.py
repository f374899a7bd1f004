"""How the components of identity are made, and what they are made of."""

from __future__ import annotations

from components.identity.custom_role import CustomRole
from components.identity.eligible_roles import EligibleRoles
from tests.components.identity import examples

MAKERS = {
    "custom_role:CustomRole": (
        lambda o: CustomRole("x", examples.ROLE, o),
        ("RoleDefinition|x-role",),
        ("role_id",),
    ),
    "eligible_roles:EligibleRoles": (
        lambda o: EligibleRoles("x", examples.ELIGIBLE, o),
        (
            "PimRoleEligibilitySchedule|x-elig-platform-admins-key-vault-administrator-vault",
            "RoleManagementPolicy|x-rules-platform-admins-key-vault-administrator-vault",
        ),
        ("eligibility_ids",),
    ),
}
