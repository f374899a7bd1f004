"""Initiative: several policies with their values under one name: one assignment, and exemptions from each of them.

Owns the set. Does not own what is in it (`components.governance.guardrails`) or where it is assigned
(`components.governance.policy_assignments`).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field

from pulumi import ComponentResource, Input, Output, ResourceOptions
from pulumi_azure_native import authorization

from components import naming
from components.placement import Placement
from components.problems import refuse
from facts.policy_definitions import PolicyDefinition, policy_definition

Value = str | list[str]


@dataclass(frozen=True, kw_only=True)
class Member:
    """One policy. `reference` names it in exemptions; `builtin`: what is known of it, if it is Azure's."""

    reference: str
    definition_id: Input[str]
    builtin: PolicyDefinition | None = None
    values: Mapping[str, Value] = field(default_factory=dict)


def builtin(key: str, values: Mapping[str, Value], reference: str | None = None) -> Member:
    """One of Azure's policies by our name of it, which is also its reference unless the caller has another."""
    policy = policy_definition(key)
    return Member(reference=reference or key, definition_id=policy.arm_id, builtin=policy, values=values)


@dataclass(frozen=True, kw_only=True)
class InitiativeArgs:
    """`purpose` is part of the name."""

    placement: Placement
    purpose: str
    title: str
    description: str
    members: tuple[Member, ...]


def problems(args: InitiativeArgs) -> list[str]:
    """Every reason why Azure would refuse the initiative, or a policy in it could not work."""
    found = [] if args.members else ["an initiative without policies does nothing"]
    counts = Counter(member.reference for member in args.members)
    found += [f"two policies are called {name}" for name, count in counts.items() if count > 1]
    for member in args.members:
        if member.builtin is not None:
            found += [f"{member.reference}: {problem}" for problem in value_problems(member.builtin, member.values)]
    return found


def value_problems(policy: PolicyDefinition, values: Mapping[str, Value]) -> list[str]:
    """What Azure would refuse in the values of a built-in policy (UndefinedPolicyParameter, MissingPolicyParameter)."""
    found = [f"{policy.key} has no parameter {name}" for name in values if name not in policy.parameters]
    found += [f"{policy.key} needs {name}" for name in policy.required if name not in values]
    effect = values.get("effect")
    if effect is not None and effect not in policy.effects:
        found.append(f"{policy.key} has no effect {effect}; it has {', '.join(policy.effects)}")
    return found


class Initiative(ComponentResource):
    """One set of policies."""

    initiative_id: Output[str]

    def __init__(self, name: str, args: InitiativeArgs, opts: ResourceOptions | None = None) -> None:
        super().__init__("platform:initiative:Initiative", name, {}, opts)
        refuse(name, problems(args))
        made = authorization.PolicySetDefinition(
            f"{name}-set",
            policy_set_definition_name=naming.policy(args.placement, args.purpose),
            policy_type="Custom",
            display_name=args.title,
            description=args.description,
            metadata={"category": "Machine Learning platform"},
            policy_definitions=[_reference(member) for member in args.members],
            opts=ResourceOptions(parent=self),
        )
        self.initiative_id = made.id
        self.register_outputs({"initiative_id": self.initiative_id})


def _reference(member: Member) -> authorization.PolicyDefinitionReferenceArgs:
    return authorization.PolicyDefinitionReferenceArgs(
        policy_definition_id=member.definition_id,
        policy_definition_reference_id=member.reference,
        parameters={name: authorization.ParameterValuesValueArgs(value=value) for name, value in member.values.items()},
    )
