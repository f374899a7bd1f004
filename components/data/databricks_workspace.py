"""Databricks workspace: Spark in our own network, without a public address anywhere.

Owns the workspace, the access connector with which it reads the lake, endpoints to its front door and to its own
storage, and the logs. Does not own Unity Catalog, cluster policies or jobs: those live behind the workspace's own API.
The workspace's own storage (DBFS root) has no customer-managed key: its identity exists only after the workspace does,
so the key would need a second run. It is closed, encrypted twice, and holds no data: tables lie in the lake.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from pulumi import ComponentResource, Input, Output, Resource, ResourceOptions
from pulumi_azure_native import databricks

from components import naming
from components.data import databricks_profiles as profiles
from components.identity.identity import Identity
from components.network import private_dns
from components.network.private_endpoint import PrivateAccess, endpoints
from components.observability.diagnostic_setting import send_diagnostics
from components.options import stateful
from components.placement import Placement
from components.problems import refuse
from components.security.encryption_key import EncryptionKey


@dataclass(frozen=True, kw_only=True)
class WorkspaceNetwork:
    """Where clusters stand: two delegated subnets. `ready`: what makes the subnets usable."""

    vnet_id: Input[str]
    public_subnet_name: str
    private_subnet_name: str
    ready: Sequence[Resource]


@dataclass(frozen=True, kw_only=True)
class WorkspaceKey:
    """A key of ours for notebooks and disks. `ready`: the right of Databricks' own application to use it."""

    key: EncryptionKey
    vault_uri: Input[str]
    ready: Sequence[Resource]


@dataclass(frozen=True, kw_only=True)
class DatabricksWorkspaceArgs:
    """`protected_b`: the compliance profile CANADA_PROTECTED_B, which can't be switched off later.

    `hosts_sign_in`: this workspace carries the sign-in of every workspace that resolves names in the same zones.
    """

    placement: Placement
    resource_group_name: Input[str]
    subscription_id: Input[str]
    network: WorkspaceNetwork
    connector: Identity
    ready: Sequence[Resource]
    storage_replication: str
    protected_b: bool
    hosts_sign_in: bool
    customer_key: WorkspaceKey | None
    access: PrivateAccess
    log_workspace_id: Input[str]


def problems(args: DatabricksWorkspaceArgs) -> list[str]:
    """Every reason why the workspace can't be built."""
    if args.network.public_subnet_name == args.network.private_subnet_name:
        return [f"hosts and containers share {args.network.public_subnet_name}: each needs a subnet of its own"]
    return []


class DatabricksWorkspace(ComponentResource):
    """Workspace, access connector, endpoints, diagnostics."""

    workspace_id: Output[str]
    workspace_url: Output[str]
    disk_principal_id: Output[str] | None
    """Who encrypts the disks; None without a customer-managed key."""

    def __init__(self, name: str, args: DatabricksWorkspaceArgs, opts: ResourceOptions | None = None) -> None:
        super().__init__("platform:databricks_workspace:DatabricksWorkspace", name, {}, opts)
        refuse(name, problems(args))
        child = ResourceOptions(parent=self)
        connector = _connector(f"{name}-dbac", args, child)
        made = self._workspace(f"{name}-dbw", args, connector)
        links = (private_dns.DATABRICKS_UI, *((private_dns.DATABRICKS_SIGN_IN,) if args.hosts_sign_in else ()))
        endpoints(self, name, args.placement, args.access, "databricks", made.id, links)
        # The storage is behind a firewall, and clusters load their libraries from it.
        store = Output.concat(
            _managed_group(args),
            "/providers/Microsoft.Storage/storageAccounts/",
            naming.databricks_root(args.placement),
        )
        root = (private_dns.BLOB, private_dns.DFS)
        endpoints(self, f"{name}-root", args.placement, args.access, "databricks-root", store, root, after=[made])
        send_diagnostics(f"{name}-diag", made.id, "Microsoft.Databricks/workspaces", args.log_workspace_id, child)
        self.workspace_id, self.workspace_url = made.id, made.workspace_url
        self.disk_principal_id = None if args.customer_key is None else made.managed_disk_identity["principal_id"]
        self.register_outputs({"workspace_id": self.workspace_id, "workspace_url": self.workspace_url})

    def _workspace(
        self, name: str, args: DatabricksWorkspaceArgs, connector: databricks.AccessConnector
    ) -> databricks.Workspace:
        key = args.customer_key
        waits = [*args.network.ready, *args.ready, *([] if key is None else key.ready)]
        return databricks.Workspace(
            name,
            workspace_name=naming.named("dbw", args.placement),
            resource_group_name=args.resource_group_name,
            location=args.placement.region,
            # Standard has neither private endpoints nor keys.
            sku=databricks.SkuArgs(name="premium"),
            compute_mode=databricks.ComputeMode.HYBRID,
            managed_resource_group_id=_managed_group(args),
            public_network_access=databricks.PublicNetworkAccess.DISABLED,
            # Clusters reach the control plane by its private endpoint, so no rule may lead there in public.
            required_nsg_rules=databricks.RequiredNsgRules.NO_AZURE_DATABRICKS_RULES,
            parameters=profiles.network_parameters(
                vnet_id=args.network.vnet_id,
                public_subnet_name=args.network.public_subnet_name,
                private_subnet_name=args.network.private_subnet_name,
                storage_name=naming.databricks_root(args.placement),
                storage_replication=args.storage_replication,
            ),
            access_connector=databricks.WorkspacePropertiesAccessConnectorArgs(
                id=connector.id,
                identity_type=databricks.IdentityType.USER_ASSIGNED,
                user_assigned_identity_id=args.connector.identity_id,
            ),
            default_storage_firewall=databricks.DefaultStorageFirewall.ENABLED,
            default_catalog=databricks.DefaultCatalogPropertiesArgs(initial_type="UnityCatalog"),
            encryption=None if key is None else profiles.encryption(key.key, key.vault_uri),
            enhanced_security_compliance=profiles.compliance(args.protected_b),
            tags=args.placement.tags,
            opts=ResourceOptions.merge(stateful(self, args.placement), ResourceOptions(depends_on=waits)),
        )


def _managed_group(args: DatabricksWorkspaceArgs) -> Output[str]:
    group = naming.databricks_resource_group(args.placement)
    return Output.concat(naming.subscription_id_path(args.subscription_id), "/resourceGroups/", group)


def _connector(name: str, args: DatabricksWorkspaceArgs, opts: ResourceOptions) -> databricks.AccessConnector:
    return databricks.AccessConnector(
        name,
        connector_name=naming.named("dbac", args.placement),
        resource_group_name=args.resource_group_name,
        location=args.placement.region,
        identity=databricks.ManagedServiceIdentityArgs(
            type=databricks.ManagedServiceIdentityType.USER_ASSIGNED,
            user_assigned_identities=[args.connector.identity_id],
        ),
        tags=args.placement.tags,
        opts=opts,
    )
