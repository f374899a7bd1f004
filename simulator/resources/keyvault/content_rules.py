"""What Azure Key Vault refuses in keys and secrets.

Source unless said otherwise: learn.microsoft.com key-vault/keys/about-keys and secrets/about-secrets (2026-11-24).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from simulator.ids import parents
from simulator.model import Request
from simulator.resources.firewall_rules import known_items
from simulator.rule import Fault, rule
from simulator.values import UNKNOWN, at

_KEYS = "learn.microsoft.com key-vault/keys/about-keys-details (2026-11-24)"
_SECRETS = "learn.microsoft.com key-vault/secrets/about-secrets (2026-11-24)"
_ROTATION = "learn.microsoft.com key-vault/keys/how-to-configure-key-rotation (2026-11-24); nagyesta/lowkey-vault#181"
_SIZES = (2048, 3072, 4096)
_MAX_SECRET_BYTES = 25 * 1024
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


@rule("kv-rotation-expiry", kind="static", code="BadRequest", source=_ROTATION)
def rotated_key_lives_long_enough(request: Request) -> Iterator[Fault]:
    """A key that is rotated lives 28 days or longer."""
    path = "properties.rotationPolicy.attributes.expiryTime"
    yield from _too_short(request.known(path), path, 28)


@rule("kv-rotation-trigger", kind="static", code="BadRequest", source=_ROTATION)
def rotation_has_one_trigger(request: Request) -> Iterator[Fault]:
    """An action has one trigger, seven days or more from either end; a notice counts from the expiry."""
    for target, item in known_items(request, "properties.rotationPolicy.lifetimeActions"):
        trigger = at(item, "trigger")
        after, before = at(trigger, "timeAfterCreate"), at(trigger, "timeBeforeExpiry")
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


KEY_RULES = (
    rsa_key_has_a_size, hsm_key_needs_premium, rotated_key_lives_long_enough, rotation_has_one_trigger,
    expiry_follows_start,
)  # fmt: skip
SECRET_RULES = (secret_is_small, expiry_follows_start)
