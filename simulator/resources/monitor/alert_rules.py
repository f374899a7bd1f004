"""What Azure Monitor refuses in metric alerts and action groups."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from simulator.ids import looks_like_id, type_of
from simulator.model import Request
from simulator.resources.monitor.diagnostic_rules import items
from simulator.rule import Fault, Rule, rule
from simulator.subscription import subscription

_VALUES: Final = "Azure/azure-cli#31138"
_MINUTES: Final = {
    "PT1M": 1, "PT5M": 5, "PT15M": 15, "PT30M": 30, "PT1H": 60, "PT6H": 360, "PT12H": 720, "P1D": 1440, "PT24H": 1440,
}  # fmt: skip
_WEB_TEST: Final = "Microsoft.Azure.Monitor.WebtestLocationAvailabilityCriteria"


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


@rule("mon-metric-unknown", kind="state", source="MicrosoftDocs/azure-docs#16061", quoted=True,
      reads=("scopes",))  # fmt: skip
def metrics_exist(request: Request) -> Iterator[Fault]:
    """A metric that was never sent is not found, where the subscription says which there are."""
    scopes = request.known("scopes")
    if not isinstance(scopes, list) or len(scopes) != 1 or not looks_like_id(scopes[0]):
        return
    there = subscription().metrics_of(type_of(scopes[0]))
    for index, item in enumerate(items(request.at("criteria.allOf"))):
        name = item.get("metricName")
        if there is None or not isinstance(name, str) or item.get("skipMetricValidation") is True:
            continue
        if name.lower() not in {each.lower() for each in there}:
            yield Fault(
                f"The metric names were not found {name}.",
                f"criteria.allOf[{index}].metricName",
                "use a metric that exists, or set `skipMetricValidation` for one that is yet to be sent",
            )


@rule("mon-action-short-name", kind="static", code="GroupShortNameIsTooLong", quoted=True,
      source="Azure/AzureMonitorStarterPacks#109")  # fmt: skip
def short_name_is_short(request: Request) -> Iterator[Fault]:
    """It stands in text messages."""
    name = request.known("groupShortName")
    if isinstance(name, str) and len(name) > 12:
        yield Fault(
            f"The action group short name '{name}' is too long. Please specify a short name with '12' or less "
            "characters.",
            "groupShortName",
        )


METRIC_ALERT_RULES: Final[tuple[Rule, ...]] = (
    periods_are_offered, window_holds_the_frequency, severity_is_0_to_4, scopes_are_of_one_type, metrics_exist,
)  # fmt: skip
ACTION_GROUP_RULES: Final[tuple[Rule, ...]] = (short_name_is_short,)
