"""What Key Vault refuses in the name of a vault: its form, and names taken in the world, or deleted and not purged."""

from __future__ import annotations

import re
from collections.abc import Iterator
from http import HTTPStatus
from typing import Final

from simulator.model import Request
from simulator.rule import Fault, Rule, rule
from simulator.subscription import subscription

_TYPE: Final = "Microsoft.KeyVault/vaults"
_CHARACTERS: Final = re.compile(r"[a-zA-Z0-9-]{3,24}")
_FORM: Final = re.compile(r"[a-zA-Z](-?[a-zA-Z0-9])*")


@rule(
    "kv-soft-deleted-name", kind="state", code="ConflictError", source="Azure/azure-cli#29115",
    status=HTTPStatus.CONFLICT, reads=("properties.createMode",), quoted=True,
)  # fmt: skip
def name_is_not_soft_deleted(request: Request) -> Iterator[Fault]:
    """A deleted vault holds its name until it is purged; `recover` brings it back."""
    recovers = request.known("properties.createMode") == "recover"
    if request.old is None and not recovers and request.world.soft_deleted(_TYPE, request.name) is not None:
        yield Fault(
            "A vault with the same name already exists in deleted state. You need to either recover or purge existing "
            "key vault. Follow this link https://go.microsoft.com/fwlink/?linkid=2149745 for more information on soft "
            "delete.",
            "vaultName",
            "set `properties.createMode` to recover, purge the deleted vault, or use another name",
        )


@rule(
    "kv-name-form", kind="static", code="VaultNameNotValid", quoted=True,
    source="OfficeDev/microsoft-teams-apps-newemployeeonboarding#28, adamhockemeyer/ai-agent-experience#1 (checked "
    "2026-11-25)",
)  # fmt: skip
def name_is_legal(request: Request) -> Iterator[Fault]:
    """Characters and length are checked of every type; a vault's name also starts and ends as a host name does."""
    if _CHARACTERS.fullmatch(request.name) is not None and _FORM.fullmatch(request.name) is None:
        yield Fault(
            f"The vault name '{request.name}' is invalid. A vault's name must be between 3-24 alphanumeric characters. "
            "The name must begin with a letter, end with a letter or digit, and not contain consecutive hyphens. "
            "Follow this link for more information: https://go.microsoft.com/fwlink/?linkid=2147742",
            "vaultName",
            "begin with a letter, end with a letter or digit, and put one hyphen at a time",
        )


@rule(
    "kv-name-taken", kind="state", code="VaultAlreadyExists",
    source="Esri/arcgis-gitops#174, pulumi/pulumi-azure-native#2722 (checked 2026-11-25)",
    status=HTTPStatus.CONFLICT,
)  # fmt: skip
def name_is_free(request: Request) -> Iterator[Fault]:
    """The name is part of a host name, and so unique in the world."""
    if request.old is None and subscription().is_name_taken(_TYPE, request.name):
        yield Fault(f"the vault name {request.name} is already in use", "vaultName", "use another name")


VAULT_STATE_RULES: Final[tuple[Rule, ...]] = (name_is_legal, name_is_not_soft_deleted, name_is_free)
