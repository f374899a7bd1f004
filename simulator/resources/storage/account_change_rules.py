"""What Azure Storage refuses when an account changes, and names that somebody has.

Does not own the properties that a change is refused for in any case: those are in the model (`unchangeable`).
"""

from __future__ import annotations

from collections.abc import Iterator
from http import HTTPStatus
from typing import Any, Final

from simulator.ids import key
from simulator.model import Request
from simulator.rule import Fault, rule
from simulator.subscription import subscription
from simulator.values import UNKNOWN, at

_TYPE: Final = "Microsoft.Storage/storageAccounts"
_AZURERM: Final = "azurerm storage_account_resource.go (checked 2026-11-25)"
_WORM: Final = "immutableStorageWithVersioning.immutabilityPolicy"


@rule(
    "st-name-taken",
    kind="state",
    code="StorageAccountAlreadyTaken",
    source="hashicorp/terraform#11485, Azure/azure-cli#19184 (checked 2026-11-25)",
    status=HTTPStatus.CONFLICT,
    quoted=True,
)
def name_is_free(request: Request) -> Iterator[Fault]:
    """The name is part of host names, and so unique in the world."""
    others = (each for each in request.world.of_type(_TYPE) if key(each.id) != key(request.id))
    here = any(each.id.rsplit("/", 1)[-1].lower() == request.name.lower() for each in others)
    if request.old is None and (here or subscription().is_name_taken(_TYPE, request.name)):
        yield Fault(f"The storage account named {request.name} is already taken.", "accountName", "use another name")


@rule(
    "st-performance-is-fixed",
    kind="lifecycle",
    code="AccountPropertyCannotBeUpdated",
    source="learn.microsoft.com storage/common/storage-account-overview (2026-11-24)",
    reads=("sku.name", "kind"),
)
def performance_is_fixed(request: Request) -> Iterator[Fault]:
    """Premium and standard are other machines; a kind can only be upgraded to StorageV2."""
    before, after = _before(request, "sku.name"), request.known("sku.name")
    if isinstance(before, str) and isinstance(after, str) and _disks(before) != _disks(after):
        yield Fault(f"the SKU of an account can't change from {before} to {after}", "sku.name", "make a new account")
    old, new = _before(request, "kind"), request.known("kind")
    upgrade = new == "StorageV2" and old in ("Storage", "BlobStorage")
    if isinstance(old, str) and isinstance(new, str) and old != new and not upgrade:
        yield Fault(f"the kind of an account can't change from {old} to {new}", "kind", "make a new account")


@rule(
    "st-zones-stay",
    kind="lifecycle",
    code="StorageAccountTypeConversionNotAllowed",
    source=f"hashicorp/terraform-provider-azurerm#6526, {_AZURERM}",
    reads=("sku.name",),
)
def zones_stay(request: Request) -> Iterator[Fault]:
    """Into zones and out of them an account is converted by a request of its own, not by an update."""
    before, after = _before(request, "sku.name"), request.known("sku.name")
    if not isinstance(before, str) or not isinstance(after, str) or _disks(before) != _disks(after):
        return
    if before.endswith("ZRS") != after.endswith("ZRS"):
        yield Fault(
            f"an update can't convert the account from {before} to {after}",
            "sku.name",
            f"keep {before}, start a conversion outside this program, or make a new account",
        )


@rule(
    "st-large-file-shares-stay",
    kind="lifecycle",
    code="InvalidRequestPropertyValue",
    source=_AZURERM,
    quoted=True,
)
def large_shares_stay(request: Request) -> Iterator[Fault]:
    """Large file shares can't be switched off."""
    path = "largeFileSharesState"
    if _before(request, path) == "Enabled" and request.known(path) == "Disabled":
        yield Fault(
            "The value 'Disabled' is not allowed for property largeFileSharesState. For more information, see - "
            "https://aka.ms/storageaccountlargefilesharestate",
            path,
            "Enabled",
        )


@rule(
    "st-key-type-stays",
    kind="lifecycle",
    code="AccountPropertyCannotBeUpdated",
    source="learn.microsoft.com storage/common/account-encryption-key-create (checked 2026-11-25; code not confirmed)",
)
def key_type_stays(request: Request) -> Iterator[Fault]:
    """Whether queues and tables have keys of the account is chosen with the account."""
    for service in ("queue", "table"):
        path = f"encryption.services.{service}.keyType"
        before, after = _before(request, path), request.known(path)
        if request.old is None or before is UNKNOWN or after is None:
            continue
        if after != ("Service" if before is None else before):
            yield Fault(f"the key type of the {service}s can't change to {after}", path, "make a new account")


@rule(
    "st-dns-endpoints-stay",
    kind="lifecycle",
    code="AccountPropertyCannotBeUpdated",
    source="learn.microsoft.com storage/common/storage-account-overview (checked 2026-11-25; code not confirmed)",
)
def dns_endpoints_stay(request: Request) -> Iterator[Fault]:
    """The host names of an account are chosen with it."""
    before, after = _before(request, "dnsEndpointType"), request.known("dnsEndpointType")
    if request.old is None or before is UNKNOWN or after is None:
        return
    if after != ("Standard" if before is None else before):
        yield Fault(f"the type of the DNS endpoints can't change to {after}", "dnsEndpointType", "make a new account")


@rule(
    "st-immutability-starts-unlocked",
    kind="lifecycle",
    code="InvalidStorageAccountImmutabilityPolicy",
    source=_AZURERM,
    quoted=True,
)
def immutability_starts_unlocked(request: Request) -> Iterator[Fault]:
    """A policy is tried out unlocked before it is locked for ever."""
    path = f"{_WORM}.state"
    before = _before(request, path)
    if request.known(path) == "Locked" and before not in ("Unlocked", "Locked", UNKNOWN):
        yield Fault(
            'Storage account immutability policy state can be set to "Unlocked, Disabled".', path, "use Unlocked first"
        )


@rule(
    "st-immutability-stays-locked",
    kind="lifecycle",
    code="InvalidStorageAccountImmutabilityPolicy",
    source=_AZURERM,
    quoted=True,
)
def immutability_stays_locked(request: Request) -> Iterator[Fault]:
    """A locked policy stays locked."""
    path = f"{_WORM}.state"
    if _before(request, path) == "Locked" and request.known(path, "Locked") != "Locked":
        yield Fault("The immutability policy state cannot be changed once Locked.", path, "Locked")


@rule(
    "st-locked-immutability-grows",
    kind="lifecycle",
    code="InvalidStorageAccountImmutabilityPolicy",
    source="Microsoft.Storage/storageAccounts reference, AccountImmutabilityPolicyProperties.state (2024-01-01; code "
    "not confirmed)",
)
def locked_immutability_grows(request: Request) -> Iterator[Fault]:
    """The days of a locked policy can only become more."""
    path = f"{_WORM}.immutabilityPeriodSinceCreationInDays"
    before, after = _before(request, path), request.known(path)
    if _before(request, f"{_WORM}.state") != "Locked" or not isinstance(before, int) or not isinstance(after, int):
        return
    if after < before:
        yield Fault(f"the period of a locked policy can't shrink from {before} to {after} days", path)


def _before(request: Request, path: str) -> Any:
    return at(request.old.body, path) if request.old is not None else None


def _disks(sku: str) -> str:
    return sku.partition("_")[0]


ACCOUNT_CHANGE_RULES = (
    name_is_free, performance_is_fixed, zones_stay, large_shares_stay, key_type_stays, dns_endpoints_stay,
    immutability_starts_unlocked, immutability_stays_locked, locked_immutability_grows,
)  # fmt: skip
