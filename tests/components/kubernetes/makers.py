"""How the components inside the cluster are made, and what they are made of."""

from __future__ import annotations

from components.kubernetes.chart import Chart
from components.kubernetes.gpu_operator import GpuOperator
from components.kubernetes.network_operator import NetworkOperator
from components.kubernetes.priorities import Priorities
from components.kubernetes.queues import Queues
from components.kubernetes.serving import Serving
from components.kubernetes.team import Team
from tests.components.kubernetes import examples

MAKERS = {
    "chart:Chart": (
        lambda o: Chart("x", examples.CHART, o),
        ("Namespace|x-ns", "OCIRepository|x-source", "HelmRelease|x-release"),
        ("release_name",),
    ),
    "gpu_operator:GpuOperator": (
        lambda o: GpuOperator("x", examples.OPERATOR, o),
        ("Chart|x-chart", "ConfigMap|x-configs", "PodMonitor|x-metrics"),
        ("namespace",),
    ),
    "network_operator:NetworkOperator": (
        lambda o: NetworkOperator("x", examples.NETWORK_OPERATOR, o),
        ("Chart|x-chart", "NodeFeatureRule|x-cards", "NicClusterPolicy|x-policy"),
        ("namespace",),
    ),
    "priorities:Priorities": (
        lambda o: Priorities("x", examples.PRIORITIES, o),
        (
            *(f"PriorityClass|x-{key}" for key in ("interactive", "serving", "spare", "training")),
            "ConfigMap|x-expander",
        ),
        ("class_names",),
    ),
    "queues:Queues": (
        lambda o: Queues("x", examples.QUEUES, o),
        (
            "Chart|x-chart",
            *(f"ResourceFlavor|x-flavor-{key}" for key in ("a100", "any", "t4")),
            "ProvisioningRequestConfig|x-provisioning",
            "AdmissionCheck|x-check",
            *(f"ClusterQueue|x-cluster-queue-{key}" for key in ("text", "vision")),
            *(f"LocalQueue|x-queue-{key}" for key in ("text", "vision")),
        ),
        ("queue_names",),
    ),
    "serving:Serving": (
        lambda o: Serving("x", examples.SERVING, o),
        (
            *(f"Chart|x-{key}" for key in ("cert-manager", "kserve", "kserve-crd")),
            "ClusterServingRuntime|x-runtime",
            "ClusterTriggerAuthentication|x-metrics",
            "InferenceService|x-roads-model",
            "ScaledObject|x-roads-scale",
        ),
        ("runtime_name",),
    ),
    "team:Team": (
        lambda o: Team("x", examples.TEAM, o),
        (
            "Namespace|x-ns",
            "ResourceQuota|x-quota",
            "LimitRange|x-limits",
            *(
                f"NetworkPolicy|x-np-{key}"
                for key in (
                    "allow-callers",
                    "allow-calls",
                    "allow-dns",
                    "allow-https-out",
                    "allow-metrics",
                    "allow-own-namespace",
                    "deny-all",
                )
            ),
            "PodMonitor|x-metrics",
            "Role|x-role",
            "RoleBinding|x-people",
            "ServiceAccount|x-sa-training",
        ),
        ("namespace",),
    ),
}
