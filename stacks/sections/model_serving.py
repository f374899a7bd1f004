"""What serves models: online and batch endpoints with their deployments."""

from __future__ import annotations

from pydantic import Field

from stacks.sections.section import Section
from stacks.types import MlAsset, MlName, VmSize


class InstanceScaleSettings(Section):
    """How many machines a deployment has. Equal bounds: no autoscaling."""

    min_instances: int = Field(default=1, ge=1, le=100, description="Optional. Fewest; also how many it starts with.")
    max_instances: int = Field(default=1, ge=1, le=100, description="Optional. Most instances, at any load.")
    cpu_percent: int = Field(default=70, ge=10, le=95, description="Optional. Above this, on average, one is added.")


class OnlineDeploymentSettings(Section):
    """One version of a model behind an endpoint."""

    model: MlAsset = Field(description="Required. The model, pinned to a version.")
    environment: MlAsset | None = Field(
        default=None, description="Conditional. Pinned; absent: an MLflow model brings its own."
    )
    code: MlAsset | None = Field(
        default=None, description="Conditional. Scoring code, pinned; absent: an MLflow model, or in the image."
    )
    scoring_script: str | None = Field(default=None, description="Conditional. File in `code` that scores.")
    vm_size: VmSize = Field(description="Required. VM size; in prod one with two instances or more.")
    scale: InstanceScaleSettings = Field(default=InstanceScaleSettings(), description="Optional. Machines.")
    request_timeout_seconds: int = Field(default=30, ge=1, le=180, description="Optional. Longest request.")
    requests_per_instance: int = Field(default=4, ge=1, le=1000, description="Optional. Requests at once.")
    collect_data: bool = Field(
        default=False, description="Optional. Keep what the model was asked and answered; model monitors need it."
    )


class OnlineEndpointSettings(Section):
    """An address with one or more deployments, and who gets how much of the traffic."""

    deployments: dict[MlName, OnlineDeploymentSettings] = Field(description="Required. Deployments by name.")
    traffic: dict[MlName, int] = Field(description="Required. Percent by deployment: 100 together.")
    mirror: dict[MlName, int] = Field(
        default_factory=dict, description="Optional. Percent that is copied to one deployment without live traffic."
    )


class BatchEndpointSettings(Section):
    """A model that works through files on a cluster."""

    model: MlAsset = Field(description="Required. The model, pinned to a version.")
    environment: MlAsset | None = Field(
        default=None, description="Conditional. Pinned; absent: an MLflow model brings its own."
    )
    code: MlAsset | None = Field(default=None, description="Conditional. Scoring code, pinned.")
    scoring_script: str | None = Field(default=None, description="Conditional. File in `code` that scores.")
    deployment: MlName = Field(default="main", description="Optional. Name of its deployment.")
    cluster: MlName = Field(description="Required. One of `machine_learning.compute_clusters`.")
    nodes: int = Field(default=1, ge=1, le=1000, description="Optional. Nodes for each run.")
    files_per_batch: int = Field(default=10, ge=1, description="Optional. Files that a process gets at once.")
    retries: int = Field(default=3, ge=0, le=10, description="Optional. Attempts after a batch failed.")
