"""Azure ML extension: what runs the workspace's jobs and endpoints inside the cluster.

Owns the extension and the workspace's way into the cluster (trusted access, so that it needs no local account). Does
not own the compute in the workspace (`components.machine_learning`), nor GPU drivers and metrics: the pools and the
GPU operator have those, and a second device plugin or exporter on a node fights the first.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from pulumi import ComponentResource, Input, Output, Resource, ResourceOptions
from pulumi_azure_native import containerservice as aks
from pulumi_azure_native import kubernetesconfiguration as extensions

from components.problems import refuse

EXTENSION, TYPE, NAMESPACE = "azureml", "Microsoft.AzureML.Kubernetes", "azureml"
WORKLOAD_ROLE = "Microsoft.MachineLearningServices/workspaces/mlworkload"


@dataclass(frozen=True, kw_only=True)
class Certificate:
    """A Kubernetes secret in the namespace azureml, and the host name that it is for."""

    secret: str
    host: str


@dataclass(frozen=True, kw_only=True)
class Inference:
    """`certificate` None: endpoints answer over HTTP, inside the spoke. `redundant`: three routers, else one."""

    certificate: Certificate | None
    redundant: bool


@dataclass(frozen=True, kw_only=True)
class AzureMlExtensionArgs:
    """`inference` None: no endpoints. `ready`: pools on which its pods may run, or the installation never ends."""

    resource_group_name: Input[str]
    cluster_name: Input[str]
    workspace_id: Input[str]
    training: bool
    inference: Inference | None
    volcano: bool
    ready: Sequence[Resource]


def problems(args: AzureMlExtensionArgs) -> list[str]:
    """Every reason why Azure would refuse the extension."""
    return [] if args.training or args.inference is not None else ["neither training nor inference: nothing would run"]


def settings(args: AzureMlExtensionArgs) -> dict[str, str]:
    """The extension's own settings; every value is a text."""
    return {
        "enableTraining": str(args.training),
        "enableInference": str(args.inference is not None),
        "installNvidiaDevicePlugin": "False",
        "installDcgmExporter": "False",
        # Managed Prometheus scrapes; a second operator would scrape everything twice.
        "installPromOp": "False",
        "installVolcano": str(args.volcano),
        # Without it a job is refused while its pool has no node, and so never makes the pool grow from zero.
        "amloperator.skipResourceValidation": "True",
        **_router(args.inference),
    }


def _router(inference: Inference | None) -> dict[str, str]:
    if inference is None:
        return {}
    found = {
        "inferenceRouterServiceType": "LoadBalancer",
        # An address of the spoke; without it the load balancer is public.
        "internalLoadBalancerProvider": "azure",
        "inferenceRouterHA": str(inference.redundant),
        "allowInsecureConnections": str(inference.certificate is None),
    }
    if inference.certificate is not None:
        found |= {"sslSecret": inference.certificate.secret, "sslCname": inference.certificate.host}
    return found


class AzureMlExtension(ComponentResource):
    """Extension and trusted access. `ready_for_compute` is what an attached compute waits for."""

    extension_id: Output[str]
    ready_for_compute: tuple[Resource, ...]

    def __init__(self, name: str, args: AzureMlExtensionArgs, opts: ResourceOptions | None = None) -> None:
        super().__init__("platform:azure_ml_extension:AzureMlExtension", name, {}, opts)
        refuse(name, problems(args))
        access = _trusted_access(f"{name}-access", args, ResourceOptions(parent=self))
        made = _extension(f"{name}-ext", args, ResourceOptions(parent=self, depends_on=[access, *args.ready]))
        self.extension_id, self.ready_for_compute = made.id, (access, made)
        self.register_outputs({"extension_id": self.extension_id})


def _trusted_access(name: str, args: AzureMlExtensionArgs, opts: ResourceOptions) -> aks.TrustedAccessRoleBinding:
    return aks.TrustedAccessRoleBinding(
        name,
        trusted_access_role_binding_name="azure-ml",
        resource_name_=args.cluster_name,
        resource_group_name=args.resource_group_name,
        source_resource_id=args.workspace_id,
        roles=[WORKLOAD_ROLE],
        opts=opts,
    )


def _extension(name: str, args: AzureMlExtensionArgs, opts: ResourceOptions) -> extensions.Extension:
    return extensions.Extension(
        name,
        extension_name=EXTENSION,
        extension_type=TYPE,
        cluster_rp="Microsoft.ContainerService",
        cluster_resource_name="managedClusters",
        cluster_name=args.cluster_name,
        resource_group_name=args.resource_group_name,
        auto_upgrade_minor_version=True,
        release_train="stable",
        scope=extensions.ScopeArgs(cluster=extensions.ScopeClusterArgs(release_namespace=NAMESPACE)),
        configuration_settings=settings(args),
        opts=opts,
    )
