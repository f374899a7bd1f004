"""From settings to observability: where logs, metrics and alerts go."""

from __future__ import annotations

from components.context import Context
from components.observability.action_groups import ActionGroups, ActionGroupsArgs, Receivers, Urgency
from components.observability.observability import Observability, ObservabilityArgs
from stacks.settings import Settings


def build(context: Context) -> Observability:
    """What every other area sends to; the first thing that stands."""
    wanted, private = context.settings.monitoring, context.settings.network.private_monitoring
    args = ObservabilityArgs(
        placement=context.placement,
        resource_group_name=context.group_name("observability"),
        retention_days=wanted.retention_days,
        daily_cap_gb=wanted.daily_cap_gb,
        container_log_days=wanted.retention_days if context.settings.cluster.container_insights else None,
        action_group_ids=_action_groups(context).ids,
        public_ingestion=private is None or private.accept_public_ingestion,
        public_queries=private is None or private.accept_public_queries,
    )
    return Observability(f"{context.prefix}-observability", args, context.child)


def receivers(settings: Settings) -> dict[Urgency, Receivers]:
    """Who is told, by urgency; where the settings name nobody it is whoever answers for the environment."""
    contacts = settings.monitoring.contacts
    wanted = {Urgency.URGENT: contacts.urgent, Urgency.ROUTINE: contacts.routine, Urgency.NOTICE: contacts.notice}
    return {
        urgency: Receivers(emails=(settings.owner,))
        if each is None
        else Receivers(emails=each.emails, webhook=each.webhook)
        for urgency, each in wanted.items()
    }


def _action_groups(context: Context) -> ActionGroups:
    args = ActionGroupsArgs(
        placement=context.placement,
        resource_group_name=context.group_name("observability"),
        receivers=receivers(context.settings),
    )
    return ActionGroups(f"{context.prefix}-alerts", args, context.child)
