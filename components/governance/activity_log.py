"""Activity log: who changed which resource through Azure Resource Manager, kept beyond Azure's own 90 days.

Owns the setting of the subscription that sends its activity log to the stack's workspace. Without it the table
AzureActivity stays empty, and with it the archive of audit records. Stacks may share a subscription (prod and dr do),
which takes five such settings: each stack's has a name of its own. Does not own how long the rows are kept
(`components.governance.record_retention`).
"""

from __future__ import annotations

from dataclasses import dataclass

from pulumi import ComponentResource, Input, Output, ResourceOptions

from components import naming
from components.observability.diagnostic_setting import send_diagnostics
from components.placement import Placement
from components.problems import refuse

TYPE = "Microsoft.Resources/subscriptions"
MOST_NAME = 260
"""Letters of a setting's name (azurerm monitor_diagnostic_setting, 2026-08-21)."""


@dataclass(frozen=True, kw_only=True)
class ActivityLogArgs:
    """`scope` is the subscription."""

    placement: Placement
    scope: Input[str]
    log_workspace_id: Input[str]


def problems(args: ActivityLogArgs) -> list[str]:
    """Every reason why Azure would refuse the setting."""
    name = _name(args.placement)
    return [f"{name} has {len(name)} characters: a setting takes {MOST_NAME}"] if len(name) > MOST_NAME else []


class ActivityLog(ComponentResource):
    """One setting of one subscription."""

    setting_id: Output[str]

    def __init__(self, name: str, args: ActivityLogArgs, opts: ResourceOptions | None = None) -> None:
        super().__init__("platform:activity_log:ActivityLog", name, {}, opts)
        refuse(name, problems(args))
        made = send_diagnostics(
            f"{name}-setting",
            args.scope,
            TYPE,
            args.log_workspace_id,
            ResourceOptions(parent=self),
            called=_name(args.placement),
        )
        self.setting_id = made.id
        self.register_outputs({"setting_id": self.setting_id})


def _name(placement: Placement) -> str:
    return naming.policy(placement, "activity-log")
