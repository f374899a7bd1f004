"""Examples of pools, keys and what is installed in a cluster."""

from __future__ import annotations

from components.aks.azure_ml_extension import AzureMlExtensionArgs, Certificate, Inference
from components.aks.bootstrap_cache import BootstrapCacheArgs
from components.aks.capacity_reservation import CapacityReservationArgs
from components.aks.disk_encryption import DiskEncryptionArgs
from components.aks.git_ops import GitOpsArgs
from components.aks.safeguards import SafeguardsArgs
from components.aks.user_pool import UserPoolArgs
from components.security.customer_key import CustomerKey
from tests.components.examples import PLACEMENT, an_identity, something
from tests.components.security.examples import a_customer_key

USER_POOL = UserPoolArgs(
    placement=PLACEMENT,
    resource_group_name="rg",
    cluster_name="a-cluster",
    subnet_id="/subnet",
    pool_name="cpu",
    vm_size="Standard_D8ds_v5",
    min_count=1,
    max_count=5,
    zones=("1", "2", "3"),
    spot=None,
    os_disk_gib=128,
    encryption_at_host=True,
    fips=True,
    labels={"team": "vision"},
    taints=("team=vision:NoSchedule",),
)
SAFEGUARDS = SafeguardsArgs(cluster_id="/cluster", level="Enforce", excluded_namespaces=("gpu-operator",))


def disk_encryption() -> DiskEncryptionArgs:
    """To be made inside a recorded program."""
    return DiskEncryptionArgs(placement=PLACEMENT, resource_group_name="rg", key=a_customer_key("cluster-disks"))


def bootstrap_cache() -> BootstrapCacheArgs:
    """To be made inside a recorded program."""
    return BootstrapCacheArgs(resource_group_name="rg", registry_name="aregistry", ready=(something(),))


def etcd_key() -> CustomerKey:
    """The key of the control plane's identity; to be made inside a recorded program."""
    user = an_identity("etcd")
    return CustomerKey(
        vault_id="/vault",
        vault_uri="https://a-vault.example/",
        key_id="/vault/keys/cluster-etcd",
        key_name="cluster-etcd",
        key_uri="https://a-vault.example/keys/cluster-etcd",
        key_version_uri="https://a-vault.example/keys/cluster-etcd/1",
        identity=user,
        ready=(user,),
    )


RESERVED = CapacityReservationArgs(
    placement=PLACEMENT,
    resource_group_name="rg",
    purpose="a10",
    vm_size="Standard_NV36ads_A10_v5",
    nodes=3,
    zones=("1", "2"),
)


def azure_ml_extension() -> AzureMlExtensionArgs:
    """To be made inside a recorded program."""
    return AzureMlExtensionArgs(
        resource_group_name="rg",
        cluster_name="a-cluster",
        workspace_id="/workspace",
        training=True,
        inference=Inference(certificate=Certificate(secret="tls", host="ml.gov.example"), redundant=True),
        volcano=False,
        ready=(something(),),
    )


def git_ops() -> GitOpsArgs:
    """To be made inside a recorded program."""
    return GitOpsArgs(
        resource_group_name="rg",
        cluster_name="a-cluster",
        url="https://github.com/gov-example/ml-platform",
        branch="main",
        path="gitops/clusters/prod",
        sync_minutes=5,
        prune=True,
        secret=None,
        ready=(something(),),
    )
