"""Encryption key: one key that wraps the data keys of one service, rotated by the vault itself.

Owns the key and its rotation policy. Does not own the vault or the right to use the key. It is made through Azure
Resource Manager, not through the vault's own endpoint: the vault is closed to the internet from its first second, and
still no second run is needed.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Literal

from pulumi import ComponentResource, Input, Output, ResourceOptions
from pulumi_azure_native import keyvault

from components.options import stateful
from components.placement import Placement
from components.problems import refuse

# Sizes that Key Vault makes (key-vault/keys/about-keys-details.md, 2026-11-25).
SIZES = (2048, 3072, 4096)
# Key Vault warns 7 days or more before a version expires, and rotates 7 days or more after it was made
# (key-vault/keys/how-to-configure-key-rotation.md, 2026-11-25).
FEWEST_ROTATION_DAYS = 28
# A version outlives its successor's first day, so that services which still hold it can change over.
OVERLAP_DAYS = 90
NOTICE_DAYS = 30

Operations = Literal["wrap", "encrypt"]
"""Services of Azure wrap their own keys; Kubernetes' KMS plugin encrypts."""
OPERATIONS: Mapping[Operations, tuple[str, ...]] = MappingProxyType(
    {"wrap": ("wrapKey", "unwrapKey"), "encrypt": ("encrypt", "decrypt")}
)


@dataclass(frozen=True, kw_only=True)
class EncryptionKeyArgs:
    """`purpose` names the key, for example `storage`. All of it is fixed once the first version exists."""

    placement: Placement
    resource_group_name: Input[str]
    vault_name: Input[str]
    purpose: str
    operations: Operations
    hsm: bool
    size: int
    rotation_days: int


def problems(args: EncryptionKeyArgs) -> list[str]:
    """Every reason why the key can't be built."""
    found = []
    if args.size not in SIZES:
        found.append(f"an RSA key of {args.size} bits: Key Vault makes {', '.join(map(str, SIZES))}")
    if args.rotation_days < FEWEST_ROTATION_DAYS:
        found.append(f"rotation after {args.rotation_days} days: a version lives {FEWEST_ROTATION_DAYS} or more")
    return found


class EncryptionKey(ComponentResource):
    """One key with its rotation policy."""

    key_id: Output[str]
    key_name: str
    key_uri: Output[str]
    key_version_uri: Output[str]

    def __init__(self, name: str, args: EncryptionKeyArgs, opts: ResourceOptions | None = None) -> None:
        super().__init__("platform:encryption_key:EncryptionKey", name, {}, opts)
        refuse(name, problems(args))
        # Azure Resource Manager makes the first version and changes nothing afterwards: a new rotation policy or tag
        # is set in the vault (docs/runbooks/rotate-key.md), and writing it here would be refused.
        once = ResourceOptions(ignore_changes=["properties", "tags"])
        made = keyvault.Key(
            f"{name}-key",
            key_name=args.purpose,
            vault_name=args.vault_name,
            resource_group_name=args.resource_group_name,
            properties=_properties(args),
            tags=args.placement.tags,
            opts=ResourceOptions.merge(stateful(self, args.placement), once),
        )
        self.key_name = args.purpose
        self.key_id, self.key_uri, self.key_version_uri = made.id, made.key_uri, made.key_uri_with_version
        self.register_outputs({"key_id": self.key_id, "key_uri": self.key_uri, "key_version_uri": self.key_version_uri})


def _properties(args: EncryptionKeyArgs) -> keyvault.KeyPropertiesArgs:
    return keyvault.KeyPropertiesArgs(
        kty="RSA-HSM" if args.hsm else "RSA",
        key_size=args.size,
        # No signing, and nothing that is not needed.
        key_ops=list(OPERATIONS[args.operations]),
        attributes=keyvault.KeyAttributesArgs(enabled=True, exportable=False),
        rotation_policy=keyvault.RotationPolicyArgs(
            attributes=keyvault.KeyRotationPolicyAttributesArgs(expiry_time=f"P{args.rotation_days + OVERLAP_DAYS}D"),
            lifetime_actions=[
                keyvault.LifetimeActionArgs(
                    action=keyvault.ActionArgs(type=keyvault.KeyRotationPolicyActionType.ROTATE),
                    trigger=keyvault.TriggerArgs(time_after_create=f"P{args.rotation_days}D"),
                ),
                # Comes only if the rotation did not happen: a rotated key is far from its expiry.
                keyvault.LifetimeActionArgs(
                    action=keyvault.ActionArgs(type=keyvault.KeyRotationPolicyActionType.NOTIFY),
                    trigger=keyvault.TriggerArgs(time_before_expiry=f"P{NOTICE_DAYS}D"),
                ),
            ],
        ),
    )
