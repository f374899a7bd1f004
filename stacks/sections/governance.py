"""Cost and governance."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Literal

from pydantic import Field

from stacks.sections.section import Section
from stacks.types import Email, KubernetesName, LocalTime, Percent, TableName, VmSize

MonthlyAmount = Annotated[int, Field(gt=0)]
Purpose = Literal["network", "security", "data", "ml", "cluster", "observability", "snapshots"]
Weekday = Literal["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"]
Effect = Literal["Deny", "Audit", "Disabled"]
Baseline = Literal["microsoft-cloud-security-benchmark", "canada-federal-pbmm", "nist-sp-800-53-r5"]
AssignedPolicy = Literal[
    "allowed-locations",
    "allowed-locations-of-groups",
    "canada-federal-pbmm",
    "guardrails",
    "microsoft-cloud-security-benchmark",
    "nist-sp-800-53-r5",
    "pod-security-baseline",
    "pod-security-restricted",
]
DefenderPlan = Literal["AI", "Api", "AppServices", "Arm", "CloudPosture", "Containers", "KeyVaults", "StorageAccounts"]


class ReservationSettings(Section):
    """Nodes that are paid in advance. Bought at the billing account, never by this program; noted to be counted."""

    vm_size: VmSize = Field(description="Required. Size of the nodes.")
    count: int = Field(ge=1, description="Required. How many nodes.")
    ends_on: date = Field(description="Required. Last day, in quotes: whoever reads it renews in time.")


class BudgetSettings(Section):
    """The monthly budget of the environment's resource groups."""

    monthly_amount: int = Field(gt=0, description="Required. In the billing currency (CAD).")
    start_date: date = Field(
        description="Required. First day of a month, in quotes; fixed, or every `up` would move it."
    )
    contacts: tuple[Email, ...] = Field(min_length=1, max_length=50, description="Required. Who is told.")
    actual_thresholds: tuple[Percent, ...] = Field(
        default=(50, 80, 100), description="Optional. Percent of actual cost."
    )
    forecast_thresholds: tuple[Percent, ...] = Field(default=(100,), description="Optional. Percent of forecast cost.")
    teams: dict[KubernetesName, MonthlyAmount] = Field(
        default_factory=dict, description="Optional. Monthly amounts by team: what carries the team's tag `team`."
    )
    reservations: dict[KubernetesName, ReservationSettings] = Field(
        default_factory=dict, description="Optional. Reservations and savings plans for nodes, by name."
    )


class ExemptionSettings(Section):
    """What a policy does not hold for, why, and until when."""

    assignment: AssignedPolicy = Field(description="Required. Which assignment.")
    policies: tuple[str, ...] = Field(
        default=(), description="Optional. References of policies in it; absent: the whole assignment."
    )
    group: Purpose = Field(description="Required. Resource group, by purpose, that is exempt.")
    category: Literal["Waiver", "Mitigated"] = Field(
        description="Required. Mitigated: the aim is met in another way; Waiver: the risk is borne for a while."
    )
    since: date = Field(description="Required. Day on which it was agreed, in quotes.")
    expires_on: date = Field(description="Required. Day from which the policy holds again, in quotes.")
    reason: str = Field(min_length=10, max_length=512, description="Required. Why, and who agreed.")


class PolicySettings(Section):
    """Azure Policy for the whole subscription."""

    enforced: bool = Field(default=True, description="Optional. false only reports: nothing is stopped.")
    baselines: tuple[Baseline, ...] = Field(
        default=("microsoft-cloud-security-benchmark", "canada-federal-pbmm"),
        description="Optional. Control sets that the subscription is measured against; they audit, they stop nothing.",
    )
    guardrails: Effect = Field(
        default="Deny", description="Optional. What happens to an open Azure ML or Azure AI resource."
    )
    model_publishers: tuple[str, ...] = Field(
        default=("OpenAI",), description="Optional. Whose models from a catalogue may be deployed."
    )
    pod_baseline: Effect = Field(
        default="Deny", description="Optional. Pods outside the baseline Pod Security standard."
    )
    pod_restricted: Effect = Field(
        default="Audit", description="Optional. Pods outside the restricted Pod Security standard."
    )
    pod_exempt_namespaces: tuple[KubernetesName, ...] = Field(
        default=(
            "azure-arc",
            "azure-extensions-usage-system",
            "azureml",
            "dataprotection-microsoft",
            "flux-system",
            "gatekeeper-system",
            "gpu-operator",
            "kube-system",
            "network-operator",
        ),
        description="Optional. Namespaces of the platform itself: drivers and agents need what the standards forbid.",
    )
    exemptions: dict[KubernetesName, ExemptionSettings] = Field(
        default_factory=dict, description="Optional. Exemptions by name."
    )


class DefenderSettings(Section):
    """Microsoft Defender for Cloud for the whole subscription."""

    plans: tuple[DefenderPlan, ...] = Field(
        default=("Arm", "CloudPosture", "Containers", "KeyVaults", "StorageAccounts"),
        description="Optional. What is watched; each plan is billed by what it watches.",
    )
    contacts: tuple[Email, ...] = Field(min_length=1, description="Required. Who hears of an alert.")
    scan_cap_gb: int = Field(
        default=500, ge=10, description="Optional. Uploads scanned for malware, in each account and month."
    )


class SubscriptionSettings(Section):
    """What holds for a whole subscription, so that one stack alone may set it."""

    policies: PolicySettings | None = Field(default=None, description="Optional. Absent: assigned from above.")
    defender: DefenderSettings | None = Field(default=None, description="Optional. Absent: switched from above.")
    tag_inheritance: bool = Field(
        default=False, description="Optional. Cost records take the tags of groups; needs an EA or MCA agreement."
    )


class ArchiveSettings(Section):
    """A second copy of audit records, which nobody can change; it also takes the records of costs."""

    replication: Literal["LRS", "ZRS", "GRS", "GZRS"] = Field(description="Required. How copies are spread.")
    tables: tuple[TableName, ...] = Field(
        default=("AKSAuditAdmin", "AzureActivity"),
        min_length=1,
        description="Optional. Tables of Log Analytics that are copied as rows come in; the export is paid by the GB.",
    )
    costs: bool = Field(
        default=False, description="Optional. Costs of the subscription, every day; for the stack that owns it."
    )


class RecordSettings(Section):
    """How long which class of logs is kept."""

    audit_days: int | None = Field(
        default=None, ge=30, le=4383, description="Optional. Audit records, archive included; absent: as classified."
    )
    audit_tables: tuple[TableName, ...] = Field(
        default=("AKSAuditAdmin", "AzureActivity", "AzureDiagnostics"),
        description="Optional. Tables of audit records; every other table has the workspace's retention.",
    )
    archive: ArchiveSettings | None = Field(
        default=None, description="Conditional. Protected B and above need it. Absent: no copy outside Log Analytics."
    )


class OffHoursSettings(Section):
    """When nobody works: the cluster is stopped. Not for prod, nor where nodes are made without pools."""

    days: tuple[Weekday, ...] = Field(
        default=("Monday", "Tuesday", "Wednesday", "Thursday", "Friday"),
        min_length=1,
        description="Optional. Days on which the cluster is started.",
    )
    start: LocalTime = Field(default="07:00", description="Optional. HH:MM, local time.")
    stop: LocalTime = Field(default="19:00", description="Optional. HH:MM, local time; later than start.")
    time_zone: Literal["Mountain Standard Time"] = Field(
        default="Mountain Standard Time",
        description="Optional. Alberta's, by its Windows name; it knows daylight time.",
    )


class GovernanceSettings(Section):
    """Policies, plans, records, locks and schedules."""

    subscription: SubscriptionSettings | None = Field(
        default=None,
        description="Optional. Absent: another stack, or the landing zone, owns what holds for the subscription.",
    )
    locked_groups: tuple[Literal["security", "data"], ...] = Field(
        default=(), description="Optional. Resource groups in which nothing can be deleted."
    )
    records: RecordSettings = Field(default=RecordSettings(), description="Optional. How long logs are kept.")
    off_hours: OffHoursSettings | None = Field(
        default=None, description="Optional. Absent: the cluster runs day and night."
    )
