"""What Azure Monitor refuses in metric alerts."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from difflib import get_close_matches
from typing import Any, Final

from facts.metrics import platform_metrics
from simulator.ids import looks_like_id, type_of
from simulator.model import Request
from simulator.resources.monitor.diagnostic_rules import items
from simulator.resources.monitor.region_rules import not_global
from simulator.rule import Fault, Rule, rule
from simulator.subscription import subscription
from simulator.values import UNKNOWN, at

_VALUES: Final = "Azure/azure-cli#31138"
_MINUTES: Final = {
    "PT1M": 1, "PT5M": 5, "PT15M": 15, "PT30M": 30, "PT1H": 60, "PT6H": 360, "PT12H": 720, "P1D": 1440, "PT24H": 1440,
}  # fmt: skip
_WEB_TEST: Final = "Microsoft.Azure.Monitor.WebtestLocationAvailabilityCriteria"
_EUROPE: Final = (
    "northeurope", "westeurope", "swedencentral", "germanywestcentral", "francecentral", "switzerlandnorth",
    "norwayeast", "uksouth",
)  # fmt: skip


@rule("mon-metric-alert-frequency", kind="static", source=_VALUES)
def periods_are_offered(request: Request) -> Iterator[Fault]:
    """How often it looks, and how far back, are from a fixed list."""
    for path in ("evaluationFrequency", "windowSize"):
        value = request.known(path)
        if isinstance(value, str) and value.startswith("P") and value.upper() not in _MINUTES:
            yield Fault(f"{value} is none of {', '.join(_MINUTES)}", path, "use one of these")


@rule("mon-metric-alert-window", kind="static",
      source="MicrosoftDocs/azure-monitor-docs alerts-troubleshoot-metric.md")  # fmt: skip
def window_holds_the_frequency(request: Request) -> Iterator[Fault]:
    """It looks back at least as far as to its last look."""
    often = _MINUTES.get(str(request.known("evaluationFrequency")))
    window = _MINUTES.get(str(request.known("windowSize")))
    if often is not None and window is not None and window < often:
        yield Fault("the window is shorter than the time between two evaluations", "windowSize", "make it longer")


@rule("mon-alert-severity", kind="static", source="Azure/azure-rest-api-specs metricAlert_API.json 2018-03-01")
def severity_is_0_to_4(request: Request) -> Iterator[Fault]:
    """0 is critical, 4 verbose."""
    value = request.known("severity")
    if isinstance(value, int | float) and not 0 <= value <= 4:
        yield Fault(f"the severity {value} is not one of 0 to 4", "severity")


@rule("mon-metric-alert-scope", kind="static", source="Azure/ResourceModules#4550", quoted=True,
      reads=("scopes",))  # fmt: skip
def scopes_are_of_one_type(request: Request) -> Iterator[Fault]:
    """Only the criteria of a web test take two scopes of different type."""
    scopes = request.known("scopes")
    if not isinstance(scopes, list) or request.at("criteria.odataType") in (None, _WEB_TEST):
        return
    types = {type_of(scope).lower() for scope in scopes if isinstance(scope, str) and looks_like_id(scope)}
    if len(types) > 1:
        yield Fault("Alert scope is invalid.", "scopes", f"name resources of one type, or use {_WEB_TEST}")


@rule("mon-metric-unknown", kind="static", quoted=True, reads=("scopes",),
      source="MicrosoftDocs/azure-docs#16061, azure-docs#59191; facts/metrics.yaml (checked 2026-11-25)")  # fmt: skip
def metrics_exist(request: Request) -> Iterator[Fault]:
    """In its own namespace a type has only the metrics that Azure lists, and what was sent there before."""
    arm_type = _type_of_all(request.known("scopes"))
    there = _metrics_of(arm_type)
    for index, item in enumerate(items(request.at("criteria.allOf"))):
        name = item.get("metricName")
        if there is None or not isinstance(name, str) or not _is_checked(item, arm_type):
            continue
        if name.lower() not in there:
            yield Fault(
                f"The metric names were not found {name}.",
                f"criteria.allOf[{index}].metricName",
                f"{_fix(name, there)}; a metric that a program sends needs its `metricNamespace`, and one that is yet "
                "to be sent `skipMetricValidation` as well",
            )


@rule("mon-metric-target-type", kind="static", reads=("scopes",),
      source="azure-rest-api-specs metricAlert_API.json targetResourceType (code not confirmed)")  # fmt: skip
def many_resources_have_a_type(request: Request) -> Iterator[Fault]:
    """A rule on several resources, a group or a subscription says of what type and where the resources are."""
    scopes = request.known("scopes")
    if not isinstance(scopes, list) or request.at("criteria.odataType") in (None, UNKNOWN, _WEB_TEST):
        return
    container = any(isinstance(scope, str) and "/providers/" not in scope.lower() for scope in scopes)
    if len(scopes) < 2 and not container:
        return
    for name in ("targetResourceType", "targetResourceRegion"):
        if request.at(name) is None:
            yield Fault(f"{name} is missing: the scope is more than one resource", name, "say it for the whole rule")


@rule("mon-metric-scope-type", kind="static", quoted=True, reads=("scopes",),
      source="Azure/azure-powershell#17105, learntocloud/learn-to-cloud-app#612 (checked 2026-11-25)")  # fmt: skip
def scopes_are_of_the_target_type(request: Request) -> Iterator[Fault]:
    """The resources are of the type that the rule says."""
    wanted, scopes = request.known("targetResourceType"), request.known("scopes")
    # An empty text says nothing: azapi's example of metricAlerts sends one.
    for scope in scopes if isinstance(scopes, list) and isinstance(wanted, str) and wanted else ():
        if isinstance(scope, str) and looks_like_id(scope) and type_of(scope).lower() != wanted.lower():
            yield Fault(
                "You can't define a scope that is different from the selected target resource type.",
                "targetResourceType",
                f"use {type_of(scope)}",
            )
            return


@rule("mon-metric-dynamic-period", kind="static",
      source="MicrosoftDocs/azure-docs#81625 (checked 2026-11-25; code not confirmed)")  # fmt: skip
def dynamic_thresholds_look_every_five_minutes(request: Request) -> Iterator[Fault]:
    """A threshold that is learned is compared every five minutes at the most."""
    if not _dynamic(request):
        return
    for path in ("evaluationFrequency", "windowSize"):
        if request.known(path) == "PT1M":
            yield Fault("a dynamic threshold can't be judged each minute", path, "use PT5M or more")


@rule("mon-metric-dynamic-criteria", kind="static",
      source="MicrosoftDocs/azure-docs, metric alert with multiple conditions (checked 2026-11-25)")  # fmt: skip
def a_dynamic_threshold_stands_alone(request: Request) -> Iterator[Fault]:
    """A rule with a threshold that is learned has no other criterion."""
    if _dynamic(request) and len(items(request.at("criteria.allOf"))) > 1:
        yield Fault("a dynamic threshold beside other criteria", "criteria.allOf", "make a rule of its own for it")


@rule("mon-metric-failing-periods", kind="static",
      source="azure-rest-api-specs metricAlert_API.json failingPeriods (code not confirmed)")  # fmt: skip
def failing_periods_fit(request: Request) -> Iterator[Fault]:
    """No more periods have to fail than are looked at."""
    for index, item in enumerate(items(request.at("criteria.allOf"))):
        few, all_of = (
            at(item, "failingPeriods.minFailingPeriodsToAlert"),
            at(item, "failingPeriods.numberOfEvaluationPeriods"),
        )
        if isinstance(few, int | float) and isinstance(all_of, int | float) and few > all_of:
            yield Fault(
                f"{few} of {all_of} periods have to fail", f"criteria.allOf[{index}].failingPeriods", "lower the first"
            )


@rule("mon-metric-criteria-number", kind="static", reads=("criteria.allOf",),
      source="MicrosoftDocs/azure-docs, metric alert with multiple conditions (checked 2026-11-25)")  # fmt: skip
def criteria_are_few(request: Request) -> Iterator[Fault]:
    """One to five criteria with names of their own."""
    criteria = request.known("criteria.allOf")
    if not isinstance(criteria, list):
        return
    if not 1 <= len(criteria) <= 5:
        yield Fault(f"{len(criteria)} criteria", "criteria.allOf", "use 1 to 5")
    names = [item.get("name") for item in items(criteria)]
    if any(names.count(name) > 1 for name in names if isinstance(name, str)):
        yield Fault("two criteria of one name", "criteria.allOf", "give each a name of its own")


@rule("mon-metric-dimension-values", kind="static",
      source="MicrosoftDocs/azure-docs, metric alert with multiple conditions (checked 2026-11-25)")  # fmt: skip
def dimensions_of_several_criteria_have_one_value(request: Request) -> Iterator[Fault]:
    """Beside another criterion a dimension has exactly one value, and no star."""
    criteria = items(request.at("criteria.allOf"))
    for index, item in enumerate(criteria if len(criteria) > 1 else ()):
        for each in items(item.get("dimensions")):
            values = each.get("values")
            if isinstance(values, list) and (len(values) > 1 or values == ["*"]):
                yield Fault(
                    f"dimension {each.get('name')} of one of several criteria has not exactly one value",
                    f"criteria.allOf[{index}].dimensions",
                    "name one value, or make a rule of its own",
                )


@rule("mon-metric-location", kind="static", code="LocationNotAvailableForResourceType",
      source="Azure/azure-powershell#19197; azurerm 2026-08-21 monitor_metric_alert (global)")  # fmt: skip
def lies_nowhere(request: Request) -> Iterator[Fault]:
    """Metric alerts are global, but for a few regions of Europe that keep their data."""
    yield from not_global(request, "Microsoft.Insights/metricAlerts", _EUROPE)


def _type_of_all(scopes: Any) -> str:
    """The one type of all scopes; empty when they differ, or when one is a group, a subscription or not known."""
    if not isinstance(scopes, list) or not all(looks_like_id(scope) for scope in scopes):
        return ""
    types = {type_of(scope).lower() for scope in scopes}
    return types.pop() if len(types) == 1 else ""


def _metrics_of(arm_type: str) -> dict[str, str] | None:
    """The metrics of a type by their names in lower case; None where nothing is known."""
    listed, sent = platform_metrics(arm_type), subscription().metrics_of(arm_type)
    if listed is None and sent is None:
        return None
    return {name.lower(): name for name in (*(listed.names if listed else ()), *(sent or ()))}


def _is_checked(item: Mapping[str, Any], arm_type: str) -> bool:
    """Whether a criterion is about the type's own metrics, which Azure looks up."""
    namespace, name = item.get("metricNamespace"), item["metricName"]
    own = namespace is None or (isinstance(namespace, str) and namespace.lower() == arm_type)
    # Counters of a guest, such as `\Processor(_Total)\% Processor Time`, stand without one in the SDK's example
    # createOrUpdateAnAlertRuleForSingleResource.
    of_a_guest = name.startswith(("\\", "/"))
    return own and not of_a_guest and item.get("skipMetricValidation") in (None, False)


def _fix(name: str, there: Mapping[str, str]) -> str:
    close = get_close_matches(name.lower(), there, n=3, cutoff=0.5)
    return f"use a metric of the scope, such as {', '.join(there[each] for each in close or list(there)[:3])}"


def _dynamic(request: Request) -> bool:
    return any(item.get("criterionType") == "DynamicThresholdCriterion" for item in items(request.at("criteria.allOf")))


METRIC_ALERT_RULES: Final[tuple[Rule, ...]] = (
    lies_nowhere, periods_are_offered, window_holds_the_frequency, severity_is_0_to_4, scopes_are_of_one_type,
    many_resources_have_a_type, scopes_are_of_the_target_type, criteria_are_few, a_dynamic_threshold_stands_alone,
    dynamic_thresholds_look_every_five_minutes, failing_periods_fit, dimensions_of_several_criteria_have_one_value,
    metrics_exist,
)  # fmt: skip
