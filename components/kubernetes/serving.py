"""Serving: KServe in its Standard mode, one runtime, and models that scale by how much they are asked.

Owns the charts, the runtime and the platform's own models. Does not own KEDA (an add-on of AKS), the teams' models, or
an ingress: callers are in the cluster, or come through what a team exposes.
Standard mode and not Knative: KEDA scales plain deployments only, and GPU pods take minutes to start either way.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from pulumi import ComponentResource, Input, Output, Resource, ResourceOptions
from pulumi_kubernetes.apiextensions import CustomResource

from components.kubernetes.chart import Chart, ChartArgs
from components.kubernetes.scrape import SCRAPED
from components.problems import refuse

RUNTIME = "platform-triton"
METRICS_PORT = 8002
AUTHENTICATION = "azure-monitor"
TEMPORARY = "/tmp"  # noqa: S108 - an emptyDir of the pod
FORMATS = ("onnx", "tensorrt", "pytorch", "tensorflow")


@dataclass(frozen=True, kw_only=True)
class Metrics:
    """Where the load of a model is read: the query address of managed Prometheus, and the identity that may."""

    address: Input[str]
    client_id: Input[str]


@dataclass(frozen=True, kw_only=True)
class Model:
    """`load_query` answers the load in the unit of which one pod takes `load_per_replica`."""

    namespace: str
    service_account: str
    storage_uri: str
    model_format: str
    gpu_resource: str
    labels: Mapping[str, str]
    tolerations: tuple[Mapping[str, str], ...]
    min_replicas: int
    max_replicas: int
    load_query: str
    load_per_replica: int


@dataclass(frozen=True, kw_only=True)
class ServingArgs:
    """`image`: the whole address of the runtime's image. `metrics`: needed where there are models.

    `ready`: the namespaces of the models.
    """

    image: Input[str]
    models: Mapping[str, Model]
    metrics: Metrics | None
    ready: Sequence[Resource] = ()


def problems(args: ServingArgs) -> list[str]:
    """Every reason why a model would not be served, or not scale."""
    found = [
        f"model {name}: the runtime has no format {model.model_format}; it has {', '.join(FORMATS)}"
        for name, model in args.models.items()
        if model.model_format not in FORMATS
    ]
    found += [
        f"model {name}: {model.min_replicas} to {model.max_replicas} pods"
        for name, model in args.models.items()
        if model.min_replicas > model.max_replicas
    ]
    return found + (["models scale by metrics, and none are given"] if args.models and args.metrics is None else [])


class Serving(ComponentResource):
    """Charts, runtime, models."""

    runtime_name: Output[str]

    def __init__(self, name: str, args: ServingArgs, opts: ResourceOptions | None = None) -> None:
        super().__init__("platform:serving:Serving", name, {}, opts)
        refuse(name, problems(args))
        kserve = self._charts(name)
        child = ResourceOptions(parent=self, depends_on=[kserve])
        runtime = CustomResource(
            f"{name}-runtime",
            api_version="serving.kserve.io/v1alpha1",
            kind="ClusterServingRuntime",
            metadata={"name": RUNTIME},
            spec=runtime_spec(args.image),
            opts=child,
        )
        if args.metrics is not None:
            authentication = _authentication(f"{name}-metrics", args.metrics, child)
            after = ResourceOptions(parent=self, depends_on=[runtime, authentication, *args.ready])
            for key, model in args.models.items():
                _model(f"{name}-{key}", key, model, args.metrics, after)
        self.runtime_name = Output.from_input(RUNTIME)
        self.register_outputs({"runtime_name": self.runtime_name})

    def _charts(self, name: str) -> Chart:
        # KServe's webhooks get their certificates from cert-manager.
        certificates = Chart(
            f"{name}-cert-manager",
            ChartArgs(
                chart="cert-manager",
                namespace="cert-manager",
                pod_security="restricted",
                values={"crds": {"enabled": True}},
            ),
            ResourceOptions(parent=self),
        )
        kinds = Chart(
            f"{name}-kserve-crd",
            ChartArgs(chart="kserve-crd", namespace="kserve", pod_security="baseline", values={}),
            ResourceOptions(parent=self),
        )
        controller = {"deploymentMode": "RawDeployment", "gateway": {"disableIngressCreation": True}}
        return Chart(
            f"{name}-kserve",
            ChartArgs(
                chart="kserve",
                namespace="kserve",
                pod_security=None,
                values={"kserve": {"controller": controller}},
                ready=(certificates, kinds),
            ),
            ResourceOptions(parent=self),
        )


def runtime_spec(image: Input[str]) -> dict[str, Any]:
    """Triton from the platform's own registry, as a user without rights."""
    return {
        "supportedModelFormats": [{"name": name, "autoSelect": True} for name in FORMATS],
        "protocolVersions": ["v2", "grpc-v2"],
        "containers": [
            {
                "name": "kserve-container",
                "image": image,
                "args": [
                    "tritonserver",
                    "--model-store=/mnt/models",
                    "--http-port=8080",
                    "--grpc-port=9000",
                    f"--metrics-port={METRICS_PORT}",
                    # Off by itself, and the only source of a quantile (`components.observability.prometheus_serving`).
                    "--metrics-config=summary_latencies=true",
                ],
                # The first is where requests go; the second is read by its name (`components.kubernetes.scrape`).
                "ports": [
                    {"containerPort": 8080, "protocol": "TCP"},
                    {"name": "metrics", "containerPort": METRICS_PORT, "protocol": "TCP"},
                ],
                # The one place that can be written to; the image knows no such user, who so has no home.
                "env": [{"name": "HOME", "value": TEMPORARY}],
                "volumeMounts": [{"name": "temporary", "mountPath": TEMPORARY}],
                "resources": {"requests": {"cpu": "2", "memory": "8Gi"}, "limits": {"cpu": "4", "memory": "16Gi"}},
                "securityContext": {
                    "allowPrivilegeEscalation": False,
                    "capabilities": {"drop": ["ALL"]},
                    "readOnlyRootFilesystem": True,
                    "runAsNonRoot": True,
                    # Not the image's own 1000: on a node that is the administrator.
                    "runAsUser": 10001,
                    "seccompProfile": {"type": "RuntimeDefault"},
                },
            }
        ],
        "volumes": [{"name": "temporary", "emptyDir": {"sizeLimit": "4Gi"}}],
    }


def _authentication(name: str, metrics: Metrics, opts: ResourceOptions) -> CustomResource:
    return CustomResource(
        name,
        api_version="keda.sh/v1alpha1",
        kind="ClusterTriggerAuthentication",
        metadata={"name": AUTHENTICATION},
        spec={"podIdentity": {"provider": "azure-workload", "identityId": metrics.client_id}},
        opts=opts,
    )


def _model(name: str, key: str, model: Model, metrics: Metrics, opts: ResourceOptions) -> None:
    service = CustomResource(
        f"{name}-model",
        api_version="serving.kserve.io/v1beta1",
        kind="InferenceService",
        metadata={
            "name": key,
            "namespace": model.namespace,
            # KServe makes no autoscaler of its own, or two would move one deployment.
            "annotations": {"serving.kserve.io/autoscalerClass": "external"},
        },
        spec={"predictor": _predictor(model)},
        opts=opts,
    )
    CustomResource(
        f"{name}-scale",
        api_version="keda.sh/v1alpha1",
        kind="ScaledObject",
        metadata={"name": key, "namespace": model.namespace},
        spec=_scale(key, model, metrics),
        opts=ResourceOptions.merge(opts, ResourceOptions(depends_on=[service])),
    )


def _predictor(model: Model) -> dict[str, Any]:
    return {
        # AKS gives the identity's token to pods with this label only; without it the model is fetched as nobody.
        "labels": {"azure.workload.identity/use": "true", **SCRAPED},
        "serviceAccountName": model.service_account,
        "priorityClassName": "serving",
        "nodeSelector": dict(model.labels),
        "tolerations": [dict(each) for each in model.tolerations],
        "model": {
            "modelFormat": {"name": model.model_format},
            "runtime": RUNTIME,
            "storageUri": model.storage_uri,
            "resources": {"requests": {model.gpu_resource: "1"}, "limits": {model.gpu_resource: "1"}},
        },
    }


def _scale(key: str, model: Model, metrics: Metrics) -> dict[str, Any]:
    return {
        "scaleTargetRef": {"name": f"{key}-predictor"},
        "minReplicaCount": model.min_replicas,
        "maxReplicaCount": model.max_replicas,
        # A GPU node takes minutes to come: a short pause must not send it away.
        "cooldownPeriod": 900,
        "triggers": [
            {
                "type": "prometheus",
                "metadata": {
                    "serverAddress": metrics.address,
                    "query": model.load_query,
                    "threshold": str(model.load_per_replica),
                },
                "authenticationRef": {"name": AUTHENTICATION, "kind": "ClusterTriggerAuthentication"},
            }
        ],
    }
