"""What Azure Key Vault refuses in keys and secrets.

Each rule names the page of Microsoft's documentation that says so.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

from simulator.ids import parents
from simulator.model import Request
from simulator.resources.firewall_rules import known_items
from simulator.rule import Fault, rule
from simulator.values import UNKNOWN, at, has_unknown

_KEYS = "MicrosoftDocs/azure-security-docs key-vault/keys/about-keys-details.md (checked 2026-11-25)"
_SECRETS = "MicrosoftDocs/azure-security-docs key-vault/secrets/about-secrets.md (checked 2026-11-25)"
_ROTATION = (
    "MicrosoftDocs/azure-security-docs key-vault/keys/how-to-configure-key-rotation.md (checked 2026-11-25); "
    "nagyesta/lowkey-vault#181"
)
# The code that the service answers for a policy without actions; of the other faults only the words are known.
_ROTATION_CODE = "InvalidKeyRotationPolicy"
_SIZES = (2048, 3072, 4096)
_MAX_SECRET_BYTES = 25 * 1024
_MAX_TAGS, _MAX_CONTENT_TYPE = 15, 255
# What can't be said otherwise of a key that exists; `_DEFAULTS`: what is the same as saying nothing.
_FIXED = (
    "properties.kty", "properties.keySize", "properties.curveName", "properties.keyOps",
    "properties.attributes.enabled", "properties.attributes.expires", "properties.attributes.notBefore",
    "properties.attributes.exportable", "tags",
)  # fmt: skip
_DEFAULTS = {
    "properties.keySize": 2048,
    "properties.curveName": "P-256",
    "properties.attributes.enabled": True,
    "properties.attributes.exportable": False,
}
_DURATION = re.compile(r"P(?:(\d+)Y)?(?:(\d+)M)?(?:(\d+)W)?(?:(\d+)D)?(?:T\w+)?")


@rule("kv-key-size", kind="static", code="BadRequest", source=_KEYS)
def rsa_key_has_a_size(request: Request) -> Iterator[Fault]:
    """RSA keys have 2048, 3072 or 4096 bits."""
    size, kind = request.known("properties.keySize"), str(request.known("properties.kty", ""))
    if kind.upper().startswith("RSA") and isinstance(size, int) and size not in _SIZES:
        yield Fault(f"an RSA key of {size} bits", "properties.keySize", "use 2048, 3072 or 4096")


@rule("kv-hsm-key-needs-premium", kind="cross-resource", code="BadRequest", source=_KEYS, reads=("properties.kty",))
def hsm_key_needs_premium(request: Request) -> Iterator[Fault]:
    """Keys in a hardware security module need a premium vault."""
    vault = request.world.get(next(parents(request.id), ""))
    sku = at(vault.body, "properties.sku.name") if vault is not None else None
    kind = str(request.known("properties.kty", ""))
    if kind.upper().endswith("-HSM") and isinstance(sku, str) and sku.lower() == "standard":
        yield Fault(f"a key of type {kind} in a standard vault", "properties.kty", "use RSA or EC, or a premium vault")


@rule("kv-rotation-expiry", kind="static", code=_ROTATION_CODE, source=_ROTATION)
def rotated_key_lives_long_enough(request: Request) -> Iterator[Fault]:
    """A key that is rotated lives 28 days or longer."""
    path = "properties.rotationPolicy.attributes.expiryTime"
    yield from _too_short(request.known(path), path, 28)


@rule(
    "kv-rotation-actions",
    kind="static",
    code=_ROTATION_CODE,
    source="Azure/bicep-registry-modules#2760 (checked 2026-11-25)",
    reads=("properties.rotationPolicy",),
    quoted=True,
)
def rotation_has_actions(request: Request) -> Iterator[Fault]:
    """A policy says what happens."""
    policy = request.known("properties.rotationPolicy")
    if policy is not None and at(policy, "lifetimeActions") is None:
        yield Fault(
            "The given value for 'lifetimeActions' is null.",
            "properties.rotationPolicy.lifetimeActions",
            "list the actions, or leave the policy out",
        )


@rule("kv-rotation-before-expiry", kind="static", code=_ROTATION_CODE, source=_ROTATION)
def expiry_is_there_to_count_from(request: Request) -> Iterator[Fault]:
    """What counts back from the expiry needs one."""
    if request.at("properties.rotationPolicy.attributes.expiryTime") is not None:
        return
    for target, item in known_items(request, "properties.rotationPolicy.lifetimeActions"):
        if _time(at(item, "trigger"), "timeBeforeExpiry") is not None:
            yield Fault(
                "timeBeforeExpiry needs attributes.expiryTime", f"{target}.trigger.timeBeforeExpiry", "set the expiry"
            )


@rule("kv-rotation-trigger", kind="static", code=_ROTATION_CODE, source=_ROTATION)
def rotation_has_one_trigger(request: Request) -> Iterator[Fault]:
    """An action has one trigger, seven days or more from either end; a notice counts from the expiry."""
    for target, item in known_items(request, "properties.rotationPolicy.lifetimeActions"):
        trigger = at(item, "trigger")
        after, before = _time(trigger, "timeAfterCreate"), _time(trigger, "timeBeforeExpiry")
        if trigger is not None and (after is None) == (before is None):
            yield Fault("an action needs one of timeAfterCreate and timeBeforeExpiry", f"{target}.trigger")
        if str(at(item, "action.type")).lower() == "notify" and after is not None:
            yield Fault("a notice can't count from creation", f"{target}.trigger", "use timeBeforeExpiry")
        yield from _too_short(after, f"{target}.trigger.timeAfterCreate", 7)
        yield from _too_short(before, f"{target}.trigger.timeBeforeExpiry", 7)


@rule("kv-secret-size", kind="static", code="BadParameter", source=_SECRETS)
def secret_is_small(request: Request) -> Iterator[Fault]:
    """A secret holds 25 KB."""
    value = request.known("properties.value")
    if isinstance(value, str) and len(value.encode()) > _MAX_SECRET_BYTES:
        yield Fault(
            "the value has more than 25 KB", "properties.value", "keep it in a storage account, and its key here"
        )


@rule("kv-content-dates", kind="static", code="BadParameter", source=_SECRETS)
def expiry_follows_start(request: Request) -> Iterator[Fault]:
    """A key or secret expires after it becomes valid."""
    start, end = request.known("properties.attributes.notBefore"), request.known("properties.attributes.expires")
    if isinstance(start, int | float) and isinstance(end, int | float) and end <= start:
        yield Fault(f"expires ({end}) is not after notBefore ({start})", "properties.attributes.expires")


def _time(trigger: Any, name: str) -> Any:
    """A duration of a trigger; Microsoft's own templates write an empty text for none."""
    text = at(trigger, name)
    return None if text == "" else text


def _too_short(text: Any, path: str, days: int) -> Iterator[Fault]:
    if text is None or text is UNKNOWN or not isinstance(text, str):
        return
    found = _DURATION.fullmatch(text)
    if found is None or text == "P":
        yield Fault(f"'{text}' is no duration", path, "write an ISO 8601 duration, such as P90D")
        return
    years, months, weeks, single = (int(part) if part is not None else 0 for part in found.groups())
    # A month of 31 days: no length that Azure takes is called too short.
    if 366 * years + 31 * months + 7 * weeks + single < days:
        yield Fault(f"{text} is shorter than {days} days", path, f"use P{days}D or longer")


@rule("kv-ec-key-operations", kind="static", code="BadRequest", source=f"{_KEYS} (code not confirmed)")
def ec_key_signs_only(request: Request) -> Iterator[Fault]:
    """Elliptic curves sign and verify; they encrypt nothing and wrap no keys."""
    listed = request.known("properties.keyOps", [])
    if not str(request.known("properties.kty", "")).upper().startswith("EC") or not isinstance(listed, list):
        return
    wrong = [each for each in listed if str(each).lower() in ("encrypt", "decrypt", "wrapkey", "unwrapkey")]
    if wrong:
        yield Fault(f"an EC key can't {', '.join(wrong)}", "properties.keyOps", "use an RSA key, or sign and verify")


@rule(
    "kv-release-needs-exportable",
    kind="static",
    code="BadParameter",
    source="Azure/azure-cli#28288, azurerm key_vault_key_resource.go (checked 2026-11-25; code not confirmed)",
    reads=("properties.attributes", "properties.releasePolicy"),
    quoted=True,
)
def released_key_is_exportable(request: Request) -> Iterator[Fault]:
    """Only a key that may leave the vault has a policy for it."""
    released = request.known("properties.releasePolicy.data") is not None
    if released and request.known("properties.attributes.exportable") is not True:
        yield Fault(
            "AKV.SKR.1005: Non-exportable keys must not have release policy",
            "properties.releasePolicy",
            "set attributes.exportable to true, or leave the policy out",
        )


@rule("kv-tag-limit", kind="static", code="BadParameter", source=f"{_KEYS}, {_SECRETS} (code not confirmed)")
def tags_are_few(request: Request) -> Iterator[Fault]:
    """A key or a secret has at most 15 tags."""
    tags = request.known("tags")
    if isinstance(tags, Mapping) and len(tags) > _MAX_TAGS:
        yield Fault(f"{len(tags)} tags", "tags", f"use at most {_MAX_TAGS}")


@rule("kv-content-type", kind="static", code="BadParameter", source=f"{_SECRETS} (code not confirmed)")
def content_type_is_short(request: Request) -> Iterator[Fault]:
    """What a secret is, is said in at most 255 characters."""
    text = request.known("properties.contentType")
    if isinstance(text, str) and len(text) > _MAX_CONTENT_TYPE:
        yield Fault(f"a content type of {len(text)} characters", "properties.contentType", "use at most 255")


@rule(
    "kv-key-stays",
    kind="lifecycle",
    code="KeyCreationParametersDidNotMatchExistingKey",
    source="Azure/bicep#8283, Azure/bicep#6113, Azure/avdaccelerator#747 (checked 2026-11-25)",
)
def key_is_made_once(request: Request) -> Iterator[Fault]:
    """Azure Resource Manager makes the first version of a key and changes nothing afterwards."""
    for path in _FIXED:
        before = at(request.old.body, path) if request.old is not None else None
        after = request.at(path)
        if request.old is None or after is None or has_unknown(before) or has_unknown(after):
            continue
        if before != after and not (before is None and after in ({}, [], _DEFAULTS.get(path))):
            yield Fault(
                f"the key '{request.name}' exists already, and {path} does not match that of the existing key",
                path,
                "put the old value back, or make a key with another name",
            )


KEY_RULES = (
    rsa_key_has_a_size, hsm_key_needs_premium, ec_key_signs_only, released_key_is_exportable, rotation_has_actions,
    rotated_key_lives_long_enough, expiry_is_there_to_count_from, rotation_has_one_trigger, expiry_follows_start,
    tags_are_few, key_is_made_once,
)  # fmt: skip
SECRET_RULES = (secret_is_small, content_type_is_short, expiry_follows_start, tags_are_few)
