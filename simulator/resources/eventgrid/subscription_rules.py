"""What Event Grid refuses about a subscription to events: its scope, its retries, its destination."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, Final

from simulator.ids import looks_like_id, type_of
from simulator.model import Request
from simulator.rule import Fault, rule
from simulator.values import at

_DESTINATIONS: Final = ("destination", "deliveryWithResourceIdentity.destination")
# What a destination of a kind leads to; functions lie in sites and in their slots.
_LEADS_TO: Final[Mapping[str, str]] = {
    "EventHub": "Microsoft.EventHub/namespaces/eventhubs",
    "ServiceBusQueue": "Microsoft.ServiceBus/namespaces/queues",
    "ServiceBusTopic": "Microsoft.ServiceBus/namespaces/topics",
    "StorageQueue": "Microsoft.Storage/storageAccounts",
}
_MOST_ATTEMPTS: Final = 30
_MOST_MINUTES: Final = 1440


@rule(
    "eg-subscription-scope", kind="static", source="pulumi/pulumi-azure-nextgen#198 (code not confirmed)",
)  # fmt: skip
def scope_is_the_source(request: Request) -> Iterator[Fault]:
    """The scope of a subscription is the source of the events; a system topic has subscriptions of its own type."""
    scope = request.known("scope")
    if looks_like_id(scope) and type_of(str(scope)).lower() == "microsoft.eventgrid/systemtopics":
        yield Fault(
            f"{scope} is a system topic, and its subscriptions are of another type",
            "eventSubscriptionName",
            "use SystemTopicEventSubscription, or pass the id of what the events come from",
        )


@rule(
    "eg-retry-policy", kind="static",
    source="MicrosoftDocs/azure-docs:event-grid/manage-event-delivery.md (2020-07-20; code not confirmed)",
)  # fmt: skip
def retries_end(request: Request) -> Iterator[Fault]:
    """An event is tried up to 30 times within a day."""
    limits = (
        ("retryPolicy.maxDeliveryAttempts", _MOST_ATTEMPTS),
        ("retryPolicy.eventTimeToLiveInMinutes", _MOST_MINUTES),
    )
    for path, most in limits:
        value = request.known(path)
        if isinstance(value, int) and not 1 <= value <= most:
            yield Fault(f"{path} is {value}", path, f"use 1 to {most}")


@rule(
    "eg-destination-type", kind="static",
    source="azure-rest-api-specs:EventGrid.json, EventSubscriptionDestination.resourceId (2025-02-15; code not "
    "confirmed)",
)  # fmt: skip
def destination_is_of_its_kind(request: Request) -> Iterator[Fault]:
    """A destination names the hub, queue, topic, account or function itself, and not what holds it."""
    for path in _DESTINATIONS:
        destination = request.known(path)
        kind, target = _at(destination, "endpointType"), _at(destination, "resourceId")
        wanted = _LEADS_TO.get(str(kind))
        if wanted is not None and looks_like_id(target) and type_of(str(target)).lower() != wanted.lower():
            yield Fault(
                f"a destination of kind {kind} leads to a {wanted}, and {target} is a {type_of(str(target))}",
                path,
                f"pass the id of the {wanted}",
            )


def _at(destination: Any, name: str) -> Any:
    return at(destination, name) if isinstance(destination, Mapping) else None


SUBSCRIPTION_RULES: Final = (scope_is_the_source, retries_end, destination_is_of_its_kind)
