"""Policies of the AI gateway, as XML: how it signs in, where it sends, what it counts and what it refuses.

Owns the text, built as a tree so that no name can break out of its attribute. Creates nothing. Elements:
learn.microsoft.com/azure/api-management, azure-openai-token-limit-policy and azure-openai-emit-token-metric-policy.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from xml.etree.ElementTree import Element, SubElement, tostring

TOKENS = "https://cognitiveservices.azure.com"
# The key of a team, and of nobody else: keys are handed out by team.
TEAM_KEY = "@(context.Subscription.Id)"


@dataclass(frozen=True, kw_only=True)
class TokenLimit:
    """`per_month` None: no quota."""

    per_minute: int
    per_month: int | None


def api_policy(pool: str) -> str:
    """Every call: sign in as the gateway, go to the pool of accounts, count tokens by team."""
    root, inbound = _policies()
    sign_in = {"resource": TOKENS, "ignore-error": "false"}
    SubElement(inbound, "authentication-managed-identity", sign_in)
    # The team's own key is the gateway's business; Azure OpenAI would take it for one of its keys and refuse.
    SubElement(inbound, "set-header", {"name": "api-key", "exists-action": "delete"})
    SubElement(inbound, "set-backend-service", {"backend-id": pool})
    counted = SubElement(inbound, "azure-openai-emit-token-metric", {"namespace": "ai-gateway"})
    dimensions: Mapping[str, str] = {"Team": "@(context.Product.Id)", "API ID": "@(context.Api.Id)"}
    for name, value in dimensions.items():
        SubElement(counted, "dimension", {"name": name, "value": value})
    return tostring(root, encoding="unicode")


def team_policy(limit: TokenLimit) -> str:
    """Calls of one team: as many tokens as it has."""
    root, inbound = _policies()
    attributes = {
        "counter-key": TEAM_KEY,
        "tokens-per-minute": str(limit.per_minute),
        # Else one long prompt would be let through before it is counted.
        "estimate-prompt-tokens": "true",
        "remaining-tokens-header-name": "x-remaining-tokens",
    }
    if limit.per_month is not None:
        attributes |= {"token-quota": str(limit.per_month), "token-quota-period": "Monthly"}
    SubElement(inbound, "azure-openai-token-limit", attributes)
    return tostring(root, encoding="unicode")


def _policies() -> tuple[Element, Element]:
    """The four sections, each with what its parent says, and the first of them."""
    root = Element("policies")
    sections = [SubElement(root, name) for name in ("inbound", "backend", "outbound", "on-error")]
    for section in sections:
        SubElement(section, "base")
    return root, sections[0]
