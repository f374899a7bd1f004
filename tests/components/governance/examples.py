"""Small, valid examples of the components of governance."""

from __future__ import annotations

from datetime import date

from components.governance.activity_log import ActivityLogArgs
from components.governance.cost_export import CostExportArgs
from components.governance.defender_plans import DefenderPlansArgs
from components.governance.guardrails import GuardrailRules
from components.governance.initiative import InitiativeArgs, builtin
from components.governance.locks import LocksArgs
from components.governance.model_residency import ModelResidencyArgs
from components.governance.off_hours import OffHoursArgs
from components.governance.policy_assignments import Assignment, Exemption, PolicyAssignmentsArgs
from components.governance.record_archive import RecordArchiveArgs
from components.governance.record_retention import RecordRetentionArgs
from components.governance.tag_inheritance import TagInheritanceArgs
from components.identity.role_assignment import Scope
from facts.policy_definitions import policy_definition
from tests.components.examples import ACCESS, LOGS, PLACEMENT, STORAGE, an_identity

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
ACTIVITY_LOG = ActivityLogArgs(placement=PLACEMENT, scope=SUBSCRIPTION, log_workspace_id=LOGS)
TAGS = TagInheritanceArgs(scope=SUBSCRIPTION)
RETENTION = RecordRetentionArgs(
    resource_group_name="rg", workspace_name="log", tables=("AKSAuditAdmin", "AzureActivity"), total_days=730
)
ARCHIVE = RecordArchiveArgs(
    placement=PLACEMENT,
    resource_group_name="rg",
    replication="ZRS",
    protection=STORAGE.protection,
    customer_key=None,
    defender=None,
    access=ACCESS,
    log_workspace_id=LOGS,
    workspace_group_name="rg",
    workspace_name="log",
    tables=("AKSAuditAdmin", "AzureActivity"),
    immutable_days=730,
)
COST_EXPORT = CostExportArgs(
    placement=PLACEMENT,
    scope=SUBSCRIPTION,
    account_id="/account",
    container="costs",
    start_date=date(2026, 12, 1),
)


def off_hours() -> OffHoursArgs:
    """Arguments of a schedule; to be made inside a recorded program."""
    return OffHoursArgs(
        placement=PLACEMENT,
        resource_group_name="rg",
        cluster_id="/cluster",
        identity=an_identity("off-hours"),
        ready=(),
        days=("Monday", "Friday"),
        start="07:00",
        stop="19:30",
        time_zone="Mountain Standard Time",
        log_workspace_id=LOGS,
    )
