"""Data Factory: what brings data into the lake, from a network that Microsoft manages and nobody else is in.

Owns the factory, its managed network, the integration runtime in it, the managed private endpoints to what it reads and
writes, our own endpoints and the logs. Does not own pipelines: teams publish them through the pipeline of their
repository, and the factory is tied to no Git, so that nothing is changed by hand in its studio. Does not approve the
managed endpoints: Azure leaves that to the owner of each target (docs/runbooks/approve-managed-endpoint.md).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from pulumi import ComponentResource, Input, Output, Resource, ResourceOptions
from pulumi_azure_native import datafactory, resources

from components import naming
from components.identity.identity import Identity
from components.network import private_dns
from components.network.private_endpoint import PrivateAccess, endpoints
from components.observability.diagnostic_setting import send_diagnostics
from components.options import stateful
from components.placement import Placement
from components.problems import refuse
from components.security.customer_key import CustomerKey

MANAGED_NETWORK = "default"
"""The only name that Azure takes for it."""
# Clusters of mapping data flows come in these sizes (azurerm data_factory_integration_runtime_azure_resource.go,
# checked 2026-11-25).
CORES = (8, 16, 32, 48, 80, 144, 272)


@dataclass(frozen=True, kw_only=True)
class ManagedEndpoint:
    """An address of one service inside the managed network. `group`: the service's group id, such as `dfs`."""

    target_id: Input[str]
    group: str


@dataclass(frozen=True, kw_only=True)
class DataFactoryArgs:
    """`idle_minutes`: how long a cluster of data flows waits for more work. `ready`: roles of `identity`.

    `purview_account_id` None: lineage is reported nowhere.
    """

    placement: Placement
    resource_group_name: Input[str]
    identity: Identity
    ready: Sequence[Resource]
    compute: Literal["General", "MemoryOptimized"]
    cores: int
    idle_minutes: int
    reaches: Mapping[str, ManagedEndpoint]
    purview_account_id: Input[str] | None
    customer_key: CustomerKey | None
    access: PrivateAccess
    log_workspace_id: Input[str]


def problems(args: DataFactoryArgs) -> list[str]:
    """Every reason why the factory can't be built."""
    found = []
    if args.cores not in CORES:
        found.append(f"data flows on {args.cores} cores: one of {', '.join(map(str, CORES))}")
    if args.idle_minutes < 0:
        found.append(f"idle for {args.idle_minutes} minutes: 0 or more")
    return found


LINKS = (private_dns.DATA_FACTORY, private_dns.DATA_FACTORY_STUDIO)


class DataFactory(ComponentResource):
    """Factory, managed network, integration runtime, endpoints in both directions, diagnostics."""

    factory_id: Output[str]
    factory_name: Output[str]

    def __init__(self, name: str, args: DataFactoryArgs, opts: ResourceOptions | None = None) -> None:
        super().__init__("platform:data_factory:DataFactory", name, {}, opts)
        refuse(name, problems(args))
        self._prefix, self._args = name, args
        child = ResourceOptions(parent=self)
        made = self._factory()
        managed = self._network(made)
        self._runtime(made, managed)
        for key, endpoint in args.reaches.items():
            self._managed_endpoint(made, managed, key, endpoint)
        endpoints(self, name, args.placement, args.access, "factory", made.id, LINKS)
        send_diagnostics(f"{name}-diag", made.id, "Microsoft.DataFactory/factories", args.log_workspace_id, child)
        self.factory_id, self.factory_name = made.id, made.name
        self.register_outputs({"factory_id": self.factory_id, "factory_name": self.factory_name})

    def _factory(self) -> datafactory.Factory:
        args, key = self._args, self._args.customer_key
        identities = [args.identity, *([] if key is None else [key.identity])]
        ready = ResourceOptions(depends_on=[*args.ready, *([] if key is None else key.ready)])
        purview = args.purview_account_id
        return datafactory.Factory(
            f"{self._prefix}-adf",
            factory_name=naming.data_factory(args.placement),
            resource_group_name=args.resource_group_name,
            location=args.placement.region,
            public_network_access=datafactory.PublicNetworkAccess.DISABLED,
            identity=datafactory.FactoryIdentityArgs(
                type=datafactory.FactoryIdentityType.USER_ASSIGNED,
                user_assigned_identities=[identity.identity_id for identity in identities],
            ),
            encryption=None if key is None else _encryption(key),
            purview_configuration=None
            if purview is None
            else datafactory.PurviewConfigurationArgs(purview_resource_id=purview),
            tags=args.placement.tags,
            opts=ResourceOptions.merge(stateful(self, args.placement), ready),
        )

    def _network(self, made: datafactory.Factory) -> resources.Resource:
        # The SDK has no type for it (pulumi/pulumi-azure-native#896), though endpoints and runtimes need it.
        return resources.Resource(
            f"{self._prefix}-network",
            api_version="2018-06-01",
            resource_provider_namespace="Microsoft.DataFactory",
            parent_resource_path=Output.concat("factories/", made.name),
            resource_type="managedVirtualNetworks",
            resource_name_=MANAGED_NETWORK,
            resource_group_name=self._args.resource_group_name,
            properties={},
            opts=ResourceOptions(parent=self),
        )

    def _runtime(self, made: datafactory.Factory, managed: resources.Resource) -> None:
        args = self._args
        datafactory.IntegrationRuntime(
            f"{self._prefix}-runtime",
            integration_runtime_name="managed",
            factory_name=made.name,
            resource_group_name=args.resource_group_name,
            properties=datafactory.ManagedIntegrationRuntimeArgs(
                type="Managed",
                compute_properties=datafactory.IntegrationRuntimeComputePropertiesArgs(
                    # Not "AutoResolve": that runs near the source, wherever in the world it is.
                    location=args.placement.region,
                    data_flow_properties=datafactory.IntegrationRuntimeDataFlowPropertiesArgs(
                        compute_type=args.compute, core_count=args.cores, time_to_live=args.idle_minutes, cleanup=True
                    ),
                ),
                managed_virtual_network=datafactory.ManagedVirtualNetworkReferenceArgs(
                    type="ManagedVirtualNetworkReference", reference_name=MANAGED_NETWORK
                ),
            ),
            opts=ResourceOptions(parent=self, depends_on=[managed]),
        )

    def _managed_endpoint(
        self, made: datafactory.Factory, managed: resources.Resource, key: str, endpoint: ManagedEndpoint
    ) -> None:
        datafactory.ManagedPrivateEndpoint(
            f"{self._prefix}-mpe-{key}",
            managed_private_endpoint_name=key,
            managed_virtual_network_name=MANAGED_NETWORK,
            factory_name=made.name,
            resource_group_name=self._args.resource_group_name,
            properties=datafactory.ManagedPrivateEndpointArgs(
                private_link_resource_id=endpoint.target_id, group_id=endpoint.group
            ),
            opts=ResourceOptions(parent=self, depends_on=[managed]),
        )


def _encryption(key: CustomerKey) -> datafactory.EncryptionConfigurationArgs:
    return datafactory.EncryptionConfigurationArgs(
        vault_base_url=key.vault_uri,
        key_name=key.key_name,
        identity=datafactory.CMKIdentityDefinitionArgs(user_assigned_identity=key.identity.identity_id),
    )
