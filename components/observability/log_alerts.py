"""Log alerts: queries on the Log Analytics workspace that find what nobody should miss.

Owns the rules and their queries. Container logs are on the plan Basic, which no alert can query: what a container
does wrong shows in the cluster's metrics and events.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from pulumi import ComponentResource, Input, Output, ResourceOptions
from pulumi_azure_native import monitor

from components import naming
from components.observability.alert import Alert, Severity, alert_problems
from components.placement import Placement
from components.problems import refuse


@dataclass(frozen=True, kw_only=True)
class LogAlert(Alert):
    """Fires when the query finds more than `threshold` rows within `window`."""

    query: str
    threshold: float = 0
    window: str = "PT15M"
    frequency: str = "PT15M"


ALWAYS: Final = (
    LogAlert(
        id="vault-access-denied",
        severity=Severity.WARNING,
        what="A key vault refused more than ten requests within 15 minutes.",
        runbook="vault-access-denied.md",
        # The columns come with the first record: until then they don't exist.
        query='AzureDiagnostics\n| where ResourceProvider == "MICROSOFT.KEYVAULT"\n'
        '| where column_ifexists("httpStatusCode_d", real(null)) == 403',
        threshold=10,
    ),
    LogAlert(
        id="cluster-admin-granted",
        severity=Severity.WARNING,
        what="Somebody gave rights in the whole cluster, or took them.",
        runbook="cluster-admin-granted.md",
        query='AKSAuditAdmin\n| where Verb in ("create", "update", "patch", "delete")\n'
        '| where tostring(ObjectRef.resource) in ("clusterrolebindings", "clusterroles")\n'
        '| where tostring(User.username) !startswith "system:" and tostring(User.username) != "aksService"',
    ),
    LogAlert(
        id="logs-delayed",
        severity=Severity.INFORMATIONAL,
        what="Azure reports a fault in taking in the logs.",
        runbook="logs-stopped.md",
        query='_LogOperation\n| where Category =~ "Ingestion" and Level in ("Warning", "Error")\n'
        '| where Detail !has "OverQuota"',
    ),
)


def log_alerts(daily_cap_gb: float | None) -> tuple[LogAlert, ...]:
    """What is looked for; the cap only where there is one."""
    return ALWAYS if daily_cap_gb is None else (*ALWAYS, *_of_the_cap(daily_cap_gb))


def _of_the_cap(daily_cap_gb: float) -> tuple[LogAlert, ...]:
    return (
        LogAlert(
            id="log-cap-reached",
            severity=Severity.WARNING,
            what=f"The daily cap of {daily_cap_gb:g} GB is reached: logs are dropped until tomorrow.",
            runbook="logs-stopped.md",
            query='_LogOperation\n| where Category =~ "Ingestion" and Detail has "OverQuota"',
        ),
        LogAlert(
            id="log-cap-near",
            severity=Severity.INFORMATIONAL,
            what=f"More than 80 % of the daily cap of {daily_cap_gb:g} GB came in within a day.",
            runbook="logs-stopped.md",
            query="Usage\n| where IsBillable\n| summarize Gigabytes = sum(Quantity) / 1000\n"
            f"| where Gigabytes > {0.8 * daily_cap_gb:g}",
            window="P1D",
            frequency="PT1H",
        ),
    )


@dataclass(frozen=True, kw_only=True)
class LogAlertsArgs:
    """Alerts that are less severe than `least` are left out."""

    placement: Placement
    resource_group_name: Input[str]
    log_workspace_id: Input[str]
    alerts: Sequence[LogAlert]
    least: Severity
    action_group_ids: Mapping[Severity, Input[str]]


def problems(args: LogAlertsArgs) -> list[str]:
    """Every reason why nobody could act on an alert."""
    return [problem for alert in args.alerts for problem in alert_problems(alert)]


class LogAlerts(ComponentResource):
    """A rule for each query."""

    alert_ids: Mapping[str, Output[str]]

    def __init__(self, name: str, args: LogAlertsArgs, opts: ResourceOptions | None = None) -> None:
        super().__init__("platform:log_alerts:LogAlerts", name, {}, opts)
        refuse(name, problems(args))
        wanted = [alert for alert in args.alerts if alert.severity <= args.least]
        self.alert_ids = {alert.id: _rule(f"{name}-{alert.id}", args, alert, self).id for alert in wanted}
        self.register_outputs({"alert_ids": self.alert_ids})


def _rule(name: str, args: LogAlertsArgs, alert: LogAlert, parent: ComponentResource) -> monitor.ScheduledQueryRule:
    return monitor.ScheduledQueryRule(
        name,
        rule_name=naming.named("sqr", args.placement, alert.id),
        resource_group_name=args.resource_group_name,
        location=args.placement.region,
        kind="LogAlert",
        display_name=alert.id,
        description=alert.description,
        severity=int(alert.severity),
        enabled=True,
        auto_mitigate=True,
        scopes=[args.log_workspace_id],
        evaluation_frequency=alert.frequency,
        window_size=alert.window,
        # In a new workspace a table or column is unknown until the first record, and the check would fail.
        skip_query_validation=True,
        criteria=monitor.ScheduledQueryRuleCriteriaArgs(
            all_of=[
                monitor.ConditionArgs(
                    query=alert.query,
                    time_aggregation="Count",
                    operator="GreaterThan",
                    threshold=alert.threshold,
                    failing_periods=monitor.ConditionFailingPeriodsArgs(
                        number_of_evaluation_periods=1, min_failing_periods_to_alert=1
                    ),
                )
            ]
        ),
        actions=monitor.ActionsArgs(
            action_groups=[args.action_group_ids[alert.severity]],
            custom_properties={"runbook": alert.runbook_path},
        ),
        tags=args.placement.tags,
        opts=ResourceOptions(parent=parent),
    )
