"""What Event Grid refuses about a subscription to events: its scope, its retries, its destination."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, Final

from simulator.ids import key, looks_like_id, parents, type_of
from simulator.model import UNKNOWN_TEXT, Request
from simulator.resources.firewall_rules import known_items
from simulator.rule import Fault, rule
from simulator.store import Record
from simulator.values import UNKNOWN, at

_DESTINATIONS: Final = ("destination", "deliveryWithResourceIdentity.destination")
# What a destination of a kind leads to; functions lie in sites and in their slots.
_LEADS_TO: Final[Mapping[str, str]] = {
    "EventHub": "Microsoft.EventHub/namespaces/eventhubs",
    "ServiceBusQueue": "Microsoft.ServiceBus/namespaces/queues",
    "ServiceBusTopic": "Microsoft.ServiceBus/namespaces/topics",
    "StorageQueue": "Microsoft.Storage/storageAccounts",
}
_FILTERS: Final = "filter.advancedFilters"
_MOST_VALUES: Final = 25
_BATCHES: Final = {"maxEventsPerBatch": 5000, "preferredBatchSizeInKilobytes": 1024}
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


@rule(
    "eg-web-hook", kind="static", code="InvalidRequest",
    source="hashicorp/terraform-provider-azurerm:internal/services/eventgrid/event_subscription_schema.go (2026-06-10; "
    "code not confirmed)",
)  # fmt: skip
def web_hooks_are_safe(request: Request) -> Iterator[Fault]:
    """A web hook has an https address, and takes 1 to 5000 events of 1 to 1024 KiB at once."""
    for path in _DESTINATIONS:
        url = request.known(f"{path}.endpointUrl")
        if isinstance(url, str) and UNKNOWN_TEXT not in url and not url.lower().startswith("https://"):
            yield Fault("events are sent by https alone", f"{path}.endpointUrl", "write an address with https://")
        for name, most in _BATCHES.items():
            value = request.known(f"{path}.{name}")
            if isinstance(value, int | float) and not 1 <= value <= most:
                yield Fault(f"{path}.{name} is {value:g}", f"{path}.{name}", f"use 1 to {most}")


@rule(
    "eg-filter-limits", kind="static", code="InvalidRequest",
    source="cloud-custodian/cloud-custodian#4669, when 5 were the limit; "
    "hashicorp/terraform-provider-azurerm#10625; pm7y/AzureEventGridSimulator#287",
)  # fmt: skip
def filters_are_few(request: Request) -> Iterator[Fault]:
    """A subscription compares with 25 values, in all its advanced filters together."""
    lists = (at(item, "values") for _, item in known_items(request, _FILTERS))
    count = sum(len(listed) if isinstance(listed, list) else 1 for listed in lists)
    if count > _MOST_VALUES:
        yield Fault(
            f"the advanced filters have {count} values", _FILTERS, f"use at most {_MOST_VALUES}, or two subscriptions"
        )


@rule(
    "eg-delivery-identity", kind="cross-resource", code="InvalidRequest",
    source="hashicorp/terraform-provider-azurerm#33434, #28932 (code not confirmed)",
    reads=("deliveryWithResourceIdentity", "deadLetterWithResourceIdentity"),
)  # fmt: skip
def topic_has_the_identity(request: Request) -> Iterator[Fault]:
    """A subscription delivers with an identity of its topic, which the topic must have first."""
    topic = _topic(request)
    own = at(topic.body, "identity.type") if topic is not None else UNKNOWN
    if own is UNKNOWN:
        return
    for path in ("deliveryWithResourceIdentity", "deadLetterWithResourceIdentity"):
        kind = request.known(f"{path}.identity.type")
        if kind in ("SystemAssigned", "UserAssigned") and str(kind).lower() not in str(own).lower():
            yield Fault(
                f"the topic of the subscription has no {kind} identity", path, f"give the topic a {kind} identity"
            )


def _topic(request: Request) -> Record | None:
    """The topic that delivers: the one that holds the subscription, else the system topic of its scope."""
    parent = next(parents(request.id), "")
    found = request.world.get(parent)
    if found is not None and found.type.lower().startswith("microsoft.eventgrid/"):
        return found
    topics = request.world.of_type("Microsoft.EventGrid/systemTopics")
    return next((each for each in topics if key(str(each.body.get("source"))) == key(parent)), None)


SUBSCRIPTION_RULES: Final = (
    scope_is_the_source, retries_end, destination_is_of_its_kind, web_hooks_are_safe, filters_are_few,
    topic_has_the_identity,
)  # fmt: skip
