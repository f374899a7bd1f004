"""Deleted resources that keep their name for a while, and what follows for the next one of that name.

Owns which types are soft-deleted, for how long, and ARM's answer to their name; Key Vault and Cognitive Services say
theirs in rules of their own. azure-native deletes as ARM does by itself and purges nothing (pulumi-azure-native#1174,
#2529 and #1319, read 2026-11-25). Where the names are kept: `simulator.store`.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from http import HTTPStatus
from typing import Any, Final

from simulator.errors import Refusal
from simulator.ids import parents
from simulator.model import Request
from simulator.store import Record, Store, Tombstone
from simulator.values import at


@dataclass(frozen=True)
class _Answer:
    """What ARM says to the name of a deleted resource: `{name}` stands for it."""

    rule: str
    code: str
    message: str
    fix: str
    status: HTTPStatus = HTTPStatus.CONFLICT


@dataclass(frozen=True)
class _SoftDelete:
    """How one type is soft-deleted. `recovers`: the input, and its value, that brings the deleted one back.

    `retention` and `protection`: the inputs that say for how many days, and that nobody may purge before.
    """

    days: int
    retention: str | None = None
    protection: str | None = None
    # Only resources with this at `only[0]` are soft-deleted; absent counts as `None`.
    only: tuple[str, frozenset[str | None]] | None = None
    recovers: tuple[str, object] | None = None
    answer: _Answer | None = None
    # The name is unique in its resource group or parent only, so that a deleted one elsewhere is in nobody's way.
    is_of_group: bool = False
    # A part of its parent: it says nothing of its own days, and goes and comes back with the parent.
    is_part: bool = False


def _part_of_a_vault(noun: str) -> _SoftDelete:
    return _SoftDelete(
        days=90,
        is_of_group=True,
        is_part=True,
        answer=_Answer(
            f"kv-soft-deleted-{noun.lower()}",
            "Conflict",
            noun + " {name} is currently in a deleted but recoverable state, and its name cannot be reused; in this "
            "state, the " + noun.lower() + " can only be recovered or purged.",
            f"recover or purge the deleted {noun.lower()}, or use another name",
        ),
    )


# Sources, all read 2026-11-25. Vaults: learn.microsoft.com "Soft-delete will be enabled on all key vaults". Accounts:
# azure-cli#18146 and Azure/bicep#17663 (48 hours). Workspaces: "Workspace soft deletion" of Azure Machine Learning with
# Azure/ResourceModules#3596; of Log Analytics terraform-provider-azurerm#21627 and #26644. Stores: azure-docs#89696 and
# AppConfiguration-Announcements#22 (paid tiers only) with azure-cli#22714. API Management: "API Management soft-delete"
# with terraform-provider-azurerm#11580. Secrets and keys, which azure-native deletes as a vault does:
# pulumi-azure-native#1174 and #4450 with powershell-universal#1990. Left out: Managed HSM, which takes the name
# (azure-rest-api-specs#18732).
_VAULT: Final = _SoftDelete(
    days=90, retention="properties.softDeleteRetentionInDays", protection="properties.enablePurgeProtection"
)
_TYPES: Final[Mapping[str, _SoftDelete]] = {
    "microsoft.keyvault/vaults": _VAULT,
    "microsoft.keyvault/vaults/secrets": _part_of_a_vault("Secret"),
    "microsoft.keyvault/vaults/keys": _part_of_a_vault("Key"),
    "microsoft.cognitiveservices/accounts": _SoftDelete(days=2, is_of_group=True),
    # Recovered by whatever makes it again in its group: nothing is refused.
    "microsoft.operationalinsights/workspaces": _SoftDelete(days=14, is_of_group=True),
    "microsoft.machinelearningservices/workspaces": _SoftDelete(
        days=14,
        only=("kind", frozenset({None, "Default"})),
        is_of_group=True,
        answer=_Answer(
            "ml-soft-deleted-name",
            "BadRequest",
            "Soft-deleted workspace exists. Please purge or recover it. https://aka.ms/wsoftdelete",
            "delete the workspace permanently (`az ml workspace delete --permanently-delete`), or use another name",
            HTTPStatus.BAD_REQUEST,
        ),
    ),
    "microsoft.appconfiguration/configurationstores": _SoftDelete(
        days=7,
        retention="softDeleteRetentionInDays",
        protection="enablePurgeProtection",
        only=("sku.name", frozenset({"Standard", "standard", "Premium", "premium"})),
        recovers=("createMode", "Recover"),
        answer=_Answer(
            "appconfig-soft-deleted-name",
            "NameUnavailable",
            "The specified name is already in use.",
            "set createMode to Recover, purge the deleted store, or use another name",
        ),
    ),
    "microsoft.apimanagement/service": _SoftDelete(
        days=2,
        recovers=("restore", True),
        answer=_Answer(
            "apim-soft-deleted-name",
            "ServiceAlreadyExistsInSoftDeletedState",
            "Api service {name} was soft-deleted. In order to create the new service with the same name, you have to "
            "either undelete the service or purge it. See https://aka.ms/apimsoftdelete.",
            "set restore to true, purge the deleted service, or use another name",
        ),
    ),
}


def soft_delete_refusals(request: Request, arm_type: str) -> Iterator[Refusal]:
    """ARM's answer to a new resource with the name of a deleted one, unless it asks for the deleted one."""
    kind = _TYPES.get(arm_type.lower())
    if request.old is not None or kind is None or kind.answer is None or _recovers(request, kind):
        return
    if request.world.soft_deleted(arm_type, request.name, request.id if kind.is_of_group else None) is None:
        return
    yield Refusal(
        kind.answer.code,
        kind.answer.message.format(name=request.name),
        status=kind.answer.status,
        fix=kind.answer.fix,
        quoted=True,
        rule=kind.answer.rule,
    )


def _recovers(request: Request, kind: _SoftDelete) -> bool:
    return kind.recovers is not None and request.known(kind.recovers[0]) == kind.recovers[1]


def bury(store: Store, record: Record, today: date | None = None) -> None:
    """Remembers the name of a deleted resource, where its type is soft-deleted."""
    kind = _TYPES.get(record.type.lower())
    if kind is None or (kind.only is not None and at(record.body, kind.only[0]) not in kind.only[1]):
        return
    said_by, said = record, kind
    if kind.is_part:
        parent = store.get(next(parents(record.id)))
        if parent is None:
            return
        said_by, said = parent, _TYPES[parent.type.lower()]
    days = _said(said_by, said.retention)
    until = (today if today is not None else date.today()) + timedelta(  # noqa: DTZ011 - days are enough
        days=days if isinstance(days, int) else kind.days
    )
    location = record.body.get("location")
    store.bury(
        Tombstone(
            record.id,
            record.type,
            location if isinstance(location, str) else None,
            until,
            purgeable=_said(said_by, said.protection) is not True,
        )
    )


def _said(record: Record, path: str | None) -> Any:
    if path is None:
        return None
    written = at(record.body, path)
    return at(record.outputs, path) if written is None else written
