"""What the services that move and work data may do, as plain lists.

Owns which role each of them has. Does not own the assignments (`components.identity.role_assignment`).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from pulumi import Input

from components.identity.access import DataScopes, of_identity
from components.identity.identity import Identity
from components.identity.role_assignment import Grant, Principal, Scope


def capture_identity(capture: Identity, lake: Scope) -> tuple[Grant, ...]:
    """Event Hubs writes what it captures into the lake."""
    return (Grant(principal=of_identity(capture), role="Storage Blob Data Contributor", scope=lake),)


def factory_identity(factory: Identity, at: DataScopes) -> tuple[Grant, ...]:
    """Data Factory writes the lake and reads the secrets of sources that know no Entra identity."""
    principal = of_identity(factory)
    return (
        Grant(principal=principal, role="Storage Blob Data Contributor", scope=at.lake),
        Grant(principal=principal, role="Key Vault Secrets User", scope=at.vault),
    )


def connector_identity(connector: Identity, lake: Scope) -> tuple[Grant, ...]:
    """Unity Catalog reads and writes the lake for whoever it lets."""
    return (Grant(principal=of_identity(connector), role="Storage Blob Data Contributor", scope=lake),)


def databricks_application(object_id: str, key_id: Input[str]) -> tuple[Grant, ...]:
    """Microsoft's own application wraps the keys of notebooks and queries: it has no managed identity for that."""
    return _wraps(Principal(name="azure-databricks", id=object_id, type="ServicePrincipal"), key_id)


def databricks_disks(principal_id: Input[str], key_id: Input[str]) -> tuple[Grant, ...]:
    """The disk encryption set that Databricks makes; known only once the workspace stands, needed by its clusters."""
    return _wraps(Principal(name="databricks-disks", id=principal_id, type="ServicePrincipal"), key_id)


def _wraps(principal: Principal, key_id: Input[str]) -> tuple[Grant, ...]:
    scope = Scope(name="key-databricks", id=key_id)
    return (Grant(principal=principal, role="Key Vault Crypto Service Encryption User", scope=scope),)


def stream_users(streams: Mapping[str, Input[str]], sender: Identity, receiver: Identity | None) -> tuple[Grant, ...]:
    """Endpoints tell what they answered; Data Factory, where there is one, reads it."""
    scopes = [Scope(name=f"stream-{name}", id=stream_id) for name, stream_id in streams.items()]
    sends = [Grant(principal=of_identity(sender), role="Azure Event Hubs Data Sender", scope=each) for each in scopes]
    if receiver is None:
        return tuple(sends)
    reader, role = of_identity(receiver), "Azure Event Hubs Data Receiver"
    return (*sends, *(Grant(principal=reader, role=role, scope=each) for each in scopes))


APPROVER = "Azure AI Enterprise Network Connection Approver"


def endpoint_approvers(administrators: str, at: DataScopes) -> tuple[Grant, ...]:
    """Platform administrators approve the endpoints that Data Factory asks for, and change nothing else there.

    The role's name speaks of AI; its actions are the approvals of storage, vaults, registries and more.
    """
    return approvers(administrators, (at.data_group, at.security_group))


def approvers(administrators: str, at: Sequence[Scope]) -> tuple[Grant, ...]:
    """The same at single resources: what the search service asks to be linked to."""
    people = Principal(name="platform-admins", id=administrators, type="Group")
    return tuple(Grant(principal=people, role=APPROVER, scope=each) for each in at)
