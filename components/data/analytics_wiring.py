"""From settings to what moves and works data: event streams, Data Factory, Databricks; each off where it is absent."""

from __future__ import annotations

from dataclasses import dataclass

from components import naming
from components.context import Foundation
from components.data.data_factory import DataFactory, DataFactoryArgs, ManagedEndpoint
from components.data.databricks_workspace import (
    DatabricksWorkspace,
    DatabricksWorkspaceArgs,
    WorkspaceKey,
    WorkspaceNetwork,
)
from components.data.event_streams import Capture, EventStreams, EventStreamsArgs, Stream
from components.identity import data_access
from components.identity.access import DataScopes
from components.identity.identity import Identity, IdentityArgs
from components.identity.wiring import grant
from components.security.wiring import DATABRICKS_KEY, Security
from facts.regions import region
from stacks.sections.analytics import DatabricksSettings, DataFactorySettings, EventStreamsSettings


@dataclass(frozen=True, kw_only=True)
class Analytics:
    """What moves and works data; None: off."""

    streams: EventStreams | None
    factory: DataFactory | None
    databricks: DatabricksWorkspace | None


def build(foundation: Foundation, scopes: DataScopes, security: Security) -> Analytics:
    """Each part that the settings have."""
    wanted = foundation.settings
    reader = None if wanted.data_factory is None else _identity(foundation, "data-factory")
    streams = None if wanted.event_streams is None else _streams(foundation, scopes, wanted.event_streams, reader)
    factory = (
        None
        if wanted.data_factory is None or reader is None
        else _factory(foundation, scopes, wanted.data_factory, reader)
    )
    lakehouse = None if wanted.databricks is None else _databricks(foundation, scopes, wanted.databricks, security)
    return Analytics(streams=streams, factory=factory, databricks=lakehouse)


def _identity(foundation: Foundation, purpose: str) -> Identity:
    args = IdentityArgs(
        placement=foundation.placement, resource_group_name=foundation.group_name("data"), purpose=purpose
    )
    return Identity(f"{foundation.prefix}-{purpose}", args, foundation.child)


def _streams(
    foundation: Foundation, scopes: DataScopes, wanted: EventStreamsSettings, reader: Identity | None
) -> EventStreams:
    writer = _identity(foundation, "event-capture")
    ready = grant(foundation, "capture-roles", data_access.capture_identity(writer, scopes.lake))
    args = EventStreamsArgs(
        placement=foundation.placement,
        resource_group_name=foundation.group_name("data"),
        sku=wanted.sku,
        capacity=wanted.capacity,
        streams={
            name: Stream(
                partitions=stream.partitions,
                retention_hours=stream.retention_hours,
                consumers=stream.consumers,
                capture_to=stream.capture_to,
            )
            for name, stream in wanted.streams.items()
        },
        capture=Capture(lake_id=scopes.lake.id, identity=writer, ready=(ready,)),
        customer_key=foundation.customer_keys.get("event-hubs"),
        access=foundation.access,
        log_workspace_id=foundation.log_workspace_id,
    )
    made = EventStreams(f"{foundation.prefix}-streams", args, foundation.child)
    users = data_access.stream_users(made.stream_ids, foundation.identities["compute"], reader)
    grant(foundation, "stream-roles", users)
    return made


def _factory(
    foundation: Foundation, scopes: DataScopes, wanted: DataFactorySettings, identity: Identity
) -> DataFactory:
    ready = grant(foundation, "factory-roles", data_access.factory_identity(identity, scopes))
    administrators = foundation.settings.access.platform_admins
    grant(foundation, "approver-roles", data_access.endpoint_approvers(administrators, scopes))
    args = DataFactoryArgs(
        placement=foundation.placement,
        resource_group_name=foundation.group_name("data"),
        identity=identity,
        ready=(ready,),
        compute=wanted.compute,
        cores=wanted.cores,
        idle_minutes=wanted.idle_minutes,
        reaches={
            "lake-dfs": ManagedEndpoint(target_id=scopes.lake.id, group="dfs"),
            "lake-blob": ManagedEndpoint(target_id=scopes.lake.id, group="blob"),
            "vault": ManagedEndpoint(target_id=scopes.vault.id, group="vault"),
        },
        purview_account_id=wanted.purview_account_id,
        customer_key=foundation.customer_keys.get("data-factory"),
        access=foundation.access,
        log_workspace_id=foundation.log_workspace_id,
    )
    return DataFactory(f"{foundation.prefix}-factory", args, foundation.child)


def _databricks(
    foundation: Foundation, scopes: DataScopes, wanted: DatabricksSettings, security: Security
) -> DatabricksWorkspace:
    connector = _identity(foundation, "databricks")
    ready = grant(foundation, "databricks-roles", data_access.connector_identity(connector, scopes.lake))
    key = _databricks_key(foundation, wanted, security)
    args = DatabricksWorkspaceArgs(
        placement=foundation.placement,
        resource_group_name=foundation.group_name("data"),
        subscription_id=foundation.subscription_id,
        network=WorkspaceNetwork(
            vnet_id=foundation.network.vnet_id,
            public_subnet_name=naming.subnet("databricks_public"),
            private_subnet_name=naming.subnet("databricks_private"),
            ready=(foundation.network,),
        ),
        connector=connector,
        ready=(ready,),
        storage_replication="ZRS" if region(foundation.placement.region).zones else "LRS",
        protected_b=foundation.settings.demands.databricks_compliance_profile,
        hosts_sign_in=wanted.hosts_sign_in,
        customer_key=key,
        access=foundation.access,
        log_workspace_id=foundation.log_workspace_id,
    )
    made = DatabricksWorkspace(f"{foundation.prefix}-databricks", args, foundation.child)
    if key is not None and made.disk_principal_id is not None:
        disks = data_access.databricks_disks(made.disk_principal_id, key.key.key_id)
        grant(foundation, "databricks-disk-roles", disks)
    return made


def _databricks_key(foundation: Foundation, wanted: DatabricksSettings, security: Security) -> WorkspaceKey | None:
    key, vault = security.service_keys.get(DATABRICKS_KEY), security.keys_vault
    if key is None or vault is None or wanted.application_object_id is None:
        return None
    roles = data_access.databricks_application(wanted.application_object_id, key.key_id)
    ready = grant(foundation, "databricks-key-roles", roles)
    return WorkspaceKey(key=key, vault_uri=vault.vault_uri, ready=(ready,))
