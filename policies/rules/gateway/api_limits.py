"""API-004: a team's key has a limit."""

from __future__ import annotations

import re
from typing import Final

from policies.rule import ABSENT, Break, Category, Context, Example, Property, Rule, Severity, Verdict
from policies.types import API_PRODUCT_POLICY
from policies.view import Fault, Judged, View, guarded

_COMMENT: Final = re.compile(r"<!--.*?-->", re.DOTALL)
_LIMIT: Final = re.compile(
    r"<(rate-limit|rate-limit-by-key|quota|quota-by-key|llm-token-limit|azure-openai-token-limit)[\s>/]"
)


def check(policy: View, _context: Context) -> Judged:
    """One of the policies that refuse what is too much."""
    yield from guarded(_limited(policy))


def _limited(policy: View) -> Judged:
    if not _LIMIT.search(_COMMENT.sub("", policy.text("value"))):
        yield Fault("value", "must hold a limit (llm-token-limit, rate-limit or quota)")


_LIMITED: Final = "<policies><inbound><llm-token-limit tokens-per-minute='1000' /></inbound></policies>"
_OPEN: Final = "<policies><inbound><base /></inbound></policies>"

RULE = Rule(
    id="API-004",
    title="A team's key has a limit",
    severity=Severity.MEDIUM,
    category=Category.COST,
    types=(API_PRODUCT_POLICY,),
    controls=("itsg33/SC-5", "itsg33/SC-6"),
    why="One loop in one team's program spends the tokens of all teams, and the month's money with them.",
    fix="Put llm-token-limit, rate-limit or quota into the inbound part of the product's policy.",
    link="https://learn.microsoft.com/azure/api-management/llm-token-limit-policy",
    properties=(
        Property("value", ABSENT, Verdict.FAIL, "ProductPolicy, Microsoft.ApiManagement 2024-05-01: required"),
    ),
    check=check,
    good=(
        Example({"value": _LIMITED}),
        Example({"value": "<policies><inbound><quota calls='9'/></inbound></policies>"}, environment="dev"),
    ),
    bad=(
        Example({"value": _OPEN}),
        Example({}),
        Example({"value": "<policies><inbound><!-- <quota calls='9'/> --></inbound></policies>"}, title="a comment"),
    ),
    breaks=(Break("value", _OPEN), Break("value", ABSENT)),
)
