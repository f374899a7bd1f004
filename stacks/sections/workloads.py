"""What the platform makes inside the cluster: teams, the GPU operator, queues, serving."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from stacks.sections.section import Section
from stacks.types import Guid, KubernetesName, PoolName, ResourceId


class TeamSettings(Section):
    """A team: its namespace, and its share of the cluster. The name is the namespace's."""

    group: Guid = Field(description="Required. Entra group whose members work in the namespace.")
    cpu: int = Field(ge=1, le=10_000, description="Required. Cores that its pods may ask for in all.")
    memory_gib: int = Field(ge=1, le=100_000, description="Required. Memory that its pods may ask for in all.")
    gpus: dict[PoolName, Annotated[int, Field(ge=0)]] = Field(
        default_factory=dict,
        description="Optional. GPUs (or slices, or shares) of each pool; quota and queue both come from it. The quota "
        "also leaves room for what the team may borrow.",
    )
    pods: int = Field(default=200, ge=1, le=10_000, description="Optional. Pods in all.")
    pod_security: Literal["restricted", "baseline"] = Field(
        default="restricted", description="Optional. Pod Security level that is enforced; baseline lets pods be root."
    )
    reached_from: tuple[KubernetesName, ...] = Field(
        default=(), description="Optional. Other namespaces whose pods may call this one's."
    )


class GpuOperatorSettings(Section):
    """NVIDIA's operator: device plugin, metrics, and drivers where a pool leaves them to it."""

    metrics: bool = Field(default=True, description="Optional. GPU metrics (DCGM) go to managed Prometheus.")


class NetworkOperatorSettings(Section):
    """NVIDIA's network operator: InfiniBand between the nodes of a pool that leaves its driver to the GPU operator."""

    pods_per_node: int = Field(
        default=63, ge=1, le=1000, description="Optional. Pods that share a node's InfiniBand cards (rdma/shared_ib)."
    )


class QueueSettings(Section):
    """Kueue: a queue of jobs for each team. A team borrows what others leave idle, and gives it back on demand."""

    borrow: bool = Field(default=True, description="Optional. Teams use what other teams leave idle.")
    whole_jobs_only: bool = Field(
        default=True,
        description="Optional. A job starts when all its GPU nodes can be had at once (ProvisioningRequest).",
    )


class ServedModel(Section):
    """A model that is served by KServe and scales by how much it is asked, to zero where `min_replicas` is 0."""

    team: KubernetesName = Field(description="Required. Team in whose namespace it is served.")
    service_account: KubernetesName = Field(description="Required. Service account that reads the model.")
    storage_uri: str = Field(min_length=8, description="Required. Where the model is, such as https://… or pvc://….")
    model_format: str = Field(default="onnx", min_length=1, description="Optional. A format of the runtime.")
    pool: PoolName = Field(description="Required. GPU pool that it runs on.")
    min_replicas: int = Field(
        default=0, ge=0, le=100, description="Optional. 0: no pod, and no cost, while nobody asks."
    )
    max_replicas: int = Field(default=2, ge=1, le=100, description="Optional. Most pods.")
    load_query: str = Field(
        min_length=3, description="Required. PromQL that answers the load; it must count while no pod runs."
    )
    load_per_replica: int = Field(default=10, ge=1, description="Optional. Load that one pod takes.")


class MetricsSource(Section):
    """Where KEDA reads how much a model is asked."""

    address: str = Field(pattern=r"^https://", description="Required. Query address of the Azure Monitor workspace.")
    workspace_id: ResourceId = Field(description="Required. ARM id of that workspace, for the right to read it.")


class ServingSettings(Section):
    """KServe in its Standard mode: models as plain deployments, scaled by KEDA."""

    runtime_image: str = Field(
        pattern=r"^[a-z0-9._/-]+@sha256:[0-9a-f]{64}$",
        description="Required. Triton server in the platform's registry: <repository>@sha256:<digest>.",
    )
    metrics: MetricsSource | None = Field(default=None, description="Conditional. Needed with `models`.")
    models: dict[KubernetesName, ServedModel] = Field(
        default_factory=dict, description="Optional. Models that the platform itself serves; teams deploy their own."
    )


class WorkloadsSettings(Section):
    """Inside the cluster. Everything here is made with the Kubernetes API."""

    deliver: Literal["apply", "nothing"] = Field(
        default="apply",
        description="Optional. nothing: roles and identities only, where the API server can't be reached.",
    )
    teams: dict[KubernetesName, TeamSettings] = Field(
        default_factory=dict, description="Optional. Teams by name, which is also their namespace's."
    )
    gpu_operator: GpuOperatorSettings | None = Field(
        default=None, description="Optional. Absent: no GPU can be asked for, unless somebody installs a device plugin."
    )
    network_operator: NetworkOperatorSettings | None = Field(
        default=None, description="Optional. Absent: jobs over several nodes speak Ethernet. Needs `gpu_operator`."
    )
    queues: QueueSettings | None = Field(default=None, description="Optional. Absent: jobs start in any order.")
    serving: ServingSettings | None = Field(default=None, description="Optional. Absent: no KServe.")
