"""ACR-003: a registry is reached through private endpoints only."""

from __future__ import annotations

from policies.addresses import is_everyone
from policies.rule import ABSENT, Break, Category, Context, Example, Property, Rule, Severity, Verdict
from policies.types import REGISTRY
from policies.values import joined
from policies.view import Fault, Judged, View, judged_each

# Trusted services (networkRuleBypassOptions) are not judged: Defender scans images of a closed registry that way.


def check(registry: View, _context: Context) -> Judged:
    """Public access is off, the tier has private endpoints, and a firewall, where one is set, refuses by default."""
    yield from registry.must_be("publicNetworkAccess", "Disabled")
    yield from registry.must_be("sku.name", "Premium", "the only tier with private endpoints")
    if registry.has("networkRuleSet"):
        yield from registry.must_be("networkRuleSet.defaultAction", "Deny")
        yield from judged_each(registry.each("networkRuleSet.ipRules"), _address)


def _address(rule: View) -> Judged:
    if is_everyone(rule.text("iPAddressOrRange", absent="")):
        yield Fault(joined(rule.path, "iPAddressOrRange"), "lets in everybody")


RULE = Rule(
    id="ACR-003",
    title="A registry is reached through private endpoints only",
    severity=Severity.CRITICAL,
    category=Category.NETWORK,
    types=(REGISTRY,),
    controls=(
        "itsg33/SC-7",
        "mcsb/NS-2",
        "cis-aks/5.1.4",
        "hipaa/164.312(e)(1)",
        "gdpr/32(1)(b)",
        "gc-guardrails/9",
        "popa/10",
        "hia/60",
    ),
    equivalents={
        "checkov": ("CKV_AZURE_139",),
        "psrule": ("Azure.ACR.Firewall", "AZR-000402", "Azure.ACR.MinSku", "AZR-000006"),
        "azure_policy": (
            "0fdf0491-d080-4575-b627-ad0e843cba0f",
            "d0793b48-0edc-4296-a390-4c75d1bdfd71",
            "bd560fc0-3c69-498a-ae9f-aa8eb7de0e13",
        ),
    },
    why="An open registry can be pulled from with any stolen token, from anywhere; a closed one only from here.",
    fix="Set publicNetworkAccess to Disabled in a Premium registry, and give it a private endpoint.",
    link="https://learn.microsoft.com/azure/container-registry/container-registry-private-link",
    properties=(
        Property(
            "publicNetworkAccess",
            "Enabled",
            Verdict.FAIL,
            "Registry, Microsoft.ContainerRegistry 2023-01-01-preview: open unless it is Disabled",
        ),
        Property(
            "sku.name", ABSENT, Verdict.FAIL, "Registry, Microsoft.ContainerRegistry 2023-01-01-preview: required"
        ),
        Property(
            "networkRuleSet.defaultAction",
            "Allow",
            Verdict.FAIL,
            "learn.microsoft.com/azure/container-registry/container-registry-access-selected-networks",
        ),
    ),
    check=check,
    good=(
        Example({"publicNetworkAccess": "Disabled", "sku": {"name": "Premium"}}),
        Example(
            {
                "publicNetworkAccess": "disabled",
                "sku": {"name": "premium"},
                "networkRuleSet": {"defaultAction": "Deny"},
            },
            title="another case, and a firewall beside it",
        ),
    ),
    bad=(
        Example({"publicNetworkAccess": "Enabled", "sku": {"name": "Premium"}}),
        Example({"publicNetworkAccess": "Disabled", "sku": {"name": "Standard"}}),
        Example(
            {
                "publicNetworkAccess": "Disabled",
                "sku": {"name": "Premium"},
                "networkRuleSet": {"defaultAction": "Allow"},
            }
        ),
        Example(
            {
                "publicNetworkAccess": "Disabled",
                "sku": {"name": "Premium"},
                "networkRuleSet": {
                    "defaultAction": "Deny",
                    "ipRules": [{"iPAddressOrRange": "20.1.2.3"}, {"iPAddressOrRange": "128.0.0.0/1"}],
                },
            }
        ),
    ),
    breaks=(
        Break("publicNetworkAccess", "Enabled"),
        Break("publicNetworkAccess", ABSENT),
        Break("sku.name", "Basic"),
        Break("networkRuleSet", {"defaultAction": "Allow"}),
    ),
)
