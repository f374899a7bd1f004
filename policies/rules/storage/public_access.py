"""ST-004: a storage account is reached through private endpoints only."""

from __future__ import annotations

from typing import Any

from policies.addresses import is_everyone
from policies.rule import ABSENT, Break, Category, Context, Example, Property, Rule, Severity, Verdict
from policies.types import STORAGE_ACCOUNT
from policies.view import Fault, Judged, View, judged_each

# Trusted services (networkRuleSet.bypass) are not judged: flow logs and backups are written that way.


def check(account: View, _context: Context) -> Judged:
    """Public access is off; the firewall behind it refuses by default and lets in no wide range."""
    yield from account.must_be_one_of("publicNetworkAccess", ("Disabled", "SecuredByPerimeter"))
    yield from account.must_be("networkRuleSet.defaultAction", "Deny", "should public access be switched on")
    yield from judged_each(account.each("networkRuleSet.ipRules"), _address)


def _address(rule: View) -> Judged:
    if is_everyone(rule.text("iPAddressOrRange")):
        yield Fault(f"{rule.path}.iPAddressOrRange", "lets in everybody")


def _account(access: str, action: str = "Deny", *ranges: str) -> dict[str, Any]:
    rules = [{"iPAddressOrRange": one} for one in ranges]
    return {"publicNetworkAccess": access, "networkRuleSet": {"defaultAction": action, "ipRules": rules}}


RULE = Rule(
    id="ST-004",
    title="A storage account is reached through private endpoints only",
    severity=Severity.CRITICAL,
    category=Category.NETWORK,
    types=(STORAGE_ACCOUNT,),
    controls=(
        "itsg33/SC-7",
        "itsg33/AC-4",
        "mcsb/NS-2",
        "cis-azure/4.6",
        "cis-azure/4.7",
        "hipaa/164.312(e)(1)",
        "gdpr/32(1)(b)",
        "gc-guardrails/9",
        "popa/10",
        "hia/60",
    ),
    equivalents={
        "checkov": ("CKV_AZURE_59", "CKV_AZURE_35", "CKV_AZURE_36"),
        "psrule": ("Azure.Storage.Firewall",),
        "azure_policy": (
            "b2982f36-99f2-4db5-8eff-283140c09693",
            "34c877ad-507e-4c82-993e-3452a6e0ad3c",
            "c9d007d0-c057-4772-b18c-01e546713bcd",
        ),
        "trivy": ("AZU-0012", "AZU-0010"),
    },
    why="An open account answers the whole internet: one leaked token or one public container, and the data is gone.",
    fix="Set publicNetworkAccess to Disabled and networkRuleSet.defaultAction to Deny, and add private endpoints.",
    link="https://learn.microsoft.com/azure/storage/common/storage-network-security",
    properties=(
        Property(
            "publicNetworkAccess",
            "Enabled",
            Verdict.FAIL,
            "StorageAccount, Microsoft.Storage 2024-01-01: enabled where nothing is set",
        ),
        Property(
            "networkRuleSet.defaultAction",
            "Allow",
            Verdict.FAIL,
            "StorageAccount, Microsoft.Storage 2024-01-01: Allow, without rules as well",
        ),
        Property(
            "networkRuleSet.ipRules[*].iPAddressOrRange",
            ABSENT,
            Verdict.PASS,
            "StorageAccount, Microsoft.Storage 2024-01-01: required in a rule",
        ),
    ),
    check=check,
    good=(
        Example(_account("Disabled")),
        Example(_account("SecuredByPerimeter", "deny", "203.0.113.0/24"), title="a perimeter decides"),
    ),
    bad=(
        Example(_account("Enabled")),
        Example(_account("Disabled", "Allow")),
        Example(_account("Disabled", "Deny", "203.0.113.0/24", "0.0.0.0/0"), title="the second range is the internet"),
        Example({"networkRuleSet": {"defaultAction": "Deny"}}),
    ),
    breaks=(
        Break("publicNetworkAccess", "Enabled"),
        Break("publicNetworkAccess", ABSENT),
        Break("networkRuleSet.defaultAction", "Allow"),
        Break("networkRuleSet", ABSENT),
        Break("networkRuleSet.ipRules", [{"iPAddressOrRange": "0.0.0.0/1"}]),
    ),
)
