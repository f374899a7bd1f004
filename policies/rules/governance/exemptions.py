"""GOV-006: exemptions from Azure Policy say why, and end."""

from __future__ import annotations

from typing import Final

from policies.rule import ABSENT, Break, Category, Context, Example, Property, Rule, Severity, Verdict
from policies.view import Judged, View


def check(exemption: View, _context: Context) -> Judged:
    """A date on which it ends, and a description."""
    yield from exemption.must_be_set("expiresOn", "so that somebody looks at it again")
    yield from exemption.must_be_set("description", "so that others know why it is there")


_GOOD: Final = {
    "expiresOn": "2027-03-31T00:00:00Z",
    "exemptionCategory": "Waiver",
    "description": "The old registry keeps its keys until March, when the last caller has moved.",
}
_API: Final = "PolicyExemption, Microsoft.Authorization 2022-07-01-preview (not re-read)"

RULE = Rule(
    id="GOV-006",
    title="Exemptions from Azure Policy say why, and end",
    severity=Severity.MEDIUM,
    category=Category.GOVERNANCE,
    types=("azure-native:authorization:PolicyExemption",),
    controls=("itsg33/CA-5", "itsg33/CA-6", "popa/10"),
    equivalents={"psrule": ("Azure.Policy.WaiverExpiry", "Azure.Policy.ExemptionDescriptors")},
    why="An exemption without an end is a rule that was taken away without anybody deciding so.",
    fix="Set expiresOn to the day when the cause is gone, and a description that names the cause.",
    link="https://learn.microsoft.com/azure/governance/policy/concepts/exemption-structure",
    properties=(
        Property("expiresOn", ABSENT, Verdict.FAIL, _API, unknown=Verdict.PASS),
        Property("description", ABSENT, Verdict.FAIL, _API, unknown=Verdict.PASS),
    ),
    check=check,
    good=(Example(_GOOD),),
    bad=(Example({**_GOOD, "expiresOn": None}), Example({**_GOOD, "description": ""})),
    breaks=(Break("expiresOn", ABSENT), Break("description", ABSENT)),
)
