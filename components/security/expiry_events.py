"""Expiry events: somebody is told before a key, secret or certificate of a vault expires, and when it has.

Owns the vault's Event Grid topic and its subscription. Does not own the vault or the action groups. The events go
straight to an Azure Monitor alert: no web hook, no queue and no address that a firewall would have to let out.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from pulumi import ComponentResource, Input, Output, ResourceOptions
from pulumi_azure_native import eventgrid

from components import naming
from components.observability.diagnostic_setting import send_diagnostics
from components.placement import Placement
from components.problems import refuse

# Key Vault sends the first of each pair 30 days before the expiry (key-vault/general/event-grid-overview, 2026-11).
EVENTS = tuple(
    f"Microsoft.KeyVault.{kind}{when}"
    for kind in ("Key", "Secret", "Certificate")
    for when in ("NearExpiry", "Expired")
)
# What a subscription of kind MonitorAlert takes (event-grid/handler-azure-monitor-alerts, 2026-11).
MOST_ACTION_GROUPS = 5


@dataclass(frozen=True, kw_only=True)
class ExpiryEventsArgs:
    """`purpose` of the vault is part of the names. `action_group_ids` may be empty: then the alert is only shown."""

    placement: Placement
    resource_group_name: Input[str]
    purpose: naming.VaultPurpose
    vault_id: Input[str]
    action_group_ids: Sequence[Input[str]]
    severity: Literal["Sev0", "Sev1", "Sev2", "Sev3", "Sev4"]
    log_workspace_id: Input[str]


def problems(args: ExpiryEventsArgs) -> list[str]:
    """Every reason why Azure would refuse the subscription."""
    if len(args.action_group_ids) > MOST_ACTION_GROUPS:
        return [f"{len(args.action_group_ids)} action groups: an event subscription takes {MOST_ACTION_GROUPS}"]
    return []


class ExpiryEvents(ComponentResource):
    """System topic and subscription."""

    topic_id: Output[str]

    def __init__(self, name: str, args: ExpiryEventsArgs, opts: ResourceOptions | None = None) -> None:
        super().__init__("platform:expiry_events:ExpiryEvents", name, {}, opts)
        refuse(name, problems(args))
        child = ResourceOptions(parent=self)
        topic = eventgrid.SystemTopic(
            f"{name}-topic",
            system_topic_name=naming.named("egst", args.placement, args.purpose),
            resource_group_name=args.resource_group_name,
            location=args.placement.region,
            source=args.vault_id,
            topic_type="Microsoft.KeyVault.vaults",
            tags=args.placement.tags,
            opts=child,
        )
        _subscription(f"{name}-events", args, topic, child)
        send_diagnostics(f"{name}-diag", topic.id, "Microsoft.EventGrid/systemTopics", args.log_workspace_id, child)
        self.topic_id = topic.id
        self.register_outputs({"topic_id": self.topic_id})


def _subscription(
    name: str, args: ExpiryEventsArgs, topic: eventgrid.SystemTopic, opts: ResourceOptions
) -> eventgrid.SystemTopicEventSubscription:
    return eventgrid.SystemTopicEventSubscription(
        name,
        event_subscription_name="expiry",
        system_topic_name=topic.name,
        resource_group_name=args.resource_group_name,
        # The only schema that Azure Monitor takes.
        event_delivery_schema=eventgrid.EventDeliverySchema.CLOUD_EVENT_SCHEMA_V1_0,
        destination=eventgrid.MonitorAlertEventSubscriptionDestinationArgs(
            endpoint_type="MonitorAlert",
            action_groups=list(args.action_group_ids),
            severity=args.severity,
            description="A key, secret or certificate expires: docs/runbooks/rotate-key.md",
        ),
        filter=eventgrid.EventSubscriptionFilterArgs(included_event_types=list(EVENTS)),
        opts=opts,
    )
