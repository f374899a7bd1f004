"""GOV-002: everything stands in a region that the environment may use."""

from __future__ import annotations

from typing import Final

from policies.rule import ABSENT, ANY, Break, Category, Context, Example, Property, Rule, Severity, Verdict
from policies.types import ML_REGISTRY, REPLICATION, STORAGE_ACCOUNT
from policies.values import joined
from policies.view import Fault, Judged, View, guarded

# Types that Azure has in no region, and that hold settings only. A Front Door is not among them: its traffic ends
# wherever its caller is.
_GLOBAL: Final = frozenset(
    f"azure-native:{name}"
    for name in (
        "alertsmanagement:AlertProcessingRuleByName",
        "alertsmanagement:AlertProcessingRule",
        "eventgrid:SystemTopic",
        "monitor:ActionGroup",
        "monitor:ActivityLogAlert",
        "monitor:MetricAlert",
        "monitor:PrivateLinkScope",
        "privatedns:PrivateZone",
        "privatedns:VirtualNetworkLink",
    )
)


def check(view: View, context: Context) -> Judged:
    """The resource's own region, and those that a registry of models copies itself to."""
    yield from guarded(_place(view, context, "location"))
    if context.resource.type == ML_REGISTRY:
        for region in view.each("regionDetails"):
            yield from guarded(_place(region, context, "location"))


def _place(view: View, context: Context, path: str) -> Judged:
    place = view.word(path).replace(" ", "")
    if not place or place in context.profile.parameters.allowed_regions:
        return
    if place == "global" and context.resource.type in _GLOBAL:
        return
    yield Fault(joined(view.path, path), "is no region that this environment may use (allowed_regions)")


_OURS: Final = "canadacentral"
_MODELS: Final = "regionDetails[*].location"

RULE = Rule(
    id="GOV-002",
    title="Everything stands in Canada",
    severity=Severity.CRITICAL,
    category=Category.PRIVACY,
    types=(ANY,),
    controls=("itsg33/SA-9(5)", "gdpr/44", "gc-guardrails/5", "popa/26"),
    equivalents={
        "psrule": ("Azure.Resource.AllowedRegions",),
        "azure_policy": ("e56962a6-4747-49cd-b67b-bf8b01975c4c", "e765b5de-1225-4ba3-bd56-1ac6695af988"),
    },
    parameters=("allowed_regions",),
    why="Data in another country is under its law; the province may not let personal information be kept there.",
    fix="Set location to canadacentral or canadaeast; leave it out where the resource takes that of its group.",
    link="https://learn.microsoft.com/azure/azure-resource-manager/management/overview",
    properties=(
        Property("location", ABSENT, Verdict.PASS, "Pulumi's azure-native 3: that of the resource group"),
        Property(
            _MODELS,
            ABSENT,
            Verdict.PASS,
            "Registry, Microsoft.MachineLearningServices 2024-10-01 (not re-read): an item without one is no region",
            of=(ML_REGISTRY,),
        ),
    ),
    check=check,
    good=(
        Example({"location": "Canada East"}, type=STORAGE_ACCOUNT),
        Example({"location": "Global"}, type="azure-native:monitor:ActionGroup"),
        Example({"location": _OURS, "regionDetails": [{"location": _OURS}]}, type=ML_REGISTRY),
        Example({"location": _OURS, "regionDetails": [{"location": _OURS}]}),
    ),
    bad=(
        Example({"location": "eastus2"}, type=STORAGE_ACCOUNT),
        Example({"location": "global"}, type=STORAGE_ACCOUNT),
        Example({"location": "West Europe"}, type=REPLICATION),
        Example({"location": _OURS, "regionDetails": [{"location": _OURS}, {"location": "westus"}]}, type=ML_REGISTRY),
    ),
    breaks=(
        Break("location", "eastus2", companions=("STK-002", "STK-006")),
        Break(_MODELS, "westeurope", of=(ML_REGISTRY,)),
        Break(
            "location", "global", of=(STORAGE_ACCOUNT,), where=lambda account: account["location"].startswith("canada")
        ),
    ),
)
