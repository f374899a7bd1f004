"""Container registry: images of the cluster and of Azure ML, reachable from the spoke only.

Owns the registry, its replicas in other regions, machines that build images, the endpoint and the logs. Does not own
who may pull or push (`components.identity.access`), or the images of other registries that it keeps
(`components.data.registry_cache`). Content trust (Docker Notary) stays off: it excludes a customer-managed key, and
Azure retires it; signatures are made and checked with Notation in the pipeline.
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
from components.security.customer_key import CustomerKey


@dataclass(frozen=True, kw_only=True)
class Replica:
    """A copy of the registry in another region; `zone_redundancy` can't change later."""

    region: str
    zone_redundancy: bool


@dataclass(frozen=True, kw_only=True)
class BuildPool:
    """Machines in `subnet_id` that run ACR Tasks; each is billed while it stands."""

    tier: str
    count: int
    subnet_id: Input[str]


@dataclass(frozen=True, kw_only=True)
class ContainerRegistryArgs:
    """`zone_redundancy` and `customer_key` can't change after creation.

    `untagged_retention_days` 0: untagged manifests go at once. `quarantine`: a pushed image is hidden until a scanner
    releases it. `build_pool` None: nothing is built in Azure.
    """

    placement: Placement
    resource_group_name: Input[str]
    zone_redundancy: bool
    untagged_retention_days: int
    quarantine: bool
    replicas: tuple[Replica, ...]
    build_pool: BuildPool | None
    customer_key: CustomerKey | None
    access: PrivateAccess
    log_workspace_id: Input[str]


def problems(args: ContainerRegistryArgs) -> list[str]:
    """Every reason why the registry can't be built."""
    found = []
    if not 0 <= args.untagged_retention_days <= 365:
        found.append(f"retention of {args.untagged_retention_days} days: a registry keeps untagged manifests 0 to 365")
    regions = [args.placement.region, *(replica.region for replica in args.replicas)]
    found += [f"a second copy in {region}" for region in sorted(set(regions)) if regions.count(region) > 1]
    return found


class ContainerRegistry(ComponentResource):
    """Registry, replicas, private endpoint, diagnostics."""

    registry_id: Output[str]
    registry_name: Output[str]
    login_server: Output[str]

    def __init__(self, name: str, args: ContainerRegistryArgs, opts: ResourceOptions | None = None) -> None:
        super().__init__("platform:container_registry:ContainerRegistry", name, {}, opts)
        refuse(name, problems(args))
        child = ResourceOptions(parent=self)
        ready = ResourceOptions(depends_on=[] if args.customer_key is None else list(args.customer_key.ready))
        made = _registry(f"{name}-cr", args, ResourceOptions.merge(stateful(self, args.placement), ready))
        copies = [_replica(f"{name}-rep-{each.region}", made, args, each, child) for each in args.replicas]
        if args.build_pool is not None:
            _build_pool(f"{name}-build", made, args, args.build_pool, child)
        # An endpoint made before a replica would get no address for the replica's layers.
        endpoints(self, name, args.placement, args.access, "registry", made.id, (private_dns.REGISTRY,), after=copies)
        send_diagnostics(
            f"{name}-diag", made.id, "Microsoft.ContainerRegistry/registries", args.log_workspace_id, child
        )
        self.registry_id, self.registry_name, self.login_server = made.id, made.name, made.login_server
        self.register_outputs(
            {
                "registry_id": self.registry_id,
                "registry_name": self.registry_name,
                "login_server": self.login_server,
            }
        )


def _registry(name: str, args: ContainerRegistryArgs, opts: ResourceOptions) -> containerregistry.Registry:
    key = args.customer_key
    return containerregistry.Registry(
        name,
        registry_name=naming.container_registry(args.placement),
        resource_group_name=args.resource_group_name,
        location=args.placement.region,
        # Premium only: private endpoints, retention, replicas and zone redundancy.
        sku=containerregistry.SkuArgs(name="Premium"),
        admin_user_enabled=False,
        anonymous_pull_enabled=False,
        # A name per region for layers, so that a firewall can allow this registry and not all of Azure storage.
        data_endpoint_enabled=True,
        public_network_access="Disabled",
        network_rule_bypass_options="AzureServices",
        zone_redundancy=_enabled(args.zone_redundancy),
        identity=None
        if key is None
        else containerregistry.IdentityPropertiesArgs(
            type="UserAssigned", user_assigned_identities=key.identity.as_mapping
        ),
        encryption=None if key is None else _encryption(key),
        policies=_policies(args),
        tags=args.placement.tags,
        opts=opts,
    )


def _enabled(wanted: bool) -> str:
    return "Enabled" if wanted else "Disabled"


def _encryption(key: CustomerKey) -> containerregistry.EncryptionPropertyArgs:
    return containerregistry.EncryptionPropertyArgs(
        status="enabled",
        key_vault_properties=containerregistry.KeyVaultPropertiesArgs(
            # No version: the registry follows a rotation. It is told who it is by client id, not by ARM id.
            key_identifier=key.key_uri,
            identity=key.identity.client_id,
        ),
    )


def _policies(args: ContainerRegistryArgs) -> containerregistry.PoliciesArgs:
    return containerregistry.PoliciesArgs(
        # Images can't be imported into someone else's registry. Azure accepts it only with public access off.
        export_policy=containerregistry.ExportPolicyArgs(status="disabled"),
        retention_policy=containerregistry.RetentionPolicyArgs(status="enabled", days=args.untagged_retention_days),
        quarantine_policy=containerregistry.QuarantinePolicyArgs(status="enabled") if args.quarantine else None,
    )


def _replica(
    name: str,
    made: containerregistry.Registry,
    args: ContainerRegistryArgs,
    wanted: Replica,
    opts: ResourceOptions,
) -> containerregistry.Replication:
    return containerregistry.Replication(
        name,
        # Azure gives a replica the name of its region, and takes no other.
        replication_name=wanted.region,
        registry_name=made.name,
        resource_group_name=args.resource_group_name,
        location=wanted.region,
        region_endpoint_enabled=True,
        zone_redundancy=_enabled(wanted.zone_redundancy),
        tags=args.placement.tags,
        opts=opts,
    )


def _build_pool(
    name: str, made: containerregistry.Registry, args: ContainerRegistryArgs, wanted: BuildPool, opts: ResourceOptions
) -> containerregistry.AgentPool:
    return containerregistry.AgentPool(
        name,
        agent_pool_name="build",
        registry_name=made.name,
        resource_group_name=args.resource_group_name,
        location=args.placement.region,
        os="Linux",
        tier=wanted.tier,
        count=wanted.count,
        virtual_network_subnet_resource_id=wanted.subnet_id,
        tags=args.placement.tags,
        opts=opts,
    )
