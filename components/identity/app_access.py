"""What reads single secrets of the vault may do, as plain lists: apps of App Service, and the application gateway.

Owns which roles their identities have. Does not own the assignments (`components.identity.role_assignment`).
"""

from __future__ import annotations

from collections.abc import Iterable

from pulumi import Input, Output

from components.identity.access import of_identity
from components.identity.identity import Identity
from components.identity.role_assignment import Grant, Scope


def app_identity(
    app: Identity, registry_id: Input[str], vault_id: Input[str], secrets: tuple[str, ...]
) -> tuple[Grant, ...]:
    """It pulls its image and reads the secrets that its settings name: no other secret of the vault."""
    pulls = Grant(principal=of_identity(app), role="AcrPull", scope=Scope(name="registry", id=registry_id))
    return (pulls, *secret_reader(app, vault_id, secrets))


def secret_reader(reader: Identity, vault_id: Input[str], secrets: Iterable[str]) -> tuple[Grant, ...]:
    """It reads these secrets and no other; a certificate's key is the secret of the same name."""
    return tuple(
        Grant(
            principal=of_identity(reader),
            role="Key Vault Secrets User",
            scope=Scope(name=f"secret-{each}", id=Output.concat(vault_id, f"/secrets/{each}")),
        )
        # Two settings may name one secret.
        for each in sorted(set(secrets))
    )
