"""What Service Bus refuses about queues, topics and subscriptions."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from simulator.ids import name_of, parents
from simulator.model import Request
from simulator.rule import Fault, rule
from simulator.store import Record
from simulator.values import at

_ERRORS: Final = (
    "MicrosoftDocs/azure-docs:service-bus-messaging/service-bus-resource-manager-exceptions.md (2022-10-25)"
)
_NAMESPACES: Final = "microsoft.servicebus/namespaces"
_ENTITIES: Final = ("microsoft.servicebus/namespaces/queues", "microsoft.servicebus/namespaces/topics")
_SIZES: Final = (1024, 2048, 3072, 4096, 5120)
_PREMIUM_SIZES: Final = (*_SIZES, 10240, 20480, 40960, 81920)
_QUEUES: Final = "hashicorp/terraform-provider-azurerm:internal/services/servicebus/servicebus_queue_resource.go"
_SMALL_MESSAGE: Final = 256
_PREMIUM_MESSAGE: Final = (1024, 102_400)
_LOCK_SECONDS: Final = 300
_BASIC_SECONDS: Final = 14 * 86_400
_DURATION: Final = re.compile(r"P(?:(\d+)D)?(?:T(?:(\d+)H)?(?:(\d+)M)?(?:(\d+(?:\.\d+)?)S)?)?")
_SECONDS: Final = (86_400, 3_600, 60, 1)


def _namespace(request: Request) -> Record | None:
    """The namespace that holds the entity, when it is here."""
    found = (request.world.get(parent) for parent in parents(request.id))
    return next((record for record in found if record is not None and record.type.lower() == _NAMESPACES), None)


def _tier(request: Request) -> str:
    record = _namespace(request)
    name = at(record.body, "sku.name") if record is not None else None
    return name.lower() if isinstance(name, str) else ""


def _seconds(text: object) -> float | None:
    """An ISO 8601 duration in seconds; `None` for what is none."""
    match = _DURATION.fullmatch(text) if isinstance(text, str) else None
    if match is None:
        return None
    return sum(float(part or 0) * unit for part, unit in zip(match.groups(), _SECONDS, strict=True))


@rule("sb-basic-queue", kind="cross-resource", source=_ERRORS)
def basic_queues_are_plain(request: Request) -> Iterator[Fault]:
    """The basic tier has no sessions, no detection of duplicates, no forwarding."""
    if _tier(request) != "basic":
        return
    wanted = [
        name for name in ("requiresDuplicateDetection", "requiresSession", "enableExpress") if request.at(name) is True
    ]
    wanted += [name for name in ("forwardTo", "autoDeleteOnIdle") if request.known(name)]
    namespace = _namespace(request)
    for name in wanted:
        yield Fault(
            f"The property '{name}' can't be set when creating a Queue because the namespace "
            f"'{name_of(namespace.id) if namespace is not None else ''}' is using the 'Basic' Tier. This operation is "
            "only supported in 'Standard' or 'Premium' tier",
            name,
            "leave it out, or use the standard tier",
        )


@rule("sb-basic-topic", kind="cross-resource", source=_ERRORS)
def topics_need_standard(request: Request) -> Iterator[Fault]:
    """The basic tier has queues alone."""
    if _tier(request) == "basic":
        yield Fault("the basic tier has no topics", "topicName", "use a queue, or a namespace of the standard tier")


@rule("sb-entity-size", kind="cross-resource", source=_ERRORS + "; hashicorp/terraform-provider-azurerm#1391")
def size_is_listed(request: Request) -> Iterator[Fault]:
    """An entity holds 1 to 5 GB, in the premium tier up to 80."""
    size, tier = request.known("maxSizeInMegabytes"), _tier(request)
    allowed = _PREMIUM_SIZES if tier == "premium" else _SIZES
    # A partitioned entity answers the size of its 16 partitions, and takes it when it is written again (Azure's own
    # answer in azapi's example of queues).
    if request.at("enablePartitioning") not in (None, False):
        allowed = (*allowed, *(16 * each for each in _SIZES))
    if tier and isinstance(size, int) and size not in allowed:
        yield Fault(
            f"The specified value {size} is invalid. The property 'MaxSizeInMegabytes', must be one of the following "
            f"values: {';'.join(map(str, allowed))}",
            "maxSizeInMegabytes",
            f"use one of {', '.join(map(str, allowed))}",
        )


@rule("sb-lock-duration", kind="static", source=_ERRORS)
def locks_are_short(request: Request) -> Iterator[Fault]:
    """A message is locked for five minutes at most."""
    seconds = _seconds(request.known("lockDuration"))
    if seconds is not None and seconds > _LOCK_SECONDS:
        yield Fault(
            "The supplied lock time exceeds the allowed maximum of '5' minutes", "lockDuration", "use PT5M or less"
        )


@rule("sb-express-duplicates", kind="static", source=_ERRORS, reads=("requiresDuplicateDetection",))
def express_takes_duplicates(request: Request) -> Iterator[Fault]:
    """Duplicates are found among messages that are kept at once, which express entities don't."""
    if request.known("enableExpress") is True and request.known("requiresDuplicateDetection") is True:
        yield Fault(
            "Both DelayedPersistence and RequiresDuplicateDetection property can't be enabled together",
            "enableExpress",
            "leave one of them out",
        )


@rule("sb-partitioned-entity", kind="cross-resource", source="hashicorp/terraform-provider-azurerm#26680, #1391")
def partitions_are_those_of_the_namespace(request: Request) -> Iterator[Fault]:
    """In the premium tier the namespace is partitioned or not, and its entities are like it."""
    namespace, wanted = _namespace(request), request.known("enablePartitioning")
    partitions = at(namespace.body, "premiumMessagingPartitions") if namespace is not None else None
    if _tier(request) != "premium" or not isinstance(partitions, int | None):
        return
    if wanted is True and partitions in (None, 1):
        yield Fault(
            "the premium namespace is not partitioned",
            "enablePartitioning",
            "leave it out; only a namespace has partitions",
        )
    elif wanted is False and partitions is not None and partitions > 1:
        yield Fault(
            "non-partitioned entities are not allowed in partitioned namespace", "enablePartitioning", "set it to true"
        )


@rule("sb-forward-target", kind="cross-resource", source=_ERRORS)
def forwards_to_what_is_there(request: Request) -> Iterator[Fault]:
    """The queue or topic that messages are forwarded to is made before what forwards to it."""
    namespace = _namespace(request)
    below = request.world.below(namespace.id) if namespace is not None else []
    names = {name_of(other.id).lower() for other in below if other.type.lower() in _ENTITIES}
    for path in ("forwardTo", "forwardDeadLetteredMessagesTo"):
        target = request.known(path)
        if namespace is None or not isinstance(target, str) or not target or "://" in target:
            continue
        if target.lower() == request.name.lower() or target.lower() not in names:
            yield Fault(
                f"The auto forwarding destination entity '{target}' doesn't exist",
                path,
                "create it first and pass its `name` output, so that the order is known",
            )


@rule("sb-express-tier", kind="cross-resource", source=f"{_QUEUES} (2026-06-10; code not confirmed)")
def premium_has_no_express(request: Request) -> Iterator[Fault]:
    """A premium namespace has no express queues."""
    if request.known("enableExpress") is True and _tier(request) == "premium":
        yield Fault("the premium tier has no express queues", "enableExpress", "leave it out")


@rule("sb-message-size", kind="cross-resource", source=f"{_QUEUES} (2026-06-10; code not confirmed)")
def message_size_fits_tier(request: Request) -> Iterator[Fault]:
    """A message has up to 100 MiB in the premium tier, and 256 KiB below it."""
    size, tier = request.known("maxMessageSizeInKilobytes"), _tier(request)
    if not isinstance(size, int | float) or not tier or (size == _SMALL_MESSAGE and tier != "premium"):
        return
    least, most = _PREMIUM_MESSAGE
    if tier != "premium" or not least <= size <= most:
        yield Fault(
            f"messages of {size:g} KiB are not possible in the {tier} tier",
            "maxMessageSizeInKilobytes",
            f"use {least} to {most}" if tier == "premium" else "leave it out, or use the premium tier",
        )


@rule("sb-delivery-count", kind="static", source=f"{_QUEUES} (2026-06-10; code not confirmed)")
def messages_are_delivered(request: Request) -> Iterator[Fault]:
    """A message is delivered once at least."""
    count = request.known("maxDeliveryCount")
    if isinstance(count, int | float) and count < 1:
        yield Fault(f"maxDeliveryCount is {count:g}", "maxDeliveryCount", "use 1 or more")


@rule(
    "sb-basic-time-to-live", kind="cross-resource", quoted=True,
    source="Azure/azure-service-bus#306 (code not confirmed)",
)  # fmt: skip
def basic_keeps_for_two_weeks(request: Request) -> Iterator[Fault]:
    """In the basic tier a message lives for a second to fourteen days."""
    seconds, namespace = _seconds(request.known("defaultMessageTimeToLive")), _namespace(request)
    if seconds is None or namespace is None or _tier(request) != "basic":
        return
    if not 1 <= seconds <= _BASIC_SECONDS:
        yield Fault(
            "The property value for 'DefaultMessageTimeToLive' must be between 00:00:01 and 14.00:00:00 when the "
            f"namespace '{name_of(namespace.id)}' is using 'Basic' tier.",
            "defaultMessageTimeToLive",
            "use P14D or less, or the standard tier",
        )


@rule(
    "sb-subscription-cannot-change", kind="lifecycle", code="MessagingGatewayBadRequest",
    source="Azure/azure-rest-api-specs#45077 (2026-07-28, tried on standard and premium)",
    reads=("requiresSession", "isClientAffine"),
)  # fmt: skip
def subscription_keeps_sessions(request: Request) -> Iterator[Fault]:
    """Whether a subscription has sessions is said when it is made; azure-native would change it in place."""
    for name in ("requiresSession", "isClientAffine"):
        before = request.old.body.get(name, False) if request.old is not None else None
        now = request.known(name, False)
        if isinstance(before, bool) and isinstance(now, bool) and before != now:
            yield Fault(
                f"{name} can't be changed for a subscription: it is {before}",
                name,
                "put the old value back, or give the subscription another name",
            )


QUEUE_RULES: Final = (
    basic_queues_are_plain, basic_keeps_for_two_weeks, size_is_listed, locks_are_short, express_takes_duplicates,
    premium_has_no_express, message_size_fits_tier, messages_are_delivered, partitions_are_those_of_the_namespace,
    forwards_to_what_is_there,
)  # fmt: skip
TOPIC_RULES: Final = (
    topics_need_standard, size_is_listed, express_takes_duplicates, message_size_fits_tier,
    partitions_are_those_of_the_namespace,
)  # fmt: skip
SUBSCRIPTION_RULES: Final = (
    locks_are_short, messages_are_delivered, forwards_to_what_is_there, subscription_keeps_sessions,
)  # fmt: skip
