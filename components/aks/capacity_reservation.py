"""Capacity reservation: machines of one size that Azure keeps free for one pool, in use or not.

Owns the group and a reservation for each zone. Does not own the pool that uses them, nor the right of the cluster to
do so (`components.identity.access`).
"""

from __future__ import annotations

from dataclasses import dataclass

from pulumi import ComponentResource, Input, Output, Resource, ResourceOptions
from pulumi_azure_native import compute

from components import naming
from components.placement import Placement
from components.problems import refuse


@dataclass(frozen=True, kw_only=True)
class CapacityReservationArgs:
    """`nodes` in all; spread over `zones`, the first ones getting one more. No zones: a regional reservation."""

    placement: Placement
    resource_group_name: Input[str]
    purpose: str
    vm_size: str
    nodes: int
    zones: tuple[str, ...]


def problems(args: CapacityReservationArgs) -> list[str]:
    """Every reason why Azure would refuse the reservation, or a zone would have none."""
    least = max(len(args.zones), 1)
    return [f"{args.nodes} reserved nodes for {least} zones: needs one in each"] if args.nodes < least else []


def by_zone(args: CapacityReservationArgs) -> dict[str | None, int]:
    """How many nodes each zone keeps: a reservation lies in one zone."""
    if not args.zones:
        return {None: args.nodes}
    whole, rest = divmod(args.nodes, len(args.zones))
    return {zone: whole + (place < rest) for place, zone in enumerate(args.zones)}


class CapacityReservation(ComponentResource):
    """Group and reservations."""

    group_id: Output[str]

    def __init__(self, name: str, args: CapacityReservationArgs, opts: ResourceOptions | None = None) -> None:
        super().__init__("platform:capacity_reservation:CapacityReservation", name, {}, opts)
        refuse(name, problems(args))
        group = compute.CapacityReservationGroup(
            f"{name}-crg",
            capacity_reservation_group_name=naming.named("crg", args.placement, args.purpose),
            resource_group_name=args.resource_group_name,
            location=args.placement.region,
            zones=list(args.zones) if args.zones else None,
            tags=args.placement.tags,
            opts=ResourceOptions(parent=self),
        )
        made = [
            _reservation(f"{name}-{_part(zone)}", args, group.name, zone, nodes, self)
            for zone, nodes in by_zone(args).items()
        ]
        # Known only once every reservation stands: a pool that starts before them would find the group empty.
        self.group_id = Output.all(group.id, *[each.id for each in made])[0]
        self.register_outputs({"group_id": self.group_id})


def _part(zone: str | None) -> str:
    return "regional" if zone is None else f"zone-{zone}"


def _reservation(
    name: str, args: CapacityReservationArgs, group: Input[str], zone: str | None, nodes: int, parent: Resource
) -> compute.CapacityReservation:
    return compute.CapacityReservation(
        name,
        capacity_reservation_name=naming.named("cr", args.placement, args.purpose, _part(zone)),
        capacity_reservation_group_name=group,
        resource_group_name=args.resource_group_name,
        location=args.placement.region,
        sku=compute.SkuArgs(name=args.vm_size, capacity=nodes),
        zones=None if zone is None else [zone],
        tags=args.placement.tags,
        opts=ResourceOptions(parent=parent),
    )
