"""Microsoft.MachineLearningServices/workspaces: why a customer-managed key is refused."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from simulator.ids import key, looks_like_id
from simulator.model import Request, normal_location
from simulator.rule import Fault, Rule, rule
from simulator.values import at


@rule("ml-cmk-vault-protection", kind="cross-resource",
      source="hashicorp/terraform-provider-azurerm#14387; MicrosoftDocs/azure-ai-docs concept-customer-managed-keys.md "
      "(code not confirmed; checked 2026-11-25)", reads=("encryption",))  # fmt: skip
def vault_of_the_key_is_protected(request: Request) -> Iterator[Fault]:
    """The vault of a customer-managed key keeps what is deleted, and lets nobody purge it."""
    path = "encryption.keyVaultProperties.keyVaultArmId"
    vault = request.world.get(str(request.known(path, "")))
    if vault is None or request.known("encryption.status") != "Enabled":
        return
    if at(vault.body, "properties.enablePurgeProtection") in (None, False):
        yield Fault(f"vault {vault.id} has no purge protection, which the key of a workspace needs", path,
                    "set enablePurgeProtection on the vault")  # fmt: skip


@rule("ml-cmk-vault-region", kind="cross-resource",
      source="MicrosoftDocs/azure-ai-docs how-to-create-workspace-template.md, Deploy an encrypted workspace (code not "
      "confirmed; checked 2026-11-25)", reads=("encryption", "location"))  # fmt: skip
def vault_of_the_key_is_near(request: Request) -> Iterator[Fault]:
    """The vault of a customer-managed key is in the region of the workspace."""
    path = "encryption.keyVaultProperties.keyVaultArmId"
    vault = request.world.get(str(request.known(path, "")))
    place = vault.body.get("location") if vault is not None else None
    is_enabled = request.old is None and request.known("encryption.status") == "Enabled"
    if is_enabled and isinstance(place, str) and request.location not in ("", normal_location(place)):
        yield Fault(f"the vault of the key is in {place}, and the workspace in {request.location}", path,
                    "use a key of a vault in the workspace's region")  # fmt: skip


@rule("ml-cmk-key-of-vault", kind="static",
      source="MicrosoftDocs/azure-ai-docs concept-customer-managed-keys.md (code not confirmed; checked 2026-11-25)",
      reads=("encryption",))  # fmt: skip
def key_lies_in_the_vault(request: Request) -> Iterator[Fault]:
    """The key is named by its address in the vault that is named beside it."""
    vault_id = request.known("encryption.keyVaultProperties.keyVaultArmId")
    address = request.known("encryption.keyVaultProperties.keyIdentifier")
    if not isinstance(vault_id, str) or not isinstance(address, str) or not looks_like_id(vault_id):
        return
    vault = vault_id.rstrip("/").rpartition("/")[2].lower()
    if not address.lower().startswith(f"https://{vault}.vault."):
        yield Fault(f"the key does not lie in vault {vault}", "encryption.keyVaultProperties.keyIdentifier",
                    f"use https://{vault}.vault.azure.net/keys/<name>/<version>")  # fmt: skip


@rule("ml-cmk-vault-changed", kind="lifecycle",
      source="MicrosoftDocs/azure-ai-docs concept-customer-managed-keys.md, Limitations (code not confirmed; "
      "checked 2026-11-25)")  # fmt: skip
def keeps_the_vault_of_its_key(request: Request) -> Iterator[Fault]:
    """The key may be another one of the same vault only."""
    path = "encryption.keyVaultProperties.keyVaultArmId"
    before = at(request.old.body, path) if request.old is not None else None
    after = request.known(path)
    if isinstance(before, str) and isinstance(after, str) and key(before) != key(after):
        yield Fault("the customer-managed key of a workspace can't move to another vault", path,
                    "use another key of the same vault, or make another workspace")  # fmt: skip


ENCRYPTION_RULES: Final[tuple[Rule, ...]] = (
    vault_of_the_key_is_protected, vault_of_the_key_is_near, key_lies_in_the_vault, keeps_the_vault_of_its_key,
)  # fmt: skip
