"""GOV-022: policies of our own do something, and a set switches none of its policies off."""

from __future__ import annotations

from typing import Any, Final

from policies.rule import ABSENT, Break, Category, Context, Example, Property, Rule, Severity, Verdict
from policies.types import POLICY_DEFINITION, POLICY_SET
from policies.values import joined
from policies.view import Fault, Judged, View, guarded

_EFFECT: Final = "policyRule.then.effect"
_MEMBERS: Final = "policyDefinitions"
_CHOSEN: Final = "parameters.effect.value"


def check(view: View, context: Context) -> Judged:
    """The effect of a policy; in a set the one that is chosen for each."""
    yield from view.must_be_set("description")
    if context.resource.type == POLICY_DEFINITION:
        yield from view.must_not_be(_EFFECT, ("Disabled",))
        return
    for member in view.each(_MEMBERS):
        yield from guarded(_chosen(member))


def _chosen(member: View) -> Judged:
    if member.word(_CHOSEN) == "disabled":
        yield Fault(joined(member.path, _CHOSEN), "must not be Disabled: take the policy out of the set")


def _definition(effect: str = "Deny", text: str = "Models answer in Canada.") -> dict[str, Any]:
    return {"description": text, "policyRule": {"if": {"field": "type", "equals": "x"}, "then": {"effect": effect}}}


def _set(effect: str = "Deny", text: str = "Guardrails of machine learning.") -> dict[str, Any]:
    members = [{"policyDefinitionId": "a"}, {"policyDefinitionId": "b", "parameters": {"effect": {"value": effect}}}]
    return {"description": text, "policyDefinitions": members}


_API: Final = "PolicyDefinition and PolicySetDefinition, Microsoft.Authorization 2025-01-01"

RULE = Rule(
    id="GOV-022",
    title="Policies of our own do something, and a set switches none of its policies off",
    severity=Severity.LOW,
    category=Category.GOVERNANCE,
    types=(POLICY_DEFINITION, POLICY_SET),
    controls=("itsg33/CM-6", "mcsb/PV-2", "gdpr/32(1)(d)", "popa/10"),
    why="A policy that is switched off is counted as one that holds, by whoever reads the list in an audit.",
    fix="Give it an effect other than Disabled and a description, or take it away.",
    link="https://learn.microsoft.com/azure/governance/policy/concepts/effect-basics",
    properties=(
        Property("description", ABSENT, Verdict.FAIL, f"{_API}: none", unknown=Verdict.PASS),
        Property(_EFFECT, ABSENT, Verdict.PASS, f"{_API}: required", of=(POLICY_DEFINITION,)),
        Property(f"{_MEMBERS}[*].{_CHOSEN}", ABSENT, Verdict.PASS, f"{_API}: the policy's own", of=(POLICY_SET,)),
    ),
    check=check,
    good=(Example(_definition()), Example(_set("Audit"), type=POLICY_SET)),
    bad=(
        Example(_definition("disabled")),
        Example(_definition(text="")),
        Example(_set("Disabled"), type=POLICY_SET),
        Example(_set(text=""), type=POLICY_SET),
    ),
    breaks=(
        Break("description", ABSENT),
        Break(_EFFECT, "Disabled", of=(POLICY_DEFINITION,)),
        Break(f"{_MEMBERS}[*].{_CHOSEN}", "Disabled", of=(POLICY_SET,)),
    ),
)
