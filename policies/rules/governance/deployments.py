"""GOV-020: a deployment of a template adds to its group, and comes from this program alone."""

from __future__ import annotations

from typing import Any, Final

from policies.rule import ABSENT, Break, Category, Context, Example, Property, Rule, Severity, Verdict
from policies.types import TEMPLATE_DEPLOYMENT
from policies.view import Judged, View

_MODE: Final = "properties.mode"
_ELSEWHERE: Final = ("properties.templateLink", "properties.parametersLink")
_DETAIL: Final = "properties.debugSetting.detailLevel"


def check(deployment: View, _context: Context) -> Judged:
    """Nothing is deleted that the template doesn't name; nothing is read from an address; nothing is logged whole."""
    yield from deployment.must_be(_MODE, "Incremental", "because Complete deletes all else in the group")
    for path in _ELSEWHERE:
        yield from deployment.must_not_be_set(path, "because what stands there can change after the review")
    yield from deployment.must_be(_DETAIL, "none", "because requests and answers may hold secrets")


def _deployment(mode: str = "Incremental", **changes: Any) -> dict[str, Any]:
    return {"properties": {"mode": mode, "template": {"resources": []}, **changes}}


_API: Final = "Deployment, Microsoft.Resources 2025-04-01"

RULE = Rule(
    id="GOV-020",
    title="A deployment of a template adds to its group, and comes from this program alone",
    severity=Severity.HIGH,
    category=Category.GOVERNANCE,
    types=(TEMPLATE_DEPLOYMENT,),
    controls=("itsg33/CM-3", "itsg33/CM-5", "itsg33/SI-7", "mcsb/DS-6", "gdpr/32(1)(b)", "popa/10"),
    equivalents={},
    why="In mode Complete a forgotten line deletes a vault; a linked template is what its address then answers.",
    fix="Set mode to Incremental, give the template itself, and leave out links to templates and debugSetting.",
    link="https://learn.microsoft.com/azure/azure-resource-manager/templates/deployment-modes",
    properties=(
        Property(_MODE, ABSENT, Verdict.FAIL, f"{_API}: required"),
        *(Property(path, ABSENT, Verdict.PASS, f"{_API}: none") for path in _ELSEWHERE),
        Property(_DETAIL, "none", Verdict.PASS, f"{_API}: none"),
    ),
    check=check,
    good=(
        Example(_deployment("incremental", debugSetting={"detailLevel": "none"}, templateLink={}, parametersLink={})),
        Example(_deployment(), environment="dev"),
    ),
    bad=(
        Example(_deployment("Complete")),
        Example(_deployment(templateLink={"uri": "https://x.example/main.json"})),
        Example(_deployment(parametersLink={"uri": "https://x.example/main.json"})),
        Example(_deployment(debugSetting={"detailLevel": "requestContent, responseContent"})),
    ),
    breaks=(
        Break(_MODE, "Complete"),
        *(Break(path, {"uri": "https://x.example/main.json"}) for path in _ELSEWHERE),
        Break(_DETAIL, "responseContent"),
    ),
)
