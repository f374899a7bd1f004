"""GOV-002: everything stands in a region that the environment may use."""

from __future__ import annotations

from typing import Any, Final

from policies.rule import ABSENT, ANY, Break, Category, Context, Example, Property, Rule, Severity, Verdict
from policies.rules.services._types import API_MANAGEMENT, COSMOS
from policies.types import AI_ACCOUNT, ML_REGISTRY, REPLICATION, STORAGE_ACCOUNT
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
# Where else a resource stands, or copies itself to: a list, and where in its items the region is.
_FURTHER: Final = {
    ML_REGISTRY: ("regionDetails", "location"),
    AI_ACCOUNT: ("properties.locations.regions", "name"),
    API_MANAGEMENT: ("additionalLocations", "location"),
    COSMOS: ("locations", "locationName"),
    "azure-native:compute:GalleryImageVersion": ("publishingProfile.targetRegions", "name"),
}


def check(view: View, context: Context) -> Judged:
    """The resource's own region, and those that it stands in as well."""
    yield from guarded(_place(view, context, "location"))
    path, region = _FURTHER.get(context.resource.type, ("", ""))
    for place in view.each(path) if path else ():
        yield from guarded(_place(place, context, region))


def _place(view: View, context: Context, path: str) -> Judged:
    place = view.word(path).replace(" ", "")
    if not place or place in context.profile.parameters.allowed_regions:
        return
    if place == "global" and context.resource.type in _GLOBAL:
        return
    yield Fault(joined(view.path, path), "is no region that this environment may use (allowed_regions)")


_OURS: Final = "canadacentral"


def _standing_in(type_: str, *regions: str) -> Example:
    path, region = _FURTHER[type_]
    properties: Any = [{region: each} for each in regions]
    for step in reversed(path.split(".")):
        properties = {step: properties}
    return Example({"location": _OURS, **properties}, type=type_)


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
        *(
            Property(f"{path}[*].{region}", ABSENT, Verdict.PASS, "the SDK's inputs: no region", of=(type_,))
            for type_, (path, region) in _FURTHER.items()
        ),
    ),
    check=check,
    good=(
        Example({"location": "Canada East"}, type=STORAGE_ACCOUNT),
        Example({"location": "Global"}, type="azure-native:monitor:ActionGroup"),
        *(_standing_in(type_, _OURS, "canadaeast") for type_ in _FURTHER),
        Example({"location": _OURS, "regionDetails": [{"location": "westus"}]}, title="of no type that has such"),
    ),
    bad=(
        Example({"location": "eastus2"}, type=STORAGE_ACCOUNT),
        Example({"location": "global"}, type=STORAGE_ACCOUNT),
        Example({"location": "West Europe"}, type=REPLICATION),
        *(_standing_in(type_, _OURS, "westus") for type_ in _FURTHER),
    ),
    breaks=(
        Break("location", "eastus2", companions=("STK-002", "STK-006")),
        *(Break(f"{path}[*].{region}", "westeurope", of=(type_,)) for type_, (path, region) in _FURTHER.items()),
        Break(
            "location", "global", of=(STORAGE_ACCOUNT,), where=lambda account: account["location"].startswith("canada")
        ),
    ),
)
