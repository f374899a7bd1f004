"""Microsoft.Security/defenderForStorageSettings."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final

from simulator.ids import type_of
from simulator.model import UNKNOWN_TEXT, Model, Request
from simulator.rule import Fault, rule

_API: Final = "Microsoft.Security/defenderForStorageSettings reference (2024-10-01-preview; code not confirmed)"
_ACCOUNT: Final = "microsoft.storage/storageaccounts"


@rule("defender-storage-target", kind="static", source=_API, reads=("resourceId",))
def target_is_an_account(request: Request) -> Iterator[Fault]:
    """It protects storage accounts."""
    target = request.text("resourceId")
    if UNKNOWN_TEXT not in target and type_of(target).lower() != _ACCOUNT:
        yield Fault(f"{target} is no storage account", "resourceId", "pass the id of a storage account")


@rule("defender-storage-name", kind="static", source=_API, reads=("settingName",))
def name_is_current(request: Request) -> Iterator[Fault]:
    """There is one setting, called `current`."""
    if request.name.lower() != "current":
        yield Fault(f"there is no setting '{request.name}'", "settingName", "write current")


@rule("defender-storage-scan-cap", kind="static", source=_API)
def cap_is_an_amount(request: Request) -> Iterator[Fault]:
    """A scan has a cap above 0, or -1 for none."""
    path = "properties.malwareScanning.onUpload.capGBPerMonth"
    cap = request.known(path)
    if isinstance(cap, int) and cap != -1 and cap <= 0:
        yield Fault(f"a cap of {cap} GB a month", path, "write an amount, or -1 for no cap")


class DefenderForStorageSettings(Model):
    """Microsoft Defender for one storage account."""

    token = "azure-native:security:DefenderForStorage"
    rules = (target_is_an_account, name_is_current, cap_is_an_amount)

    def outputs(self, request: Request) -> dict[str, Any]:
        """Scans and the search for sensitive data say how they do."""
        done = {"operationStatus": {"code": "Succeeded", "message": ""}}
        found: dict[str, Any] = {}
        for part in ("malwareScanning", "sensitiveDataDiscovery"):
            if request.at(f"properties.{part}") is not None:
                found[part] = dict(done)
        return {"properties": found} if found else {}
