"""GOV-021: policies hold where they are assigned, and say what they want."""

from __future__ import annotations

from fnmatch import fnmatchcase
from typing import Any, Final

from policies.rule import ABSENT, Break, Category, Context, Example, Property, Rule, Severity, Verdict
from policies.types import POLICY_ASSIGNMENT
from policies.view import Fault, Judged, View, guarded

_NAME: Final = "policyDefinitionId"


def check(assignment: View, context: Context) -> Judged:
    """It is enforced, leaves nothing out, and tells those whom it stops what to do."""
    yield from guarded(_enforced(assignment, context))
    yield from assignment.must_not_be_set("notScopes", "because an exclusion has no reason and no end: exempt instead")
    yield from assignment.must_be_set("nonComplianceMessages", "else whoever is stopped learns nothing")


def _enforced(assignment: View, context: Context) -> Judged:
    if assignment.word("enforcementMode") == "default":
        return
    name = assignment.word(_NAME, absent="").rpartition("/")[2]
    if not any(fnmatchcase(name, one.lower()) for one in context.profile.parameters.reported_policies):
        yield Fault("enforcementMode", "must be Default: the profile's reported_policies don't name this one")


_DEFINITIONS: Final = "/subscriptions/s/providers/Microsoft.Authorization/policySetDefinitions"
_SAID: Final = [{"message": "Data stays in Canada."}]


def _assignment(mode: str = "Default", name: str = "mlops-prod-guardrails", **changes: Any) -> dict[str, Any]:
    said = {"nonComplianceMessages": _SAID, **changes}
    return {"enforcementMode": mode, "policyDefinitionId": f"{_DEFINITIONS}/{name}", **said}


_API: Final = "PolicyAssignment, Microsoft.Authorization 2025-01-01"

RULE = Rule(
    id="GOV-021",
    title="Policies hold where they are assigned, and say what they want",
    severity=Severity.MEDIUM,
    category=Category.GOVERNANCE,
    types=(POLICY_ASSIGNMENT,),
    controls=("itsg33/CM-6", "itsg33/CM-7", "mcsb/PV-2", "mcsb/AM-2", "gdpr/32(1)(d)", "popa/10"),
    parameters=("reported_policies",),
    why="A policy in the mode DoNotEnforce looks like a guardrail in every list, and stops nothing.",
    fix="Set enforcementMode to Default, say in nonComplianceMessages what to do, and exempt with an end.",
    link="https://learn.microsoft.com/azure/governance/policy/concepts/assignment-structure",
    properties=(
        Property("enforcementMode", "Default", Verdict.PASS, f"{_API}: Default"),
        Property("notScopes", ABSENT, Verdict.PASS, f"{_API}: none"),
        Property("nonComplianceMessages", ABSENT, Verdict.FAIL, f"{_API}: none", unknown=Verdict.PASS),
    ),
    check=check,
    good=(
        Example(_assignment("default", notScopes=[])),
        Example(_assignment("DoNotEnforce", "mlops-prod-require-tags")),
    ),
    bad=(
        Example(_assignment("DoNotEnforce")),
        Example(_assignment(notScopes=["/subscriptions/s/resourceGroups/rg"])),
        Example(_assignment(nonComplianceMessages=[])),
        Example(_assignment("Enroll"), environment="dev"),
    ),
    breaks=(
        Break("enforcementMode", "DoNotEnforce", where=lambda one: "require-tags" not in one["policyDefinitionId"]),
        Break("notScopes", ["/subscriptions/s/resourceGroups/rg"]),
        Break("nonComplianceMessages", ABSENT),
    ),
)
