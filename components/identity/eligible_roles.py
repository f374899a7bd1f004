"""Eligible roles: administrators hold none until they activate it for some hours (Privileged Identity Management).

Owns the eligibility, and what an activation asks for. Does not create the rules' policy: Azure has one for each role at
each scope, with a name that it chooses, so the settings name it. Does not own who is in the groups (Entra).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TypeAlias

from pulumi import ComponentResource, Input, Output, ResourceOptions
from pulumi_azure_native import authorization

from components import naming
from components.identity.role_assignment import Grant
from components.problems import refuse
from facts.roles import role

# Longest activation that PIM takes (learn.microsoft.com pim-resource-roles-configure-role-settings).
MOST_HOURS = 24


@dataclass(frozen=True, kw_only=True)
class ActivationRules:
    """What an activation asks for. `approvers`: a group, one of whom agrees; None: nobody has to."""

    max_hours: int
    approvers: str | None
    ticket: bool


@dataclass(frozen=True, kw_only=True)
class EligibleRole:
    """`grant` as it would be if it were standing; `policy` names the role's policy at that scope, if it is known."""

    grant: Grant
    policy: str | None


@dataclass(frozen=True, kw_only=True)
class EligibleRolesArgs:
    """`days` is how long an eligibility lasts before somebody renews it."""

    roles: tuple[EligibleRole, ...]
    days: int
    rules: ActivationRules


def problems(args: EligibleRolesArgs) -> list[str]:
    """Every reason why PIM would refuse the eligibilities."""
    found = [] if 1 <= args.rules.max_hours <= MOST_HOURS else [f"{args.rules.max_hours} hours: PIM takes 1 to 24"]
    found += [] if args.days >= 1 else [f"an eligibility of {args.days} days ends before it starts"]
    return found


class EligibleRoles(ComponentResource):
    """Every eligibility of one concern."""

    eligibility_ids: dict[str, Output[str]]

    def __init__(self, name: str, args: EligibleRolesArgs, opts: ResourceOptions | None = None) -> None:
        super().__init__("platform:eligible_roles:EligibleRoles", name, {}, opts)
        refuse(name, problems(args))
        self.eligibility_ids = {}
        for each in args.roles:
            grant = each.grant
            made = authorization.PimRoleEligibilitySchedule(
                f"{name}-elig-{grant.key}",
                scope=grant.scope.id,
                principal_id=grant.principal.id,
                role_definition_id=naming.role_definition_id(role(grant.role).id),
                justification="Granted by the platform's settings.",
                schedule_info=authorization.RoleEligibilityScheduleRequestPropertiesScheduleInfoArgs(
                    expiration=authorization.RoleEligibilityScheduleRequestPropertiesExpirationArgs(
                        type="AfterDuration", duration=f"P{args.days}D"
                    )
                ),
                opts=ResourceOptions(parent=self),
            )
            self.eligibility_ids[grant.key] = made.id
            if each.policy is not None:
                self._rules(name, each.policy, grant.scope.id, grant.key, args)
        self.register_outputs({"eligibility_ids": self.eligibility_ids})

    def _rules(self, name: str, policy: str, scope: Input[str], key: str, args: EligibleRolesArgs) -> None:
        authorization.RoleManagementPolicy(
            f"{name}-rules-{key}",
            scope=scope,
            role_management_policy_name=policy,
            rules=activation_rules(args.rules, args.days),
            # Azure made the policy and deletes it with the scope; it refuses to delete it alone.
            opts=ResourceOptions(parent=self, retain_on_delete=True),
        )


RuleArgs: TypeAlias = (
    authorization.RoleManagementPolicyExpirationRuleArgs
    | authorization.RoleManagementPolicyEnablementRuleArgs
    | authorization.RoleManagementPolicyApprovalRuleArgs
)


def activation_rules(rules: ActivationRules, days: int) -> list[RuleArgs]:
    """The rules by the ids that Azure gives them (learn.microsoft.com privileged-role-policy-rest-sample)."""
    asked = ["MultiFactorAuthentication", "Justification", *(["Ticketing"] if rules.ticket else [])]
    found: list[RuleArgs] = [
        authorization.RoleManagementPolicyExpirationRuleArgs(
            id="Expiration_EndUser_Assignment",
            rule_type="RoleManagementPolicyExpirationRule",
            is_expiration_required=True,
            maximum_duration=f"PT{rules.max_hours}H",
            target=_target("EndUser", "Assignment"),
        ),
        authorization.RoleManagementPolicyExpirationRuleArgs(
            id="Expiration_Admin_Eligibility",
            rule_type="RoleManagementPolicyExpirationRule",
            is_expiration_required=True,
            maximum_duration=f"P{days}D",
            target=_target("Admin", "Eligibility"),
        ),
        authorization.RoleManagementPolicyEnablementRuleArgs(
            id="Enablement_EndUser_Assignment",
            rule_type="RoleManagementPolicyEnablementRule",
            enabled_rules=asked,
            target=_target("EndUser", "Assignment"),
        ),
    ]
    if rules.approvers is not None:
        found.append(_approval(rules.approvers))
    return found


def _approval(group: str) -> authorization.RoleManagementPolicyApprovalRuleArgs:
    stage = authorization.ApprovalStageArgs(
        approval_stage_time_out_in_days=1,
        is_approver_justification_required=True,
        is_escalation_enabled=False,
        primary_approvers=[authorization.UserSetArgs(id=group, user_type="Group", is_backup=False)],
    )
    return authorization.RoleManagementPolicyApprovalRuleArgs(
        id="Approval_EndUser_Assignment",
        rule_type="RoleManagementPolicyApprovalRule",
        setting=authorization.ApprovalSettingsArgs(
            approval_mode="SingleStage", is_approval_required=True, approval_stages=[stage]
        ),
        target=_target("EndUser", "Assignment"),
    )


def _target(caller: str, level: str) -> authorization.RoleManagementPolicyRuleTargetArgs:
    return authorization.RoleManagementPolicyRuleTargetArgs(
        caller=caller, level=level, operations=["All"], enforced_settings=[], inheritable_settings=[]
    )
