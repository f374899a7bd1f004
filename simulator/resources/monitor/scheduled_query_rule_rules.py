"""What Azure Monitor refuses in alerts on queries."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from simulator.model import Request
from simulator.resources.monitor.diagnostic_rules import items
from simulator.rule import Fault, Rule, rule
from simulator.values import UNKNOWN, at

_PERIODS: Final = (
    "Azure/azure-rest-api-specs#21258; azurerm 2026-08-21 scheduled_query_rules_alert_v2 (code not confirmed)"
)
# Minutes of each period that the service knows.
_MINUTES: Final = {
    "PT1M": 1, "PT5M": 5, "PT10M": 10, "PT15M": 15, "PT20M": 20, "PT30M": 30, "PT45M": 45, "PT1H": 60, "PT2H": 120,
    "PT3H": 180, "PT4H": 240, "PT5H": 300, "PT6H": 360, "P1D": 1440, "PT24H": 1440, "P2D": 2880, "PT48H": 2880,
}  # fmt: skip
_NOT_OFFERED: Final = {
    "evaluationFrequency": {"PT20M"},
    "windowSize": {"PT20M"},
    "muteActionsDuration": {"PT1M", "PT20M"},
    "overrideQueryTimeRange": {"PT1M"},
}


@rule("mon-query-needs", kind="static", reads=("kind",),
      source="azure-rest-api-specs scheduledQueryRule_API.json (required for LogAlert); azurerm#30605 (code not "
      "confirmed)")  # fmt: skip
def says_what_a_log_alert_needs(request: Request) -> Iterator[Fault]:
    """An alert on logs says how severe it is, how often it looks, how far back, and at what."""
    if request.known("kind", "LogAlert") != "LogAlert":
        return
    for name in ("severity", "evaluationFrequency", "windowSize", "scopes", "criteria"):
        if request.at(name) is None:
            yield Fault(f"{name} is missing", name, "the type lets you leave it out, the service does not")


@rule("mon-query-period", kind="static", source=_PERIODS)
def periods_are_offered(request: Request) -> Iterator[Fault]:
    """Periods are from a fixed list."""
    for name, missing in _NOT_OFFERED.items():
        value = request.known(name)
        offered = [period for period in _MINUTES if period not in missing]
        if isinstance(value, str) and value.startswith("P") and value not in offered:
            yield Fault(f"{value} is none of {', '.join(offered)}", name, "use one of these")


@rule("mon-query-mute-frequency", kind="static", code="InvalidRequestContent", quoted=True,
      source="Azure/azure-cli#26581 (checked 2026-11-25)")  # fmt: skip
def mute_lasts_longer_than_the_frequency(request: Request) -> Iterator[Fault]:
    """Actions rest for longer than until the next look."""
    often = _MINUTES.get(str(request.known("evaluationFrequency")))
    mute = _MINUTES.get(str(request.known("muteActionsDuration")))
    if often is not None and mute is not None and mute < often:
        yield Fault(
            "The request content was invalid and could not be deserialized: 'EvaluationFrequency cannot be greater "
            "than MuteActionsDuration'",
            "muteActionsDuration",
            "mute for longer, or look more often",
        )


@rule("mon-query-window", kind="static", reads=("kind",),
      source="azurerm 2026-08-21 scheduled_query_rules_alert_v2 docs, evaluation_frequency and look back; "
      "hashicorp/terraform-provider-azurerm#18960 (checked 2026-11-25; code not confirmed)")  # fmt: skip
def looks_back_to_the_last_look(request: Request) -> Iterator[Fault]:
    """An alert looks back at least as far as its last look: its window, times the periods that are looked at."""
    often = _MINUTES.get(str(request.known("evaluationFrequency")))
    window = _MINUTES.get(str(request.known("windowSize")))
    rows = list(items(request.at("criteria.allOf")))
    counts = [at(item, "failingPeriods.numberOfEvaluationPeriods") for item in rows]
    periods = [1 if count is None else count for count in counts]
    if often is None or window is None or not rows or request.known("kind", "LogAlert") != "LogAlert":
        return
    # A range of the query's own may reach further back.
    if request.at("overrideQueryTimeRange") is not None:
        return
    if all(isinstance(count, int | float) and often > window * max(count, 1) for count in periods):
        yield Fault(
            f"an alert that looks every {often} minutes sees the last {window} of them only",
            "windowSize",
            "use a window that is as long as the frequency, or look more often",
        )


@rule("mon-query-mute-mitigate", kind="static", quoted=True,
      source="Azure/azure-powershell#22583 (checked 2026-11-25)")  # fmt: skip
def muted_alerts_are_not_resolved(request: Request) -> Iterator[Fault]:
    """An alert resolves itself or rests, not both."""
    if request.known("autoMitigate") is True and request.known("muteActionsDuration") not in (None, "PT0S"):
        yield Fault(
            "Auto mitigation must be disabled when action suppression is set",
            "autoMitigate",
            "set autoMitigate to False, or leave muteActionsDuration out",
        )


@rule("mon-query-severity", kind="static", source="azurerm 2026-08-21 scheduled_query_rules_alert_v2 severity")
def severity_is_0_to_4(request: Request) -> Iterator[Fault]:
    """0 is critical, 4 verbose."""
    value = request.known("severity")
    if isinstance(value, int | float) and value not in (0, 1, 2, 3, 4):
        yield Fault(f"the severity {value} is not one of 0 to 4", "severity")


@rule("mon-query-failing-periods", kind="static",
      source="Azure/azure-resource-manager-schemas#1753; azurerm 2026-08-21 failing_periods (2026-11-25)")  # fmt: skip
def failing_periods_fit(request: Request) -> Iterator[Fault]:
    """One to six periods are looked at, and no more of them have to fail."""
    for index, item in enumerate(items(request.at("criteria.allOf"))):
        looked = at(item, "failingPeriods.numberOfEvaluationPeriods")
        failing = at(item, "failingPeriods.minFailingPeriodsToAlert")
        known = [each for each in (looked, failing) if isinstance(each, int | float)]
        if any(not 1 <= each <= 6 for each in known) or (len(known) == 2 and failing > looked):
            yield Fault(f"{failing} failing of {looked} periods", f"criteria.allOf[{index}].failingPeriods",
                        "use 1 to 6 periods, and no more failing ones than these")  # fmt: skip


@rule("mon-query-measure", kind="static",
      source="azurerm 2026-08-21 scheduled_query_rules_alert_v2 docs (code not confirmed)")  # fmt: skip
def aggregations_have_a_column(request: Request) -> Iterator[Fault]:
    """An average is that of a column; a count is that of the rows."""
    for index, item in enumerate(items(request.at("criteria.allOf"))):
        how, column = item.get("timeAggregation"), item.get("metricMeasureColumn")
        target = f"criteria.allOf[{index}].metricMeasureColumn"
        if how in ("Average", "Maximum", "Minimum", "Total") and column is None:
            yield Fault(f"{how} of no column", target, "name the column that is measured")
        elif how == "Count" and column not in (None, UNKNOWN, ""):
            yield Fault("a count of a column", target, "leave the column out: rows are counted")


SCHEDULED_QUERY_RULES: Final[tuple[Rule, ...]] = (
    says_what_a_log_alert_needs, periods_are_offered, severity_is_0_to_4, mute_lasts_longer_than_the_frequency,
    muted_alerts_are_not_resolved, looks_back_to_the_last_look, failing_periods_fit, aggregations_have_a_column,
)  # fmt: skip
