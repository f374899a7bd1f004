"""Prometheus rules: what is computed beforehand from the cluster's metrics, and what of it raises an alert.

Owns the rule groups. Does not own the rules themselves (`prometheus_gpu`, `prometheus_cluster`, `prometheus_serving`)
or the metrics (`components.observability.metrics_workspace`).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from pulumi import ComponentResource, Input, Output, ResourceOptions
from pulumi_azure_native import alertsmanagement

from components import naming
from components.observability.alert import Alert, Severity, alert_problems
from components.placement import Placement
from components.problems import refuse

# From knowledge; no source found that confirms it (2026-11-25). Our groups have half as many.
MOST_RULES = 20


@dataclass(frozen=True, kw_only=True)
class Recording:
    """A series that is computed each minute, so that alerts and dashboards need not."""

    record: str
    expression: str


@dataclass(frozen=True, kw_only=True)
class PrometheusAlert(Alert):
    """An alert on an expression that has held for some minutes."""

    expression: str
    minutes: int


@dataclass(frozen=True, kw_only=True)
class RuleGroup:
    """Rules that are judged together, recordings first."""

    name: str
    what: str
    recordings: tuple[Recording, ...] = ()
    alerts: tuple[PrometheusAlert, ...] = ()


@dataclass(frozen=True, kw_only=True)
class PrometheusRulesArgs:
    """Alerts that are less severe than `least` are left out; recordings stay, because dashboards read them."""

    placement: Placement
    resource_group_name: Input[str]
    metrics_workspace_id: Input[str]
    cluster_id: Input[str]
    cluster_name: str
    groups: Sequence[RuleGroup]
    least: Severity
    action_group_ids: Mapping[Severity, Input[str]]


def wanted(group: RuleGroup, least: Severity) -> tuple[PrometheusAlert, ...]:
    """The alerts of a group that are severe enough."""
    return tuple(alert for alert in group.alerts if alert.severity <= least)


def problems(args: PrometheusRulesArgs) -> list[str]:
    """Every reason why Azure would refuse a group, or nobody could act on an alert."""
    found = [problem for group in args.groups for alert in group.alerts for problem in alert_problems(alert)]
    for group in args.groups:
        count = len(group.recordings) + len(group.alerts)
        if count > MOST_RULES:
            found.append(f"rule group {group.name} has {count} rules: Azure takes {MOST_RULES}")
    return found


class PrometheusRules(ComponentResource):
    """One rule group for each concern."""

    group_ids: Mapping[str, Output[str]]

    def __init__(self, name: str, args: PrometheusRulesArgs, opts: ResourceOptions | None = None) -> None:
        super().__init__("platform:prometheus_rules:PrometheusRules", name, {}, opts)
        refuse(name, problems(args))
        self.group_ids = {
            group.name: alertsmanagement.PrometheusRuleGroup(
                f"{name}-{group.name}",
                rule_group_name=naming.named("prg", args.placement, group.name),
                resource_group_name=args.resource_group_name,
                location=args.placement.region,
                description=group.what,
                enabled=True,
                interval="PT1M",
                # The cluster narrows the rules to its own series: one workspace may hold those of several.
                scopes=[args.metrics_workspace_id, args.cluster_id],
                cluster_name=args.cluster_name,
                rules=[
                    *(
                        alertsmanagement.PrometheusRuleArgs(record=each.record, expression=each.expression)
                        for each in group.recordings
                    ),
                    *(_alert(each, args) for each in wanted(group, args.least)),
                ],
                tags=args.placement.tags,
                opts=ResourceOptions(parent=self),
            ).id
            for group in args.groups
            if group.recordings or wanted(group, args.least)
        }
        self.register_outputs({"group_ids": self.group_ids})


def _alert(alert: PrometheusAlert, args: PrometheusRulesArgs) -> alertsmanagement.PrometheusRuleArgs:
    return alertsmanagement.PrometheusRuleArgs(
        alert=alert.id,
        expression=alert.expression,
        for_=f"PT{alert.minutes}M",
        severity=int(alert.severity),
        annotations={"description": alert.what, "runbook": alert.runbook_path},
        labels={"severity": alert.severity.name.lower()},
        actions=[alertsmanagement.PrometheusRuleGroupActionArgs(action_group_id=args.action_group_ids[alert.severity])],
        resolve_configuration=alertsmanagement.PrometheusRuleResolveConfigurationArgs(
            auto_resolved=True, time_to_resolve="PT10M"
        ),
    )
