"""Model registry: where a model goes from one environment to the next, by version.

Owns the registry, its endpoint and logs. Does not own the models in it, nor the accounts behind it: Azure makes and
keeps those in a group of its own. One stack makes it; the others only read it.
"""

from __future__ import annotations

from dataclasses import dataclass

from pulumi import ComponentResource, Input, Output, ResourceOptions
from pulumi_azure_native import machinelearningservices as ml

from components import naming
from components.network import private_dns
from components.network.private_endpoint import PrivateAccess, endpoints
from components.observability.diagnostic_setting import send_diagnostics
from components.options import stateful
from components.placement import Placement
from components.problems import refuse


@dataclass(frozen=True, kw_only=True)
class ModelRegistryArgs:
    """`replicas`: further regions. One can be added, and none taken away."""

    placement: Placement
    resource_group_name: Input[str]
    replicas: tuple[str, ...]
    storage_replication: str
    access: PrivateAccess
    log_workspace_id: Input[str]


def problems(args: ModelRegistryArgs) -> list[str]:
    """Regions that are named twice."""
    regions = (args.placement.region, *args.replicas)
    return [f"region {region} is named twice" for region in sorted(set(regions)) if regions.count(region) > 1]


class ModelRegistry(ComponentResource):
    """Registry with endpoint and diagnostics."""

    registry_id: Output[str]
    registry_name: Output[str]

    def __init__(self, name: str, args: ModelRegistryArgs, opts: ResourceOptions | None = None) -> None:
        super().__init__("platform:model_registry:ModelRegistry", name, {}, opts)
        refuse(name, problems(args))
        made = _registry(f"{name}-mlr", args, stateful(self, args.placement))
        endpoints(self, name, args.placement, args.access, "model-registry", made.id, (private_dns.MODEL_REGISTRY,))
        send_diagnostics(
            f"{name}-diag",
            made.id,
            "Microsoft.MachineLearningServices/registries",
            args.log_workspace_id,
            ResourceOptions(parent=self),
        )
        self.registry_id, self.registry_name = made.id, made.name
        self.register_outputs({"registry_id": self.registry_id, "registry_name": self.registry_name})


def _registry(name: str, args: ModelRegistryArgs, opts: ResourceOptions) -> ml.Registry:
    return ml.Registry(
        name,
        registry_name=naming.model_registry(args.placement),
        resource_group_name=args.resource_group_name,
        location=args.placement.region,
        identity=ml.ManagedServiceIdentityArgs(type="SystemAssigned"),
        public_network_access="Disabled",
        region_details=[
            ml.RegistryRegionArmDetailsArgs(
                location=region,
                acr_details=[
                    ml.AcrDetailsArgs(
                        system_created_acr_account=ml.SystemCreatedAcrAccountArgs(acr_account_sku="Premium")
                    )
                ],
                storage_account_details=[
                    ml.StorageAccountDetailsArgs(
                        system_created_storage_account=ml.SystemCreatedStorageAccountArgs(
                            storage_account_type=f"Standard_{args.storage_replication}",
                            storage_account_hns_enabled=False,
                            allow_blob_public_access=False,
                        )
                    )
                ],
            )
            for region in (args.placement.region, *args.replicas)
        ],
        tags=args.placement.tags,
        opts=opts,
    )
