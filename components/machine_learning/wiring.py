"""From settings to Azure ML: workspace, computes, assets, registry. What serves and trains: `serving_wiring`."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from pulumi import Input, Output, Resource

from components.aks.azure_ml_extension import AzureMlExtension
from components.context import Foundation
from components.data.wiring import Data
from components.identity import access
from components.identity.access import DataScopes
from components.identity.role_assignment import Scope
from components.identity.wiring import grant, groups
from components.machine_learning.attached_cluster import AttachedCluster, AttachedClusterArgs
from components.machine_learning.cluster_instance_types import DEFAULT, instance_types
from components.machine_learning.machine_learning_workspace import (
    FeatureStore,
    MachineLearningWorkspace,
    MachineLearningWorkspaceArgs,
    WorkspaceResources,
)
from components.machine_learning.managed_network_rules import NetworkRules, ServiceTag
from components.machine_learning.model_registry import ModelRegistry, ModelRegistryArgs
from components.machine_learning.training_compute import (
    Hours,
    JobCluster,
    TrainingCompute,
    TrainingComputeArgs,
    Workstation,
)
from components.machine_learning.workspace_assets import PinnedImage, WorkspaceAssets, WorkspaceAssetsArgs
from components.network import private_dns
from components.network.private_endpoint import PrivateEndpoint, PrivateEndpointArgs
from facts.regions import region
from stacks.classification import chosen
from stacks.sections.machine_learning import InstanceHoursSettings


@dataclass(frozen=True, kw_only=True)
class MachineLearning:
    """The workspace and what stands in it. `ready`: what endpoints wait for."""

    workspace: MachineLearningWorkspace
    compute_ids: Mapping[str, Output[str]]
    ready: tuple[Resource, ...]


def build(foundation: Foundation, data: Data, scopes: DataScopes) -> MachineLearning:
    """The workspace, once its identity may use what it is made of; then computes and assets."""
    identity, compute = foundation.identities["workspace"], foundation.identities["compute"]
    roles = grant(foundation, "workspace-roles", access.workspace_identities(identity, compute, scopes))
    registry_id = _model_registry(foundation)
    uses = WorkspaceResources(
        vault_id=data.vault.vault_id,
        storage_account_id=data.storage.account_id,
        registry_id=data.registry.registry_id,
        application_insights_id=foundation.observability.application_insights_id,
        ready=(roles,),
    )
    workspace = MachineLearningWorkspace(
        f"{foundation.prefix}-workspace",
        _workspace(foundation, uses, network_rules(foundation, data.lake.account_id, registry_id)),
        foundation.child,
    )
    _feature_store(foundation, uses, data)
    assets = _assets(foundation, workspace, data)
    computes = _computes(foundation, workspace, roles)
    parts = [each for each in (assets, computes) if each is not None]
    return MachineLearning(
        workspace=workspace,
        compute_ids={} if computes is None else computes.compute_ids,
        ready=(*workspace.networked, *parts),
    )


def network_rules(foundation: Foundation, lake_id: Input[str], registry_id: Input[str] | None) -> NetworkRules:
    """What the managed network may reach: the lake, the registry of models, and what the settings name."""
    wanted = foundation.settings.machine_learning
    endpoints: dict[str, tuple[Input[str], str]] = {f"lake-{group}": (lake_id, group) for group in ("blob", "dfs")}
    if registry_id is not None:
        endpoints["model-registry"] = (registry_id, private_dns.MODEL_REGISTRY[1])
    endpoints |= {
        f"endpoint-{name}": (each.resource_id, each.group) for name, each in wanted.outbound_endpoints.items()
    }
    return NetworkRules(
        endpoints=endpoints,
        hosts=wanted.allowed_fqdns,
        service_tags={
            name: ServiceTag(tag=each.service_tag, protocol=each.protocol, ports=each.ports)
            for name, each in wanted.outbound_service_tags.items()
        },
    )


def _workspace(foundation: Foundation, uses: WorkspaceResources, rules: NetworkRules) -> MachineLearningWorkspaceArgs:
    wanted, demands = foundation.settings.machine_learning, foundation.settings.demands
    return MachineLearningWorkspaceArgs(
        placement=foundation.placement,
        resource_group_name=foundation.group_name("ml"),
        identity=foundation.identities["workspace"],
        uses=uses,
        rules=rules,
        firewall_sku=wanted.firewall_sku,
        high_business_impact=chosen(wanted.high_business_impact, demands.high_business_impact),
        customer_key=foundation.customer_keys.get("machine-learning"),
        image_build_cluster=wanted.image_build_cluster,
        generation=wanted.generation,
        access=foundation.access,
        log_workspace_id=foundation.log_workspace_id,
    )


def _feature_store(foundation: Foundation, uses: WorkspaceResources, data: Data) -> None:
    wanted = foundation.settings.machine_learning.feature_store
    if wanted is None:
        return
    base = _workspace(foundation, uses, network_rules(foundation, data.lake.account_id, None))
    args = MachineLearningWorkspaceArgs(
        **{
            **vars(base),
            "feature_store": FeatureStore(spark_version=wanted.spark_version),
            "purpose": "features",
            "image_build_cluster": None,
        }
    )
    MachineLearningWorkspace(f"{foundation.prefix}-features", args, foundation.child)


def _model_registry(foundation: Foundation) -> Input[str] | None:
    """The registry of models: made here, or reached where another stack made it."""
    wanted, elsewhere = foundation.settings.machine_learning.model_registry, None
    if wanted is None:
        elsewhere = foundation.settings.machine_learning.model_registry_id
        if elsewhere is not None:
            args = PrivateEndpointArgs(
                placement=foundation.placement,
                access=foundation.access,
                link=private_dns.MODEL_REGISTRY,
                target="model-registry",
                target_id=elsewhere,
            )
            PrivateEndpoint(f"{foundation.prefix}-model-registry", args, foundation.child)
        return elsewhere
    zones = bool(region(foundation.placement.region).zones)
    made = ModelRegistry(
        f"{foundation.prefix}-model-registry",
        ModelRegistryArgs(
            placement=foundation.placement,
            resource_group_name=foundation.group_name("ml"),
            replicas=tuple(each.value for each in wanted.replicas),
            storage_replication="GRS" if not zones or wanted.replicas else "ZRS",
            access=foundation.access,
            log_workspace_id=foundation.log_workspace_id,
        ),
        foundation.child,
    )
    at = Scope(name="model-registry", id=made.registry_id)
    users = access.model_registry_users(
        groups(foundation.settings.access), foundation.identities["compute"], wanted.users, wanted.linked, at
    )
    grant(foundation, "model-registry-roles", users)
    return made.registry_id


def _assets(foundation: Foundation, workspace: MachineLearningWorkspace, data: Data) -> WorkspaceAssets:
    args = WorkspaceAssetsArgs(
        resource_group_name=foundation.group_name("ml"),
        workspace_name=workspace.workspace_name,
        lake_name=data.lake.account_name,
        lake_zones=foundation.settings.storage.lake_containers,
        environments={
            name: PinnedImage(image=each.image, version=each.version)
            for name, each in foundation.settings.machine_learning.environments.items()
        },
    )
    return WorkspaceAssets(f"{foundation.prefix}-assets", args, foundation.child)


def _hours(wanted: InstanceHoursSettings | None) -> Hours | None:
    return None if wanted is None else Hours(start=wanted.start, stop=wanted.stop, time_zone=wanted.time_zone)


def _computes(foundation: Foundation, workspace: MachineLearningWorkspace, roles: Resource) -> TrainingCompute | None:
    wanted = foundation.settings.machine_learning
    if not wanted.compute_clusters and not wanted.compute_instances:
        return None
    args = TrainingComputeArgs(
        placement=foundation.placement,
        resource_group_name=foundation.group_name("ml"),
        workspace_name=workspace.workspace_name,
        tenant_id=foundation.tenant_id,
        identity=foundation.identities["compute"],
        clusters={
            name: JobCluster(
                vm_size=each.vm_size,
                min_nodes=each.min_nodes,
                max_nodes=each.max_nodes,
                idle_minutes=each.idle_minutes,
                low_priority=each.low_priority,
            )
            for name, each in wanted.compute_clusters.items()
        },
        workstations={
            name: Workstation(
                vm_size=each.vm_size,
                assigned_to=each.assigned_to,
                idle_minutes=each.idle_minutes,
                hours=_hours(each.hours),
            )
            for name, each in wanted.compute_instances.items()
        },
        ready=(*workspace.networked, roles),
    )
    return TrainingCompute(f"{foundation.prefix}-computes", args, foundation.child)


def attach(
    foundation: Foundation, built: MachineLearning, cluster_id: Input[str], extension: AzureMlExtension | None
) -> None:
    """The AKS cluster as a compute, once the workspace's extension runs in it."""
    wanted = foundation.settings.machine_learning.attached_cluster
    if wanted is None or extension is None:
        return
    args = AttachedClusterArgs(
        placement=foundation.placement,
        resource_group_name=foundation.group_name("ml"),
        workspace_name=built.workspace.workspace_name,
        cluster_id=cluster_id,
        namespace=wanted.namespace,
        identity=foundation.identities["compute"],
        instance_types=instance_types(foundation.settings),
        default=DEFAULT,
        ready=(*extension.ready_for_compute, *built.workspace.networked),
    )
    AttachedCluster(f"{foundation.prefix}-attached-cluster", args, foundation.child)
