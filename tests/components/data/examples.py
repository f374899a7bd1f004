"""Examples of what holds data."""

from __future__ import annotations

from dataclasses import replace

from components.data.container_registry import BuildPool, ContainerRegistryArgs, Replica
from components.data.data_factory import DataFactoryArgs, ManagedEndpoint
from components.data.data_lake import DataLakeArgs
from components.data.databricks_workspace import DatabricksWorkspaceArgs, WorkspaceKey, WorkspaceNetwork
from components.data.event_streams import Capture, EventStreamsArgs, Stream
from components.data.registry_cache import CacheRule, RegistryCacheArgs
from components.data.storage_account import DefenderForStorage, StorageAccountArgs
from components.identity.role_assignment import Scope
from components.security.encryption_key import EncryptionKey
from tests.components.examples import ACCESS, LAKE, LOGS, PLACEMENT, REGISTRY, STORAGE, an_identity, something
from tests.components.security.examples import KEY, a_customer_key

CACHE = RegistryCacheArgs(
    resource_group_name="rg",
    registry_name="a-registry",
    rules={
        "nvidia": CacheRule(source="nvcr.io/nvidia/*", target="nvidia/*", signed_in=False),
        "docker": CacheRule(source="docker.io/library/*", target="docker/*", signed_in=True),
    },
    vault_uri="https://a-vault.example/",
    vault=Scope(name="vault", id="/vault"),
    namespace="mlops-dev-cnc",
)
REPLICATED = replace(
    REGISTRY,
    replicas=(Replica(region="canadaeast", zone_redundancy=False),),
    build_pool=BuildPool(tier="S2", count=2, subnet_id="/runners"),
)
SCANNED = replace(STORAGE, defender=DefenderForStorage(malware_scan_gib=100, find_sensitive_data=True))


def encrypted_registry() -> ContainerRegistryArgs:
    """A registry with a customer-managed key; to be made inside a recorded program."""
    return replace(REGISTRY, customer_key=a_customer_key("registry"))


def encrypted_account() -> StorageAccountArgs:
    """An account with a customer-managed key; to be made inside a recorded program."""
    return replace(STORAGE, customer_key=a_customer_key("storage"))


def guarded_lake() -> DataLakeArgs:
    """A lake with an immutable file system and one with its own key; to be made inside a recorded program."""
    return replace(
        LAKE,
        customer_key=a_customer_key("storage"),
        immutable_days={"raw": 30},
        own_keys={"curated": a_customer_key("lake-curated")},
    )


STREAMS = {
    "inference": Stream(partitions=4, retention_hours=24, consumers=("model-monitor",), capture_to="bronze"),
    "events": Stream(partitions=2, retention_hours=24, consumers=(), capture_to=None),
}


def event_streams() -> EventStreamsArgs:
    """Streams in Standard; to be made inside a recorded program."""
    return EventStreamsArgs(
        placement=PLACEMENT,
        resource_group_name="rg",
        sku="Standard",
        capacity=1,
        streams=STREAMS,
        capture=Capture(lake_id="/lake", identity=an_identity("event-capture"), ready=(something("capture-role"),)),
        customer_key=None,
        access=ACCESS,
        log_workspace_id=LOGS,
    )


def data_factory() -> DataFactoryArgs:
    """A factory that reaches the lake; to be made inside a recorded program."""
    return DataFactoryArgs(
        placement=PLACEMENT,
        resource_group_name="rg",
        identity=an_identity("data-factory"),
        ready=(something("factory-role"),),
        compute="General",
        cores=8,
        idle_minutes=10,
        reaches={"lake-dfs": ManagedEndpoint(target_id="/lake", group="dfs")},
        purview_account_id=None,
        customer_key=None,
        access=ACCESS,
        log_workspace_id=LOGS,
    )


def databricks_workspace() -> DatabricksWorkspaceArgs:
    """A workspace without a key of its own; to be made inside a recorded program."""
    return DatabricksWorkspaceArgs(
        placement=PLACEMENT,
        resource_group_name="rg",
        subscription_id="a-subscription",
        network=WorkspaceNetwork(
            vnet_id="/vnet", public_subnet_name="snet-a", private_subnet_name="snet-b", ready=(something("subnets"),)
        ),
        connector=an_identity("databricks"),
        ready=(something("lake-role"),),
        storage_replication="ZRS",
        protected_b=True,
        hosts_sign_in=True,
        customer_key=None,
        access=ACCESS,
        log_workspace_id=LOGS,
    )


def a_workspace_key() -> WorkspaceKey:
    """A key of ours for notebooks and disks; to be made inside a recorded program."""
    key = EncryptionKey("databricks", replace(KEY, purpose="databricks"))
    return WorkspaceKey(key=key, vault_uri="https://a-vault.example/", ready=(something("application-role"),))
