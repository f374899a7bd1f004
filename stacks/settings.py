"""What a stack wants: the typed settings of one environment.

Owns the whole and its order. Does not own the sections (`stacks.sections`, one module for each area), rules between
settings (`stacks.checks`), where the values come from (`stacks.loading`), or how they become resources
(`components`).

Every description starts with Required, Optional or Conditional, as Azure Verified Modules do; the reference page and
the JSON Schema for editors are generated from these models.
"""

from __future__ import annotations

from pydantic import Field

from facts.regions import region
from stacks.classification import DEMANDS, Demands
from stacks.sections.access import AccessSettings
from stacks.sections.analytics import DatabricksSettings, DataFactorySettings, EventStreamsSettings
from stacks.sections.cluster import ClusterSettings
from stacks.sections.data import StorageSettings
from stacks.sections.edge import EdgeSettings
from stacks.sections.generative_ai import GenerativeAiSettings
from stacks.sections.governance import BudgetSettings, GovernanceSettings
from stacks.sections.machine_learning import MachineLearningSettings
from stacks.sections.monitoring import MonitoringSettings
from stacks.sections.network import NetworkSettings
from stacks.sections.registry import RegistrySettings
from stacks.sections.section import Section
from stacks.sections.security import KeyVaultSettings
from stacks.sections.serving import ServingSettings
from stacks.sections.workloads import WorkloadsSettings
from stacks.types import Classification, CostCentre, Email, Environment, Region, WorkloadName


class Settings(Section):
    """Everything that one environment wants."""

    name: WorkloadName = Field(description="Required. Short name of the workload; part of every resource name.")
    environment: Environment = Field(description="Required. Must be the stack's name.")
    region: Region = Field(default=Region.CANADA_CENTRAL, description="Optional. Where everything is created.")
    classification: Classification = Field(description="Required. Highest classification of the data held.")
    owner: Email = Field(description="Required. Who answers for the environment; the `owner` tag.")
    cost_centre: CostCentre = Field(description="Required. Charge-back; the `cost-centre` tag.")
    keep_version_aliases: bool = Field(
        default=False,
        description="Conditional. true while the state still holds versioned types (azure-native:network/v20230201:…).",
    )
    protect_stateful: bool = Field(
        default=False, description="Conditional. Must be true in prod: no stateful resource can be deleted."
    )
    network: NetworkSettings = Field(description="Required. The spoke network.")
    access: AccessSettings = Field(description="Required. Who may do what.")
    key_vault: KeyVaultSettings = Field(default=KeyVaultSettings(), description="Optional. The key vault.")
    storage: StorageSettings = Field(description="Required. Storage accounts.")
    registry: RegistrySettings = Field(default=RegistrySettings(), description="Optional. The container registry.")
    monitoring: MonitoringSettings = Field(
        default=MonitoringSettings(), description="Optional. Log Analytics and Application Insights."
    )
    cluster: ClusterSettings = Field(description="Required. The AKS cluster.")
    workloads: WorkloadsSettings | None = Field(
        default=None, description="Optional. What the platform makes inside the cluster; absent: nothing."
    )
    machine_learning: MachineLearningSettings = Field(
        default=MachineLearningSettings(), description="Optional. The Azure ML workspace."
    )
    event_streams: EventStreamsSettings | None = Field(default=None, description="Optional. Event Hubs; absent: off.")
    data_factory: DataFactorySettings | None = Field(
        default=None, description="Optional. Data Factory for ingestion; absent: off."
    )
    databricks: DatabricksSettings | None = Field(default=None, description="Optional. Databricks; absent: off.")
    generative_ai: GenerativeAiSettings | None = Field(
        default=None, description="Optional. Models of Azure OpenAI; absent: off."
    )
    serving: ServingSettings | None = Field(default=None, description="Optional. Apps of App Service; absent: none.")
    edge: EdgeSettings | None = Field(
        default=None, description="Optional. Application gateway with a web firewall; absent: private endpoints only."
    )
    budget: BudgetSettings = Field(description="Required. The monthly budget.")
    governance: GovernanceSettings = Field(
        default=GovernanceSettings(), description="Optional. Policies, Defender plans, locks."
    )

    @property
    def demands(self) -> Demands:
        """What the classification demands of this environment."""
        return DEMANDS[self.classification]

    @property
    def tags(self) -> dict[str, str]:
        """What every resource says of itself: who answers, who pays, what it holds and where it must stay."""
        return {
            "owner": self.owner,
            "cost-centre": self.cost_centre,
            "environment": self.environment.value,
            "classification": self.classification.value,
            "data-residency": region(self.region.value).country,
            "managed-by": "pulumi",
        }
