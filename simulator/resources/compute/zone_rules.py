"""What Azure refuses about the availability zones of capacity and placement."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from facts.regions import regions
from simulator.ids import name_of, parents, type_of
from simulator.model import Request, normal_location
from simulator.resources.compute import GROUPS
from simulator.rule import Fault, rule
from simulator.store import Record
from simulator.values import UNKNOWN, has_unknown

_SOURCE: Final = "Azure/azure-cli#18943 (checked 2026-11-25)"


def _zones(request: Request) -> list[str]:
    zones = request.known("zones")
    return [str(zone) for zone in zones] if isinstance(zones, list) and not has_unknown(zones) else []


def _group(request: Request) -> Record | None:
    return request.world.get(next(parents(request.id)))


@rule("compute-zones-in-region", kind="static", code="LocationNotSupportAvailabilityZones",
      reads=("zones", "location"),
      source="learn.microsoft.com: Azure regions with availability zones; code as of network resources, not "
      "confirmed here")  # fmt: skip
def zones_in_region(request: Request) -> Iterator[Fault]:
    """A region has the zones that it has, and many have none."""
    region = regions().get(request.location)
    if region is None:
        return
    for zone in _zones(request):
        if zone not in region.zones:
            known = f"the zones {', '.join(region.zones)}" if region.zones else "no availability zones"
            yield Fault(f"zone {zone} was asked for, and {request.location} has {known}", "zones",
                        "leave zones out" if not region.zones else f"use {', '.join(region.zones)}")  # fmt: skip


@rule("compute-zones-kept", kind="lifecycle", code="PropertyChangeNotAllowed", reads=("zones",),
      source=f"Azure/azure-cli#22101; {GROUPS}; code not confirmed")  # fmt: skip
def zones_kept(request: Request) -> Iterator[Fault]:
    """Where something lies is said once, when it is made."""
    if request.old is None or has_unknown(request.old.body.get("zones")):
        return
    before = sorted(map(str, request.old.body.get("zones") or []))
    if sorted(_zones(request)) != before:
        yield Fault(f"{type_of(request.id)} {request.name} was made "
                    + (f"in zone {', '.join(before)}" if before else "without zones") + ", which can't change",
                    "zones", "make another one by another name")  # fmt: skip


@rule("capacity-reservation-one-zone", kind="static", code="InvalidParameter", reads=("zones",),
      source=f"{_SOURCE}; code not confirmed")  # fmt: skip
def reservation_in_one_zone(request: Request) -> Iterator[Fault]:
    """A reservation holds machines of one zone; the group may have more."""
    zones = _zones(request)
    if len(zones) > 1:
        yield Fault(f"a capacity reservation lies in one zone, and {len(zones)} are named", "zones",
                    "make one reservation for each zone")  # fmt: skip


@rule("capacity-reservation-zone-of-group", kind="cross-resource", code="InvalidParameter", reads=("zones",),
      source=f"{GROUPS}; code not confirmed")  # fmt: skip
def reservation_in_zones_of_group(request: Request) -> Iterator[Fault]:
    """A reservation's zone is one of its group's."""
    group = _group(request)
    if group is None or has_unknown(group.body.get("zones")):
        return
    held = [str(zone) for zone in group.body.get("zones") or []]
    for zone in _zones(request):
        if zone not in held:
            has = f"has the zones {', '.join(held)}" if held else "has no zones"
            yield Fault(f"the reservation is for zone {zone}, and its group {name_of(group.id)} {has}", "zones",
                        f"write zones: [{zone}, …] for the group, or another zone here")  # fmt: skip


@rule("capacity-reservation-region", kind="cross-resource", code="InvalidParameter", reads=("location",),
      source="learn.microsoft.com: Create a capacity reservation (checked 2026-11-25); code not confirmed")  # fmt: skip
def reservation_in_region_of_group(request: Request) -> Iterator[Fault]:
    """A reservation lies in the region of its group."""
    group = _group(request)
    region = None if group is None else group.body.get("location")
    if region is None or region is UNKNOWN or not request.location:
        return
    if normal_location(str(region)) != request.location:
        yield Fault(f"the reservation lies in {request.location} and its group in {region}", "location",
                    f"write {region}")  # fmt: skip


@rule("placement-group-one-zone", kind="static", code="InvalidParameter", reads=("zones",),
      source="Azure/azure-cli#22101; hashicorp/terraform-provider-azurerm#19675 (checked 2026-11-25); code not "
      "confirmed")  # fmt: skip
def placement_in_one_zone(request: Request) -> Iterator[Fault]:
    """A proximity placement group is a place in one data centre."""
    zones = _zones(request)
    if len(zones) > 1:
        yield Fault(f"a proximity placement group lies in one zone, and {len(zones)} are named", "zones", "keep one")


@rule("placement-group-zone-needs-intent", kind="static", code="InvalidParameter", reads=("zones", "intent"),
      source="Azure/azure-cli#22101 (checked 2026-11-25); code not confirmed")  # fmt: skip
def placement_zone_needs_intent(request: Request) -> Iterator[Fault]:
    """A zone is chosen for the sizes that shall find room there."""
    if _zones(request) and not request.known("intent.vmSizes"):
        yield Fault("a zone of a proximity placement group needs the sizes that are meant for it", "zones",
                    "write intent: {vmSizes: […]}, or leave zones out")  # fmt: skip
