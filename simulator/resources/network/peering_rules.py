"""What Azure refuses about one direction of a peering."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final

from simulator.ids import key, parents
from simulator.model import Request
from simulator.resources.network.addresses import overlap, space_of
from simulator.resources.network.vnet_rules import peers
from simulator.rule import Fault, rule
from simulator.store import Record
from simulator.values import at

PEERINGS: Final = "Microsoft.Network/virtualNetworks/virtualNetworkPeerings"
# What a network needs for `useRemoteGateways` of its peers: a gateway, or a route server.
_GATEWAYS: Final = ("Microsoft.Network/virtualNetworkGateways", "Microsoft.Network/virtualHubs")
_REMOTE: Final = "remoteVirtualNetwork.id"
_DOCS: Final = "azure-docs:virtual-network/virtual-network-manage-peering.md (checked 2026-11-25; code not confirmed)"


def _remote(request: Request) -> Record | None:
    found = request.known(_REMOTE)
    return request.world.get(found) if isinstance(found, str) else None


def _local(request: Request) -> str:
    return next(parents(request.id))


@rule("net-peering-with-itself", kind="static", source=_DOCS, reads=(_REMOTE,))
def another_network(request: Request) -> Iterator[Fault]:
    """A network isn't peered with itself."""
    remote = request.known(_REMOTE)
    if isinstance(remote, str) and key(remote) == key(_local(request)):
        yield Fault(
            f"peering {request.id} leads from a virtual network to itself",
            "remoteVirtualNetwork",
            "name the other network",
        )


@rule(
    "net-peering-address-overlap", kind="cross-resource", code="VnetAddressSpacesOverlap", quoted=True,
    source="mddazure/subnet-peering:README.md", reads=(_REMOTE,),
)  # fmt: skip
def disjoint(request: Request) -> Iterator[Fault]:
    """Two networks can't be peered while their address spaces overlap."""
    local, remote = request.world.get(_local(request)), _remote(request)
    if local is None or remote is None or local.key == remote.key or request.at("peerCompleteVnets") is False:
        return
    if met := overlap(space_of(local.body), space_of(remote.body)):
        yield Fault(
            f"Cannot create or update peering {request.id}. Virtual networks {local.id} and {remote.id} cannot be "
            f"peered because their address spaces overlap. Overlapping address prefixes: {met[0]}, {met[1]}",
            "remoteVirtualNetwork",
            "give one of the two networks another address space",
        )


@rule(
    "net-peering-overlap-with-peer", kind="cross-resource", code="VnetAddressSpaceOverlapsWithAlreadyPeeredVnet",
    source="kyma-project/cloud-manager:pkg/kcp/provider/azure/meta (checked 2026-11-25)", reads=(_REMOTE,),
)  # fmt: skip
def disjoint_from_peers(request: Request) -> Iterator[Fault]:
    """A network can't be peered with two networks of the same addresses."""
    local, remote = request.world.get(_local(request)), _remote(request)
    if local is None or remote is None or request.at("peerCompleteVnets") is False:
        return
    for other in peers(request, local.id):
        if other.key in (local.key, remote.key):
            continue
        if met := overlap(space_of(remote.body), space_of(other.body)):
            yield Fault(
                f"cannot create or update peering {request.id}: the address space of {remote.id} overlaps with that of "
                f"{other.id}, which is already peered with {local.id} ({met[0]}, {met[1]})",
                "remoteVirtualNetwork",
                "give one of the two networks another address space, or remove the other peering first",
            )


@rule(
    "net-peering-twice", kind="cross-resource", code="AnotherPeeringAlreadyReferencesRemoteVnet",
    source="kyma-project/cloud-manager:pkg/kcp/provider/azure/meta (checked 2026-11-25)", reads=(_REMOTE,),
)  # fmt: skip
def once(request: Request) -> Iterator[Fault]:
    """Two networks have one peering in each direction."""
    remote = request.known(_REMOTE)
    for other in _siblings(request):
        theirs: Any = at(other.body, _REMOTE)
        if isinstance(remote, str) and isinstance(theirs, str) and key(theirs) == key(remote):
            yield Fault(
                f"peering {other.id} already references remote virtual network {remote}; a second one can't",
                "remoteVirtualNetwork",
                f"change {other.id} instead",
            )


def _siblings(request: Request) -> Iterator[Record]:
    """The other peerings of the local network."""
    for record in request.world.below(_local(request)):
        if record.type.lower() == PEERINGS.lower() and record.key != key(request.id):
            yield record


@rule(
    "net-peering-remote-gateway-missing", kind="cross-resource", code="RemoteVnetHasNoGateways", quoted=True,
    source="hashicorp/terraform#30569; Azure/terraform-azurerm-lz-vending#398", reads=(_REMOTE, "useRemoteGateways"),
)  # fmt: skip
def remote_gateway(request: Request) -> Iterator[Fault]:
    """Who uses the gateways of the other network needs one there, made before."""
    remote = _remote(request)
    uses = request.at("useRemoteGateways") is True and request.at("doNotVerifyRemoteGateways") is not True
    if uses and remote is not None and not _has_gateway(request, remote.id):
        yield Fault(
            f"Peering {request.id} cannot have UseRemoteGateway flag set to true because remote virtual network "
            f"{remote.id} referenced by the peering does not have any gateways.",
            "useRemoteGateways",
            "make the gateway first and let this peering depend on it, or leave useRemoteGateways out",
        )


def _has_gateway(request: Request, network: str) -> bool:
    wanted = f"{key(network)}/subnets/"
    return any(wanted in str(record.body).lower() for kind in _GATEWAYS for record in request.world.of_type(kind))


@rule(
    "net-peering-remote-transit", kind="cross-resource",
    source="hashicorp/terraform-provider-azurerm#2872 (code not confirmed)", reads=(_REMOTE, "useRemoteGateways"),
)  # fmt: skip
def remote_transit(request: Request) -> Iterator[Fault]:
    """The other direction, where it is there, allows the transit."""
    remote = _remote(request)
    if request.at("useRemoteGateways") is not True or remote is None:
        return
    for record in request.world.below(remote.id):
        back: Any = at(record.body, _REMOTE)
        leads_here = record.type.lower() == PEERINGS.lower() and isinstance(back, str)
        allowed = record.body.get("allowGatewayTransit")
        if leads_here and key(str(back)) == key(_local(request)) and allowed in (None, False):
            yield Fault(
                f"{request.id} cannot have UseRemoteGateways flag set to true, because corresponding remote peering "
                "has AllowGatewayTransit flag set to false.",
                "useRemoteGateways",
                f"set allowGatewayTransit on {record.id} first",
            )


@rule("net-peering-uses-own-gateway", kind="cross-resource", source=_DOCS, reads=("useRemoteGateways",))
def no_gateway_of_its_own(request: Request) -> Iterator[Fault]:
    """A network with a gateway of its own doesn't use that of another."""
    if request.at("useRemoteGateways") is True and _has_gateway(request, _local(request)):
        yield Fault(
            f"virtual network {_local(request)} has a gateway of its own and can't use remote gateways",
            "useRemoteGateways",
            "leave useRemoteGateways out",
        )


@rule("net-peering-one-remote-gateway", kind="cross-resource", source=_DOCS, reads=("useRemoteGateways",))
def one_remote_gateway(request: Request) -> Iterator[Fault]:
    """One peering of a network uses remote gateways."""
    for other in _siblings(request) if request.at("useRemoteGateways") is True else ():
        if other.body.get("useRemoteGateways") is True:
            yield Fault(
                f"peering {other.id} uses remote gateways already; one peering of a network may",
                "useRemoteGateways",
                "leave useRemoteGateways out of one of the two",
            )


RULES: Final = (
    another_network,
    once,
    disjoint,
    disjoint_from_peers,
    remote_gateway,
    remote_transit,
    no_gateway_of_its_own,
    one_remote_gateway,
)
