"""Microsoft.MachineLearningServices: why a managed identity is refused, whatever has it."""

from __future__ import annotations

from collections.abc import Iterator

from simulator.ids import key
from simulator.model import Request
from simulator.rule import Fault, rule
from simulator.values import at


@rule("ml-identity-ids", kind="static", code="MissingIdentityIds",
      source="hashicorp/terraform-provider-azurerm#17082 (checked 2026-11-25)", reads=("identity",),
      quoted=True)  # fmt: skip
def has_identity_ids(request: Request) -> Iterator[Fault]:
    """The type UserAssigned comes with the identities."""
    kind = request.known("identity.type")
    if isinstance(kind, str) and "UserAssigned" in kind and request.at("identity.userAssignedIdentities") in (None, []):
        yield Fault(f"The identity ids must not be null or empty for '{kind}' identity type.", "identity",
                    "list the ids in identity.userAssignedIdentities, or use SystemAssigned")  # fmt: skip


@rule("ml-primary-identity-missing", kind="static",
      source="hashicorp/terraform-provider-azurerm#29074 (code not confirmed; checked 2026-11-25)",
      reads=("identity", "primaryUserAssignedIdentity"))  # fmt: skip
def names_its_primary_identity(request: Request) -> Iterator[Fault]:
    """A workspace with user-assigned identities only has to say through which one it acts, and that one is listed."""
    kind, primary = request.at("identity.type"), request.at("primaryUserAssignedIdentity")
    listed = request.at("identity.userAssignedIdentities")
    if primary is None and kind == "UserAssigned" and listed:
        yield Fault("the identity is user-assigned, and none is the primary one", "primaryUserAssignedIdentity",
                    "set primaryUserAssignedIdentity to the id of one of the identities")  # fmt: skip
    ids = [key(str(identifier)) for identifier in listed] if isinstance(listed, list) else []
    if isinstance(primary, str) and isinstance(kind, str) and key(primary) not in ids:
        yield Fault(f"{primary} is not among identity.userAssignedIdentities", "primaryUserAssignedIdentity",
                    "list it there, with the type UserAssigned, or leave it out")  # fmt: skip


@rule("ml-endpoint-identity-fixed", kind="lifecycle",
      source="MicrosoftDocs/azure-ai-docs how-to-access-resources-from-endpoints-managed-identities.md, Limitations "
      "(code not confirmed; checked 2026-11-25)", reads=("identity",))  # fmt: skip
def keeps_its_identity(request: Request) -> Iterator[Fault]:
    """The identity of an endpoint is decided when it is made."""
    if request.old is None:
        return
    before, after = at(request.old.body, "identity"), request.at("identity")
    if before is not None and after is not None and _identity(before) != _identity(after):
        yield Fault("the identity of an endpoint can't change after creation", "identity",
                    "put the old identity back, or make an endpoint with another name")  # fmt: skip


def _identity(value: object) -> tuple[str, list[str]]:
    ids = at(value, "userAssignedIdentities")
    kind = str(at(value, "type")).replace(" ", "").lower()
    return kind, sorted(key(str(each)) for each in ids) if isinstance(ids, list) else []
