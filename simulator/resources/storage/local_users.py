"""Microsoft.Storage/storageAccounts/localUsers."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from simulator.model import Model, Request, digest
from simulator.resources.firewall_rules import known_items
from simulator.rule import Fault, rule
from simulator.values import at

# Microsoft.Storage/localUsers reference, PermissionScope (2024-01-01). Shares have no listing of their own:
# Azure/azure-sdk-for-java#34271 (checked 2026-11-25).
_LETTERS = {"blob": "rwdlcmxotp", "file": "rwdcmxotp"}


@rule(
    "st-local-user-scope",
    kind="static",
    code="InvalidRequestPropertyValue",
    source="Azure/azure-sdk-for-java#34271 (checked 2026-11-25; code not confirmed)",
)
def permissions_exist(request: Request) -> Iterator[Fault]:
    """A user may do what the service has, written in single letters."""
    for target, item in known_items(request, "permissionScopes"):
        service, letters = at(item, "service"), at(item, "permissions")
        allowed = _LETTERS.get(str(service).lower())
        if allowed is None:
            yield Fault(f"{target}: '{service}' is no service of local users", "permissionScopes", "blob or file")
        elif isinstance(letters, str) and (unknown := set(letters.lower()) - set(allowed)):
            wrong = ", ".join(sorted(unknown))
            yield Fault(f"{target}: '{wrong}' is no permission of {service}", "permissionScopes", f"use {allowed}")


class LocalUsers(Model):
    """A user of SFTP."""

    token = "azure-native:storage:LocalUser"
    rules = (permissions_exist,)

    def outputs(self, request: Request) -> dict[str, Any]:
        """Its numbers, as a system for files tells users apart."""
        account = digest(request.id.rsplit("/", 2)[0], "domain", 24)
        domain = "-".join(str(int(account[start : start + 8], 16)) for start in (0, 8, 16))
        return {"sid": f"S-1-2-0-{domain}-1000", "userId": 1000}
