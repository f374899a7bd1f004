"""What a container registry refuses in encryption with a key of one's own."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from simulator.ids import key, name_of
from simulator.model import Request
from simulator.resources.containerregistry.registry_rules import premium_only
from simulator.rule import Fault, Rule, rule
from simulator.values import UNKNOWN, at

_KEYS: Final = (
    "MicrosoftDocs/azure-management-docs container-registry/tutorial-customer-managed-keys.md (checked 2026-11-25)"
)
_PROPERTIES: Final = "encryption.keyVaultProperties"


@rule("acr-cmk-premium", kind="static", source=_KEYS)
def own_keys_need_premium(request: Request) -> Iterator[Fault]:
    """Customer-managed keys."""
    yield from premium_only(request, "encryption.status", ("enabled",), "a customer-managed key")


@rule("acr-trust-with-cmk", kind="static", code="BlockedForEncryptionEnabledRegistry",
      source="Azure/PSRule.Rules.Azure#1810")  # fmt: skip
def content_trust_excludes_own_keys(request: Request) -> Iterator[Fault]:
    """Content trust and a customer-managed key exclude each other."""
    if request.at("policies.trustPolicy.status") == "enabled" and request.at("encryption.status") == "enabled":
        yield Fault(
            "content trust is not supported where encryption with a customer-managed key is enabled",
            "policies.trustPolicy.status",
            "leave out one of them",
        )


@rule("acr-cmk-identity", kind="static", source=_KEYS)
def own_keys_need_a_key(request: Request) -> Iterator[Fault]:
    """A customer-managed key has an address."""
    if request.at("encryption.status") == "enabled" and request.at("encryption.keyVaultProperties") is None:
        yield Fault(
            "a customer-managed key needs `keyIdentifier` and the `identity` that reads it",
            "encryption.keyVaultProperties",
        )


@rule("acr-cmk-permanent", kind="lifecycle", source=_KEYS)
def own_keys_are_for_ever(request: Request) -> Iterator[Fault]:
    """Encryption with a customer-managed key is chosen when the registry is made."""
    if request.old is None:
        return
    before, after = at(request.old.body, "encryption.status"), request.at("encryption.status")
    if after is None or UNKNOWN in (before, after) or (before == "enabled") == (after == "enabled"):
        return
    yield Fault(
        "encryption with a customer-managed key can't be switched on or off after the registry is made",
        "encryption.status",
        "put the old value back, or make another registry",
    )


@rule("acr-cmk-reader", kind="static", source=f"{_KEYS} (code not confirmed)", reads=("encryption", "identity"))
def own_keys_need_an_identity(request: Request) -> Iterator[Fault]:
    """The key of a new registry is read by a user-assigned identity, which the registry has."""
    if request.old is not None or request.at("encryption.status") != "enabled" or request.at(_PROPERTIES) is None:
        return
    if request.at(f"{_PROPERTIES}.identity") is None:
        yield Fault("nobody is named who reads the key", f"{_PROPERTIES}.identity", "write the identity's client id")
    elif "UserAssigned" not in str(request.known("identity.type", "None")):
        yield Fault("the registry has no user-assigned identity", "identity", "assign the one that reads the key")


@rule("acr-cmk-client-id", kind="cross-resource", source=f"{_KEYS} (code not confirmed)")
def reader_is_named_by_client_id(request: Request) -> Iterator[Fault]:
    """The identity is named by its client id, not by its id or its principal."""
    used = request.known(f"{_PROPERTIES}.identity")
    identities = request.world.of_type("Microsoft.ManagedIdentity/userAssignedIdentities")
    for identity in identities if isinstance(used, str) else ():
        if used is not None and used.lower() in (key(identity.id), str(identity.outputs.get("principalId")).lower()):
            yield Fault(
                f"{used} is not the client id of {name_of(identity.id)}",
                f"{_PROPERTIES}.identity",
                "use the `clientId` output of the identity",
            )


@rule("acr-cmk-key-is-rsa", kind="cross-resource", source=f"{_KEYS} (code not confirmed)")
def own_key_is_rsa(request: Request) -> Iterator[Fault]:
    """A registry wraps its keys with RSA keys only."""
    path = f"{_PROPERTIES}.keyIdentifier"
    host, _, rest = str(request.known(path, "")).removeprefix("https://").partition("/keys/")
    for found in request.world.of_type("Microsoft.KeyVault/vaults/keys") if rest else ():
        same = found.id.split("/")[8].lower() == host.partition(".")[0].lower()
        kind = at(found.body, "properties.kty")
        if same and name_of(found.id).lower() == rest.partition("/")[0].lower() and str(kind).upper().startswith("EC"):
            yield Fault(f"key {name_of(found.id)} is of type {kind}", path, "use an RSA or RSA-HSM key")


REGISTRY_KEY_RULES: Final[tuple[Rule, ...]] = (
    own_keys_need_premium, own_keys_need_a_key, own_keys_need_an_identity, reader_is_named_by_client_id, own_key_is_rsa,
    content_trust_excludes_own_keys, own_keys_are_for_ever,
)  # fmt: skip
