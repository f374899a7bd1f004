"""Guardrails: what nobody may build in the subscription, whichever tool they use.

Owns which policies hold with which values, as plain lists. Does not own their resources. The platform's own resources
keep to all of them (`tests/components/governance/test_guardrails.py`); they are there for what is made beside it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from pulumi import Input

from components.governance.initiative import Member, builtin

APPROVED_OUTBOUND = "AllowOnlyApprovedOutbound"


@dataclass(frozen=True, kw_only=True)
class GuardrailRules:
    """`effect`: Deny, Audit or Disabled. Rules about customer keys only warn where the classification asks for none."""

    effect: str
    customer_keys: bool
    region_bound_models: bool
    model_publishers: tuple[str, ...]


def machine_learning(rules: GuardrailRules) -> tuple[Member, ...]:
    """Azure ML: the seven built-ins that close what a workspace or a compute leaves open."""
    effect, keys = rules.effect, _keys_effect(rules)
    return (
        builtin("ml-idle-shutdown", {"effect": effect}),
        # The built-in's own default asks for no managed network at all.
        builtin("ml-approved-outbound", {"effect": effect, "isolationMode": APPROVED_OUTBOUND}),
        builtin("ml-customer-key", {"effect": keys}),
        builtin("ml-no-public-access", {"effect": effect}),
        builtin("ml-no-local-auth", {"effect": effect}),
        builtin("ml-user-assigned-identity", {"effect": effect}),
        builtin("ml-approved-models", {"effect": effect, "allowedPublishers": list(rules.model_publishers)}),
    )


def generative_ai(rules: GuardrailRules, residency_id: Input[str] | None) -> tuple[Member, ...]:
    """Azure AI services and Azure OpenAI: no keys, no open network, approved models, answers from Canada."""
    effect, keys = rules.effect, _keys_effect(rules)
    members = [
        builtin("ai-no-local-auth", {"effect": effect}),
        builtin("ai-restricted-network", {"effect": effect}),
        builtin("ai-customer-key", {"effect": keys}),
        builtin("ai-approved-models", {"effect": effect, "allowedPublishers": list(rules.model_publishers)}),
    ]
    if residency_id is not None:
        members.append(Member(reference="ai-models-answer-in-canada", definition_id=residency_id))
    return tuple(members)


def tags(names: Sequence[str]) -> tuple[Member, ...]:
    """What services make without tags (node groups, managed disks) gets those of its resource group."""
    return tuple(builtin("inherit-missing-tag", {"tagName": name}, f"inherit-{name}") for name in names)


def required_tags(names: Sequence[str]) -> tuple[Member, ...]:
    """A resource group says who answers, who pays and what it holds."""
    return tuple(builtin("group-requires-tag", {"tagName": name}, f"require-{name}") for name in names)


def _keys_effect(rules: GuardrailRules) -> str:
    return rules.effect if rules.customer_keys or rules.effect == "Disabled" else "Audit"
