"""What Azure refuses about a private endpoint: its group ids, its connections, its subnet."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, Final

from facts.private_link import private_links
from simulator.ids import looks_like_id, type_of
from simulator.model import UNKNOWN_TEXT, Request, normal_location
from simulator.rule import Fault, rule
from simulator.values import UNKNOWN

# Services of our own behind a load balancer, and application gateways, have no group ids of Azure's.
_NOT_FIRST_PARTY: Final = ("microsoft.network/",)
# Types whose group ids the table of facts does not list in full: other APIs of Cosmos DB, the slots of a site.
_LISTED_IN_PART: Final = frozenset({"microsoft.documentdb/databaseaccounts", "microsoft.web/sites"})
_MESSAGE_LENGTH: Final = 140


def connections_of(request: Request) -> Iterator[tuple[str, Mapping[str, Any]]]:
    """Every connection with its dotted path, automatic ones first."""
    for member in ("privateLinkServiceConnections", "manualPrivateLinkServiceConnections"):
        listed = request.at(member)
        for index, item in enumerate(listed if isinstance(listed, list) else ()):
            if isinstance(item, Mapping):
                yield f"{member}.{index}", item


def _target(connection: Mapping[str, Any]) -> tuple[str, str, list[str]] | None:
    """The id and lower-case type of what a connection leads to, and its group ids; `None` while not known."""
    target, groups = connection.get("privateLinkServiceId"), connection.get("groupIds")
    if not isinstance(target, str) or not looks_like_id(target) or not isinstance(groups, list):
        return None
    if not all(isinstance(group, str) for group in groups):
        return None
    return target, type_of(target).lower(), groups


@rule(
    "net-pe-one-group-id", kind="static", code="OnlyOneGroupIdPermitted", quoted=True,
    source="DFE-Digital/terraform-azurerm-container-apps-hosting#352",
)  # fmt: skip
def one_group_id(request: Request) -> Iterator[Fault]:
    """A first-party resource takes one group id a connection."""
    for path, connection in connections_of(request):
        found = _target(connection)
        if found is None or found[1].startswith(_NOT_FIRST_PARTY) or len(found[2]) <= 1:
            continue
        yield Fault(
            f"Private link service connection {request.id}/{path.split('.')[0]}/{connection.get('name')} has the "
            f"following group Ids: {', '.join(found[2])}. Only one group Id is permitted when connecting to a "
            f"first-party resource ({found[0]}).",
            f"{path}.groupIds",
            "make a private endpoint for each group id",
        )


@rule(
    "net-pe-group-id-wrong-for-target", kind="static",
    source="hashicorp/terraform-provider-azurerm#11778; azure-docs:private-link/private-endpoint-dns.md (2023-10-11)",
)  # fmt: skip
def group_id_fits(request: Request) -> Iterator[Fault]:
    """The group id is one of those that the type of the target has."""
    for path, connection in connections_of(request):
        found = _target(connection)
        if found is None or found[1] in _LISTED_IN_PART:
            continue
        valid = [link.group_id for link in private_links().values() if link.resource_type.lower() == found[1]]
        for group in found[2]:
            if valid and group.lower() not in {each.lower() for each in valid}:
                yield Fault(
                    f"{type_of(found[0])} has no group id '{group}'",
                    f"{path}.groupIds",
                    f"use one of {', '.join(valid)}",
                )


@rule(
    "net-pe-request-message", kind="static",
    source="azure-rest-api-specs:network/privateEndpoint.json, requestMessage (2024-05-01)",
)  # fmt: skip
def short_message(request: Request) -> Iterator[Fault]:
    """The message to the owner of the target has at most 140 characters."""
    for path, connection in connections_of(request):
        text = connection.get("requestMessage")
        if isinstance(text, str) and UNKNOWN_TEXT not in text and len(text) > _MESSAGE_LENGTH:
            yield Fault(
                f"the request message has {len(text)} characters and may have {_MESSAGE_LENGTH}",
                f"{path}.requestMessage",
                "shorten it",
            )


@rule(
    "net-pe-in-delegated-subnet", kind="cross-resource", code="PrivateEndpointCreationNotAllowedAsSubnetIsDelegated",
    source="MicrosoftDocs/azure-docs#94633", reads=("subnet.id",),
)  # fmt: skip
def undelegated_subnet(request: Request) -> Iterator[Fault]:
    """A subnet that is delegated to a service takes no private endpoints."""
    subnet = request.world.get(str(request.known("subnet.id", "")))
    delegations = subnet.body.get("delegations") if subnet is not None else None
    for item in delegations if isinstance(delegations, list) else ():
        if isinstance(item, Mapping) and item.get("serviceName") not in (None, UNKNOWN):
            yield Fault(
                f"subnet {request.at('subnet.id')} is delegated to {item['serviceName']} and can't hold a private "
                "endpoint",
                "subnet.id",
                "use a subnet without delegations",
            )


@rule(
    "net-pe-region-of-subnet", kind="cross-resource", code="InvalidResourceReference",
    source="azure-docs:private-link/private-endpoint-overview.md (not re-read)", reads=("subnet.id", "location"),
)  # fmt: skip
def region_of_subnet(request: Request) -> Iterator[Fault]:
    """A private endpoint lies in the region of its virtual network."""
    network = request.world.get(str(request.known("subnet.id", "")).rpartition("/subnets/")[0])
    location = network.body.get("location") if network is not None else None
    if network is None or not isinstance(location, str) or not request.location:
        return
    if normal_location(location) != request.location:
        yield Fault(
            f"the private endpoint is in {request.location}, its virtual network {network.id} in {location}",
            "location",
            f"put the private endpoint into {location}; its target may lie elsewhere",
        )
