"""The AKS cluster: what its settings exclude, need or promise together."""

from __future__ import annotations

from collections.abc import Iterator

from facts.regions import region
from facts.vm_sizes import vm_size
from stacks.checks.addresses import needs_subnet
from stacks.classification import chosen
from stacks.problems import Problem
from stacks.settings import Settings


def user_pools_have_a_subnet(settings: Settings) -> Iterator[Problem]:
    """Pools without a GPU have a subnet of their own."""
    if settings.cluster.pools:
        yield from needs_subnet(
            settings,
            "user_pool",
            ("cluster", "pools"),
            follows="Nodes of these pools would have no place in the spoke.",
        )


def user_pools_have_no_gpu(settings: Settings) -> Iterator[Problem]:
    """A GPU is not given to whatever pod comes first."""
    for name, pool in settings.cluster.pools.items():
        try:
            size = vm_size(pool.vm_size)
        except LookupError:
            continue  # `sizes_are_offered` reports it
        if size.has_gpu:
            yield Problem(
                path=("cluster", "pools", name, "vm_size"),
                what=f"{size.name} has a GPU ({size.gpu_model}).",
                follows="No taint keeps other work away from it, and no driver is arranged.",
                fix="Declare it in `cluster.gpu_pools`.",
            )


def pool_names_are_used_once(settings: Settings) -> Iterator[Problem]:
    """Pools share one namespace, the system pool's name included."""
    taken = {"system", *settings.cluster.pools}
    for table, names in (("pools", settings.cluster.pools), ("gpu_pools", settings.cluster.gpu_pools)):
        for name in names:
            if name == "system" or (table == "gpu_pools" and name in taken):
                yield Problem(
                    path=("cluster", table, name),
                    what=f"Another pool of the cluster is called {name}.",
                    follows="The second would overwrite the first.",
                    fix="Choose another name.",
                )


def one_autoscaler_for_a_pod(settings: Settings) -> Iterator[Problem]:
    """Node auto-provisioning replaces autoscaled user pools; both would answer one pending pod with two nodes."""
    if settings.cluster.node_provisioning is not None and settings.cluster.pools:
        yield Problem(
            path=("cluster", "node_provisioning"),
            what="AKS is to choose nodes itself, and `cluster.pools` declares autoscaled pools as well.",
            follows="Both answer the same waiting pod, and twice the nodes are paid.",
            fix="Remove `pools` (GPU pools may stay: their taints keep them apart), or `node_provisioning`.",
        )


def a_cluster_that_makes_nodes_never_sleeps(settings: Settings) -> Iterator[Problem]:
    """AKS can't stop a cluster with node auto-provisioning (azure-aks-docs node-auto-provisioning.md, 2026-02)."""
    if settings.cluster.node_provisioning is not None and settings.governance.off_hours is not None:
        yield Problem(
            path=("governance", "off_hours"),
            what="The cluster is to stop at night, and AKS is to choose its nodes.",
            follows="Azure refuses to stop such a cluster, so it would run on, and be paid.",
            fix="Remove `off_hours` or `cluster.node_provisioning`.",
        )


def long_term_support_has_its_tier(settings: Settings) -> Iterator[Problem]:
    """Long-term support is sold with the tier Premium, and lives on patches."""
    cluster = settings.cluster
    if cluster.support_plan != "AKSLongTermSupport":
        return
    if cluster.tier != "Premium":
        yield Problem(
            path=("cluster", "support_plan"),
            what=f"Long-term support is asked for in the tier {cluster.tier}.",
            follows="Azure refuses the cluster.",
            fix="Write `tier: Premium`, or remove `support_plan`.",
        )
    if cluster.upgrade_channel in ("stable", "rapid"):
        yield Problem(
            path=("cluster", "upgrade_channel"),
            what=f"The channel {cluster.upgrade_channel} moves to new minor versions, and long-term support stays.",
            follows="The cluster leaves the version that the support is paid for.",
            fix="Write `upgrade_channel: patch`.",
        )


def keys_of_ours_exist(settings: Settings) -> Iterator[Problem]:
    """A key that is asked for is made, and one that the classification demands is not refused."""
    encryption, demands = settings.cluster.encryption, settings.demands
    made = chosen(settings.key_vault.customer_keys, demands.customer_keys)
    for name, demanded, what in (
        ("etcd_customer_key", demands.etcd_key, "Kubernetes' secrets"),
        ("disk_customer_key", demands.customer_keys, "The disks of nodes"),
    ):
        wanted: bool | None = getattr(encryption, name)
        if wanted and not made:
            yield Problem(
                path=("cluster", "encryption", name),
                what=f"{what} are to be encrypted with a key of ours, and `key_vault.customer_keys` is off.",
                follows="There is no such key: Microsoft's would be used.",
                fix="Write `customer_keys: true` under `key_vault`.",
            )
        if demanded and wanted is False:
            yield Problem(
                path=("cluster", "encryption", name),
                what=f"{settings.classification} demands a key of ours, and {name} is switched off.",
                follows=f"{what} would be readable for whoever holds Microsoft's key.",
                fix="Remove the line: it follows the classification.",
            )


def etcd_key_is_within_reach(settings: Settings) -> Iterator[Problem]:
    """The vault of the etcd key is closed: only an API server inside the network reaches it."""
    cluster = settings.cluster
    etcd = chosen(cluster.encryption.etcd_customer_key, settings.demands.etcd_key)
    if etcd and cluster.api_server.access != "vnet_integration":
        yield Problem(
            path=("cluster", "api_server", "access"),
            what="etcd takes a key of a private vault, and the API server is not inside the network.",
            follows="Azure refuses the cluster (keyVaultNetworkAccess Private needs VNet integration).",
            fix="Write `access: vnet_integration`.",
        )


def nodes_are_fips_where_demanded(settings: Settings) -> Iterator[Problem]:
    """Nodes run validated cryptography where the classification demands it."""
    if settings.demands.fips_nodes and settings.cluster.encryption.fips is False:
        yield Problem(
            path=("cluster", "encryption", "fips"),
            what=f"{settings.classification} demands FIPS images on nodes, and they are switched off.",
            follows="Nodes would encrypt with modules that nobody has validated.",
            fix="Remove the line: it follows the classification.",
        )


def freezes_end_after_they_begin(settings: Settings) -> Iterator[Problem]:
    """A span has its days in order."""
    for index, freeze in enumerate(settings.cluster.maintenance.freezes):
        if freeze.last < freeze.first:
            yield Problem(
                path=("cluster", "maintenance", "freezes", index),
                what=f"The freeze from {freeze.first} to {freeze.last} ends before it begins.",
                follows="Azure refuses the maintenance window (InvalidStartEndTime).",
                fix=f"Write `first: {freeze.last}` and `last: {freeze.first}`, both in quotes.",
            )


def inference_has_a_certificate(settings: Settings) -> Iterator[Problem]:
    """Endpoints in the cluster are encrypted, or somebody has said that they are not."""
    wanted = settings.cluster.azure_ml
    if wanted is None:
        return
    path = ("cluster", "azure_ml")
    if wanted.inference and wanted.tls_secret is None and not wanted.allow_unencrypted_inference:
        yield Problem(
            path=(*path, "inference"),
            what="Online endpoints are to be served from the cluster, without a certificate.",
            follows="Azure refuses the extension.",
            fix="Write `tls_secret` and `tls_host`, or `allow_unencrypted_inference: true`.",
        )
    if (wanted.tls_secret is None) != (wanted.tls_host is None):
        yield Problem(
            path=(*path, "tls_host"),
            what="`tls_secret` and `tls_host` belong together, and one is missing.",
            follows="The inference router would not start.",
            fix="Write both, or neither.",
        )
    if not wanted.inference and not wanted.training:
        yield Problem(
            path=path,
            what="The extension is to run neither jobs nor endpoints.",
            follows="Azure refuses the extension.",
            fix="Write `training: true`, or remove `azure_ml`.",
        )


def ssh_repositories_have_a_key(settings: Settings) -> Iterator[Problem]:
    """Over ssh a repository is read with a key."""
    wanted = settings.cluster.gitops
    if wanted is not None and wanted.url.startswith("ssh://") and wanted.secret is None:
        yield Problem(
            path=("cluster", "gitops", "secret"),
            what="An ssh:// address is read with a key, and no secret is named.",
            follows="Flux could not sign in.",
            fix="Write `secret`, or an https:// address.",
        )


def extensions_have_nodes(settings: Settings) -> Iterator[Problem]:
    """Some pool takes pods that tolerate no taint: what Azure installs runs there."""
    cluster = settings.cluster
    open_pools = [pool for pool in cluster.pools.values() if not pool.taints and pool.spot is None]
    if open_pools or cluster.node_provisioning is not None:
        return
    for name in ("azure_ml", "gitops", "backup"):
        if getattr(cluster, name) is not None:
            yield Problem(
                path=("cluster", name),
                what=f"`{name}` is set, and every pool has a taint (system, GPU and spot pools always have one).",
                follows="Its pods would wait for a node, and the deployment fails after an hour.",
                fix="Declare a pool without taints in `cluster.pools`.",
            )


def vault_copies_outlive_snapshots(settings: Settings) -> Iterator[Problem]:
    """A copy is kept at least as long as what it is made of."""
    backup = settings.cluster.backup
    if backup is None or backup.vault_retention_days is None:
        return
    if backup.vault_retention_days < backup.retention_days:
        yield Problem(
            path=("cluster", "backup", "vault_retention_days"),
            what=f"Vault copies go after {backup.vault_retention_days} days, snapshots after {backup.retention_days}.",
            follows="The copy for the worst day is gone first.",
            fix=f"Write {backup.retention_days} or more.",
        )


def backups_fit_the_region(settings: Settings) -> Iterator[Problem]:
    """The vault's copies are spread over what the region has."""
    backup, where = settings.cluster.backup, region(settings.region.value)
    if backup is not None and backup.redundancy == "ZoneRedundant" and not where.zones:
        yield Problem(
            path=("cluster", "backup", "redundancy"),
            what=f"Backups are to be spread over zones, and {where.name} has none.",
            follows="Azure refuses the vault.",
            fix="Write GeoRedundant or LocallyRedundant.",
        )


CHECKS = (
    user_pools_have_a_subnet,
    user_pools_have_no_gpu,
    pool_names_are_used_once,
    one_autoscaler_for_a_pod,
    a_cluster_that_makes_nodes_never_sleeps,
    long_term_support_has_its_tier,
    keys_of_ours_exist,
    etcd_key_is_within_reach,
    nodes_are_fips_where_demanded,
    freezes_end_after_they_begin,
    inference_has_a_certificate,
    ssh_repositories_have_a_key,
    extensions_have_nodes,
    vault_copies_outlive_snapshots,
    backups_fit_the_region,
)
