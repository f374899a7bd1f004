"""Metric alerts: what Azure itself measures of a resource, held against a limit.

Owns the rules of one environment. Does not own the table (`metric_alert_table`), or which resources there are: whoever
builds it says so. Each resource has rules of its own, because Azure takes several in one rule for few types only.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from pulumi import ComponentResource, Input, Output, ResourceOptions
from pulumi_azure_native import monitor

from components import naming
from components.observability.alert import Alert, Severity, alert_problems
from components.placement import Placement
from components.problems import refuse
from facts.metrics import platform_metrics

Aggregation = Literal["Average", "Maximum", "Minimum", "Total", "Count"]
Comparison = Literal["GreaterThan", "LessThan", "GreaterThanOrEqual", "LessThanOrEqual"]


@dataclass(frozen=True, kw_only=True)
class MetricAlert(Alert):
    """`resource_type` as ARM calls it; `dimensions` narrow the metric to these values of it."""

    resource_type: str
    metric: str
    aggregation: Aggregation
    comparison: Comparison
    threshold: float
    window: str = "PT15M"
    frequency: str = "PT5M"
    dimensions: tuple[tuple[str, tuple[str, ...]], ...] = ()


@dataclass(frozen=True, kw_only=True)
class Watched:
    """One resource. `name` is unique in the environment and part of the rule's name."""

    name: str
    resource_type: str
    id: Input[str]


@dataclass(frozen=True, kw_only=True)
class MetricAlertsArgs:
    """Alerts that are less severe than `least` are left out."""

    placement: Placement
    resource_group_name: Input[str]
    alerts: Sequence[MetricAlert]
    watched: Sequence[Watched]
    least: Severity
    action_group_ids: Mapping[Severity, Input[str]]


def problems(args: MetricAlertsArgs) -> list[str]:
    """Every reason why Azure would refuse a rule, or nobody could act on it."""
    found = [problem for alert in args.alerts for problem in alert_problems(alert)]
    for alert in args.alerts:
        known = platform_metrics(alert.resource_type)
        if known is None or alert.metric not in known.names:
            found.append(f"alert {alert.id}: {alert.resource_type} has no metric {alert.metric} in facts/metrics.yaml")
            continue
        offered = known.aggregations.get(alert.metric, (alert.aggregation,))
        if alert.aggregation not in offered:
            found.append(f"alert {alert.id}: {alert.metric} has no {alert.aggregation}, only {', '.join(offered)}")
    return found


class MetricAlerts(ComponentResource):
    """A rule for each resource and each alert of its type."""

    alert_ids: Mapping[str, Output[str]]

    def __init__(self, name: str, args: MetricAlertsArgs, opts: ResourceOptions | None = None) -> None:
        super().__init__("platform:metric_alerts:MetricAlerts", name, {}, opts)
        refuse(name, problems(args))
        self.alert_ids = {
            f"{alert.id}-{each.name}": self._rule(name, args, alert, each)
            for each in args.watched
            for alert in args.alerts
            if alert.resource_type == each.resource_type and alert.severity <= args.least
        }
        self.register_outputs({"alert_ids": self.alert_ids})

    def _rule(self, prefix: str, args: MetricAlertsArgs, alert: MetricAlert, watched: Watched) -> Output[str]:
        made = monitor.MetricAlert(
            f"{prefix}-{alert.id}-{watched.name}",
            rule_name=naming.named("ma", args.placement, alert.id, watched.name),
            resource_group_name=args.resource_group_name,
            location="global",
            description=alert.description,
            severity=int(alert.severity),
            enabled=True,
            auto_mitigate=True,
            scopes=[watched.id],
            evaluation_frequency=alert.frequency,
            window_size=alert.window,
            criteria=monitor.MetricAlertSingleResourceMultipleMetricCriteriaArgs(
                odata_type="Microsoft.Azure.Monitor.SingleResourceMultipleMetricCriteria",
                all_of=[_criterion(alert)],
            ),
            actions=[
                monitor.MetricAlertActionArgs(
                    action_group_id=args.action_group_ids[alert.severity],
                    web_hook_properties={"runbook": alert.runbook_path},
                )
            ],
            tags=args.placement.tags,
            opts=ResourceOptions(parent=self),
        )
        made_id: Output[str] = made.id
        return made_id


def _criterion(alert: MetricAlert) -> monitor.MetricCriteriaArgs:
    return monitor.MetricCriteriaArgs(
        name="limit",
        criterion_type="StaticThresholdCriterion",
        metric_namespace=alert.resource_type,
        metric_name=alert.metric,
        time_aggregation=alert.aggregation,
        operator=alert.comparison,
        threshold=alert.threshold,
        dimensions=[
            monitor.MetricDimensionArgs(name=dimension, operator="Include", values=list(values))
            for dimension, values in alert.dimensions
        ],
    )
