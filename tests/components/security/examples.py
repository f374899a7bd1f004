"""Examples of keys and secrets."""

from __future__ import annotations

from components.security.customer_key import CustomerKey
from components.security.encryption_key import EncryptionKeyArgs
from components.security.expiry_events import ExpiryEventsArgs
from components.security.managed_hsm import ManagedHsmArgs
from tests.components.examples import ACCESS, LOGS, PLACEMENT, an_identity, something

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

EXPIRY = ExpiryEventsArgs(
    placement=PLACEMENT,
    resource_group_name="rg",
    purpose="secrets",
    vault_id="/vault",
    action_group_ids=("/action-group",),
    severity="Sev2",
    log_workspace_id=LOGS,
)
HSM = ManagedHsmArgs(
    placement=PLACEMENT,
    resource_group_name="rg",
    tenant_id="a-tenant",
    administrators=("one", "two", "three"),
    soft_delete_days=90,
    access=ACCESS,
    log_workspace_id=LOGS,
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
