"""Examples of what holds data."""

from __future__ import annotations

from dataclasses import replace

from components.data.container_registry import BuildPool, ContainerRegistryArgs, Replica
from components.data.data_lake import DataLakeArgs
from components.data.registry_cache import CacheRule, RegistryCacheArgs
from components.data.storage_account import DefenderForStorage, StorageAccountArgs
from components.identity.role_assignment import Scope
from tests.components.examples import LAKE, REGISTRY, STORAGE
from tests.components.security.examples import a_customer_key

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
