"""Microsoft.Storage/storageAccounts/blobServices/containers/immutabilityPolicies."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from simulator.model import Model, Request
from simulator.rule import Fault, rule

_LONGEST = 146_000
_DAYS = "immutabilityPeriodSinceCreationInDays"


@rule(
    "st-container-immutability-days",
    kind="static",
    code="InvalidRequestPropertyValue",
    source="learn.microsoft.com storage/blobs/immutable-time-based-retention-policy-overview (checked 2026-11-25; code "
    "not confirmed)",
)
def period_has_days(request: Request) -> Iterator[Fault]:
    """A policy lasts 1 to 146,000 days."""
    days = request.known(_DAYS)
    if isinstance(days, int) and not 1 <= days <= _LONGEST:
        yield Fault(f"an immutability period of {days} days", _DAYS, f"use 1 to {_LONGEST} days")


@rule(
    "st-container-immutability-appends",
    kind="static",
    code="InvalidRequestPropertyValue",
    source="Microsoft.Storage/immutabilityPolicies reference, allowProtectedAppendWritesAll (2024-01-01; code not "
    "confirmed)",
    reads=("allowProtectedAppendWrites",),
)
def appends_are_allowed_once(request: Request) -> Iterator[Fault]:
    """To append to append blobs and to append to all exclude each other."""
    path = "allowProtectedAppendWritesAll"
    if request.known(path) is True and request.known("allowProtectedAppendWrites") is True:
        yield Fault("allowProtectedAppendWrites and allowProtectedAppendWritesAll exclude each other", path)


class ImmutabilityPolicies(Model):
    """How long nobody may change the blobs of a container."""

    token = "azure-native:storage:BlobContainerImmutabilityPolicy"
    rules = (period_has_days, appends_are_allowed_once)

    def outputs(self, request: Request) -> dict[str, Any]:
        """A new policy is not locked."""
        return {"state": "Unlocked"}
