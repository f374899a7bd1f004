"""Action groups: who is told about an alert, by how soon somebody must act.

Owns one group for each urgency. Does not own the alerts, and takes no text messages, calls or ITSM connector: an
on-call service takes the urgent web hook and does all three with schedules of its own.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from pulumi import ComponentResource, Input, Output, ResourceOptions
from pulumi_azure_native import monitor

from components import naming
from components.observability.alert import Severity
from components.placement import Placement
from components.problems import refuse


class Urgency(StrEnum):
    """How soon somebody acts."""

    URGENT = "urgent"
    """Now, at night too."""
    ROUTINE = "routine"
    """On the next working day."""
    NOTICE = "notice"
    """When they read it."""


URGENCY: Final[Mapping[Severity, Urgency]] = {
    Severity.CRITICAL: Urgency.URGENT,
    Severity.ERROR: Urgency.URGENT,
    Severity.WARNING: Urgency.ROUTINE,
    Severity.INFORMATIONAL: Urgency.NOTICE,
    Severity.VERBOSE: Urgency.NOTICE,
}

# azure-monitor-docs, azure-monitor-limits-action-groups.md (2026-11): addresses in a group, letters of a short name.
MOST_EMAILS = 1000
MOST_SHORT_NAME = 12


@dataclass(frozen=True, kw_only=True)
class Receivers:
    """Who is told. `webhook` is a secret: whoever knows it can post in the channel."""

    emails: tuple[str, ...]
    webhook: Input[str] | None = None


@dataclass(frozen=True, kw_only=True)
class ActionGroupsArgs:
    """Who is told, for each urgency."""

    placement: Placement
    resource_group_name: Input[str]
    receivers: Mapping[Urgency, Receivers]


def problems(args: ActionGroupsArgs) -> list[str]:
    """Every reason why an alert would reach nobody, or Azure would refuse a group."""
    found = [
        f"nobody is told of what is {urgency}: its alerts would only stand in the portal"
        for urgency in Urgency
        if urgency not in args.receivers or not (args.receivers[urgency].emails or args.receivers[urgency].webhook)
    ]
    for urgency, receivers in args.receivers.items():
        if len(receivers.emails) > MOST_EMAILS:
            found.append(f"{len(receivers.emails)} addresses for {urgency}: an action group takes {MOST_EMAILS}")
        if len(set(receivers.emails)) < len(receivers.emails):
            found.append(f"an address stands twice in {urgency}: no two receivers of a group have one name")
    return found


class ActionGroups(ComponentResource):
    """One action group for each urgency."""

    ids: Mapping[Severity, Output[str]]
    """Whom an alert of this severity tells."""

    def __init__(self, name: str, args: ActionGroupsArgs, opts: ResourceOptions | None = None) -> None:
        super().__init__("platform:action_groups:ActionGroups", name, {}, opts)
        refuse(name, problems(args))
        child = ResourceOptions(parent=self)
        groups = {urgency: _group(f"{name}-ag-{urgency}", args, urgency, child) for urgency in Urgency}
        self.ids = {severity: groups[urgency].id for severity, urgency in URGENCY.items()}
        self.register_outputs({"ids": {str(urgency): group.id for urgency, group in groups.items()}})


def _group(name: str, args: ActionGroupsArgs, urgency: Urgency, opts: ResourceOptions) -> monitor.ActionGroup:
    receivers = args.receivers[urgency]
    return monitor.ActionGroup(
        name,
        action_group_name=naming.named("ag", args.placement, urgency),
        resource_group_name=args.resource_group_name,
        # The service is not regional; no region in Canada is offered. It holds addresses and no data of the platform.
        location="Global",
        group_short_name=f"{args.placement.environment}-{urgency}"[:MOST_SHORT_NAME],
        enabled=True,
        email_receivers=[
            monitor.MicrosoftCommonEmailReceiverArgs(name=address, email_address=address, use_common_alert_schema=True)
            for address in receivers.emails
        ],
        webhook_receivers=[]
        if receivers.webhook is None
        else [
            monitor.WebhookReceiverArgs(
                name="channel", service_uri=Output.secret(receivers.webhook), use_common_alert_schema=True
            )
        ],
        tags=args.placement.tags,
        opts=opts,
    )
