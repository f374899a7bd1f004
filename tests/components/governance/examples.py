"""Small, valid examples of the components of governance."""

from __future__ import annotations

from datetime import date

from components.governance.defender_plans import DefenderPlansArgs
from components.governance.guardrails import GuardrailRules
from components.governance.initiative import InitiativeArgs, builtin
from components.governance.locks import LocksArgs
from components.governance.model_residency import ModelResidencyArgs
from components.governance.policy_assignments import Assignment, Exemption, PolicyAssignmentsArgs
from components.governance.tag_inheritance import TagInheritanceArgs
from components.identity.role_assignment import Scope
from facts.policy_definitions import policy_definition
from tests.components.examples import PLACEMENT

SUBSCRIPTION = "/subscriptions/00000000-0000-0000-0000-000000000000"
RULES = GuardrailRules(effect="Deny", customer_keys=True, region_bound_models=True, model_publishers=("OpenAI",))
INITIATIVE = InitiativeArgs(
    placement=PLACEMENT,
    purpose="guardrails",
    title="Guardrails",
    description="What nobody may build.",
    members=(builtin("ml-idle-shutdown", {"effect": "Deny"}),),
)
RESIDENCY = ModelResidencyArgs(placement=PLACEMENT, effect="Deny")
LOCATIONS = Assignment(
    purpose="locations",
    title="Allowed locations",
    message="Data stays in Canada.",
    definition_id=policy_definition("allowed-locations").arm_id,
    values={"listOfAllowedLocations": ["canadacentral", "canadaeast"]},
)
TRIAL = Exemption(
    name="trial",
    assignment="locations",
    references=(),
    scope=Scope(name="rg-ml", id=f"{SUBSCRIPTION}/resourceGroups/rg-ml"),
    category="Waiver",
    expires_on=date(2027, 3, 1),
    reason="A trial, agreed with security.",
)
POLICIES = PolicyAssignmentsArgs(placement=PLACEMENT, scope=SUBSCRIPTION, assignments=(LOCATIONS,), exemptions=(TRIAL,))
DEFENDER = DefenderPlansArgs(
    scope=SUBSCRIPTION, plans=("KeyVaults", "StorageAccounts"), scan_cap_gb=500, contacts=("security@gov.example",)
)
LOCKS = LocksArgs(placement=PLACEMENT, groups={"data": f"{SUBSCRIPTION}/resourceGroups/rg-data"}, after=())
TAGS = TagInheritanceArgs(scope=SUBSCRIPTION)
