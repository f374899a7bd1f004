"""Who may do what."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from stacks.sections.section import Section
from stacks.types import GitHubName, Guid, KubernetesName


class ActivationPolicies(Section):
    """Azure's own policies of roles at scopes; docs/runbooks/grant-access-for-hours.md says how to find them."""

    cluster_administrator: Guid | None = Field(
        default=None, description="Optional. Azure Kubernetes Service RBAC Cluster Admin at the cluster."
    )
    vault_administrator: Guid | None = Field(
        default=None, description="Optional. Key Vault Administrator at the vault of secrets."
    )
    key_officer: Guid | None = Field(
        default=None, description="Optional. Key Vault Crypto Officer at the vault of keys."
    )


class ActivationSettings(Section):
    """How administrators activate their roles (Privileged Identity Management)."""

    max_hours: int = Field(default=8, ge=1, le=24, description="Optional. Longest activation.")
    eligible_days: int = Field(default=365, ge=1, le=365, description="Optional. Days until somebody has to renew it.")
    approvers: Guid | None = Field(
        default=None, description="Optional. Group, one of whom agrees to each activation; absent: nobody has to."
    )
    ticket: bool = Field(default=False, description="Optional. An activation names a ticket.")
    policies: ActivationPolicies = Field(
        default=ActivationPolicies(),
        description="Optional. Policies that get these rules; without one, Azure's own rules hold for that role.",
    )


class GitHubSettings(Section):
    """The repository whose workflows deploy this environment; without it, people do."""

    owner: GitHubName = Field(description="Required. Organization or user.")
    owner_id: int | None = Field(
        default=None, gt=0, description="Conditional. Number of the owner; with repository_id, immutable subjects."
    )
    repository: GitHubName = Field(description="Required. Name of the repository.")
    repository_id: int | None = Field(
        default=None, gt=0, description="Conditional. Number of the repository; goes with owner_id."
    )
    plan_environment: GitHubName = Field(description="Required. GitHub environment of previews: reads only.")
    apply_environment: GitHubName = Field(description="Required. GitHub environment of updates; protect it.")


class WorkloadSettings(Section):
    """A workload in the cluster, and the identity that its pods have."""

    namespace: KubernetesName = Field(description="Required. Kubernetes namespace.")
    service_account: KubernetesName = Field(description="Required. Its service account; no other one is trusted.")
    use: Literal["training", "serving"] = Field(
        description="Required. training reads the lake and writes results; serving reads models and its own secrets."
    )


class AccessSettings(Section):
    """Microsoft Entra groups (object ids) and what they are for; identities of pipelines and workloads."""

    platform_admins: Guid = Field(description="Required. Administer the cluster and the vault.")
    ml_engineers: Guid = Field(description="Required. Deploy models and run pipelines.")
    data_scientists: Guid = Field(description="Required. Use the workspace; no administration.")
    auditors: Guid = Field(description="Required. Read everything, change nothing.")
    break_glass: Guid | None = Field(
        default=None, description="Optional. Group of the emergency accounts; its roles need no activation."
    )
    activation: ActivationSettings | None = Field(
        default=None,
        description="Conditional. Protected B and above need it. Absent: administrators hold their roles all the time.",
    )
    github: GitHubSettings | None = Field(default=None, description="Optional. Absent: no pipeline deploys.")
    workloads: dict[KubernetesName, WorkloadSettings] = Field(
        default_factory=dict, description="Optional. Workloads by name, each with an identity of its own."
    )
