"""Private endpoint: one service's address inside the spoke, and its DNS records.

Owns the endpoint and its zone group. Does not own zones (`components.network.private_dns`) or the service behind it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from pulumi import ComponentResource, Input, Output, Resource, ResourceOptions
from pulumi_azure_native import network

from components import naming
from components.placement import Placement
from components.problems import refuse
from facts.private_link import private_link


@dataclass(frozen=True, kw_only=True)
class PrivateAccess:
    """Where endpoints go: the same for every service of one spoke. `zone_ids` by zone name.

    `writes_records` False: a policy of the landing zone gives each endpoint its zone group, and a second is refused.
    """

    resource_group_name: Input[str]
    subnet_id: Input[str]
    zone_ids: Mapping[str, Input[str]]
    writes_records: bool = True


@dataclass(frozen=True, kw_only=True)
class PrivateEndpointArgs:
    """`link` is the resource type and group id of the target; `target` its name within the platform, for names.

    `after`: parts of the target that must stand first, or the endpoint would get no address for them.
    """

    placement: Placement
    access: PrivateAccess
    link: tuple[str, str]
    target: str
    target_id: Input[str]
    after: Sequence[Resource] = ()


def problems(args: PrivateEndpointArgs) -> list[str]:
    """Every zone of the group that the platform does not have; without its record the public address is used."""
    return [
        f"private DNS zone {zone} is missing, so {args.target} would resolve to its public address"
        for zone in private_link(*args.link).zones_in(args.placement.region)
        if args.access.writes_records and zone not in args.access.zone_ids
    ]


class PrivateEndpoint(ComponentResource):
    """Endpoint with its zone group."""

    endpoint_id: Output[str]

    def __init__(self, name: str, args: PrivateEndpointArgs, opts: ResourceOptions | None = None) -> None:
        super().__init__("platform:private_endpoint:PrivateEndpoint", name, {}, opts)
        refuse(name, problems(args))
        child = ResourceOptions(parent=self)
        waiting = ResourceOptions(parent=self, depends_on=list(args.after))
        endpoint = _endpoint(f"{name}-pe", args, waiting)
        if args.access.writes_records:
            _zone_group(f"{name}-pe-zones", args, endpoint, child)
        self.endpoint_id = endpoint.id
        self.register_outputs({"endpoint_id": self.endpoint_id})


def _endpoint(name: str, args: PrivateEndpointArgs, opts: ResourceOptions) -> network.PrivateEndpoint:
    group = args.link[1]
    return network.PrivateEndpoint(
        name,
        private_endpoint_name=naming.named("pe", args.placement, args.target, group),
        custom_network_interface_name=naming.named("nic", args.placement, args.target, group),
        resource_group_name=args.access.resource_group_name,
        location=args.placement.region,
        # Not SubnetArgs: it would add policies of its own to what is only a reference.
        subnet={"id": args.access.subnet_id},
        private_link_service_connections=[
            network.PrivateLinkServiceConnectionArgs(
                name=group, private_link_service_id=args.target_id, group_ids=[group]
            )
        ],
        tags=args.placement.tags,
        opts=opts,
    )


def _zone_group(
    name: str, args: PrivateEndpointArgs, endpoint: network.PrivateEndpoint, opts: ResourceOptions
) -> network.PrivateDnsZoneGroup:
    zones = private_link(*args.link).zones_in(args.placement.region)
    return network.PrivateDnsZoneGroup(
        name,
        # Azure's portal and policies use this name; another one would make them add a second group.
        private_dns_zone_group_name="default",
        private_endpoint_name=endpoint.name,
        resource_group_name=args.access.resource_group_name,
        private_dns_zone_configs=[
            network.PrivateDnsZoneConfigArgs(
                name=zone.replace(".", "-"), private_dns_zone_id=args.access.zone_ids[zone]
            )
            for zone in zones
        ],
        opts=opts,
    )


def endpoints(
    parent: Resource,
    name: str,
    placement: Placement,
    access: PrivateAccess,
    target: str,
    target_id: Input[str],
    links: tuple[tuple[str, str], ...],
    *,
    after: Sequence[Resource] = (),
) -> list[PrivateEndpoint]:
    """One endpoint per link of one service, as children of `parent`."""
    return [
        PrivateEndpoint(
            f"{name}-{link[1]}",
            PrivateEndpointArgs(
                placement=placement, access=access, link=link, target=target, target_id=target_id, after=after
            ),
            ResourceOptions(parent=parent),
        )
        for link in links
    ]
