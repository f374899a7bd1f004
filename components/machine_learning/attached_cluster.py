"""Attached cluster: the AKS cluster as a compute of the workspace, with an instance type for each kind of node.

Owns the compute. Does not own the extension in the cluster and the workspace's way into it
(`components.aks.azure_ml_extension`), nor the pools. The cluster has no local accounts; what is and isn't known about
that is in decision 0014.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from pulumi import ComponentResource, Input, Output, Resource, ResourceOptions
from pulumi_azure_native import machinelearningservices as ml

from components.identity.identity import Identity
from components.placement import Placement
from components.problems import refuse


@dataclass(frozen=True, kw_only=True)
class InstanceType:
    """What a job that asks for it gets, and on which nodes. `gpus` 0: none."""

    node_labels: Mapping[str, str]
    cpus: int
    memory_gib: int
    gpus: int = 0


@dataclass(frozen=True, kw_only=True)
class AttachedClusterArgs:
    """`ready`: extension and trusted access. `default` is the instance type of a job that names none."""

    placement: Placement
    resource_group_name: Input[str]
    workspace_name: Input[str]
    cluster_id: Input[str]
    namespace: str
    identity: Identity
    instance_types: Mapping[str, InstanceType]
    default: str
    ready: Sequence[Resource]


def problems(args: AttachedClusterArgs) -> list[str]:
    """A default that isn't there."""
    return [] if args.default in args.instance_types else [f"the default instance type {args.default} isn't defined"]


class AttachedCluster(ComponentResource):
    """One compute."""

    compute_id: Output[str]

    def __init__(self, name: str, args: AttachedClusterArgs, opts: ResourceOptions | None = None) -> None:
        super().__init__("platform:attached_cluster:AttachedCluster", name, {}, opts)
        refuse(name, problems(args))
        made = ml.Compute(
            f"{name}-compute",
            compute_name="aks",
            workspace_name=args.workspace_name,
            resource_group_name=args.resource_group_name,
            location=args.placement.region,
            identity=ml.ManagedServiceIdentityArgs(
                type="UserAssigned", user_assigned_identities=[args.identity.identity_id]
            ),
            properties=ml.KubernetesArgs(
                compute_type="Kubernetes",
                resource_id=args.cluster_id,
                properties=ml.KubernetesPropertiesArgs(
                    namespace=args.namespace,
                    default_instance_type=args.default,
                    instance_types={key: _schema(each) for key, each in args.instance_types.items()},
                ),
            ),
            tags=args.placement.tags,
            opts=ResourceOptions(parent=self, depends_on=list(args.ready)),
        )
        self.compute_id = made.id
        self.register_outputs({"compute_id": self.compute_id})


def _schema(wanted: InstanceType) -> ml.InstanceTypeSchemaArgs:
    amount = {"cpu": str(wanted.cpus), "memory": f"{wanted.memory_gib}Gi"}
    gpu = {"nvidia.com/gpu": str(wanted.gpus)} if wanted.gpus else {}
    return ml.InstanceTypeSchemaArgs(
        node_selector=dict(wanted.node_labels),
        resources=ml.InstanceTypeSchemaResourcesArgs(requests={**amount, **gpu}, limits={**amount, **gpu}),
    )
