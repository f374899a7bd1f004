"""Disk encryption: the key of ours with which the cluster's node and volume disks are encrypted.

Owns the disk encryption set. Does not own the key (`components.security`) or who may use the set
(`components.identity.access`).
"""

from __future__ import annotations

from dataclasses import dataclass

from pulumi import ComponentResource, Input, Output, ResourceOptions
from pulumi_azure_native import compute

from components import naming
from components.placement import Placement
from components.problems import refuse
from components.security.customer_key import CustomerKey


@dataclass(frozen=True, kw_only=True)
class DiskEncryptionArgs:
    """The key, and where the set stands."""

    placement: Placement
    resource_group_name: Input[str]
    key: CustomerKey


def problems(args: DiskEncryptionArgs) -> list[str]:
    """A key named with its version would not be followed when it rotates."""
    uri = args.key.key_uri
    if isinstance(uri, str) and len(uri.removesuffix("/").split("/")) > len(["https:", "", "vault", "keys", "name"]):
        return [f"{uri} names a version of the key: disks would stay on it"]
    return []


class DiskEncryption(ComponentResource):
    """One disk encryption set."""

    set_id: Output[str]

    def __init__(self, name: str, args: DiskEncryptionArgs, opts: ResourceOptions | None = None) -> None:
        super().__init__("platform:disk_encryption:DiskEncryption", name, {}, opts)
        refuse(name, problems(args))
        made = compute.DiskEncryptionSet(
            f"{name}-des",
            disk_encryption_set_name=naming.named("des", args.placement),
            resource_group_name=args.resource_group_name,
            location=args.placement.region,
            # Two layers, Microsoft's key and ours: whoever breaks one still has nothing.
            encryption_type="EncryptionAtRestWithPlatformAndCustomerKeys",
            identity=compute.EncryptionSetIdentityArgs(
                type="UserAssigned", user_assigned_identities=[args.key.identity.identity_id]
            ),
            active_key=compute.KeyForDiskEncryptionSetArgs(
                key_url=args.key.key_uri, source_vault=compute.SourceVaultArgs(id=args.key.vault_id)
            ),
            # A key's next version is taken within an hour, without anybody's doing.
            rotation_to_latest_key_version_enabled=True,
            tags=args.placement.tags,
            opts=ResourceOptions(parent=self, depends_on=list(args.key.ready)),
        )
        self.set_id = made.id
        self.register_outputs({"set_id": self.set_id})
