"""MON-006: Defender for Cloud watches what the subscription holds, and tells somebody."""

from __future__ import annotations

from typing import Any, Final

from policies.resource import Resource
from policies.rule import ABSENT, Break, Category, Context, Example, Property, Rule, Scope, Severity, Verdict
from policies.rules._faults import without
from policies.types import DEFENDER_PLAN, SECURITY_CONTACT
from policies.view import Fault, Judged, View

# Whoever has a plan or the contact owns those of the whole subscription: there is one of each. A stack that has
# neither leaves them to another, and isn't judged.


def check(view: View, context: Context) -> Judged:
    """A plan is paid and there is a contact; the contact is told, and every plan of the profile is there."""
    if context.resource.type == DEFENDER_PLAN:
        yield from view.must_be("pricingTier", "Standard", "the free tier recommends and detects nothing")
        if not list(context.stack.of(SECURITY_CONTACT)):
            yield Fault("", "has no SecurityContact beside it: nobody is told what the plan finds")
        return
    yield from view.must_be("isEnabled", True)
    yield from view.must_be_set("emails")
    found = {_named(plan) for plan in context.stack.of(DEFENDER_PLAN)}
    for wanted in context.profile.parameters.defender_plans:
        if wanted.lower() not in found:
            yield Fault("", f"has no plan {wanted} beside it (defender_plans)")


def _named(plan: Resource) -> str:
    return plan.view().word("pricingName", absent="")


def _plan(name: str, tier: str | None = "Standard") -> Resource:
    return Resource(type=DEFENDER_PLAN, name=name, properties={"pricingName": name, "pricingTier": tier})


def _contact(**changed: Any) -> dict[str, Any]:
    return {"isEnabled": True, "emails": "security@gov.example", **changed}


_CONTACT: Final = Resource(type=SECURITY_CONTACT, name="default", properties=_contact())
_PLANS: Final = (_plan("KeyVaults"), _plan("containers"))
_TWO: Final = {"defender_plans": ("Containers", "KeyVaults")}
_API: Final = "Microsoft.Security"

RULE = Rule(
    id="MON-006",
    title="Defender for Cloud watches what the subscription holds, and tells somebody",
    severity=Severity.HIGH,
    category=Category.LOGGING,
    types=(DEFENDER_PLAN, SECURITY_CONTACT),
    scope=Scope.STACK,
    controls=(
        "itsg33/SI-4",
        "itsg33/IR-6",
        "mcsb/LT-1",
        "mcsb/IR-2",
        "mcsb/PV-5",
        "cis-azure/3.1.4.1",
        "cis-azure/3.1.5.1",
        "cis-azure/3.1.8.1",
        "cis-azure/3.1.9.1",
        "cis-azure/3.1.13",
        "hipaa/164.312(b)",
        "gdpr/33",
        "gc-guardrails/10",
        "popa/10",
        "hia/60",
    ),
    equivalents={
        "checkov": ("CKV_AZURE_19", "CKV_AZURE_84", "CKV_AZURE_85", "CKV_AZURE_87"),
        "psrule": ("Azure.DefenderCloud.Contact", "Azure.Defender.Containers", "Azure.Defender.KeyVault"),
        "azure_policy": ("1c988dd6-ade4-430f-a608-2a3e5b0a6d38", "0e6763cc-5078-4e64-889d-ff4d9a839047"),
        "trivy": ("AZU-0045", "AZU-0062"),
    },
    parameters=("defender_plans",),
    why="A stolen token that reads a vault breaks no rule; only what watches behaviour sees it, if anybody is told.",
    fix="Set pricingTier Standard for each plan of the parameter defender_plans, and a SecurityContact with emails "
    "(settings: governance.subscription.defender).",
    link="https://learn.microsoft.com/azure/defender-for-cloud/defender-for-cloud-introduction",
    properties=(
        Property(
            "pricingTier",
            ABSENT,
            Verdict.FAIL,
            f"Pricing, {_API} 2024-01-01: required (not re-read)",
            of=(DEFENDER_PLAN,),
        ),
        Property(
            "isEnabled",
            ABSENT,
            Verdict.FAIL,
            f"SecurityContact, {_API} 2023-12-01-preview: none is promised",
            of=(SECURITY_CONTACT,),
        ),
        Property(
            "emails",
            ABSENT,
            Verdict.FAIL,
            f"SecurityContact, {_API} 2023-12-01-preview: nobody (not re-read)",
            of=(SECURITY_CONTACT,),
            unknown=Verdict.PASS,
        ),
    ),
    check=check,
    good=(
        Example({"pricingName": "KeyVaults", "pricingTier": "standard"}, others=(_CONTACT,)),
        Example(_contact(), type=SECURITY_CONTACT, others=_PLANS, parameters=_TWO),
        Example(_contact(), type=SECURITY_CONTACT, parameters={"defender_plans": ()}),
    ),
    bad=(
        Example({"pricingName": "KeyVaults", "pricingTier": "Free"}, others=(_CONTACT,)),
        Example({"pricingName": "KeyVaults", "pricingTier": "Standard"}),
        Example(_contact(), type=SECURITY_CONTACT, others=_PLANS[:1], parameters=_TWO),
        Example(_contact(), type=SECURITY_CONTACT),
        Example(_contact(emails=""), type=SECURITY_CONTACT, others=_PLANS, parameters=_TWO),
        Example(_contact(isEnabled=False), type=SECURITY_CONTACT, others=_PLANS, parameters=_TWO),
    ),
    breaks=(
        Break("pricingTier", "Free", of=(DEFENDER_PLAN,)),
        Break("emails", ABSENT, of=(SECURITY_CONTACT,)),
        Break("isEnabled", False, of=(SECURITY_CONTACT,)),
        without(
            "no contact",
            lambda stack, one: list(stack.of(SECURITY_CONTACT)) if one.type == DEFENDER_PLAN else [],
        ),
        without(
            "one plan less",
            lambda stack, one: list(stack.of(DEFENDER_PLAN))[-1:] if one.type == SECURITY_CONTACT else [],
        ),
    ),
)
