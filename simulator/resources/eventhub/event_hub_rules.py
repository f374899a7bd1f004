"""What Event Hubs refuses about a hub: partitions and retention beyond a tier, features that a tier lacks."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Final

from simulator.ids import parents
from simulator.model import Request
from simulator.rule import Fault, rule
from simulator.store import Record
from simulator.values import at

_ERRORS: Final = "MicrosoftDocs/azure-docs:event-hubs/resource-manager-exceptions.md (2021-05-10)"
_FEATURES: Final = "MicrosoftDocs/azure-docs:event-hubs-tier-features.md (2023-11-27; code not confirmed)"
_NAMESPACES: Final = "microsoft.eventhub/namespaces"
_DAY: Final = 24
# Days of retention by tier.
_RETENTION: Final[Mapping[str, int]] = {"basic": 1, "standard": 7, "premium": 90}
_WINDOWS: Final = {"intervalInSeconds": (60, 900), "sizeLimitInBytes": (10_485_760, 524_288_000)}
_PARTS: Final = (
    "{Namespace}", "{EventHub}", "{PartitionId}", "{Year}", "{Month}", "{Day}", "{Hour}", "{Minute}", "{Second}",
)  # fmt: skip
_PARTITIONS: Final[Mapping[str, int]] = {"basic": 32, "standard": 32, "premium": 100}


def _namespace(request: Request) -> Record | None:
    """The namespace that holds the resource, when it is here."""
    found = (request.world.get(parent) for parent in parents(request.id))
    return next((record for record in found if record is not None and record.type.lower() == _NAMESPACES), None)


def _tier(request: Request) -> str:
    """The tier of the namespace in lower case; empty while it is not known, or the namespace is in a cluster."""
    record = _namespace(request)
    if record is None or record.body.get("clusterArmId") is not None:
        return ""
    name = at(record.body, "sku.name")
    return name.lower() if isinstance(name, str) else ""


@rule(
    "evh-retention", kind="cross-resource", source=f"{_ERRORS}; Azure/bicep-registry-modules#5380",
)  # fmt: skip
def retention_fits_tier(request: Request) -> Iterator[Fault]:
    """Events are kept for a day in the basic tier, for seven in standard, for ninety in premium."""
    most = _RETENTION.get(_tier(request))
    for path, unit in (("messageRetentionInDays", 1), ("retentionDescription.retentionTimeInHours", _DAY)):
        value = request.known(path)
        if most is not None and isinstance(value, int | float) and value > most * unit:
            yield Fault(
                f"The value '{value}' for {path} isn't valid for the {_tier(request)} tier: it can't exceed "
                f"'{most}' day(s)",
                path,
                f"use at most {most * unit}, or a higher tier",
            )


@rule(
    "evh-partition-count", kind="cross-resource",
    source="stackshy/cloudemu#1096, against the published quotas; event-hubs/event-hubs-quotas (code not confirmed)",
)  # fmt: skip
def partitions_fit_tier(request: Request) -> Iterator[Fault]:
    """An event hub has 1 to 32 partitions, in the premium tier up to 100."""
    most, value = _PARTITIONS.get(_tier(request)), request.known("partitionCount")
    if most is not None and isinstance(value, int | float) and value > most:
        yield Fault(
            f"{value} partitions are too many for the {_tier(request)} tier", "partitionCount", f"use 1 to {most}"
        )


@rule("evh-partitions-cannot-change", kind="lifecycle", source=_ERRORS, reads=("partitionCount",))
def partitions_stay(request: Request) -> Iterator[Fault]:
    """Partitions are added in the premium tier and in clusters alone, and never taken away."""
    before = at(request.old.body, "partitionCount") if request.old is not None else None
    now = request.known("partitionCount")
    if not isinstance(before, int | float) or not isinstance(now, int | float) or before == now:
        return
    if now < before or _tier(request) in {"basic", "standard"}:
        yield Fault(
            f"PartitionCount can't be changed for an event hub: it is {before}, not {now}",
            "partitionCount",
            "put the old number back, or make another event hub",
        )


@rule("evh-capture-tier", kind="cross-resource", source=_FEATURES)
def capture_needs_standard(request: Request) -> Iterator[Fault]:
    """The basic tier captures nothing."""
    if request.known("captureDescription.enabled") is True and _tier(request) == "basic":
        yield Fault("the basic tier has no capture", "captureDescription", "use the standard tier, or leave it out")


@rule(
    "evh-capture-window", kind="static",
    source="hashicorp/terraform-provider-azurerm:internal/services/eventhub/eventhub_resource.go (2026-06-10; code not "
    "confirmed)",
)  # fmt: skip
def windows_are_in_range(request: Request) -> Iterator[Fault]:
    """A capture is written every minute to quarter of an hour, or every 10 to 500 MiB."""
    for name, (least, most) in _WINDOWS.items():
        value = request.known(f"captureDescription.{name}")
        enabled = request.known("captureDescription.enabled") is True
        if enabled and isinstance(value, int | float) and not least <= value <= most:
            path = f"captureDescription.{name}"
            yield Fault(f"{path} is {value:g}", path, f"use {least} to {most}")


@rule(
    "evh-capture-name-format", kind="static",
    source="hashicorp/terraform-provider-azurerm:internal/services/eventhub/validate/eventhub_archive.go (2026-06-10; "
    "code not confirmed)",
)  # fmt: skip
def names_say_all(request: Request) -> Iterator[Fault]:
    """The name of a captured file says where its events are from and when they were written."""
    path = "captureDescription.destination.archiveNameFormat"
    text = request.known(path)
    missing = [part for part in _PARTS if isinstance(text, str) and text and part not in text]
    if missing:
        yield Fault(f"the name of captured files lacks {', '.join(missing)}", path, f"use {'/'.join(_PARTS)}")


@rule("evh-consumer-group-tier", kind="cross-resource", source=_ERRORS)
def groups_need_standard(request: Request) -> Iterator[Fault]:
    """In the basic tier an event hub has the consumer group `$Default` and no other."""
    if _tier(request) == "basic" and request.name.lower() != "$default":
        namespace = _namespace(request)
        name = namespace.id.rsplit("/", 1)[-1] if namespace is not None else ""
        yield Fault(
            f"The operation can't be done on entity type 'ConsumerGroup' because the namespace '{name}' is using "
            "'Basic' tier",
            "consumerGroupName",
            "use $Default, or a namespace of the standard tier",
        )


EVENT_HUB_RULES: Final = (
    retention_fits_tier, partitions_fit_tier, partitions_stay, capture_needs_standard,
    windows_are_in_range, names_say_all,
)  # fmt: skip
CONSUMER_GROUP_RULES: Final = (groups_need_standard,)
