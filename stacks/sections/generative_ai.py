"""Models of Azure OpenAI: accounts with their deployments, search beside them, and the gateway in front."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from stacks.sections.section import Section
from stacks.types import Email, Fqdn, Guid, KubernetesName, MlName, Reason, Region


class ModelDeploymentSettings(Section):
    """One model that an account answers with."""

    model: str = Field(description="Required. Name of the model, such as gpt-4.1-mini.")
    version: str = Field(description="Required. Version of the model, quoted; always pinned.")
    sku: Literal[
        "Standard",
        "ProvisionedManaged",
        "GlobalStandard",
        "GlobalProvisionedManaged",
        "DataZoneStandard",
        "DataZoneProvisionedManaged",
    ] = Field(default="Standard", description="Optional. Standard and ProvisionedManaged answer in the region.")
    capacity: int = Field(ge=1, description="Required. Thousands of tokens a minute, or provisioned units.")
    upgrade: Literal["NoAutoUpgrade", "OnceCurrentVersionExpired", "OnceNewDefaultVersionAvailable"] = Field(
        default="NoAutoUpgrade", description="Optional. When Microsoft may put another version in its place."
    )
    leaves_canada_because: Reason | None = Field(
        default=None, description="Conditional. Why prompts may be answered abroad; only with a Global SKU."
    )


class AiAccountSettings(Section):
    """One account. Keys are off, and it has a private address only."""

    kind: Literal["OpenAI", "AIServices"] = Field(
        default="OpenAI", description="Optional. AIServices adds speech, vision and language; can't change later."
    )
    region: Region | None = Field(
        default=None, description="Optional. Where models answer; absent: where everything is. Can't change later."
    )
    customer_key: bool | None = Field(
        default=None,
        description="Conditional. Absent: as `key_vault.customer_keys`. Must be false where `region` is set.",
    )
    microsoft_key_because: Reason | None = Field(
        default=None,
        description="Conditional. Why `customer_key: false` is right all the same, where the classification demands "
        "keys of our own.",
    )
    allowed_fqdns: tuple[Fqdn, ...] = Field(
        default=(), description="Optional. The only hosts that the account may call by itself."
    )
    log_requests: bool = Field(
        default=False, description="Optional. Log each request and its answer; the classification must allow it."
    )
    deployments: dict[KubernetesName, ModelDeploymentSettings] = Field(
        min_length=1, description="Required. Models by the name under which programs ask for them."
    )
    groups: tuple[Literal["ml_engineers", "data_scientists"], ...] = Field(
        default=("ml_engineers", "data_scientists"),
        description="Optional. Groups of `access` that may ask its models; empty: none of them.",
    )
    users: dict[KubernetesName, Guid] = Field(
        default={}, description="Optional. Further Entra groups that may ask its models, by a name for each."
    )
    workloads: tuple[KubernetesName, ...] = Field(
        default=(), description="Optional. Workloads of `access.workloads` that may ask its models."
    )


class SearchSettings(Section):
    """Azure AI Search, for answers from documents. Keys are off, and it has a private address only."""

    sku: Literal["basic", "standard", "standard2", "standard3"] = Field(
        default="basic", description="Optional. Size of each unit."
    )
    replicas: int = Field(default=1, ge=1, le=12, description="Optional. Copies; 2 for an uptime promise, 3 to write.")
    partitions: Literal[1, 2, 3, 4, 6, 12] = Field(default=1, description="Optional. Parts of each index.")
    semantic_ranking: bool = Field(
        default=False, description="Optional. Rank by meaning; Microsoft bills it by the query."
    )


class GatewayTeamSettings(Section):
    """A team that asks models through the gateway."""

    tokens_per_minute: int = Field(ge=1, description="Required. Most tokens of all its calls in a minute.")
    tokens_per_month: int | None = Field(
        default=None, ge=1, description="Optional. Most tokens in a month; absent: no quota."
    )


class AiGatewaySettings(Section):
    """API Management in front of the accounts: one address, a budget of tokens for each team."""

    sku: Literal["StandardV2", "PremiumV2"] = Field(
        default="StandardV2", description="Optional. The smallest with private endpoint and network integration."
    )
    units: int = Field(default=1, ge=1, le=10, description="Optional. Units of capacity; each is billed.")
    publisher_name: str = Field(description="Required. Who offers the APIs.")
    publisher_email: Email = Field(description="Required. Where Azure sends notices about the gateway.")
    open_while_created: bool = Field(
        default=False,
        description="Conditional. Must be true in the first deployment only: Azure makes none that is closed.",
    )
    deployment: KubernetesName = Field(
        description="Required. Name of the deployment that the pool serves; every account that has it is a member."
    )
    teams: dict[MlName, GatewayTeamSettings] = Field(min_length=1, description="Required. Who may ask, by team.")


class GenerativeAiSettings(Section):
    """Models of Azure OpenAI."""

    accounts: dict[MlName, AiAccountSettings] = Field(min_length=1, description="Required. Accounts by name.")
    search: SearchSettings | None = Field(default=None, description="Optional. Azure AI Search; absent: off.")
    gateway: AiGatewaySettings | None = Field(
        default=None, description="Optional. API Management in front of the models; absent: they are asked directly."
    )
