"""Azure ML: workspace, its network, computes and assets. What serves and what is scheduled: modules beside this one."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field, StringConstraints

from stacks.sections.model_serving import BatchEndpointSettings, OnlineEndpointSettings
from stacks.sections.model_training import ModelMonitorSettings, TrainingScheduleSettings
from stacks.sections.section import Section
from stacks.types import (
    ML_NAME,
    Cron,
    Fqdn,
    Guid,
    Image,
    KubernetesName,
    MlName,
    MlVersion,
    Namespace,
    Ports,
    Reason,
    Region,
    ResourceId,
    ServiceTag,
    TimeZone,
    VmSize,
)

# Its full name has 24 characters at most.
InstanceName = Annotated[str, StringConstraints(min_length=3, max_length=10, pattern=ML_NAME)]


class OutboundEndpointSettings(Section):
    """A resource that the managed network reaches by a private endpoint of its own."""

    resource_id: ResourceId = Field(description="Required. ARM id of the resource.")
    group: str = Field(description="Required. Its sub-resource, such as blob, vault or sqlServer.")


class OutboundServiceTagSettings(Section):
    """An Azure service that the managed network reaches at its public addresses."""

    service_tag: ServiceTag = Field(description="Required. Azure's tag for the service's addresses.")
    protocol: Literal["TCP", "UDP"] = Field(default="TCP", description="Optional. Protocol.")
    ports: Ports = Field(default="443", description="Optional. Ports and ranges.")


class ComputeClusterSettings(Section):
    """Machines for jobs; none while there are no jobs."""

    vm_size: VmSize = Field(description="Required. VM size; fixed at creation.")
    max_nodes: int = Field(ge=1, le=1000, description="Required. Bounds the cost.")
    min_nodes: int = Field(default=0, ge=0, le=1000, description="Optional. Nodes that are paid for without a job.")
    idle_minutes: int = Field(default=5, ge=2, le=120, description="Optional. After this long a node goes.")
    low_priority: bool = Field(
        default=False, description="Optional. Spare capacity that Azure may take back; fixed at creation."
    )


class InstanceHoursSettings(Section):
    """When an instance starts and stops by itself."""

    start: Cron | None = Field(default=None, description="Optional. Absent: its owner starts it.")
    stop: Cron = Field(description="Required. Stops it even while it is used.")
    time_zone: TimeZone = Field(
        default="Mountain Standard Time", description="Optional. Windows name of the time zone, with its summer time."
    )


class ComputeInstanceSettings(Section):
    """A workstation in the cloud for one person."""

    vm_size: VmSize = Field(description="Required. VM size; fixed at creation.")
    assigned_to: Guid = Field(description="Required. Object id of the one person who may use it; fixed at creation.")
    idle_minutes: int = Field(default=60, ge=15, le=4320, description="Optional. Without use for this long, it stops.")
    hours: InstanceHoursSettings | None = Field(default=None, description="Optional. Absent: idle shutdown alone.")


class EnvironmentSettings(Section):
    """What jobs and deployments run in: an image that can't change under its name."""

    image: Image = Field(description="Required. Image by digest.")
    version: MlVersion = Field(description="Required. A new image needs a new version: a version never changes.")


class ModelRegistrySettings(Section):
    """The registry that models are promoted through. One stack makes it; all others name it by `model_registry_id`."""

    replicas: tuple[Region, ...] = Field(
        default=(), description="Optional. Further regions; one can be added, never taken away."
    )
    users: dict[KubernetesName, Guid] = Field(
        default={},
        description="Optional. Object ids of the compute identities and pipelines of other stacks, by a name for each: "
        "they read and write models.",
    )
    linked: dict[KubernetesName, Guid] = Field(
        default={},
        description="Optional. Object ids of the workspace identities and pipelines of other stacks, by a name for "
        "each: their private endpoints to the registry need nobody's approval.",
    )


class AttachedClusterSettings(Section):
    """The AKS cluster as a compute of the workspace."""

    namespace: Namespace = Field(default="azureml-jobs", description="Optional. Where jobs and endpoints run.")


class FeatureStoreSettings(Section):
    """A second workspace, of the kind FeatureStore."""

    spark_version: str = Field(
        default="3.4", pattern=r"^3\.\d$", description="Optional. Spark that materialises features."
    )


class MachineLearningSettings(Section):
    """The Azure ML workspace."""

    allowed_fqdns: tuple[Fqdn, ...] = Field(
        default=(), description="Optional. Hosts that the managed network may reach, besides Azure services."
    )
    outbound_endpoints: dict[MlName, OutboundEndpointSettings] = Field(
        default_factory=dict, description="Optional. Resources that the managed network reaches privately, by name."
    )
    outbound_service_tags: dict[MlName, OutboundServiceTagSettings] = Field(
        default_factory=dict, description="Optional. Azure services that it reaches at public addresses, by name."
    )
    firewall_sku: Literal["Basic", "Standard"] = Field(
        default="Basic",
        description="Optional. The managed network's firewall, billed from the first host on; fixed at creation.",
    )
    high_business_impact: bool | None = Field(
        default=None,
        description="Optional. Less diagnostic data for Microsoft; can't change after creation. Absent: as classified.",
    )
    customer_key: bool | None = Field(
        default=None, description="Optional. Encrypt with a key of ours; fixed at creation. Absent: as classified."
    )
    microsoft_key_because: Reason | None = Field(
        default=None,
        description="Conditional. Why `customer_key: false` is right all the same, where the classification demands "
        "keys of our own.",
    )
    generation: str | None = Field(
        default=None,
        pattern=r"^[a-z0-9]{1,3}$",
        description="Conditional. End of a new workspace's name while the deleted one keeps the old name (14 days).",
    )
    image_build_cluster: MlName | None = Field(
        default=None, description="Optional. Cluster that builds images; absent: serverless compute does."
    )
    compute_clusters: dict[MlName, ComputeClusterSettings] = Field(
        default_factory=dict, description="Optional. Clusters for jobs, by name."
    )
    compute_instances: dict[InstanceName, ComputeInstanceSettings] = Field(
        default_factory=dict, description="Optional. Workstations, by name."
    )
    environments: dict[MlName, EnvironmentSettings] = Field(
        default_factory=dict, description="Optional. Environments, by name."
    )
    model_registry: ModelRegistrySettings | None = Field(
        default=None, description="Optional. This stack makes the registry of models; absent: it doesn't."
    )
    model_registry_id: ResourceId | None = Field(
        default=None, description="Optional. The registry of models that another stack makes."
    )
    attached_cluster: AttachedClusterSettings | None = Field(
        default=None,
        description="Conditional. Needs `cluster.azure_ml`; absent: jobs run on Azure ML's machines alone.",
    )
    feature_store: FeatureStoreSettings | None = Field(default=None, description="Optional. Absent: off.")
    online_endpoints: dict[MlName, OnlineEndpointSettings] = Field(
        default_factory=dict, description="Optional. Endpoints that answer at once, by name."
    )
    batch_endpoints: dict[MlName, BatchEndpointSettings] = Field(
        default_factory=dict, description="Optional. Endpoints that work through files, by name."
    )
    training: dict[MlName, TrainingScheduleSettings] = Field(
        default_factory=dict, description="Optional. Scheduled training, by name."
    )
    monitors: dict[MlName, ModelMonitorSettings] = Field(
        default_factory=dict, description="Optional. Model monitors, by name."
    )
