"""KV-004: no part of Azure reads secrets past the roles."""

from __future__ import annotations

from typing import Final

from policies.rule import Break, Category, Context, Example, Property, Rule, Severity, Verdict
from policies.types import VAULT
from policies.view import Judged, View

_FLAGS: Final = ("enabledForDeployment", "enabledForTemplateDeployment", "enabledForDiskEncryption")


def check(vault: View, _context: Context) -> Judged:
    """No part of Azure itself reads secrets past the roles."""
    for flag in _FLAGS:
        yield from vault.must_be(f"properties.{flag}", False)


RULE = Rule(
    id="KV-004",
    title="No part of Azure reads secrets past the roles",
    severity=Severity.MEDIUM,
    category=Category.IDENTITY,
    types=(VAULT,),
    controls=("itsg33/AC-6", "itsg33/CM-7", "gdpr/25", "popa/10"),
    why="With these switches whoever may deploy a template or a machine reads every secret, without a role.",
    fix="Set enabledForDeployment, enabledForTemplateDeployment and enabledForDiskEncryption to false.",
    link="https://learn.microsoft.com/azure/key-vault/general/overview-vnet-service-endpoints",
    properties=tuple(
        Property(
            f"properties.{flag}",
            False,
            Verdict.PASS,
            "Vault, Microsoft.KeyVault 2024-11-01: not permitted unless it is true",
        )
        for flag in _FLAGS
    ),
    check=check,
    good=(Example({"properties": dict.fromkeys(_FLAGS, False)}),),
    bad=tuple(Example({"properties": {**dict.fromkeys(_FLAGS, False), flag: True}}) for flag in _FLAGS),
    breaks=tuple(Break(f"properties.{flag}", True) for flag in _FLAGS),
)
