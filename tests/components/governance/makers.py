"""How the components of governance are made, and what they are made of."""

from __future__ import annotations

from components.governance.activity_log import ActivityLog
from components.governance.cost_export import CostExport
from components.governance.defender_plans import DefenderPlans
from components.governance.initiative import Initiative
from components.governance.locks import Locks
from components.governance.model_residency import ModelResidency
from components.governance.off_hours import OffHours
from components.governance.policy_assignments import PolicyAssignments
from components.governance.record_archive import RecordArchive
from components.governance.record_retention import RecordRetention
from components.governance.tag_inheritance import TagInheritance
from tests.components.governance import examples

MAKERS = {
    "activity_log:ActivityLog": (
        lambda o: ActivityLog("x", examples.ACTIVITY_LOG, o),
        ("DiagnosticSetting|x-setting",),
        ("setting_id",),
    ),
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
    "cost_export:CostExport": (
        lambda o: CostExport("x", examples.COST_EXPORT, o),
        ("Export|x-export",),
        ("export_id", "principal_id"),
    ),
    "off_hours:OffHours": (
        lambda o: OffHours("x", examples.off_hours(), o),
        (
            "DiagnosticSetting|x-diag-start",
            "DiagnosticSetting|x-diag-stop",
            "Workflow|x-logic-start",
            "Workflow|x-logic-stop",
        ),
        ("workflow_ids",),
    ),
    "record_archive:RecordArchive": (
        lambda o: RecordArchive("x", examples.ARCHIVE, o),
        (
            "DiagnosticSetting|x-diag-blob",
            "BlobContainer|x-am-aksauditadmin",
            "BlobContainer|x-am-azureactivity",
            "BlobContainer|x-costs",
            "BlobContainerImmutabilityPolicy|x-am-aksauditadmin-immutable",
            "BlobContainerImmutabilityPolicy|x-am-azureactivity-immutable",
            "BlobServiceProperties|x-blobs",
            "DataExport|x-export",
            "ManagementPolicy|x-lifecycle",
            "StorageAccount|x-st",
            "PrivateEndpoint|x-blob",
        ),
        ("account_id", "account_name"),
    ),
    "record_retention:RecordRetention": (
        lambda o: RecordRetention("x", examples.RETENTION, o),
        ("Table|x-table-AKSAuditAdmin", "Table|x-table-AzureActivity"),
        ("table_ids",),
    ),
    "tag_inheritance:TagInheritance": (
        lambda o: TagInheritance("x", examples.TAGS, o),
        ("TagInheritanceSetting|x-setting",),
        ("setting_id",),
    ),
}
