"""What Azure refuses about the availability zones of a network resource."""

from __future__ import annotations

from collections.abc import Iterator

from facts.regions import regions
from simulator.ids import type_of
from simulator.model import Request
from simulator.rule import Fault, rule


@rule(
    "net-zones-in-region", kind="static", code="LocationNotSupportAvailabilityZones", quoted=True,
    source="Azure-Samples/azure-nvidia-robotics-reference-architecture#182; Azure/Azure-Landing-Zones#425",
    reads=("location", "zones"),
)  # fmt: skip
def zones_in_region(request: Request) -> Iterator[Fault]:
    """Zones are named only where the region has some."""
    region = regions().get(request.location)
    if request.known("zones") and region is not None and not region.zones:
        yield Fault(
            f"The resource '{type_of(request.id)}/{request.name}' does not support availability zones at location "
            f"'{request.location}'.",
            "zones",
            f"leave zones out in {request.location}",
        )


@rule(
    "net-zones-kept", kind="lifecycle", code="ResourceAvailabilityZonesCannotBeModified", reads=("zones",),
    source="azure-sdk-for-java: PublicIPAddressImpl.withAvailabilityZone; reports of zones left out of an update "
    "(checked 2026-11-25)",
)  # fmt: skip
def zones_kept(request: Request) -> Iterator[Fault]:
    """A zonal resource stays in its zones: leaving them out asks for a regional one."""
    before = request.old.body.get("zones") if request.old is not None else None
    if before and not request.known("zones"):
        yield Fault(
            f"resource {request.id} has the availability zones {', '.join(map(str, before))} and can't lose them",
            "zones",
            f"write zones: [{', '.join(map(str, before))}] again",
        )
