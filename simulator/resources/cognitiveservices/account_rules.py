"""What Cognitive Services refuses about an account: its kind, its subdomain, its encryption, its projects."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any, Final

from simulator.ids import key
from simulator.model import UNKNOWN_TEXT, Request
from simulator.rule import Fault, rule
from simulator.values import UNKNOWN, at

_TYPE: Final = "Microsoft.CognitiveServices/accounts"
# Names that people write for kinds, and the kinds that they mean. Bing's services are of another provider since 2020.
_NO_KINDS: Final[Mapping[str, str]] = {
    "spellcheck": "no kind any more: use Microsoft.Bing/accounts",
    "speech": "SpeechServices",
    "bing.speech": "SpeechServices",
    "azureopenai": "OpenAI",
}
_SUBDOMAIN: Final = re.compile(r"[A-Za-z0-9-]{1,63}[A-Za-z0-9]")
_VAULT: Final = re.compile(r"https://([a-z0-9-]+)\.vault\.", re.IGNORECASE)
# An Azure OpenAI account can be upgraded to AI Foundry and rolled back; no other kind changes.
_EXCHANGEABLE: Final = frozenset({"openai", "aiservices"})


def _is_absent(value: Any) -> bool:
    return value is None or value == ""


@rule(
    "cog-kind", kind="static", code="InvalidApiSetId", quoted=True,
    source="Azure/azure-cli#6190; Azure/azure-powershell#5423",
)  # fmt: skip
def kind_exists(request: Request) -> Iterator[Fault]:
    """Kinds have names of their own, which differ from those of the products."""
    kind = request.known("kind")
    if isinstance(kind, str) and kind.lower() in _NO_KINDS:
        yield Fault(
            f"The account type '{kind}' is either invalid or unavailable in given region.",
            "kind",
            f"use {_NO_KINDS[kind.lower()]}; `az cognitiveservices account list-kinds` lists all",
        )


@rule(
    "cog-kind-cannot-change", kind="lifecycle", reads=("kind",),
    source="hashicorp/terraform-provider-azurerm#31063 (code not confirmed)",
)  # fmt: skip
def kind_stays(request: Request) -> Iterator[Fault]:
    """An account keeps its kind, save that OpenAI becomes AIServices and back."""
    before = at(request.old.body, "kind") if request.old is not None else None
    now = request.known("kind")
    if not isinstance(before, str) or not isinstance(now, str) or before.lower() == now.lower():
        return
    if {before.lower(), now.lower()} != _EXCHANGEABLE:
        yield Fault(f"the kind {before} can't become {now}", "kind", "make an account with another name")


@rule(
    "cog-one-free-account", kind="cross-resource", code="CanNotCreateMultipleFreeAccounts", quoted=True,
    source="Azure-Samples/Speech-Service-Actions-Template#34; MicrosoftDocs/azure-docs#83566",
)  # fmt: skip
def one_free_account(request: Request) -> Iterator[Fault]:
    """A subscription has one free account of each kind."""
    kind = request.known("kind")
    if request.known("sku.name") != "F0" or not isinstance(kind, str):
        return
    for other in request.world.of_type(_TYPE):
        if other.key != key(request.id) and at(other.body, "sku.name") == "F0" and other.body.get("kind") == kind:
            yield Fault(
                f"Operation failed. Only one free account is allowed for account type '{kind}'.",
                "sku.name",
                f"use {other.id}, or a paid tier such as S0",
            )


@rule(
    "cog-subdomain-format", kind="static",
    source="MicrosoftDocs/azure-ai-docs:cognitive-services-custom-subdomains.md (2024-10-30; code not confirmed)",
)  # fmt: skip
def subdomain_is_a_label(request: Request) -> Iterator[Fault]:
    """A subdomain has 2 to 64 letters, digits and hyphens, and ends with no hyphen."""
    name = request.known("properties.customSubDomainName")
    if isinstance(name, str) and name and UNKNOWN_TEXT not in name and _SUBDOMAIN.fullmatch(name) is None:
        yield Fault(
            f"the subdomain '{name}' is not valid",
            "properties.customSubDomainName",
            "use 2 to 64 letters, digits and hyphens, with no hyphen at the end",
        )


@rule(
    "cog-subdomain-cannot-change", kind="lifecycle", code="UpdatingCustomDomainNotAllowed", quoted=True,
    source="pulumi/pulumi-azure-native#2754; MicrosoftDocs/azure-ai-docs:cognitive-services-custom-subdomains.md",
    reads=("properties",),
)  # fmt: skip
def subdomain_stays(request: Request) -> Iterator[Fault]:
    """A subdomain can be added to an account that has none, and never be changed or left out again."""
    before = at(request.old.body, "properties.customSubDomainName") if request.old is not None else None
    now = request.at("properties.customSubDomainName")
    if not isinstance(before, str) or not before or now is UNKNOWN:
        return
    if not isinstance(now, str) or before.lower() != now.lower():
        yield Fault(
            "Updating or disabling sub domain is not supported.",
            "properties.customSubDomainName",
            f"put '{before}' back, or make an account with another name",
        )


@rule(
    "cog-cmk-needs-identity", kind="static", reads=("properties.encryption", "identity"),
    source="mondoohq/cnspec#3665, citing encryption/cognitive-services-encryption-keys-portal (code not confirmed)",
)  # fmt: skip
def key_needs_identity(request: Request) -> Iterator[Fault]:
    """An account reads its key in the vault with a managed identity."""
    if not _uses_own_key(request):
        return
    if at(request.inputs, "identity.type") in (None, "None"):
        yield Fault(
            "the account is to be encrypted with a key of a vault and has no identity to read it with",
            "identity",
            "give the account an identity, and that identity access to the key",
        )


@rule(
    "cog-cmk-needs-key", kind="static", reads=("properties.encryption",),
    source="azure-rest-api-specs:cognitiveservices.json, KeyVaultProperties (2024-10-01; code not confirmed)",
)  # fmt: skip
def key_is_named(request: Request) -> Iterator[Fault]:
    """Encryption with one's own key names the vault and the key."""
    named = [at(request.inputs, f"properties.encryption.keyVaultProperties.{m}") for m in ("keyVaultUri", "keyName")]
    if _uses_own_key(request) and any(_is_absent(value) for value in named):
        yield Fault(
            "keySource is Microsoft.KeyVault, and no key is named",
            "properties.encryption",
            "give `keyVaultProperties` a keyVaultUri and a keyName, or use keySource Microsoft.CognitiveServices",
        )


@rule(
    "cog-cmk-vault-purge-protection", kind="cross-resource", reads=("properties.encryption",),
    source="mondoohq/cnspec#3665, citing encryption/cognitive-services-encryption-keys-portal (code not confirmed)",
)  # fmt: skip
def vault_keeps_keys(request: Request) -> Iterator[Fault]:
    """The vault of the key has purge protection."""
    uri = request.known("properties.encryption.keyVaultProperties.keyVaultUri")
    match = _VAULT.match(uri) if isinstance(uri, str) and _uses_own_key(request) else None
    for vault in request.world.of_type("Microsoft.KeyVault/vaults") if match is not None else ():
        name, protected = vault.id.rsplit("/", 1)[-1], at(vault.body, "properties.enablePurgeProtection")
        if match is not None and name.lower() == match[1].lower() and protected not in (True, UNKNOWN):
            yield Fault(
                f"vault {vault.id} holds the key and has no purge protection",
                "properties.encryption",
                "set enablePurgeProtection on the vault",
            )


def _uses_own_key(request: Request) -> bool:
    encryption = request.known("properties.encryption")
    return isinstance(encryption, Mapping) and encryption.get("keySource", "Microsoft.KeyVault") == "Microsoft.KeyVault"


@rule(
    "cog-projects-stay", kind="lifecycle", reads=("kind",),
    source="hashicorp/terraform-provider-azurerm#31063 (code not confirmed)",
)  # fmt: skip
def projects_stay(request: Request) -> Iterator[Fault]:
    """Project management, once on, stays on unless the account is rolled back to OpenAI."""
    before = at(request.old.body, "properties.allowProjectManagement") if request.old is not None else None
    now, kind = request.known("properties.allowProjectManagement"), request.known("kind")
    if before is True and now is False and kind == "AIServices":
        yield Fault(
            "allowProjectManagement can't be turned off", "properties.allowProjectManagement", "set it to true again"
        )


@rule(
    "cog-projects-need-identity", kind="static", reads=("identity",),
    source="hashicorp/terraform-provider-azurerm cognitive_account_resource.go, project_management_enabled (checked "
    "2026-11-25; code not confirmed)",
)  # fmt: skip
def projects_need_identity(request: Request) -> Iterator[Fault]:
    """An account with projects has an identity."""
    if request.known("properties.allowProjectManagement") is not True or request.known("kind") != "AIServices":
        return
    if at(request.inputs, "identity.type") in (None, "None"):
        yield Fault(
            "allowProjectManagement is true, and the account has no managed identity",
            "identity",
            "write identity: {type: SystemAssigned}",
        )


@rule(
    "cog-not-of-openai", kind="static", reads=("kind",),
    source="hashicorp/terraform-provider-azurerm cognitive_account_resource.go and docs, dynamic throttling and "
    "storage (checked 2026-11-25; code not confirmed)",
)  # fmt: skip
def openai_lacks_it(request: Request) -> Iterator[Fault]:
    """OpenAI accounts have no storage of one's own, nor throttle dynamically; those of AI Foundry don't either."""
    kind = request.known("kind")
    if kind in ("OpenAI", "AIServices") and request.known("properties.dynamicThrottlingEnabled") is True:
        yield Fault(
            f"an account of kind {kind} has no dynamic throttling",
            "properties.dynamicThrottlingEnabled",
            "leave it out, or set it to false",
        )
    if kind == "OpenAI" and request.known("properties.userOwnedStorage") not in (None, []):
        yield Fault(
            "an account of kind OpenAI has no storage of its owner", "properties.userOwnedStorage", "leave it out"
        )


ACCOUNT_RULES: Final = (
    kind_exists, kind_stays, one_free_account, subdomain_is_a_label, subdomain_stays, key_needs_identity, key_is_named,
    vault_keeps_keys, projects_stay,
    projects_need_identity, openai_lacks_it,
)  # fmt: skip
