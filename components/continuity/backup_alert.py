"""Backup alert: who is told when a backup fails.

Owns the rule that hands the alerts of a backup vault to people. Azure Backup raises them itself
(`components.continuity.cluster_backup` switches that on), but such an alert has no action group of its own: without the
rule it only stands in the portal (from knowledge; what adds a group to an alert is azurerm alert_processing_rule). The
vault's metrics are no way around it: they leave out clusters (learn.microsoft.com backup/metrics-overview, 2026-11-25).
"""

from __future__ import annotations

from typing import Final

from pulumi import Input, ResourceOptions
from pulumi_azure_native import alertsmanagement

from components import naming
from components.observability.alert import Alert, Severity
from components.placement import Placement

ALERT: Final = Alert(
    id="backup-failed",
    severity=Severity.WARNING,
    what="A backup or a restore of the cluster failed.",
    runbook="backup-failed.md",
)


def tell_of_failures(
    name: str,
    placement: Placement,
    resource_group_name: Input[str],
    vault_id: Input[str],
    action_group_id: Input[str],
    opts: ResourceOptions,
) -> alertsmanagement.AlertProcessingRuleByName:
    """Every alert of the vault goes to the group; `opts` hold the parent."""
    return alertsmanagement.AlertProcessingRuleByName(
        name,
        alert_processing_rule_name=naming.named("apr", placement, ALERT.id),
        resource_group_name=resource_group_name,
        location="Global",
        properties=alertsmanagement.AlertProcessingRulePropertiesArgs(
            description=ALERT.description,
            enabled=True,
            scopes=[vault_id],
            actions=[
                alertsmanagement.AddActionGroupsArgs(action_type="AddActionGroups", action_group_ids=[action_group_id])
            ],
        ),
        tags=placement.tags,
        opts=opts,
    )
