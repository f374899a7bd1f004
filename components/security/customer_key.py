"""Customer-managed key: which key encrypts a service's data, and who the service is when it uses it.

Owns the shape that every component takes; None where the classification asks for Microsoft's keys. Does not own the
keys (`components.security`) or the roles on them.
"""

from __future__ import annotations

from dataclasses import dataclass

from pulumi import Input

from components.identity.identity import Identity


@dataclass(frozen=True, kw_only=True)
class CustomerKey:
    """`key_uri` has no version, so that a service follows a rotation by itself. `identity` may wrap and unwrap."""

    vault_id: Input[str]
    vault_uri: Input[str]
    key_name: str
    key_uri: Input[str]
    identity: Identity
