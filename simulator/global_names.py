"""Names that are unique in the world because they are parts of host names, for types whose models don't say so.

Somebody else may have one (`names_taken` of the subscription), and so may another resource group of this subscription.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from http import HTTPStatus
from typing import Final

from simulator.errors import Refusal
from simulator.ids import key, name_of
from simulator.model import Request
from simulator.subscription import subscription


@dataclass(frozen=True)
class _Taken:
    """ARM's answer to a name that is taken. `{name}` stands for it."""

    code: str
    message: str
    status: HTTPStatus = HTTPStatus.CONFLICT
    # The model's own rules look at what others have.
    is_judged_by_its_model: bool = False


# Sources, read 2026-11-25, in the order of the rows: Esri/arcgis-gitops#174; Azure/azure-cli#22714;
# OfficeDev/microsoft-teams-apps-callrecord-insights#26; Azure-Samples/acme-fitness-store#45.
_TYPES: Final[Mapping[str, _Taken]] = {
    "microsoft.keyvault/vaults": _Taken(
        "VaultAlreadyExists",
        "The vault name '{name}' is already in use. Vault names are globally unique so it is possible that the name is "
        "already taken. If you are sure that the vault name was not taken then it is possible that a vault with the "
        "same name was recently deleted but not purged after being placed in a recoverable state. If the vault is in a "
        "recoverable state then the vault will need to be purged before reusing the name. For more information about "
        "VaultAlreadyExists, soft delete and purging a vault follow this link "
        "https://go.microsoft.com/fwlink/?linkid=2147740.",
        is_judged_by_its_model=True,
    ),
    "microsoft.appconfiguration/configurationstores": _Taken(
        "NameUnavailable", "The specified name is already in use."
    ),
    "microsoft.documentdb/databaseaccounts": _Taken(
        "BadRequest",
        "Dns record for {name} under zone Document is already taken. Please use a different name for the account.",
        HTTPStatus.BAD_REQUEST,
    ),
    "microsoft.cache/redis": _Taken(
        "NameNotAvailable",
        "An error occured when trying to reserve the DNS name for the cache instance. This may be a temporary issue if "
        "a cache instance of this name was recently deleted. Please choose a different name or try again later.",
    ),
}


def global_name_refusals(request: Request, arm_type: str) -> Iterator[Refusal]:
    """ARM's answer to a new resource with a name that is taken."""
    taken = _TYPES.get(arm_type.lower())
    if request.old is not None or taken is None:
        return
    here = next((each.id for each in request.world.of_type(arm_type) if _is_the_same_name(each.id, request.id)), None)
    elsewhere = not taken.is_judged_by_its_model and subscription().is_name_taken(arm_type, request.name)
    if here is not None or elsewhere:
        yield Refusal(
            taken.code,
            taken.message.format(name=request.name),
            target="name",
            status=taken.status,
            fix="use another name" if here is None else f"use another name: {here} has this one",
            quoted=True,
            rule="global-name-taken",
        )


def _is_the_same_name(one: str, other: str) -> bool:
    return key(one) != key(other) and name_of(one).lower() == name_of(other).lower()
