"""What an app of App Service may do, as a plain list.

Owns which roles its identity has. Does not own the assignments (`components.identity.role_assignment`).
"""

from __future__ import annotations

from pulumi import Input, Output

from components.identity.access import of_identity
from components.identity.identity import Identity
from components.identity.role_assignment import Grant, Scope


def app_identity(
    app: Identity, registry_id: Input[str], vault_id: Input[str], secrets: tuple[str, ...]
) -> tuple[Grant, ...]:
    """It pulls its image and reads the secrets that its settings name: no other secret of the vault."""
    who = of_identity(app)
    reads = (
        Grant(
            principal=who,
            role="Key Vault Secrets User",
            scope=Scope(name=f"secret-{each}", id=Output.concat(vault_id, f"/secrets/{each}")),
        )
        # Two settings may name one secret.
        for each in sorted(set(secrets))
    )
    return (Grant(principal=who, role="AcrPull", scope=Scope(name="registry", id=registry_id)), *reads)
