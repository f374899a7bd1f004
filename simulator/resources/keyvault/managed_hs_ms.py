"""Microsoft.KeyVault/managedHSMs."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from simulator.model import Model, Request
from simulator.resources.keyvault.vault_rules import is_guid
from simulator.rule import Fault, rule
from simulator.values import at

_ADMINS = "properties.initialAdminObjectIds"
_DAYS = "properties.softDeleteRetentionInDays"


@rule(
    "hsm-needs-administrators",
    kind="lifecycle",
    source="MicrosoftDocs/azure-security-docs key-vault/managed-hsm/quick-create-cli.md (checked 2026-11-25)",
    reads=("properties.createMode", _ADMINS),
)
def administrators_are_named(request: Request) -> Iterator[Fault]:
    """Somebody has to activate a new module, by the object id."""
    listed, recovers = request.known(_ADMINS, []), request.known("properties.createMode") == "recover"
    if request.old is None and not recovers and not listed:
        yield Fault("a new module has no administrators", _ADMINS, "list the object ids of one or more")
    for named in listed if isinstance(listed, list) else ():
        if isinstance(named, str) and not is_guid(named):
            yield Fault(f"'{named}' is no object id", _ADMINS, "write the GUID of the user, group or app")


@rule(
    "hsm-soft-delete-days",
    kind="static",
    source="Microsoft.KeyVault/managedHSMs reference, softDeleteRetentionInDays (2024-11-01)",
)
def soft_delete_has_days(request: Request) -> Iterator[Fault]:
    """A deleted module is kept 7 to 90 days."""
    days = request.known(_DAYS)
    if isinstance(days, int) and not 7 <= days <= 90:
        yield Fault(f"soft delete of {days} days", _DAYS, "use 7 to 90 days")


@rule(
    "hsm-purge-protection-stays",
    kind="lifecycle",
    source="Microsoft.KeyVault/managedHSMs reference, enablePurgeProtection (2024-11-01)",
)
def purge_protection_stays(request: Request) -> Iterator[Fault]:
    """Purge protection can't be switched off."""
    path = "properties.enablePurgeProtection"
    before = at(request.old.body, path) if request.old is not None else None
    if before is True and request.at(path) is False:
        yield Fault("purge protection of a module can't be switched off", path, "set it to true")


class ManagedHsms(Model):
    """A hardware security module of one's own."""

    token = "azure-native:keyvault:ManagedHsm"
    rules = (administrators_are_named, soft_delete_has_days, purge_protection_stays)

    def defaults(self, request: Request) -> dict[str, Any]:
        """Soft delete is on for 90 days unless the request says fewer, and nobody can purge."""
        kept = {"enableSoftDelete": True, "softDeleteRetentionInDays": 90, "enablePurgeProtection": True}
        return {"properties": kept}

    def outputs(self, request: Request) -> dict[str, Any]:
        """The module's address; it is not active before its security domain is downloaded."""
        uri = f"https://{request.name}.managedhsm.azure.net/"
        message = "The Managed HSM is provisioned and ready to use."
        return {"properties": {"hsmUri": uri, "provisioningState": "Succeeded", "statusMessage": message}}
