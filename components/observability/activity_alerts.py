"""Activity alerts: who changed what guards the platform, and what Azure says of its own health.

Owns the rules. They cost nothing, so every environment may have all of them; severity decides who is told.
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

# How Azure writes the regions in its events; what has no region is Global. Canada East holds copies of prod.
REGIONS = ("Canada Central", "Canada East", "Global")


Place = Literal["subscription", "groups"]


@dataclass(frozen=True, kw_only=True)
class ActivityAlert(Alert):
    """`conditions`: a field of the event, and the values of which it has one.

    `of`: the subscription, for what belongs to none of the environment's groups; else the groups.
    """

    category: Literal["Administrative", "ServiceHealth", "ResourceHealth"]
    conditions: tuple[tuple[str, tuple[str, ...]], ...]
    of: Place


def _changes(alert_id: str, severity: Severity, what: str, of: Place, *operations: str) -> ActivityAlert:
    return ActivityAlert(
        id=alert_id,
        severity=severity,
        what=what,
        runbook="guard-changed.md",
        category="Administrative",
        conditions=(("operationName", operations), ("status", ("Succeeded",))),
        of=of,
    )


ALERTS: tuple[ActivityAlert, ...] = (
    _changes(
        "policy-changed", Severity.WARNING, "A policy was assigned, removed or exempted from.", "subscription",
        "Microsoft.Authorization/policyAssignments/write", "Microsoft.Authorization/policyAssignments/delete",
        "Microsoft.Authorization/policyExemptions/write",
    ),
    _changes(
        "role-changed", Severity.INFORMATIONAL, "A role was given or taken.", "groups",
        "Microsoft.Authorization/roleAssignments/write", "Microsoft.Authorization/roleAssignments/delete",
    ),
    _changes(
        "security-rule-changed", Severity.WARNING, "A security group, its rules or a route was changed.", "groups",
        "Microsoft.Network/networkSecurityGroups/write", "Microsoft.Network/networkSecurityGroups/delete",
        "Microsoft.Network/networkSecurityGroups/securityRules/write",
        "Microsoft.Network/networkSecurityGroups/securityRules/delete", "Microsoft.Network/routeTables/routes/write",
    ),
    _changes(
        "lock-removed", Severity.WARNING, "A lock was removed.", "groups", "Microsoft.Authorization/locks/delete",
    ),
    _changes(
        "vault-deleted", Severity.ERROR, "A key vault was deleted, or its access policies were changed.", "groups",
        "Microsoft.KeyVault/vaults/delete", "Microsoft.KeyVault/vaults/accessPolicies/write",
    ),
    # An entry doesn't tell what was written: every update of a vault writes, most of them a tag. So nobody is woken.
    _changes(
        "vault-changed", Severity.WARNING, "A key vault was written: perhaps who may reach it.", "groups",
        "Microsoft.KeyVault/vaults/write",
    ),
    _changes(
        "logging-removed", Severity.WARNING, "A resource no longer sends its logs, or an alert was removed.", "groups",
        "Microsoft.Insights/diagnosticSettings/delete", "Microsoft.Insights/metricAlerts/delete",
        "Microsoft.Insights/scheduledQueryRules/delete", "Microsoft.Insights/activityLogAlerts/delete",
    ),
    ActivityAlert(
        id="azure-incident", severity=Severity.ERROR, runbook="azure-incident.md", category="ServiceHealth",
        what="Azure reports an incident in a region of the platform.", of="subscription",
        conditions=(
            ("properties.incidentType", ("Incident", "Security")),
            ("properties.impactedServices[*].ImpactedRegions[*].RegionName", REGIONS),
        ),
    ),
    ActivityAlert(
        id="azure-announcement", severity=Severity.INFORMATIONAL, runbook="azure-incident.md", category="ServiceHealth",
        what="Azure announces maintenance, or something that must be done.", of="subscription",
        conditions=(
            ("properties.incidentType", ("Maintenance", "ActionRequired", "Informational")),
            ("properties.impactedServices[*].ImpactedRegions[*].RegionName", REGIONS),
        ),
    ),
    ActivityAlert(
        id="resource-unhealthy", severity=Severity.ERROR, runbook="resource-unhealthy.md", category="ResourceHealth",
        what="Azure says that a resource of the platform is not well, and that it is not our doing.", of="groups",
        conditions=(
            ("properties.currentHealthStatus", ("Unavailable", "Degraded")),
            ("properties.cause", ("PlatformInitiated",)),
        ),
    ),
)  # fmt: skip
"""What is watched."""


@dataclass(frozen=True, kw_only=True)
class ActivityAlertsArgs:
    """Alerts that are less severe than `least` are left out."""

    placement: Placement
    resource_group_name: Input[str]
    subscription_id: Input[str]
    group_ids: Sequence[Input[str]]
    alerts: Sequence[ActivityAlert]
    least: Severity
    action_group_ids: Mapping[Severity, Input[str]]


def problems(args: ActivityAlertsArgs) -> list[str]:
    """Every reason why nobody could act on an alert."""
    return [problem for alert in args.alerts for problem in alert_problems(alert)]


class ActivityAlerts(ComponentResource):
    """A rule for each alert."""

    alert_ids: Mapping[str, Output[str]]

    def __init__(self, name: str, args: ActivityAlertsArgs, opts: ResourceOptions | None = None) -> None:
        super().__init__("platform:activity_alerts:ActivityAlerts", name, {}, opts)
        refuse(name, problems(args))
        wanted = [alert for alert in args.alerts if alert.severity <= args.least]
        self.alert_ids = {alert.id: _rule(f"{name}-{alert.id}", args, alert, self).id for alert in wanted}
        self.register_outputs({"alert_ids": self.alert_ids})


def _rule(
    name: str, args: ActivityAlertsArgs, alert: ActivityAlert, parent: ComponentResource
) -> monitor.ActivityLogAlert:
    return monitor.ActivityLogAlert(
        name,
        activity_log_alert_name=naming.named("ala", args.placement, alert.id),
        resource_group_name=args.resource_group_name,
        location="global",
        description=alert.description,
        enabled=True,
        scopes=list(args.group_ids) if alert.of == "groups" else [naming.subscription_id_path(args.subscription_id)],
        condition=monitor.AlertRuleAllOfConditionArgs(
            all_of=[
                monitor.AlertRuleAnyOfOrLeafConditionArgs(field="category", equals=alert.category),
                *(_condition(field, values) for field, values in alert.conditions),
            ]
        ),
        actions=monitor.ActionListArgs(
            action_groups=[
                monitor.ActionGroupArgs(
                    action_group_id=args.action_group_ids[alert.severity],
                    webhook_properties={"runbook": alert.runbook_path},
                )
            ]
        ),
        tags=args.placement.tags,
        opts=ResourceOptions(parent=parent),
    )


def _condition(field: str, values: tuple[str, ...]) -> monitor.AlertRuleAnyOfOrLeafConditionArgs:
    if "[*]" in field:
        return monitor.AlertRuleAnyOfOrLeafConditionArgs(field=field, contains_any=list(values))
    return monitor.AlertRuleAnyOfOrLeafConditionArgs(
        any_of=[monitor.AlertRuleLeafConditionArgs(field=field, equals=value) for value in values]
    )
