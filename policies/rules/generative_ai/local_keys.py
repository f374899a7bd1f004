"""OAI-002: an AI account takes no keys, and has an identity."""

from __future__ import annotations

from typing import Any, Final

from policies.rule import ABSENT, Break, Category, Context, Example, Property, Rule, Severity, Verdict
from policies.rules._identities import MANAGED
from policies.types import AI_ACCOUNT
from policies.view import Judged, View

_KEYS_OFF: Final = "properties.disableLocalAuth"


def check(account: View, _context: Context) -> Judged:
    """Keys are off, and the account signs in elsewhere as itself."""
    yield from account.must_be(_KEYS_OFF, True)
    yield from account.must_be_one_of("identity.type", MANAGED)


def _account(kind: str = "UserAssigned", *, keys_off: bool = True) -> dict[str, Any]:
    return {"properties": {"disableLocalAuth": keys_off}, "identity": {"type": kind}}


RULE = Rule(
    id="OAI-002",
    title="An AI account takes no keys, and has an identity",
    severity=Severity.HIGH,
    category=Category.IDENTITY,
    types=(AI_ACCOUNT,),
    controls=(
        "itsg33/IA-2",
        "itsg33/IA-5",
        "mcsb/IM-1",
        "mcsb/IM-3",
        "hipaa/164.312(d)",
        "gdpr/32(1)(b)",
        "gc-guardrails/2",
        "popa/10",
        "hia/60",
    ),
    equivalents={
        "checkov": ("CKV_AZURE_236", "CKV_AZURE_238"),
        "psrule": ("Azure.Cognitive.DisableLocalAuth", "AZR-000282", "Azure.Cognitive.ManagedIdentity", "AZR-000281"),
        "azure_policy": ("71ef260a-8f18-47b7-abcb-62d0673d94dc", "fe3fd216-4f83-4fc1-8984-2bbec80a3418"),
    },
    why="A key has no owner, no roles and no end; who has it reads what everybody asks and spends what all may spend.",
    fix="Set disableLocalAuth to true, give the account a managed identity, and callers a role on the account.",
    link="https://learn.microsoft.com/azure/ai-services/disable-local-auth",
    properties=(
        Property(
            _KEYS_OFF, False, Verdict.FAIL, "learn.microsoft.com/azure/ai-services/disable-local-auth (not re-read)"
        ),
        Property("identity.type", "None", Verdict.FAIL, "Account, Microsoft.CognitiveServices 2025-06-01: none"),
    ),
    check=check,
    good=(Example(_account()), Example(_account("systemassigned"))),
    bad=(Example(_account(keys_off=False)), Example(_account("None"))),
    breaks=(
        Break(_KEYS_OFF, False),
        Break(_KEYS_OFF, ABSENT),
        Break("identity.type", "None"),
        Break("identity", ABSENT),
    ),
)
