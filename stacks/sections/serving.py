"""Models served outside the cluster: apps of App Service."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from stacks.sections.section import Section
from stacks.types import AppSettingName, ImageDigest, MlAsset, MlName, SecretName, UrlPath


class AppPlanSettings(Section):
    """The workers that the apps share."""

    sku: Literal["P0v3", "P1v3", "P2v3"] = Field(
        default="P0v3", description="Optional. Size of one instance; each is billed while it stands."
    )
    min_instances: int = Field(default=2, ge=1, le=30, description="Optional. Instances that always stand.")
    max_instances: int = Field(default=4, ge=1, le=30, description="Optional. Instances at most.")
    zone_redundant: bool | None = Field(
        default=None, description="Optional. Spreads instances over zones; absent: wherever the region has zones."
    )


class AppReleaseSettings(Section):
    """What one slot runs."""

    image: ImageDigest = Field(description="Required. Repository in the platform's registry, by digest; no tag.")
    model: MlAsset | None = Field(
        default=None, description="Optional. Model that the image serves; the app is told by the setting MODEL."
    )


class AppSettings(Section):
    """One app: a Linux container, reached inside the spoke only."""

    live: AppReleaseSettings = Field(description="Required. What answers.")
    staged: AppReleaseSettings | None = Field(
        default=None, description="Optional. What the slot staging runs; absent: what is live."
    )
    port: int = Field(default=8080, ge=1, le=65535, description="Optional. Port that the container listens on.")
    health_path: UrlPath = Field(
        default="/health", description="Optional. Answers 200 when the container can serve; a swap waits for it."
    )
    values: dict[AppSettingName, str] = Field(
        default={}, description="Optional. Environment variables; none may be secret."
    )
    secrets: dict[AppSettingName, SecretName] = Field(
        default={},
        description="Optional. Environment variables from secrets of the key vault, by the secret's name; each must "
        "be there before: a new stack comes up once without them, then people write them into the vault.",
    )


class ServingSettings(Section):
    """Apps of App Service; needs the subnet app_service."""

    plan: AppPlanSettings = Field(default=AppPlanSettings(), description="Optional. The workers.")
    apps: dict[MlName, AppSettings] = Field(min_length=1, description="Required. Apps by name.")
