"""Microsoft.Compute/diskEncryptionSets."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any, Final

from simulator.ids import looks_like_id, subscription_of
from simulator.model import CREATED, UNKNOWN_TEXT, Model, Request, guid, normal_location
from simulator.resources.compute import REFERENCE
from simulator.rule import Fault, rule
from simulator.values import UNKNOWN

_KEY: Final = "activeKey.keyUrl"
_VAULT: Final = "activeKey.sourceVault.id"
_ROTATION: Final = "rotationToLatestKeyVersionEnabled"
# Names of keys are letters, digits and hyphens.
_VERSIONLESS: Final = re.compile(r"https://[^/]+/keys/[0-9a-zA-Z-]+/?")


@rule("des-key-version", kind="static", code="InvalidParameter", reads=(_KEY, _ROTATION),
      source=f"{REFERENCE}; hashicorp/terraform-provider-azurerm: disk_encryption_set (checked 2026-11-25); code not "
      "confirmed")  # fmt: skip
def key_version(request: Request) -> Iterator[Fault]:
    """Without rotation a set stays with one version of its key, so that it must be named."""
    url = request.known(_KEY)
    if isinstance(url, str) and request.at(_ROTATION) is not True and _VERSIONLESS.fullmatch(url):
        yield Fault(f"{_KEY} '{url}' names no version of a key", _KEY,
                    "write https://<vault>.vault.azure.net/keys/<key>/<version> (keyUriWithVersion)")  # fmt: skip


@rule("des-vault-subscription", kind="static", code="InvalidParameter", reads=(_VAULT,),
      source=f"{REFERENCE}; code not confirmed")  # fmt: skip
def vault_subscription(request: Request) -> Iterator[Fault]:
    """A vault of another subscription is found by the key's URL alone."""
    vault = request.known(_VAULT)
    if not looks_like_id(vault) or UNKNOWN_TEXT in request.id:
        return
    if str(subscription_of(str(vault))).lower() != str(subscription_of(request.id)).lower():
        yield Fault(f"the vault {vault} lies in another subscription than the set", _VAULT, "leave sourceVault out")


@rule("des-vault-region", kind="cross-resource", code="InvalidParameter", reads=(_VAULT, "location"),
      source="MicrosoftDocs/azure-docs#80172: vault, set and disks in one region (checked 2026-11-25); code not "
      "confirmed")  # fmt: skip
def vault_region(request: Request) -> Iterator[Fault]:
    """Keys are unwrapped in the region of the disks."""
    vault = request.known(_VAULT)
    record = request.world.get(str(vault)) if looks_like_id(vault) else None
    region = None if record is None else record.body.get("location")
    if region is None or region is UNKNOWN or not request.location:
        return
    if normal_location(str(region)) != request.location:
        yield Fault(f"the vault lies in {region} and the disk encryption set in {request.location}", _VAULT,
                    f"use a vault in {request.location}")  # fmt: skip


class DiskEncryptionSets(Model):
    """Which key disks are encrypted with, and as whom it is read."""

    token = "azure-native:compute:DiskEncryptionSet"
    # A vault without purge protection is taken (hashicorp/terraform-provider-azurerm#20250, #20253).
    rules = (key_version, vault_subscription, vault_region)

    def defaults(self, request: Request) -> dict[str, Any]:
        """What the service fills in."""
        return {"encryptionType": "EncryptionAtRestWithCustomerKey", _ROTATION: False}

    def outputs(self, request: Request) -> dict[str, Any]:
        """The state, and the principal of an identity of its own."""
        kind = request.at("identity.type")
        own = {} if kind is UNKNOWN or "SystemAssigned" not in str(kind) else {
            "identity": {"principalId": guid(request.id, "principal")}
        }  # fmt: skip
        return {
            "provisioningState": "Succeeded", "previousKeys": [], "autoKeyRotationError": None,
            "lastKeyRotationTimestamp": CREATED, **own,
        }  # fmt: skip
