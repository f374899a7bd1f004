"""KV-002: roles decide who reads a vault, not access policies."""

from __future__ import annotations

from typing import Final

from policies.rule import ABSENT, Break, Category, Context, Example, Property, Rule, Severity, Verdict
from policies.types import VAULT
from policies.view import Fault, Judged, View

_POLICY: Final = "azure-native:keyvault:AccessPolicy"


def check(vault: View, context: Context) -> Judged:
    """Roles decide, and no access policy waits for the day when they don't, as a resource of its own neither."""
    if context.resource.type == _POLICY:
        yield Fault("", "is an access policy, which counts once roles are switched off; assign a role")
        return
    yield from vault.must_be("properties.enableRbacAuthorization", True)
    yield from vault.must_not_be_set("properties.accessPolicies", "since it counts again once roles are switched off")


RULE = Rule(
    id="KV-002",
    title="Roles decide who reads a vault, not access policies",
    severity=Severity.HIGH,
    category=Category.IDENTITY,
    types=(VAULT, _POLICY),
    controls=(
        "itsg33/AC-3",
        "itsg33/AC-6",
        "mcsb/PA-7",
        "cis-azure/3.3.6",
        "hipaa/164.312(a)(1)",
        "gdpr/32(1)(b)",
        "gc-guardrails/2",
        "popa/10",
        "hia/60",
    ),
    equivalents={
        "psrule": ("Azure.KeyVault.RBAC", "AZR-000388"),
        "azure_policy": ("12d4fa5e-1f9f-4c21-97a9-b99b3c6611b5",),
    },
    why="An access policy opens every key or every secret of a vault, knows no conditions, and no review lists it.",
    fix="Set enableRbacAuthorization to true, leave accessPolicies empty, and assign roles.",
    link="https://learn.microsoft.com/azure/key-vault/general/rbac-guide",
    properties=(
        Property(
            "properties.enableRbacAuthorization",
            False,
            Verdict.FAIL,
            "Vault, Microsoft.KeyVault 2024-11-01: access policies unless it is true",
        ),
        Property("properties.accessPolicies", ABSENT, Verdict.PASS, "Vault, Microsoft.KeyVault 2024-11-01: none"),
    ),
    check=check,
    good=(Example({"properties": {"enableRbacAuthorization": True, "accessPolicies": []}}),),
    bad=(
        Example({"vaultName": "kv", "policy": {"objectId": "a", "permissions": {"secrets": ["get"]}}}, type=_POLICY),
        Example({"properties": {"enableRbacAuthorization": False}}),
        Example({"properties": {}}),
        Example({"properties": {"enableRbacAuthorization": True, "accessPolicies": [{"objectId": "a"}]}}),
    ),
    breaks=(
        Break("properties.enableRbacAuthorization", False, of=(VAULT,)),
        Break("properties.enableRbacAuthorization", ABSENT, of=(VAULT,)),
        Break(
            "properties.accessPolicies", [{"objectId": "somebody", "permissions": {"secrets": ["get"]}}], of=(VAULT,)
        ),
    ),
)
