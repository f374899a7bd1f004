"""The container registry."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field, StringConstraints

from stacks.sections.section import Section
from stacks.types import REPOSITORY, UPSTREAM, Reason, Region

Upstream = Annotated[str, StringConstraints(pattern=UPSTREAM)]
Repository = Annotated[str, StringConstraints(pattern=REPOSITORY)]


class CacheRuleSettings(Section):
    """Images of another registry that are kept here once somebody pulled them."""

    source: Upstream = Field(description="Required. Registry and repository, such as mcr.microsoft.com/azureml/*.")
    target: Repository = Field(description="Required. Where it appears here; ends with /* if the source does.")
    signed_in: bool = Field(
        default=False,
        description="Conditional. true signs in with the secrets <rule>-user and <rule>-password of the vault; "
        "Docker Hub and NGC's private repositories need it.",
    )


class BuildPoolSettings(Section):
    """Machines in the platform's network that build images (ACR Tasks)."""

    tier: Literal["S1", "S2", "S3", "I6"] = Field(default="S1", description="Optional. Size of the machines.")
    count: int = Field(default=1, ge=0, le=10, description="Optional. Machines; each is billed while it stands.")


class RegistrySettings(Section):
    """The container registry (always Premium: private endpoints need it)."""

    zone_redundancy: bool = Field(default=False, description="Optional. Needs a region with zones.")
    untagged_retention_days: int = Field(
        default=30, ge=0, le=365, description="Optional. Days until an untagged image is deleted."
    )
    replicas: tuple[Region, ...] = Field(default=(), description="Optional. Other regions that hold a copy.")
    customer_key: bool | None = Field(
        default=None, description="Conditional. Absent: as `key_vault.customer_keys`. Fixed at creation."
    )
    microsoft_key_because: Reason | None = Field(
        default=None,
        description="Conditional. Why `customer_key: false` is right all the same, where the classification demands "
        "keys of our own.",
    )
    quarantine: bool = Field(
        default=False,
        description="Optional. Hide a pushed image until a scanner releases it; without a scanner nothing is released.",
    )
    cache_rules: dict[str, CacheRuleSettings] = Field(
        default={}, description="Optional. Pull-through cache, by a name of 5 to 50 letters, digits and hyphens."
    )
    build_pool: BuildPoolSettings | None = Field(default=None, description="Optional. Absent: no builds in Azure.")
