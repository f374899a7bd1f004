"""GOV-020: a deployment of a template adds to its group, and comes from this program alone."""

from __future__ import annotations

from collections.abc import Collection
from functools import partial
from typing import Any, Final

from policies.rule import ABSENT, Break, Category, Context, Example, Property, Rule, Severity, Verdict
from policies.types import TEMPLATE_DEPLOYMENT
from policies.values import joined
from policies.view import Fault, Judged, View, guarded, judged_each

_MODE: Final = "properties.mode"
_ELSEWHERE: Final = ("properties.templateLink", "properties.parametersLink")
_MADE: Final = "properties.template.resources"
_DETAIL: Final = "properties.debugSetting.detailLevel"


def check(deployment: View, context: Context) -> Judged:
    """Nothing is deleted that isn't named, read from an address, or logged whole; nothing is made past all rules."""
    yield from deployment.must_be(_MODE, "Incremental", "because Complete deletes all else in the group")
    for path in _ELSEWHERE:
        yield from deployment.must_not_be_set(path, "because what stands there can change after the review")
    yield from guarded(_judged_elsewhere(deployment, context.profile.parameters.deployed_types))
    yield from deployment.must_be(_DETAIL, "none", "because requests and answers may hold secrets")


def _judged_elsewhere(deployment: View, allowed: Collection[str]) -> Judged:
    # Rules read resources of the program: none reads what a template within one makes.
    wanted = {one.lower() for one in allowed}
    yield from judged_each(deployment.each(_MADE), partial(_made, wanted))


def _made(wanted: Collection[str], one: View) -> Judged:
    if one.word("type", absent="") not in wanted:
        yield Fault(joined(one.path, "type"), "is made past every rule; declare it here (deployed_types)")


def _deployment(mode: str = "Incremental", **changes: Any) -> dict[str, Any]:
    return {"properties": {"mode": mode, "template": {"resources": []}, **changes}}


_WIDER: Final = tuple(
    f"azure-native:resources:DeploymentAt{scope}"
    for scope in ("Scope", "SubscriptionScope", "ManagementGroupScope", "TenantScope")
)
_ENDPOINT: Final = "Microsoft.MachineLearningServices/workspaces/onlineEndpoints"
_STORAGE: Final = {"type": "Microsoft.Storage/storageAccounts"}
_API: Final = "Deployment, Microsoft.Resources 2025-04-01"

RULE = Rule(
    id="GOV-020",
    title="A deployment of a template adds to its group, and comes from this program alone",
    severity=Severity.HIGH,
    category=Category.GOVERNANCE,
    types=(TEMPLATE_DEPLOYMENT, *_WIDER),
    parameters=("deployed_types",),
    controls=("itsg33/CM-3", "itsg33/CM-5", "itsg33/SI-7", "mcsb/DS-6", "gdpr/32(1)(b)", "popa/10"),
    why="In mode Complete a forgotten line deletes a vault; a linked template is what its address then answers.",
    fix="Set mode to Incremental, give the template itself, and leave out links to templates and debugSetting.",
    link="https://learn.microsoft.com/azure/azure-resource-manager/templates/deployment-modes",
    properties=(
        Property(_MODE, ABSENT, Verdict.FAIL, f"{_API}: required"),
        *(Property(path, ABSENT, Verdict.PASS, f"{_API}: none") for path in _ELSEWHERE),
        Property(_MADE, ABSENT, Verdict.PASS, f"{_API}: nothing"),
        Property(_DETAIL, "none", Verdict.PASS, f"{_API}: none"),
    ),
    check=check,
    good=(
        Example(_deployment("incremental", debugSetting={"detailLevel": "none"}, templateLink={}, parametersLink={})),
        Example(_deployment(), environment="dev"),
        Example(_deployment(template={"resources": [{"type": _ENDPOINT}]}), type=_WIDER[1]),
    ),
    bad=(
        Example(_deployment("Complete")),
        Example(_deployment(templateLink={"uri": "https://x.example/main.json"})),
        Example(_deployment(parametersLink={"uri": "https://x.example/main.json"})),
        Example(_deployment(template={"resources": [{"type": _ENDPOINT}, _STORAGE]})),
        Example(_deployment(template={"languageVersion": "2.0", "resources": {"st": _STORAGE}})),
        Example(_deployment("Complete"), type=_WIDER[0]),
        Example(_deployment(debugSetting={"detailLevel": "requestContent, responseContent"})),
    ),
    breaks=(
        Break(_MODE, "Complete"),
        *(Break(path, {"uri": "https://x.example/main.json"}) for path in _ELSEWHERE),
        Break(_MADE, [_STORAGE]),
        Break(_DETAIL, "responseContent"),
    ),
)
