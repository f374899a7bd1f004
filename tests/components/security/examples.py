"""Examples of keys and secrets."""

from __future__ import annotations

from components.security.customer_key import CustomerKey
from components.security.encryption_key import EncryptionKeyArgs
from tests.components.examples import PLACEMENT, an_identity, something

KEY = EncryptionKeyArgs(
    placement=PLACEMENT,
    resource_group_name="rg",
    vault_name="a-vault",
    purpose="storage",
    operations="wrap",
    hsm=True,
    size=3072,
    rotation_days=365,
)


def a_customer_key(purpose: str) -> CustomerKey:
    """A key with whoever uses it; to be made inside a recorded program."""
    return CustomerKey(
        vault_id="/vault",
        vault_uri="https://a-vault.example/",
        key_id=f"/vault/keys/{purpose}",
        key_name=purpose,
        key_uri=f"https://a-vault.example/keys/{purpose}",
        key_version_uri=f"https://a-vault.example/keys/{purpose}/1",
        identity=an_identity(f"encryption-{purpose}"),
        ready=(something(f"{purpose}-role"),),
    )
