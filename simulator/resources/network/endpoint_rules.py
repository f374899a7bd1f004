"""What Azure refuses about the connections and the subnet of a private endpoint."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, Final

from facts.private_link import PrivateLink, private_links
from simulator.ids import key, looks_like_id, name_of, type_of
from simulator.model import UNKNOWN_TEXT, Request, normal_location
from simulator.rule import Fault, rule
from simulator.store import Record
from simulator.values import UNKNOWN, has_unknown

# Services of our own behind a load balancer, and application gateways, have no group ids of Azure's.
_NOT_FIRST_PARTY: Final = ("microsoft.network/",)
# Types whose group ids the table of facts does not list in full: other APIs of Cosmos DB, the slots of a site.
_LISTED_IN_PART: Final = frozenset({"microsoft.documentdb/databaseaccounts", "microsoft.web/sites"})
_LISTS: Final = ("privateLinkServiceConnections", "manualPrivateLinkServiceConnections")
_ALIAS: Final = ".azure.privatelinkservice"
_MESSAGE_LENGTH: Final = 140


def connections_of(request: Request) -> Iterator[tuple[str, Mapping[str, Any]]]:
    """Every connection with its dotted path, automatic ones first."""
    for member in _LISTS:
        yield from _connections(request.at(member), member)


def _connections(listed: Any, member: str) -> Iterator[tuple[str, Mapping[str, Any]]]:
    for index, item in enumerate(listed if isinstance(listed, list) else ()):
        if isinstance(item, Mapping):
            yield f"{member}.{index}", item


def target_of(connection: Mapping[str, Any]) -> tuple[str, str, list[str]] | None:
    """The id and lower-case type of what a connection leads to, and its group ids; `None` while not known."""
    target, groups = connection.get("privateLinkServiceId"), connection.get("groupIds")
    if not isinstance(target, str) or not looks_like_id(target):
        return None
    if groups is not None and (not isinstance(groups, list) or not all(isinstance(group, str) for group in groups)):
        return None
    return target, type_of(target).lower(), groups or []


def links_of(arm_type: str) -> list[PrivateLink]:
    """The group ids that the table of facts has for a type; empty when it has none."""
    return [link for link in private_links().values() if link.resource_type.lower() == arm_type]


def subnet_of(request: Request) -> Mapping[str, Any] | None:
    """The subnet as it was last written, on its own or inside its network; `None` when it isn't here."""
    subnet_id = str(request.known("subnet.id", ""))
    found = request.world.get(subnet_id)
    if found is not None:
        return found.body
    network = network_of(request)
    inline = network.body.get("subnets") if network is not None else None
    for item in inline if isinstance(inline, list) else ():
        if isinstance(item, Mapping) and str(item.get("name")).lower() == name_of(subnet_id).lower():
            return item
    return None


def network_of(request: Request) -> Record | None:
    """The virtual network of the subnet, when it is here."""
    return request.world.get(str(request.known("subnet.id", "")).rpartition("/subnets/")[0])


@rule(
    "net-pe-connection-name", kind="static", code="InvalidRequestFormat", quoted=True,
    source="pulumi/pulumi-azure-native#4213; pulumi/pulumi-azure-nextgen#264",
)  # fmt: skip
def connections_are_named(request: Request) -> Iterator[Fault]:
    """A connection is a sub-resource and has a name; azure-native makes none up."""
    for path, connection in connections_of(request):
        if connection.get("name") in (None, ""):
            yield Fault("Cannot parse the request.", path, "give the connection a `name`")


@rule(
    "net-pe-alias-is-manual", kind="static",
    source="MicrosoftDocs/azure-docs:articles/private-link/private-endpoint-overview.md (checked 2026-11-25; code not "
    "confirmed)",
)  # fmt: skip
def aliases_ask_first(request: Request) -> Iterator[Fault]:
    """A service that is known by its alias belongs to somebody else, who has to approve."""
    for path, connection in _connections(request.at(_LISTS[0]), _LISTS[0]):
        target = connection.get("privateLinkServiceId")
        if isinstance(target, str) and target.lower().endswith(_ALIAS):
            yield Fault(
                f"{target} is an alias, and this connection would approve itself",
                path,
                f"list the connection under {_LISTS[1]}",
            )


@rule(
    "net-pe-target-is-a-part", kind="static", source="facts/private_link.yaml (code not confirmed)",
)  # fmt: skip
def target_is_whole(request: Request) -> Iterator[Fault]:
    """An endpoint leads to an account, server or namespace; its group id says to which part."""
    wholes = {link.resource_type.lower() for link in private_links().values()}
    for path, connection in connections_of(request):
        found = target_of(connection)
        parts = found[1].split("/") if found is not None else []
        if found is None or found[1] in wholes or found[1].startswith("microsoft.web/"):
            continue
        if "/".join(parts[:2]) in wholes and len(parts) > 2:
            yield Fault(
                f"{found[0]} is a {type_of(found[0])}, which takes no private endpoints",
                f"{path}.privateLinkServiceId",
                f"pass the id of the {'/'.join(type_of(found[0]).split('/')[:2])} that holds it",
            )


@rule(
    "net-pe-group-id-missing", kind="static", code="MissingParameterOnPrivateLinkServiceConnection", quoted=True,
    source="Azure/azure-cli#15136; hashicorp/terraform-provider-azurerm#9051",
)  # fmt: skip
def group_id_is_there(request: Request) -> Iterator[Fault]:
    """A connection to a service of Azure's says to which part of it."""
    for path, connection in connections_of(request):
        found = target_of(connection)
        if found is None or found[1].startswith(_NOT_FIRST_PARTY) or found[2]:
            continue
        listed = ", ".join(link.group_id for link in links_of(found[1]))
        yield Fault(
            f"Private link service connection {request.id}/{path.split('.')[0]}/{connection.get('name')} is missing "
            "required parameter 'group Id'.",
            f"{path}.groupIds",
            f"name the group id: one of {listed}" if listed else "name the group id of the target",
        )


@rule(
    "net-pe-one-group-id", kind="static", code="OnlyOneGroupIdPermitted", quoted=True,
    source="DFE-Digital/terraform-azurerm-container-apps-hosting#352",
)  # fmt: skip
def one_group_id(request: Request) -> Iterator[Fault]:
    """A first-party resource takes one group id a connection."""
    for path, connection in connections_of(request):
        found = target_of(connection)
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
    source="hashicorp/terraform-provider-azurerm#11778, #12578; facts/private_link.yaml",
)  # fmt: skip
def group_id_fits(request: Request) -> Iterator[Fault]:
    """The group id is one of those that the type of the target has."""
    for path, connection in connections_of(request):
        found = target_of(connection)
        links = links_of(found[1]) if found is not None and found[1] not in _LISTED_IN_PART else []
        for group in found[2] if found is not None and links else ():
            if not any(link.is_spelled(group) for link in links):
                yield Fault(
                    f"Call to {type_of(found[0]) if found else ''} failed. Error message: Invalid groupId '{group}'",
                    f"{path}.groupIds",
                    f"use one of {', '.join(link.group_id for link in links)}",
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
    "net-pe-connection-cannot-change", kind="lifecycle", code="CannotChangePrivateLinkConnectionOnPrivateEndpoint",
    source="Azure/bicep-registry-modules#7285, #1513; Azure/bicep#10483", quoted=True,
)  # fmt: skip
def connections_stay(request: Request) -> Iterator[Fault]:
    """A connection keeps its name, its target and its group id as long as the endpoint lives."""
    before = dict(_identities(request.old.body)) if request.old is not None else {}
    now = dict(_identities(request.inputs))
    if has_unknown([request.at(member) for member in _LISTS]):
        return
    for path, identity in before.items():
        if now.get(path) == identity:
            continue
        member, name = path.split(".")[0], identity[0]
        yield Fault(
            f"Cannot change the private link connection on private endpoint {request.id}. Please ensure you are not "
            f"updating the details of existing private link connection: '{request.id}/{member}/{name}'. That is not "
            "allowed.",
            member,
            "put the old connection back, or replace the endpoint (`replace_on_changes`, or another name)",
        )


def _identities(body: Mapping[str, Any]) -> Iterator[tuple[str, tuple[str, str, tuple[str, ...]]]]:
    """What can't change of each connection, without case, by its path."""
    for member in _LISTS:
        for path, item in _connections(body.get(member), member):
            groups = item.get("groupIds")
            listed = tuple(str(group).lower() for group in groups) if isinstance(groups, list) else ()
            yield path, (str(item.get("name")), key(str(item.get("privateLinkServiceId"))), listed)


@rule(
    "net-pe-in-delegated-subnet", kind="cross-resource", code="PrivateEndpointCreationNotAllowedAsSubnetIsDelegated",
    source="learn.microsoft.com private-link/troubleshoot-private-endpoint-creation-failed (2026-06-12); "
    "MicrosoftDocs/azure-docs#94633, #47048", reads=("subnet.id",),
)  # fmt: skip
def undelegated_subnet(request: Request) -> Iterator[Fault]:
    """A subnet that is delegated to a service, whichever it is, takes no new private endpoint.

    Endpoints that were there before the delegation stay, and may be written again.
    """
    delegations = (subnet_of(request) or {}).get("delegations") if request.old is None else None
    for item in delegations if isinstance(delegations, list) else ():
        if isinstance(item, Mapping) and item.get("serviceName") not in (None, UNKNOWN):
            yield Fault(
                f"Private endpoint {request.id} cannot be created as subnet {request.at('subnet.id')} is delegated "
                f"(to {item['serviceName']})",
                "subnet.id",
                "use a subnet without delegations",
            )


@rule(
    "net-pe-region-of-subnet", kind="cross-resource", code="InvalidResourceReference",
    source="MicrosoftDocs/azure-docs:articles/private-link/private-endpoint-overview.md (checked 2026-11-25)",
    reads=("subnet.id", "location"),
)  # fmt: skip
def region_of_subnet(request: Request) -> Iterator[Fault]:
    """A private endpoint lies in the region of its virtual network; what it leads to may lie elsewhere."""
    network = network_of(request)
    location = network.body.get("location") if network is not None else None
    if network is None or not isinstance(location, str) or not request.location:
        return
    if normal_location(location) != request.location:
        yield Fault(
            f"the private endpoint is in {request.location}, its virtual network {network.id} in {location}",
            "location",
            f"put the private endpoint into {location}; its target may lie elsewhere",
        )
