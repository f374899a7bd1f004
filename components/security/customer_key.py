"""Customer-managed key: which key encrypts a service's data, and who the service is when it uses it.

Owns the shape that every component takes; None where the classification asks for Microsoft's keys. Does not own the
keys (`components.security.encryption_key`) or the roles on them (`components.security.wiring`).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from pulumi import Input, Resource

from components.identity.identity import Identity


@dataclass(frozen=True, kw_only=True)
class CustomerKey:
    """`key_id` is the ARM id. `key_uri` has no version, so that a service follows a rotation by itself.

    `key_version_uri` is for the services that take nothing else (Azure ML, the API server's etcd): they stay on that
    version until it is written anew. `identity` may wrap and unwrap. `ready` must be in `depends_on` of whatever uses
    the key, or its identity may not use it yet.
    """

    vault_id: Input[str]
    vault_uri: Input[str]
    key_id: Input[str]
    key_name: str
    key_uri: Input[str]
    identity: Identity
    key_version_uri: Input[str]
    ready: Sequence[Resource] = ()
