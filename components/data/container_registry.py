"""Container registry: images of the cluster and of Azure ML, reachable from the spoke only.

Owns the registry, its endpoint and its logs. Does not own who may pull or push (`components.identity.access`).
"""

from __future__ import annotations

from dataclasses import dataclass

from pulumi import ComponentResource, Input, Output, ResourceOptions
from pulumi_azure_native import containerregistry

from components import naming
from components.network import private_dns
from components.network.private_endpoint import PrivateAccess, endpoints
from components.observability.diagnostic_setting import send_diagnostics
from components.options import stateful
from components.placement import Placement
from components.problems import refuse


@dataclass(frozen=True, kw_only=True)
class ContainerRegistryArgs:
    """`zone_redundancy` can't change after creation. `untagged_retention_days` 0: untagged manifests go at once."""

    placement: Placement
    resource_group_name: Input[str]
    zone_redundancy: bool
    untagged_retention_days: int
    access: PrivateAccess
    log_workspace_id: Input[str]


def problems(args: ContainerRegistryArgs) -> list[str]:
    """Every reason why the registry can't be built."""
    if not 0 <= args.untagged_retention_days <= 365:
        return [f"retention of {args.untagged_retention_days} days: a registry keeps untagged manifests 0 to 365"]
    return []


class ContainerRegistry(ComponentResource):
    """Registry, private endpoint, diagnostics."""

    registry_id: Output[str]
    login_server: Output[str]

    def __init__(self, name: str, args: ContainerRegistryArgs, opts: ResourceOptions | None = None) -> None:
        super().__init__("platform:container_registry:ContainerRegistry", name, {}, opts)
        refuse(name, problems(args))
        child = ResourceOptions(parent=self)
        made = _registry(f"{name}-cr", args, stateful(self, args.placement))
        endpoints(self, name, args.placement, args.access, "registry", made.id, (private_dns.REGISTRY,))
        send_diagnostics(
            f"{name}-diag", made.id, "Microsoft.ContainerRegistry/registries", args.log_workspace_id, child
        )
        self.registry_id, self.login_server = made.id, made.login_server
        self.register_outputs({"registry_id": self.registry_id, "login_server": self.login_server})


def _registry(name: str, args: ContainerRegistryArgs, opts: ResourceOptions) -> containerregistry.Registry:
    return containerregistry.Registry(
        name,
        registry_name=naming.container_registry(args.placement),
        resource_group_name=args.resource_group_name,
        location=args.placement.region,
        # Premium only: private endpoints, retention and zone redundancy.
        sku=containerregistry.SkuArgs(name="Premium"),
        admin_user_enabled=False,
        anonymous_pull_enabled=False,
        # A name per region for layers, so that a firewall can allow this registry and not all of Azure storage.
        data_endpoint_enabled=True,
        public_network_access="Disabled",
        network_rule_bypass_options="AzureServices",
        zone_redundancy="Enabled" if args.zone_redundancy else "Disabled",
        policies=_policies(args),
        tags=args.placement.tags,
        opts=opts,
    )


def _policies(args: ContainerRegistryArgs) -> containerregistry.PoliciesArgs:
    return containerregistry.PoliciesArgs(
        # Images can't be imported into someone else's registry. Azure accepts it only with public access off.
        export_policy=containerregistry.ExportPolicyArgs(status="disabled"),
        retention_policy=containerregistry.RetentionPolicyArgs(status="enabled", days=args.untagged_retention_days),
    )
