"""IAM-020: whoever activates a role proves who they are, says why, is approved, and has it for hours."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from typing import Any, Final

from policies.durations import duration
from policies.rule import ABSENT, Break, Category, Context, Example, Property, Rule, Severity, Verdict
from policies.types import ACTIVATION_POLICY
from policies.values import joined
from policies.view import Fault, Judged, View, guarded

_HOURS: Final = "expiration_enduser_assignment"
_PROOF: Final = "enablement_enduser_assignment"
_APPROVAL: Final = "approval_enduser_assignment"
_API: Final = "RoleManagementPolicy, Microsoft.Authorization"
_WANTED: Final = ("multifactorauthentication", "justification")


def check(policy: View, context: Context) -> Judged:
    """Each of the three rules for people is there, and strict enough."""
    rules = {one.word("id", absent=""): one for one in policy.each("rules")}
    for wanted in (_HOURS, _PROOF, _APPROVAL):
        if wanted not in rules:
            yield Fault("rules", f"must have a rule {wanted}: Azure's own is laxer")
        else:
            yield from guarded(_judge(wanted, rules[wanted], context.profile.parameters.activation_hours))


def _judge(kind: str, rule: View, hours: int) -> Judged:
    if kind == _HOURS:
        if rule.flag("isExpirationRequired", absent=True) is False:
            yield Fault(joined(rule.path, "isExpirationRequired"), "must be true, or the duration bounds nothing")
        path, longest = joined(rule.path, "maximumDuration"), rule.text("maximumDuration")
        if not longest:
            yield Fault(path, "must be set")
        elif duration(longest, path) > timedelta(hours=hours):
            yield Fault(path, f"must be at most {hours} hours (activation_hours)")
    elif kind == _PROOF:
        asked = {one.lower() for one in rule.texts("enabledRules")}
        for wanted in _WANTED:
            if wanted not in asked:
                yield Fault(joined(rule.path, "enabledRules"), f"must have {wanted}")
    else:
        yield from rule.must_be("setting.isApprovalRequired", True)


def _policy(
    longest: str = "PT4H", *left_out: str, asked: tuple[str, ...] = ("MultiFactorAuthentication", "Justification")
) -> dict[str, Any]:
    rules: tuple[dict[str, Any], ...] = (
        {"id": "Expiration_EndUser_Assignment", "maximumDuration": longest},
        {"id": "Enablement_EndUser_Assignment", "enabledRules": list(asked)},
        {"id": "Approval_EndUser_Assignment", "setting": {"isApprovalRequired": "approval" not in left_out}},
    )
    return {"rules": [one for one in rules if one["id"].lower() not in left_out]}


def _breaks() -> Iterator[Break]:
    yield Break("rules", ABSENT)
    yield Break("rules", _policy("PT24H")["rules"])
    yield Break("rules", [{**one, "isExpirationRequired": False} for one in _policy()["rules"]])
    yield Break("rules", _policy("PT4H", _APPROVAL)["rules"])
    yield Break("rules", _policy("PT4H", "approval")["rules"])
    yield Break("rules", _policy(asked=("Justification",))["rules"])
    yield Break("rules", _policy(asked=("MultiFactorAuthentication",))["rules"])


RULE = Rule(
    id="IAM-020",
    title="Whoever activates a role proves who they are, says why, is approved, and has it for hours",
    severity=Severity.HIGH,
    category=Category.IDENTITY,
    types=(ACTIVATION_POLICY,),
    controls=(
        "itsg33/AC-6(5)",
        "itsg33/AC-2(7)",
        "itsg33/IA-2",
        "mcsb/PA-7",
        "hipaa/164.312(a)(1)",
        "gdpr/32(1)(b)",
        "gc-guardrails/2",
        "popa/10",
        "hia/60",
    ),
    parameters=("activation_hours",),
    why="Eligible roles guard nothing where a stolen session can activate them for a day without a question.",
    fix="Give the policy rules for people: hours, multi-factor authentication and justification, and an approval "
    "(settings: access.activation).",
    link="https://learn.microsoft.com/entra/id-governance/privileged-identity-management/pim-configure",
    properties=(
        Property("rules", ABSENT, Verdict.FAIL, f"{_API}: 8 hours, no approval"),
        Property("rules[*].maximumDuration", ABSENT, Verdict.FAIL, f"{_API}: no bound is given (not re-read)"),
        Property("rules[*].setting.isApprovalRequired", False, Verdict.FAIL, f"{_API}: no approval (not re-read)"),
    ),
    check=check,
    good=(Example(_policy()), Example(_policy("PT8H"), environment="dev")),
    bad=(
        Example(_policy("PT9H")),
        Example(_policy("PT4H", _HOURS)),
        Example({"rules": [{**one, "isExpirationRequired": False} for one in _policy()["rules"]]}),
        Example(_policy("PT4H", "approval")),
        Example(_policy(asked=("Justification", "Ticketing"))),
        Example(_policy(asked=("multifactorauthentication",))),
    ),
    breaks=tuple(_breaks()),
)
