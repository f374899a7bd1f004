"""Who may do what: every role that the platform grants, as plain lists.

Owns principals, scopes and roles. Does not own the assignments' resources and names
(`components.identity.role_assignment`).
Least privilege: a data role at one resource rather than Contributor at a group. No person gets Owner or Contributor;
what pipelines get stands in `components.identity.deployment_access`.

Sources (read 2026-11-24): AKS `api-server-vnet-integration.md`, `private-clusters.md`, `use-managed-identity.md`;
Azure ML `how-to-identity-based-service-authentication.md` and `how-to-managed-network.md`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from pulumi import Input

from components.identity.identity import Identity
from components.identity.privileged_roles import no_privileged_roles
from components.identity.role_assignment import Grant, Principal, Scope


@dataclass(frozen=True, kw_only=True)
class Groups:
    """Object ids of the Entra groups."""

    platform_admins: str
    ml_engineers: str
    data_scientists: str
    auditors: str
    break_glass: str | None = None


def of_identity(identity: Identity) -> Principal:
    """The service principal behind a managed identity."""
    return Principal(name=identity.purpose, id=identity.principal_id, type="ServicePrincipal")


def _group(name: str, object_id: str) -> Principal:
    return Principal(name=name, id=object_id, type="Group")


def _grants(principal: Principal, *pairs: tuple[str, Scope]) -> list[Grant]:
    return [Grant(principal=principal, role=role, scope=scope) for role, scope in pairs]


def cluster_identities(
    control_plane: Identity,
    kubelet: Identity,
    subnets: Mapping[str, Input[str]],
    dns_zone: tuple[Input[str], Input[str]] | None,
    registry: Scope,
    disk_encryption: Scope | None,
) -> tuple[Grant, ...]:
    """What AKS needs before it can be created; it checks each one and refuses the cluster otherwise.

    `dns_zone`: the zone of the API server's record, and the VNet that AKS links it to; None: AKS makes a zone, and
    needs no role at it. `disk_encryption` None: disks have Microsoft's keys.
    """
    plane = of_identity(control_plane)
    return (
        *_grants(
            plane,
            # Joins nodes, load balancers and API server to the subnets.
            *(("Network Contributor", Scope(name=f"snet-{key}", id=subnet)) for key, subnet in subnets.items()),
            *(() if dns_zone is None else _zone_of_the_api_server(*dns_zone)),
            # Puts the kubelet identity onto the nodes.
            ("Managed Identity Operator", Scope(name="kubelet-identity", id=kubelet.identity_id)),
            # Attaches disks that are encrypted with it (azure-disk-customer-managed-keys.md).
            *(() if disk_encryption is None else (("Reader", disk_encryption),)),
        ),
        *_grants(of_identity(kubelet), ("AcrPull", registry)),
    )


def _zone_of_the_api_server(zone: Input[str], vnet: Input[str]) -> tuple[tuple[str, Scope], ...]:
    """AKS writes its record, and links the zone to the VNet, even where a hub links it already (`private-clusters.md`,
    2026-08-05: both roles, the second one at the VNet).
    """
    return (
        ("Private DNS Zone Contributor", Scope(name="aks-zone", id=zone)),
        ("Network Contributor", Scope(name="vnet", id=vnet)),
    )


def encryption_identities(keys: Mapping[str, tuple[Identity, Input[str]]]) -> tuple[Grant, ...]:
    """The right to wrap and unwrap with one key each, and no other; `keys`: who and which key, by purpose."""
    return tuple(
        grant
        for purpose, (identity, key_id) in keys.items()
        for grant in _grants(
            of_identity(identity),
            ("Key Vault Crypto Service Encryption User", Scope(name=f"key-{purpose}", id=key_id)),
        )
    )


def etcd_encryption(control_plane: Identity, key_id: Input[str], vault: Scope) -> tuple[Grant, ...]:
    """What AKS asks for before it encrypts etcd with a key of a private vault (`use-kms-etcd-encryption.md`).

    The second role lets it make its own private endpoint to the vault; on a vault with Azure RBAC it reads no content.
    """
    return tuple(
        _grants(
            of_identity(control_plane),
            ("Key Vault Crypto User", Scope(name="key-cluster-etcd", id=key_id)),
            ("Key Vault Contributor", vault),
        )
    )


@dataclass(frozen=True, kw_only=True)
class DataScopes:
    """The resources that hold data, and the groups they are in."""

    vault: Scope
    storage: Scope
    lake: Scope
    registry: Scope
    insights: Scope
    security_group: Scope
    data_group: Scope
    ml_group: Scope


def workspace_identities(workspace: Identity, compute: Identity, at: DataScopes) -> tuple[Grant, ...]:
    """What the workspace needs before it can be created, and what jobs and endpoints may use.

    Azure AI Administrator on the workspace's group is what Azure itself grants since 2024-11-19; before: Contributor.
    The approver role lets the workspace approve the endpoints that its managed network makes to each resource.
    """
    approver = "Azure AI Enterprise Network Connection Approver"
    return (
        *_grants(
            of_identity(workspace),
            ("Azure AI Administrator", at.ml_group),
            (approver, at.ml_group),
            (approver, at.data_group),
            (approver, at.security_group),
            ("Storage Account Contributor", at.storage),
            ("Storage Blob Data Contributor", at.storage),
            ("Storage File Data Privileged Contributor", at.storage),
            ("Storage Blob Data Contributor", at.lake),
            ("Key Vault Reader", at.vault),
            ("Key Vault Secrets Officer", at.vault),
            ("AcrPush", at.registry),
            ("Monitoring Metrics Publisher", at.insights),
        ),
        *_grants(
            of_identity(compute),
            ("Storage Blob Data Contributor", at.storage),
            ("Storage File Data Privileged Contributor", at.storage),
            ("Storage Blob Data Reader", at.lake),
            ("Key Vault Secrets User", at.vault),
            ("AcrPull", at.registry),
            ("Monitoring Metrics Publisher", at.insights),
        ),
    )


def model_registry_users(
    groups: Groups, compute: Identity, others: Mapping[str, str], linked: Mapping[str, str], at: Scope
) -> tuple[Grant, ...]:
    """Who takes models from the registry, and puts them there, and who may make endpoints to it.

    `others` and `linked`: object ids of other stacks' identities by name, so that none changes when another one goes.

    No group twice, and no group of another stack: the stack that makes the registry answers for all of its users.
    """
    return (
        *_grants(_group("ml-engineers", groups.ml_engineers), ("AzureML Registry User", at)),
        *_grants(_group("data-scientists", groups.data_scientists), ("AzureML Registry User", at)),
        *_grants(of_identity(compute), ("AzureML Registry User", at)),
        *_of_other_stacks(others, "AzureML Registry User", at),
        *_of_other_stacks(linked, "Azure AI Enterprise Network Connection Approver", at),
    )


def _of_other_stacks(identities: Mapping[str, str], role: str, at: Scope) -> tuple[Grant, ...]:
    return tuple(
        Grant(principal=Principal(name=f"other-{name}", id=each, type="ServicePrincipal"), role=role, scope=at)
        for name, each in identities.items()
    )


@dataclass(frozen=True, kw_only=True)
class PeopleScopes:
    """Where people work. `groups`: by purpose. `namespaces`: those of workloads. `keys`: None where none are ours."""

    cluster: Scope
    workspace: Scope
    logs: Scope
    groups: Mapping[str, Scope]
    namespaces: tuple[Scope, ...] = ()
    keys: Scope | None = None


def people(groups: Groups, data: DataScopes, at: PeopleScopes) -> tuple[Grant, ...]:
    """What each group of people may do."""
    return (
        *_grants(
            _group("platform-admins", groups.platform_admins),
            ("Azure Kubernetes Service Cluster User Role", at.cluster),
            ("Log Analytics Reader", at.logs),
            *(("Reader", scope) for scope in at.groups.values()),
        ),
        *_grants(
            _group("ml-engineers", groups.ml_engineers),
            ("Azure Kubernetes Service Cluster User Role", at.cluster),
            # Whoever writes pods takes any service account beside them: of the whole cluster, an administrator's too.
            *(("Azure Kubernetes Service RBAC Writer", namespace) for namespace in at.namespaces),
            ("AzureML Data Scientist", at.workspace),
            ("AzureML Compute Operator", at.workspace),
            ("Storage Blob Data Contributor", data.storage),
            ("Storage File Data Privileged Contributor", data.storage),
            ("Storage Blob Data Contributor", data.lake),
            ("AcrPush", data.registry),
            ("Key Vault Secrets User", data.vault),
            ("Log Analytics Reader", at.logs),
        ),
        *_grants(
            _group("data-scientists", groups.data_scientists),
            ("AzureML Data Scientist", at.workspace),
            ("Storage Blob Data Contributor", data.storage),
            ("Storage File Data Privileged Contributor", data.storage),
            ("Storage Blob Data Reader", data.lake),
            ("Log Analytics Reader", at.logs),
        ),
        *_grants(
            _group("auditors", groups.auditors),
            ("Log Analytics Reader", at.logs),
            *(("Reader", scope) for scope in at.groups.values()),
        ),
    )


def administration(groups: Groups, data: DataScopes, at: PeopleScopes) -> tuple[Grant, ...]:
    """The roles that administrators hold all the time, or activate where the settings say so."""
    return tuple(
        _grants(
            _group("platform-admins", groups.platform_admins),
            ("Azure Kubernetes Service RBAC Cluster Admin", at.cluster),
            ("Key Vault Administrator", data.vault),
            # Rotates keys and their policies (docs/runbooks/rotate-key.md); grants nobody anything.
            *(() if at.keys is None else (("Key Vault Crypto Officer", at.keys),)),
        )
    )


def break_glass(groups: Groups, data: DataScopes, at: PeopleScopes) -> tuple[Grant, ...]:
    """What the emergency accounts hold all the time, for the day on which PIM or the usual groups don't work.

    Not Contributor: they grant themselves what an emergency needs, and each such grant is in the activity log.
    """
    if groups.break_glass is None:
        return ()
    group = _group("break-glass", groups.break_glass)
    return (
        *_grants(
            group,
            ("Azure Kubernetes Service Cluster User Role", at.cluster),
            ("Azure Kubernetes Service RBAC Cluster Admin", at.cluster),
            ("Key Vault Administrator", data.vault),
            ("Log Analytics Reader", at.logs),
            *(("Reader", scope) for scope in at.groups.values()),
        ),
        *(
            Grant(
                principal=group,
                scope=scope,
                role="Role Based Access Control Administrator",
                condition=no_privileged_roles(),
            )
            for scope in at.groups.values()
        ),
    )


def workload(identity: Identity, use: str, data: DataScopes) -> tuple[Grant, ...]:
    """What the pods of a workload may do; `use` is training or serving."""
    if use == "training":
        held = (("Storage Blob Data Reader", data.lake), ("Storage Blob Data Contributor", data.storage))
    else:
        held = (("Storage Blob Data Reader", data.storage), ("Key Vault Secrets User", data.vault))
    return tuple(_grants(of_identity(identity), *held, ("Monitoring Metrics Publisher", data.insights)))
