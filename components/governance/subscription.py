"""From settings to what holds for the whole subscription: policies, Defender plans, tags of cost records."""

from __future__ import annotations

from components import naming
from components.context import Foundation
from components.governance import guardrails
from components.governance.defender_plans import DefenderPlans, DefenderPlansArgs
from components.governance.guardrails import GuardrailRules
from components.governance.initiative import Initiative, InitiativeArgs, Member
from components.governance.model_residency import ModelResidency, ModelResidencyArgs
from components.governance.policy_assignments import (
    Assignment,
    Exemption,
    PolicyAssignments,
    PolicyAssignmentsArgs,
)
from components.governance.tag_inheritance import TagInheritance, TagInheritanceArgs
from components.identity import access
from components.identity.identity import Identity, IdentityArgs
from components.identity.role_assignment import Grant
from components.identity.wiring import grant
from facts.policy_definitions import policy_definition
from stacks.sections.governance import DefenderSettings, ExemptionSettings, PolicySettings
from stacks.types import Region

OURS = "managed-by"
"""The tag that only what this program makes may have."""


def build(foundation: Foundation) -> None:
    """Everything of `governance.subscription`; nothing where another stack owns the subscription."""
    wanted = foundation.settings.governance.subscription
    if wanted is None:
        return
    if wanted.policies is not None:
        _build_policies(foundation, wanted.policies)
    if wanted.defender is not None:
        _build_defender(foundation, wanted.defender)
    if wanted.tag_inheritance:
        args = TagInheritanceArgs(scope=foundation.subscription_scope.id)
        TagInheritance(f"{foundation.prefix}-tag-inheritance", args, foundation.child)


def _build_policies(foundation: Foundation, wanted: PolicySettings) -> PolicyAssignments:
    args = PolicyAssignmentsArgs(
        placement=foundation.placement,
        scope=foundation.subscription_scope.id,
        assignments=(
            *_locations(wanted),
            *_baselines(wanted),
            *_pod_security(wanted),
            _guardrails(foundation, wanted),
            *_tags(foundation, wanted),
        ),
        exemptions=tuple(_exemption(foundation, name, each) for name, each in wanted.exemptions.items()),
    )
    return PolicyAssignments(f"{foundation.prefix}-policies", args, foundation.child)


def _locations(wanted: PolicySettings) -> tuple[Assignment, ...]:
    return tuple(
        Assignment(
            purpose=key,
            title=policy_definition(key).title,
            message="Data stays in Canada: use canadacentral or canadaeast.",
            definition_id=policy_definition(key).arm_id,
            values={"listOfAllowedLocations": [region.value for region in Region]},
            enforced=wanted.enforced,
        )
        for key in ("allowed-locations", "allowed-locations-of-groups")
    )


def _baselines(wanted: PolicySettings) -> tuple[Assignment, ...]:
    return tuple(
        Assignment(
            purpose=key,
            title=policy_definition(key).title,
            message=f"Does not meet {policy_definition(key).title}.",
            definition_id=policy_definition(key).arm_id,
        )
        for key in wanted.baselines
    )


def _pod_security(wanted: PolicySettings) -> tuple[Assignment, ...]:
    effects = {"pod-security-baseline": wanted.pod_baseline, "pod-security-restricted": wanted.pod_restricted}
    return tuple(
        Assignment(
            purpose=key,
            title=policy_definition(key).title,
            message="Change the pod's security context, or ask for an exemption (docs/runbooks/exempt-a-policy.md).",
            definition_id=policy_definition(key).arm_id,
            values={"effect": effect, "excludedNamespaces": list(wanted.pod_exempt_namespaces)},
            enforced=wanted.enforced,
        )
        for key, effect in effects.items()
    )


def _guardrails(foundation: Foundation, wanted: PolicySettings) -> Assignment:
    demands = foundation.settings.demands
    rules = GuardrailRules(
        effect=wanted.guardrails,
        customer_keys=demands.customer_keys,
        region_bound_models=demands.region_bound_models,
        model_publishers=wanted.model_publishers,
    )
    residency = ModelResidency(
        f"{foundation.prefix}-model-residency",
        ModelResidencyArgs(
            placement=foundation.placement, effect=rules.effect if rules.region_bound_models else "Audit"
        ),
        foundation.child,
    )
    members = (*guardrails.machine_learning(rules), *guardrails.generative_ai(rules, residency.definition_id))
    title = "Guardrails of machine learning and generative AI"
    made = _initiative(foundation, "guardrails", title, members)
    return Assignment(
        purpose="guardrails",
        title=title,
        message="Open to keys, networks or regions that this platform closes; docs/runbooks/exempt-a-policy.md.",
        definition_id=made.initiative_id,
        enforced=wanted.enforced,
    )


def _tags(foundation: Foundation, wanted: PolicySettings) -> tuple[Assignment, ...]:
    names = [name for name in foundation.placement.tags if name != OURS]
    inheriting, tagged = "Resources take missing tags from their group", "Resource groups are tagged"
    inherit = _initiative(foundation, "inherit-tags", inheriting, guardrails.tags(names))
    require = _initiative(foundation, "require-tags", tagged, guardrails.required_tags(names))
    return (
        Assignment(
            purpose="inherit-tags",
            title=inheriting,
            message="Lacks a tag that its resource group has.",
            definition_id=inherit.initiative_id,
            enforced=wanted.enforced,
            identity_id=_remediator(foundation).identity_id,
        ),
        Assignment(
            purpose="require-tags",
            title=tagged,
            message="A resource group says who answers, who pays, what it holds and where it must stay.",
            definition_id=require.initiative_id,
            # Reported, never denied: services make groups of their own (network watchers, Azure Monitor workspaces)
            # without these tags, and would fail in ways that nobody connects with a tag.
            enforced=False,
        ),
    )


def _remediator(foundation: Foundation) -> Identity:
    """Who adds missing tags to what existed before; what is made later gets them in its own request."""
    identity = Identity(
        f"{foundation.prefix}-remediation",
        IdentityArgs(
            placement=foundation.placement,
            resource_group_name=foundation.group_name("security"),
            purpose="remediation",
        ),
        foundation.child,
    )
    # The built-in names Contributor; writing tags is all that it does.
    right = Grant(principal=access.of_identity(identity), scope=foundation.subscription_scope, role="Tag Contributor")
    grant(foundation, "remediation-roles", (right,))
    return identity


def _initiative(foundation: Foundation, purpose: str, title: str, members: tuple[Member, ...]) -> Initiative:
    args = InitiativeArgs(
        placement=foundation.placement, purpose=purpose, title=title, description=f"{title}.", members=members
    )
    return Initiative(f"{foundation.prefix}-{purpose}", args, foundation.child)


def _exemption(foundation: Foundation, name: str, wanted: ExemptionSettings) -> Exemption:
    return Exemption(
        name=name,
        assignment=wanted.assignment,
        references=wanted.policies,
        scope=foundation.group_scope(wanted.group),
        category=wanted.category,
        expires_on=wanted.expires_on,
        reason=wanted.reason,
    )


def _build_defender(foundation: Foundation, wanted: DefenderSettings) -> DefenderPlans:
    args = DefenderPlansArgs(
        scope=naming.subscription_id_path(foundation.subscription_id),
        plans=wanted.plans,
        scan_cap_gb=wanted.scan_cap_gb,
        contacts=wanted.contacts,
    )
    return DefenderPlans(f"{foundation.prefix}-defender", args, foundation.child)
