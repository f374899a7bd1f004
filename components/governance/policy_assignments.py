"""Policy assignments: which policies hold in the subscription, enforced or reported, and what is exempt until when.

Owns assignments and exemptions. Does not own the initiatives (`components.governance.initiative`).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from pulumi import ComponentResource, Input, Output, ResourceOptions
from pulumi_azure_native import authorization

from components import naming
from components.governance.initiative import Value
from components.identity.role_assignment import Scope
from components.placement import Placement
from components.problems import refuse


@dataclass(frozen=True, kw_only=True)
class Assignment:
    """One policy or initiative. `enforced` False: reported, but nothing is stopped. `identity_id`: who remediates."""

    purpose: str
    title: str
    message: str
    definition_id: Input[str]
    values: Mapping[str, Value] = field(default_factory=dict)
    enforced: bool = True
    identity_id: Input[str] | None = None


@dataclass(frozen=True, kw_only=True)
class Exemption:
    """What an assignment does not hold for. `references`: policies of the initiative; none: all of it."""

    name: str
    assignment: str
    references: tuple[str, ...]
    scope: Scope
    category: str
    expires_on: date
    reason: str


@dataclass(frozen=True, kw_only=True)
class PolicyAssignmentsArgs:
    """`scope` is the subscription."""

    placement: Placement
    scope: Input[str]
    assignments: tuple[Assignment, ...]
    exemptions: tuple[Exemption, ...] = ()


def problems(args: PolicyAssignmentsArgs) -> list[str]:
    """Every reason why Azure would refuse an assignment or an exemption."""
    known = [assignment.purpose for assignment in args.assignments]
    found = [f"{purpose} is assigned twice" for purpose in sorted(set(known)) if known.count(purpose) > 1]
    return found + [
        f"the exemption {exemption.name} is from {exemption.assignment}, which is not assigned"
        for exemption in args.exemptions
        if exemption.assignment not in known
    ]


class PolicyAssignments(ComponentResource):
    """Every assignment of the subscription, and what is exempt."""

    assignment_ids: Mapping[str, Output[str]]

    def __init__(self, name: str, args: PolicyAssignmentsArgs, opts: ResourceOptions | None = None) -> None:
        super().__init__("platform:policy_assignments:PolicyAssignments", name, {}, opts)
        refuse(name, problems(args))
        child = ResourceOptions(parent=self)
        self.assignment_ids = {
            each.purpose: _assignment(f"{name}-{each.purpose}", each, args, child).id for each in args.assignments
        }
        for each in args.exemptions:
            authorization.PolicyExemption(
                f"{name}-exempt-{each.name}",
                scope=each.scope.id,
                policy_exemption_name=naming.policy(args.placement, each.name),
                policy_assignment_id=self.assignment_ids[each.assignment],
                policy_definition_reference_ids=list(each.references),
                exemption_category=each.category,
                expires_on=f"{each.expires_on.isoformat()}T00:00:00Z",
                display_name=each.name,
                description=each.reason,
                opts=child,
            )
        self.register_outputs({"assignment_ids": self.assignment_ids})


def _assignment(
    name: str, each: Assignment, args: PolicyAssignmentsArgs, opts: ResourceOptions
) -> authorization.PolicyAssignment:
    identity = (
        None
        if each.identity_id is None
        else authorization.IdentityArgs(type="UserAssigned", user_assigned_identities=[each.identity_id])
    )
    return authorization.PolicyAssignment(
        name,
        scope=args.scope,
        policy_assignment_name=naming.policy(args.placement, each.purpose),
        policy_definition_id=each.definition_id,
        display_name=each.title,
        enforcement_mode="Default" if each.enforced else "DoNotEnforce",
        parameters={name: authorization.ParameterValuesValueArgs(value=value) for name, value in each.values.items()},
        non_compliance_messages=[authorization.NonComplianceMessageArgs(message=each.message)],
        identity=identity,
        location=args.placement.region if identity is not None else None,
        opts=opts,
    )
