"""OAI-003: an AI account is encrypted with a key of our own where the classification demands it."""

from __future__ import annotations

from typing import Any, Final

from policies.rule import ABSENT, Break, Category, Context, Example, Property, Rule, Severity, Verdict
from policies.rules._demands import keys_of_our_own
from policies.types import AI_ACCOUNT
from policies.view import Judged, View

_SOURCE: Final = "properties.encryption.keySource"
_VAULT: Final = "properties.encryption.keyVaultProperties.keyVaultUri"
_KEY: Final = "properties.encryption.keyVaultProperties.keyName"


def check(account: View, _context: Context) -> Judged:
    """The key comes from a vault, and is named."""
    yield from account.must_be(_SOURCE, "Microsoft.KeyVault")
    yield from account.must_be_set(_VAULT)
    yield from account.must_be_set(_KEY)


def _account(source: str = "Microsoft.KeyVault", vault: str = "https://keys.vault.azure.net", key: str = "ai") -> Any:
    return {
        "properties": {
            "encryption": {"keySource": source, "keyVaultProperties": {"keyVaultUri": vault, "keyName": key}}
        }
    }


_API: Final = "Account, Microsoft.CognitiveServices 2025-06-01 (not re-read)"

RULE = Rule(
    id="OAI-003",
    title="An AI account is encrypted with a key of our own",
    severity=Severity.HIGH,
    category=Category.ENCRYPTION,
    types=(AI_ACCOUNT,),
    controls=(
        "itsg33/SC-28(1)",
        "mcsb/DP-5",
        "hipaa/164.312(a)(2)(iv)",
        "gdpr/32(1)(a)",
        "gc-guardrails/6",
        "popa/10",
        "hia/60",
    ),
    equivalents={
        "checkov": ("CKV2_AZURE_22",),
        "azure_policy": ("67121cc7-ff39-4ab8-b7e3-95b84dab487d",),
    },
    why="Files, fine-tuned models and batches lie in the account; with Microsoft's key only Microsoft can lock them.",
    fix="Set encryption.keySource Microsoft.KeyVault with keyVaultUri and keyName of a key in the account's region.",
    link="https://learn.microsoft.com/azure/ai-services/openai/encrypt-data-at-rest",
    properties=(
        Property(_SOURCE, "Microsoft.CognitiveServices", Verdict.FAIL, f"{_API}: Microsoft's key"),
        Property(_VAULT, ABSENT, Verdict.FAIL, _API, unknown=Verdict.PASS),
        Property(_KEY, ABSENT, Verdict.FAIL, _API, unknown=Verdict.PASS),
    ),
    applies=keys_of_our_own,
    check=check,
    good=(
        Example(_account()),
        Example(_account("microsoft.keyvault"), classification="Protected C"),
        Example({"properties": {}}, classification="Protected A"),
    ),
    bad=(
        Example(_account("Microsoft.CognitiveServices")),
        Example(_account(vault="")),
        Example(_account(key="")),
        Example({"properties": {}}, title="Microsoft's key by default"),
    ),
    breaks=(
        Break("properties.encryption", ABSENT),
        Break(_SOURCE, "Microsoft.CognitiveServices"),
        Break(_VAULT, ABSENT),
        Break(_KEY, ABSENT),
    ),
)
