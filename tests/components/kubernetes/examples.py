"""Examples of what is made inside the cluster."""

from __future__ import annotations

from ipaddress import IPv4Network

from components.kubernetes.chart import ChartArgs
from components.kubernetes.gpu_operator import GpuOperatorArgs
from components.kubernetes.network_operator import NetworkOperatorArgs
from components.kubernetes.priorities import PrioritiesArgs
from components.kubernetes.queues import Flavor, QueuesArgs, Share
from components.kubernetes.serving import Metrics, Model, ServingArgs
from components.kubernetes.team import TeamArgs

GPU = "nvidia.com/gpu"
TOLERATION = {"key": GPU, "operator": "Exists", "effect": "NoSchedule"}
TEAM = TeamArgs(
    namespace="vision",
    group_id="00000000-0000-0000-0000-0000000000d4",
    cpu=32,
    memory_gib=128,
    gpus={GPU: 2},
    pods=200,
    pod_security="restricted",
    reached_from=("gateway",),
    reaches=("text",),
    inside=(IPv4Network("172.20.0.0/16"), IPv4Network("172.21.0.0/16")),
    service_accounts={"training": "a-client"},
    metrics=True,
)
CHART = ChartArgs(chart="kueue", namespace="kueue-system", pod_security="restricted", values={"a": 1})
OPERATOR = GpuOperatorArgs(driver=False, infiniband=False, configs=("mig-single", "shares-4"), metrics=True)
NETWORK_OPERATOR = NetworkOperatorArgs(pods_per_node=63)
PRIORITIES = PrioritiesArgs(pools={"system": 100, "t4spot": 90, "t4spotod": 80})
QUEUES = QueuesArgs(
    flavors={
        "t4": Flavor(resource=GPU, labels={"platform.gov/gpu-pool": "t4"}, tolerations=(TOLERATION,)),
        "a100": Flavor(resource="nvidia.com/mig-3g.40gb", labels={}, tolerations=(TOLERATION,)),
    },
    shares={
        "vision": Share(cpu=32, memory_gib=128, gpus={"t4": 2, "a100": 4}),
        "text": Share(cpu=8, memory_gib=32),
    },
    borrow=True,
    whole_jobs_only=True,
)
MODEL = Model(
    namespace="vision",
    service_account="serving",
    storage_uri="https://a-lake.example/models/roads",
    model_format="onnx",
    gpu_resource=GPU,
    labels={"platform.gov/gpu-pool": "t4"},
    tolerations=(TOLERATION,),
    min_replicas=0,
    max_replicas=3,
    load_query="sum(rate(gateway_requests_total[1m]))",
    load_per_replica=10,
)
SERVING = ServingArgs(
    image="a-registry.example/triton@sha256:00",
    models={"roads": MODEL},
    metrics=Metrics(address="https://metrics.example", client_id="a-client"),
)
