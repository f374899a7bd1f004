"""How the components of governance are made, and what they are made of."""

from __future__ import annotations

from components.governance.defender_plans import DefenderPlans
from components.governance.initiative import Initiative
from components.governance.locks import Locks
from components.governance.model_residency import ModelResidency
from components.governance.policy_assignments import PolicyAssignments
from components.governance.tag_inheritance import TagInheritance
from tests.components.governance import examples

MAKERS = {
    "defender_plans:DefenderPlans": (
        lambda o: DefenderPlans("x", examples.DEFENDER, o),
        ("Pricing|x-plan-keyvaults", "Pricing|x-plan-storageaccounts", "SecurityContact|x-contact"),
        ("plan_ids",),
    ),
    "initiative:Initiative": (
        lambda o: Initiative("x", examples.INITIATIVE, o),
        ("PolicySetDefinition|x-set",),
        ("initiative_id",),
    ),
    "locks:Locks": (
        lambda o: Locks("x", examples.LOCKS, o),
        ("ManagementLockByScope|x-lock-data",),
        ("lock_ids",),
    ),
    "model_residency:ModelResidency": (
        lambda o: ModelResidency("x", examples.RESIDENCY, o),
        ("PolicyDefinition|x-policy",),
        ("definition_id",),
    ),
    "policy_assignments:PolicyAssignments": (
        lambda o: PolicyAssignments("x", examples.POLICIES, o),
        ("PolicyAssignment|x-locations", "PolicyExemption|x-exempt-trial"),
        ("assignment_ids",),
    ),
    "tag_inheritance:TagInheritance": (
        lambda o: TagInheritance("x", examples.TAGS, o),
        ("TagInheritanceSetting|x-setting",),
        ("setting_id",),
    ),
}
