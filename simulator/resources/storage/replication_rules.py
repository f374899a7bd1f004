"""What Azure Storage refuses in a policy that replicates blobs.

Source unless said otherwise: learn.microsoft.com storage/blobs/object-replication-overview (checked 2026-11-25).
"""

from __future__ import annotations

from collections.abc import Iterator
from uuid import UUID

from simulator.ids import name_of
from simulator.model import Request
from simulator.rule import Fault, rule
from simulator.store import Record
from simulator.values import at

_SOURCE = "learn.microsoft.com storage/blobs/object-replication-overview (checked 2026-11-25; code not confirmed)"
_SIDES = ("sourceAccount", "destinationAccount")


@rule(
    "st-replication-name",
    kind="static",
    code="InvalidRequestPropertyValue",
    source="Azure/bicep-types-az#2420 (checked 2026-11-25)",
    quoted=True,
)
def name_is_default_or_an_id(request: Request) -> Iterator[Fault]:
    """A policy is made as `default` at the destination, and under the id that it gets there at the source."""
    if request.name != "default" and not _is_guid(request.name):
        yield Fault(
            f"The value '{request.name}' is not allowed for property policyId.",
            "objectReplicationPolicyId",
            "use default at the destination, and the policyId that it answers at the source",
        )


@rule("st-replication-flat", kind="cross-resource", code="FeatureNotSupportedForAccount", source=_SOURCE)
def accounts_are_flat(request: Request) -> Iterator[Fault]:
    """Blobs in a hierarchical namespace are not replicated."""
    for side in _SIDES:
        account = _account(request, side)
        if account is not None and at(account.body, "isHnsEnabled") is True:
            yield Fault(f"{account.id} has a hierarchical namespace", side, "use an account without isHnsEnabled")


@rule("st-replication-kind", kind="cross-resource", code="FeatureNotSupportedForAccount", source=_SOURCE)
def kinds_are_replicated(request: Request) -> Iterator[Fault]:
    """General-purpose v2 accounts and premium block blobs are replicated."""
    for side in _SIDES:
        account = _account(request, side)
        kind = at(account.body, "kind") if account is not None else None
        if kind in ("Storage", "BlobStorage", "FileStorage"):
            yield Fault(f"an account of kind {kind} can't replicate blobs", side, "use StorageV2 or BlockBlobStorage")


@rule("st-replication-needs-versions", kind="cross-resource", code="InvalidRequestPropertyValue", source=_SOURCE)
def accounts_keep_versions(request: Request) -> Iterator[Fault]:
    """Both accounts keep versions, and the source a change feed."""
    for side in _SIDES:
        account = _account(request, side)
        service = request.world.get(f"{account.id}/blobServices/default") if account is not None else None
        wanted = ("isVersioningEnabled", "changeFeed.enabled") if side == "sourceAccount" else ("isVersioningEnabled",)
        for path in wanted if service is not None else ():
            if service is not None and at(service.body, path) in (None, False):
                yield Fault(f"the blob service of {name_of(service.id)} needs {path}", side, f"set {path} to true")


@rule("st-replication-full-ids", kind="cross-resource", code="InvalidRequestPropertyValue", source=_SOURCE)
def accounts_are_named_in_full(request: Request) -> Iterator[Fault]:
    """From a name alone Azure can't tell the tenant, which counts where only the own one is allowed."""
    for side in _SIDES:
        account, named = _account(request, side), request.known(side)
        closed = account is not None and at(account.body, "allowCrossTenantReplication") is False
        if closed and isinstance(named, str) and "/" not in named:
            yield Fault(f"'{named}' is no resource id", side, "write the whole id of the account")


def _account(request: Request, side: str) -> Record | None:
    """The account of a side, named by its id or its name alone."""
    named = request.known(side)
    if not isinstance(named, str):
        return None
    accounts = request.world.of_type("Microsoft.Storage/storageAccounts")
    return next((each for each in accounts if name_of(each.id).lower() == name_of(named).lower()), None)


def _is_guid(text: str) -> bool:
    try:
        UUID(text)
    except ValueError:
        return False
    return True


REPLICATION_RULES = (
    name_is_default_or_an_id, accounts_are_named_in_full, accounts_are_flat, kinds_are_replicated,
    accounts_keep_versions,
)  # fmt: skip
