"""KV-005: keys are strong, and in an HSM where the classification demands it."""

from __future__ import annotations

from typing import Any

from policies.rule import ABSENT, Break, Category, Context, Example, Property, Rule, Severity, Verdict
from policies.types import KEY, VAULT
from policies.view import Judged, View

# CCCS ITSP.40.111 accepts RSA of 2048 bits until the end of 2030 and 3072 after it (not re-read).


def check(view: View, context: Context) -> Judged:
    """Keys are long enough, of a curve that FIPS knows, and in an HSM where the classification demands it."""
    hsm = context.profile.demands.hsm_keys
    if context.resource.type == VAULT:
        if hsm:
            yield from view.must_be("properties.sku.name", "premium", "since a standard vault has no HSM")
        return
    if hsm:
        yield from view.must_be_one_of("properties.kty", ("RSA-HSM", "EC-HSM"))
    if view.word("properties.kty").startswith("ec"):
        yield from view.must_not_be("properties.curveName", ("P-256K",))
    else:
        name = view.word("keyName", absent=context.resource.name)
        short = name in {one.lower() for one in context.profile.parameters.short_keys}
        yield from view.must_be_between("properties.keySize", 2048 if short else 3072, None)


def _key(kty: str, size: int | None = None, name: str = "storage", **more: Any) -> dict[str, Any]:
    return {"keyName": name, "properties": {"kty": kty, **({} if size is None else {"keySize": size}), **more}}


RULE = Rule(
    id="KV-005",
    title="Keys are strong, and in an HSM where the classification demands it",
    severity=Severity.HIGH,
    category=Category.ENCRYPTION,
    types=(
        KEY,
        VAULT,
    ),
    controls=(
        "itsg33/SC-12",
        "itsg33/SC-13",
        "mcsb/DP-6",
        "hipaa/164.312(a)(2)(iv)",
        "gdpr/32(1)(a)",
        "gc-guardrails/6",
        "popa/10",
        "hia/60",
    ),
    equivalents={
        "checkov": ("CKV_AZURE_112",),
        "azure_policy": ("75c4f823-d65c-4f29-a733-01d0077fdbcb", "82067dbb-e53b-4e06-b631-546d197452d9"),
    },
    parameters=("short_keys",),
    why="What is encrypted today is stored by others and broken later; a key in software can be copied out of memory.",
    fix="Make keys of type RSA-HSM with 3072 bits in a premium vault; a key can't be changed, only replaced "
    "(settings: key_vault.sku).",
    link="https://learn.microsoft.com/azure/key-vault/keys/about-keys",
    properties=(
        Property("properties.kty", ABSENT, Verdict.FAIL, "Key, Microsoft.KeyVault 2024-11-01: required", of=(KEY,)),
        Property(
            "properties.keySize", 2048, Verdict.FAIL, "Key, Microsoft.KeyVault 2024-11-01: 2048 bits for RSA", of=(KEY,)
        ),
        Property(
            "properties.curveName", "P-256", Verdict.PASS, "Key, Microsoft.KeyVault 2024-11-01: P-256 for EC", of=(KEY,)
        ),
        Property(
            "properties.sku.name", ABSENT, Verdict.FAIL, "Vault, Microsoft.KeyVault 2024-11-01: required", of=(VAULT,)
        ),
    ),
    check=check,
    good=(
        Example(_key("RSA-HSM", 3072)),
        Example(_key("rsa-hsm", 2048, "ai"), title="the service takes no longer one"),
        Example(_key("EC-HSM", curveName="P-384")),
        Example(_key("RSA", 3072), classification="Protected A", title="in software, below Protected B"),
        Example({"properties": {"sku": {"name": "premium"}}}, type=VAULT),
        Example({"properties": {"sku": {"name": "standard"}}}, type=VAULT, classification="Protected A"),
    ),
    bad=(
        Example(_key("RSA", 4096)),
        Example(_key("RSA-HSM", 2048)),
        Example(_key("RSA-HSM", 1024, "ai")),
        Example(_key("EC-HSM", curveName="P-256K")),
        Example(_key("RSA", 2048), classification="Protected A"),
        Example({"properties": {"sku": {"name": "standard"}}}, type=VAULT),
    ),
    breaks=(
        Break("properties.kty", "RSA", of=(KEY,), where=lambda key: key["properties"]["kty"] != "RSA"),
        Break("properties.keySize", 1024, of=(KEY,), where=lambda key: "keySize" in key["properties"]),
        Break("properties.curveName", "P-256K", of=(KEY,), where=lambda key: "curveName" in key["properties"]),
        Break("properties.sku.name", "standard", of=(VAULT,)),
    ),
)
