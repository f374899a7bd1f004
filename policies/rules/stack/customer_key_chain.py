"""STK-006: the identity that opens a customer's key may use that key."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any, Final

from policies.references import behind, dependencies, named, texts_in
from policies.resource import Resource, Stack
from policies.rule import Category, Context, Example, Rule, Scope, Severity, StackBreak
from policies.rules._faults import having_properties, without
from policies.rules._role_assignments import assignment_of, held_by, holds, role_definition, role_name
from policies.types import (
    AI_ACCOUNT,
    CLUSTER,
    DATA_FACTORY,
    DISK_ENCRYPTION_SET,
    EVENT_NAMESPACE,
    IDENTITY,
    KEY,
    ML_WORKSPACE,
    REGISTRY,
    STORAGE_ACCOUNT,
    VAULT,
)
from policies.values import UNKNOWN, UnjudgeableError, look_up
from policies.view import Doubt, Fault, Judged, View

# Where each names the identity, and where the key. That a key of our own is used is judged by ST-005 and its like.
_WHERE: Final[Mapping[str, tuple[str, str]]] = {
    STORAGE_ACCOUNT: ("encryption", "encryption"),
    REGISTRY: ("encryption", "encryption"),
    ML_WORKSPACE: ("encryption", "encryption"),
    EVENT_NAMESPACE: ("encryption", "encryption"),
    DATA_FACTORY: ("encryption", "encryption"),
    AI_ACCOUNT: ("properties", "properties"),
    DISK_ENCRYPTION_SET: ("identity", "activeKey"),
    CLUSTER: ("identity", "securityProfile.azureKeyVaultKms"),
}
_KEY_ADDRESS: Final = re.compile(r"/keys/([^/?]+)")
# A cluster encrypts etcd by itself, with a role of its own: learn.microsoft.com/azure/aks/use-kms-etcd-encryption.
_ROLES: Final[Mapping[str, str]] = {
    **dict.fromkeys(_WHERE, "Key Vault Crypto Service Encryption User"),
    CLUSTER: "Key Vault Crypto User",
}


def applies(view: View, context: Context) -> bool:
    """Where it names a key."""
    return view.has(_WHERE[context.resource.type][1])


def check(_view: View, context: Context) -> Judged:
    """Its identity holds the role at the key, and a set for disks has its vault in its own region."""
    stack, resource = context.stack, context.resource
    identities, role = _found(stack, resource, _WHERE[resource.type][0], IDENTITY), _ROLES[resource.type]
    for key in keys_of(stack, resource):
        if identities and not any(holds(stack, one, role, key) for one in identities):
            names = ", ".join(one.name for one in identities)
            yield Fault("", f"can't open its key {key.name}: {names} holds no {role} there")
        # learn.microsoft.com/azure/virtual-machines/disk-encryption: vault, set and disks in one region.
        for vault in vaults_of(stack, key) if resource.type == DISK_ENCRYPTION_SET else ():
            yield from _same_region(resource, vault)


def _same_region(resource: Resource, vault: Resource) -> Judged:
    try:
        own, other = (one.view().word("location", absent="").replace(" ", "") for one in (resource, vault))
    except UnjudgeableError as error:
        yield Doubt(error.path, error.reason)
        return
    if own and other and own != other:
        yield Fault("location", f"is another region than that of its key's vault ({vault.name}), which Azure refuses")


def keys_of(stack: Stack, resource: Resource) -> tuple[Resource, ...]:
    """The keys of the stack that a resource is encrypted with: by id or dependency, else by name and vault."""
    property_ = _WHERE[resource.type][1]
    keys = _found(stack, resource, property_, KEY)
    if keys:
        return keys
    texts = [text.lower() for text in texts_in(look_up(resource.properties, property_)) if text is not UNKNOWN]
    vaults = _found(stack, resource, property_, VAULT)
    return tuple(_by_name(stack, texts, vaults))


def _by_name(stack: Stack, texts: list[str], vaults: tuple[Resource, ...]) -> Iterator[Resource]:
    named_keys = stack.once("keys by name", lambda: _keys(stack))
    for name in dict.fromkeys(found for text in texts for found in (text, *_KEY_ADDRESS.findall(text))):
        for key in named_keys.get(name, ()):
            of = vaults_of(stack, key)
            if any(one in vaults for one in of) or any(
                f"//{one.view().word('vaultName', absent='?')}." in text for one in of for text in texts
            ):
                yield key


def _keys(stack: Stack) -> dict[str, list[Resource]]:
    found: dict[str, list[Resource]] = {}
    for key in stack.of(KEY):
        found.setdefault(key.view().word("keyName", absent=""), []).append(key)
    return found


def vaults_of(stack: Stack, key: Resource) -> tuple[Resource, ...]:
    """The vault of a key. Raises UnjudgeableError."""
    return named(stack, key, "vaultName", VAULT, "vaultName")


def _found(stack: Stack, resource: Resource, property_: str, type_: str) -> tuple[Resource, ...]:
    # A registry names its identity by client id, which is Azure's answer: only the dependency leads to it.
    those = (*behind(stack, resource, property_), *dependencies(stack, resource, property_))
    return tuple({one.key: one for one in those if one.type == type_}.values())


def _roles(stack: Stack, resource: Resource) -> list[Resource]:
    identities = _found(stack, resource, _WHERE[resource.type][0], IDENTITY)
    held = [one for identity in identities for one in held_by(stack, identity)]
    return [one for one in held if role_name(stack, one) == _ROLES[resource.type]] if keys_of(stack, resource) else []


def _reader(stack: Stack, resource: Resource) -> Stack | None:
    those = _roles(stack, resource)
    for one in those:
        stack = having_properties(stack, one, roleDefinitionId=role_definition("Key Vault Reader"))
    return stack if those else None


_PREFIX: Final = "/subscriptions/s/resourceGroups/rg/providers/"
_ID: Final = f"{_PREFIX}Microsoft.ManagedIdentity/userAssignedIdentities/id"
_KEY_ID: Final = f"{_PREFIX}Microsoft.KeyVault/vaults/kv/keys/storage"
_IDENTITY: Final = Resource(type=IDENTITY, name="id", id=_ID, urn="urn:id")
_AROUND: Final = (
    _IDENTITY,
    Resource(type=VAULT, name="kv", properties={"vaultName": "kv", "location": "canadacentral"}),
    Resource(type=KEY, name="storage", id=_KEY_ID, properties={"vaultName": "kv", "keyName": "storage"}),
    Resource(type=KEY, name="other", id=f"{_KEY_ID}2", properties={"vaultName": "kv", "keyName": "other"}),
)
_ACCOUNT: Final[dict[str, Any]] = {
    "encryption": {
        "keyVaultProperties": {"keyName": "storage", "keyVaultUri": "https://kv.vault.azure.net/"},
        "encryptionIdentity": {"encryptionUserAssignedIdentity": _ID},
    }
}

_ETCD: Final[dict[str, Any]] = {
    "identity": {"type": "UserAssigned", "userAssignedIdentities": [_ID]},
    "securityProfile": {"azureKeyVaultKms": {"keyId": "https://kv.vault.azure.net/keys/storage/1"}},
}


def _set(location: str) -> dict[str, Any]:
    return {
        "location": location,
        "identity": {"type": "UserAssigned", "userAssignedIdentities": [_ID]},
        "activeKey": {"keyUrl": "https://kv.vault.azure.net/keys/storage/1"},
    }


def _held(scope: str = _KEY_ID, name: str = _ROLES[STORAGE_ACCOUNT]) -> Resource:
    return assignment_of(name, _IDENTITY.urn, scope)


RULE = Rule(
    id="STK-006",
    title="The identity that opens a customer's key may use that key",
    severity=Severity.HIGH,
    category=Category.ENCRYPTION,
    types=tuple(_WHERE),
    scope=Scope.STACK,
    controls=(
        "itsg33/SC-12",
        "mcsb/DP-5",
        "hipaa/164.312(a)(2)(iv)",
        "gdpr/32(1)(a)",
        "gc-guardrails/6",
        "popa/10",
        "hia/60",
    ),
    why="A service that can't open its key stops, with everything in it; at creation it falls back to Microsoft's key.",
    fix="Give the identity Key Vault Crypto Service Encryption User at the key (or its vault), before the service.",
    link="https://learn.microsoft.com/azure/key-vault/general/rbac-guide",
    applies=applies,
    check=check,
    good=(
        Example(_ACCOUNT, others=(*_AROUND, _held())),
        Example(_ACCOUNT, others=(*_AROUND, _held(_KEY_ID.rpartition("/keys/")[0])), title="at the vault"),
        Example(_ETCD, type=CLUSTER, others=(*_AROUND, _held(name="Key Vault Crypto User"))),
        Example(_set("Canada Central"), type=DISK_ENCRYPTION_SET, others=(*_AROUND, _held())),
    ),
    bad=(
        Example(_ACCOUNT, others=_AROUND),
        Example(_ACCOUNT, others=(*_AROUND, _held(f"{_KEY_ID}2"))),
        Example(_ACCOUNT, others=(*_AROUND, _held(name="Key Vault Reader"))),
        Example(_ETCD, type=CLUSTER, others=(*_AROUND, _held()), title="a role that wraps, and etcd is encrypted"),
        Example(_set("canadaeast"), type=DISK_ENCRYPTION_SET, others=(*_AROUND, _held())),
    ),
    breaks=(
        without("the role of its identity is taken away", _roles),
        StackBreak("its identity may only read the vault's settings", _reader),
    ),
)
