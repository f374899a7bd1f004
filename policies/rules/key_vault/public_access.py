"""KV-003: a vault is reached through private endpoints only."""

from __future__ import annotations

from typing import Any

from policies.addresses import is_everyone
from policies.rule import ABSENT, Break, Category, Context, Example, Property, Rule, Severity, Verdict
from policies.types import MANAGED_HSM, VAULT
from policies.view import Fault, Judged, View, judged_each

# Trusted services (networkAcls.bypass) are not judged: storage and others reach their key that way.


def check(vault: View, _context: Context) -> Judged:
    """Public access is off; the firewall behind it refuses by default and lets in no wide range."""
    yield from vault.must_be("properties.publicNetworkAccess", "Disabled")
    yield from vault.must_be("properties.networkAcls.defaultAction", "Deny", "should public access be switched on")
    yield from judged_each(vault.each("properties.networkAcls.ipRules"), _address)


def _address(rule: View) -> Judged:
    if is_everyone(rule.text("value")):
        yield Fault(f"{rule.path}.value", "lets in everybody")


def _vault(access: str, action: str = "Deny", *ranges: str) -> dict[str, Any]:
    acls = {"defaultAction": action, "ipRules": [{"value": one} for one in ranges]}
    return {"properties": {"publicNetworkAccess": access, "networkAcls": acls}}


RULE = Rule(
    id="KV-003",
    title="A vault is reached through private endpoints only",
    severity=Severity.CRITICAL,
    category=Category.NETWORK,
    types=(VAULT, MANAGED_HSM),
    controls=(
        "itsg33/SC-7",
        "itsg33/AC-4",
        "mcsb/NS-2",
        "mcsb/DP-8",
        "hipaa/164.312(e)(1)",
        "gdpr/32(1)(b)",
        "gc-guardrails/9",
        "popa/10",
        "hia/60",
    ),
    equivalents={
        "checkov": ("CKV_AZURE_189", "CKV_AZURE_109"),
        "psrule": ("Azure.KeyVault.Firewall", "AZR-000355"),
        "azure_policy": (
            "405c5871-3e91-4644-8a63-58e19d68ff5b",
            "55615ac9-af46-4a59-874e-391cc3dfb490",
            "19ea9d63-adee-4431-a95e-1913c6c1c75f",
        ),
        "trivy": ("AZU-0013",),
    },
    why="A vault holds the keys to everything else; an open one can be tried from anywhere with any stolen token.",
    fix="Set publicNetworkAccess to Disabled and networkAcls.defaultAction to Deny, and add a private endpoint.",
    link="https://learn.microsoft.com/azure/key-vault/general/private-link-service",
    properties=(
        Property(
            "properties.publicNetworkAccess",
            "Enabled",
            Verdict.FAIL,
            "Vault, Microsoft.KeyVault 2024-11-01: enabled where nothing is set",
        ),
        Property(
            "properties.networkAcls.defaultAction",
            "Allow",
            Verdict.FAIL,
            "learn.microsoft.com/azure/key-vault/general/network-security: without a firewall all networks",
        ),
        Property(
            "properties.networkAcls.ipRules[*].value",
            ABSENT,
            Verdict.PASS,
            "Vault, Microsoft.KeyVault 2024-11-01: required in a rule",
        ),
    ),
    check=check,
    good=(
        Example(_vault("Disabled")),
        Example(_vault("Disabled"), type=MANAGED_HSM),
        Example(_vault("disabled", "deny", "203.0.113.0/24", "10.0.0.0/8"), title="another case; narrow ranges"),
    ),
    bad=(
        Example(_vault("Enabled")),
        Example(_vault("Enabled"), type=MANAGED_HSM),
        Example(_vault("Disabled", "Allow")),
        Example(_vault("Disabled", "Deny", "203.0.113.0/24", "0.0.0.0/0"), title="the second range is the internet"),
        Example(_vault("Disabled", "Deny", "128.0.0.0/1"), title="half of the internet"),
        Example(_vault("Disabled", "Deny", "::/0"), title="the internet of IPv6"),
    ),
    breaks=(
        Break("properties.publicNetworkAccess", "Enabled"),
        Break("properties.publicNetworkAccess", ABSENT),
        Break("properties.networkAcls.defaultAction", "Allow"),
        Break("properties.networkAcls.ipRules", [{"value": "0.0.0.0/0"}]),
    ),
)
