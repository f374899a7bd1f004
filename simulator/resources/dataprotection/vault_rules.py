"""What Azure Backup refuses in a backup vault: protection that can't be taken back, redundancy, days."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final

from facts.regions import regions
from simulator.model import Request
from simulator.resources.firewall_rules import known_items
from simulator.rule import Fault, rule
from simulator.values import UNKNOWN, at

_CODE: Final = "BMSUserErrorInvalidInput"
_AZURERM: Final = "azurerm data_protection_backup_vault_resource.go (checked 2026-11-25)"
_OVERVIEW: Final = "MicrosoftDocs/azure-docs backup/backup-vault-overview.md"
_SECURITY: Final = "properties.securitySettings"
_FEATURES: Final = "properties.featureSettings"
_STORES: Final = "properties.storageSettings"


@rule("bv-soft-delete-days", kind="static", code=_CODE,
      source=f"{_AZURERM}; Azure/bicep#17104, hashicorp/terraform-provider-azurerm#24775")  # fmt: skip
def soft_delete_has_days(request: Request) -> Iterator[Fault]:
    """Deleted backups are kept 14 to 180 days."""
    path = f"{_SECURITY}.softDeleteSettings.retentionDurationInDays"
    days, state = request.known(path), request.at(f"{_SECURITY}.softDeleteSettings.state")
    if isinstance(days, int | float) and state is not UNKNOWN and state != "Off" and not 14 <= days <= 180:
        yield Fault(f"soft delete of {days} days", path, "use 14 to 180 days")


@rule("bv-soft-delete-stays", kind="lifecycle", code=_CODE, source=f"{_AZURERM} (code not confirmed)")
def soft_delete_stays(request: Request) -> Iterator[Fault]:
    """Soft delete that is always on is on for ever."""
    yield from _kept(request, f"{_SECURITY}.softDeleteSettings.state", "AlwaysOn")


@rule("bv-immutability-stays", kind="lifecycle", code="UserErrorUnsupportedVaultImmutabilityStateChange",
      source="Azure/azure-rest-api-specs#26598 (checked 2026-11-25)")  # fmt: skip
def immutability_stays(request: Request) -> Iterator[Fault]:
    """A locked vault stays immutable."""
    yield from _kept(request, f"{_SECURITY}.immutabilitySettings.state", "Locked")


@rule("bv-cross-region-stays", kind="lifecycle", code=_CODE, source=f"{_AZURERM} (code not confirmed)")
def cross_region_restore_stays(request: Request) -> Iterator[Fault]:
    """Restore in the paired region can't be switched off."""
    yield from _kept(request, f"{_FEATURES}.crossRegionRestoreSettings.state", "Enabled")


@rule("bv-cross-subscription-stays", kind="lifecycle", code=_CODE,
      source="Microsoft.DataProtection/backupVaults reference, CrossSubscriptionRestoreState (2025-01-01; code not "
      "confirmed)")  # fmt: skip
def cross_subscription_restore_stays_off(request: Request) -> Iterator[Fault]:
    """What is disabled permanently stays so."""
    yield from _kept(request, f"{_FEATURES}.crossSubscriptionRestoreSettings.state", "PermanentlyDisabled")


@rule("bv-cross-region-redundancy", kind="static", code=_CODE, source=f"{_AZURERM} (code not confirmed)",
      reads=(_STORES,))  # fmt: skip
def cross_region_restore_needs_copies(request: Request) -> Iterator[Fault]:
    """Restore in the paired region needs the copies there."""
    path = f"{_FEATURES}.crossRegionRestoreSettings.state"
    kinds = {at(item, "type") for _, item in known_items(request, _STORES)}
    if request.known(path) == "Enabled" and kinds and "GeoRedundant" not in kinds:
        yield Fault(
            "restore across regions needs a geo-redundant vault", path, "use GeoRedundant, or leave it disabled"
        )


@rule("bv-redundancy-stays", kind="lifecycle", code=_CODE,
      source=f"{_OVERVIEW} (checked 2026-11-25; code not confirmed)")  # fmt: skip
def redundancy_stays(request: Request) -> Iterator[Fault]:
    """How backups are replicated can't change once something is backed up."""
    if not any(each.type.lower().endswith("/backupinstances") for each in request.world.below(request.id)):
        return
    before = at(request.old.body, _STORES) if request.old is not None else None
    after = request.known(_STORES)
    old, new = _redundancy(before), _redundancy(after)
    if old is not None and new is not None and old != new:
        yield Fault(f"the redundancy can't change from {old} to {new}", _STORES, "keep it, or make a new vault")


@rule("bv-zones-in-region", kind="state", code=_CODE,
      source=f"{_OVERVIEW}, storage/common/storage-redundancy.md (checked 2026-11-25; code not confirmed)",
      reads=("location",))  # fmt: skip
def region_has_the_redundancy(request: Request) -> Iterator[Fault]:
    """Zone-redundant storage needs a region with zones."""
    region = regions().get(request.location)
    kinds = {at(item, "type") for _, item in known_items(request, _STORES)}
    if "ZoneRedundant" in kinds and region is not None and not region.zones:
        yield Fault(f"{region.name} has no availability zones", _STORES, "use LocallyRedundant or GeoRedundant")


def _kept(request: Request, path: str, final: str) -> Iterator[Fault]:
    """A state that nothing follows."""
    before = at(request.old.body, path) if request.old is not None else None
    if before == final and request.known(path, final) != final:
        yield Fault(f"{path} can't change from {final} to {request.known(path)}", path, f"set it to {final}")


def _redundancy(settings: Any) -> str | None:
    """The redundancy of the first store; `None` where it is not known."""
    first = settings[0] if isinstance(settings, list) and settings else None
    found = at(first, "type")
    return found if isinstance(found, str) else None


VAULT_RULES: Final = (
    soft_delete_has_days, cross_region_restore_needs_copies, region_has_the_redundancy, redundancy_stays,
    soft_delete_stays, immutability_stays, cross_region_restore_stays, cross_subscription_restore_stays_off,
)  # fmt: skip
