"""Microsoft.RecoveryServices/vaults."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final

from simulator.model import Model, Request, guid
from simulator.rule import Fault, rule
from simulator.values import at

_AZURERM: Final = "hashicorp/terraform-provider-azurerm recovery_services_vault_resource.go (checked 2026-11-25)"
_REDUNDANCY: Final = "properties.redundancySettings"
_IMMUTABILITY: Final = "properties.securitySettings.immutabilitySettings.state"


@rule("rsv-cross-region", kind="static", source=f"{_AZURERM}, code not confirmed",
      reads=(f"{_REDUNDANCY}.standardTierStorageRedundancy",))  # fmt: skip
def pairs_are_of_geo_redundant_vaults(request: Request) -> Iterator[Fault]:
    """Backups are restored in the paired region where they are copied there."""
    kept = request.known(f"{_REDUNDANCY}.standardTierStorageRedundancy", "GeoRedundant")
    if request.known(f"{_REDUNDANCY}.crossRegionRestore") == "Enabled" and kept != "GeoRedundant":
        yield Fault(f"cross-region restore of backups that are {kept}", f"{_REDUNDANCY}.crossRegionRestore",
                    "make the vault GeoRedundant, or leave crossRegionRestore out")  # fmt: skip


@rule("rsv-cross-region-stays", kind="lifecycle", source=f"{_AZURERM}, code not confirmed")
def cross_region_restore_stays(request: Request) -> Iterator[Fault]:
    """Restore in the paired region can't be switched off."""
    path = f"{_REDUNDANCY}.crossRegionRestore"
    before = at(request.old.body, path) if request.old is not None else None
    if before == "Enabled" and request.known(path) == "Disabled":
        yield Fault("cross-region restore can't be switched off", path, "put Enabled back, or make another vault")


@rule("rsv-immutability-stays", kind="lifecycle", source=f"{_AZURERM}, code not confirmed")
def immutability_stays(request: Request) -> Iterator[Fault]:
    """A locked vault stays immutable."""
    before = at(request.old.body, _IMMUTABILITY) if request.old is not None else None
    now = request.known(_IMMUTABILITY)
    if before == "Locked" and now in ("Unlocked", "Disabled"):
        yield Fault(f"a locked vault can't become {now}", _IMMUTABILITY, "put Locked back, or make another vault")


class Vaults(Model):
    """A vault for the backups of machines and file shares."""

    token = "azure-native:recoveryservices:Vault"
    rules = (pairs_are_of_geo_redundant_vaults, cross_region_restore_stays, immutability_stays)

    def outputs(self, request: Request) -> dict[str, Any]:
        """Its state, and the principal of its system-assigned identity."""
        answer: dict[str, Any] = {"properties": {"provisioningState": "Succeeded"}}
        if "SystemAssigned" in request.text("identity.type"):
            answer["identity"] = {"principalId": guid(request.id, "principal")}
        return answer
