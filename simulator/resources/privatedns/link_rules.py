"""What Azure refuses about the link of a private DNS zone to a virtual network."""

from __future__ import annotations

from collections.abc import Iterator
from http import HTTPStatus

from simulator.ids import key, name_of, parents
from simulator.model import Request
from simulator.rule import Fault, rule
from simulator.values import at


@rule(
    "pdns-link-vnet-id-has-newline", kind="static", source="Azure/azure-cli#23351", reads=("virtualNetwork.id",),
    quoted=True,
)  # fmt: skip
def clean_network_id(request: Request) -> Iterator[Fault]:
    """The id of the network has no white space in it, as a text read from a file may."""
    network = str(request.known("virtualNetwork.id", ""))
    if any(character.isspace() for character in network):
        yield Fault(
            f"Virtual network resource not found for '{network}'",
            "virtualNetwork.id",
            "take the id from the resource, or strip the text",
        )


@rule(
    "pdns-one-autoregistration-zone-per-vnet", kind="cross-resource", code="Conflict", status=HTTPStatus.CONFLICT,
    source="Azure/terraform-azurerm-caf-enterprise-scale#157", reads=("registrationEnabled", "virtualNetwork.id"),
    quoted=True,
)  # fmt: skip
def one_registration_zone(request: Request) -> Iterator[Fault]:
    """The machines of a network are registered in one zone."""
    network = request.known("virtualNetwork.id")
    if request.at("registrationEnabled") is not True or not isinstance(network, str):
        return
    for other in request.world.of_type("Microsoft.Network/privateDnsZones/virtualNetworkLinks"):
        taken = at(other.body, "virtualNetwork.id")
        if other.key == key(request.id) or other.body.get("registrationEnabled") is not True:
            continue
        if isinstance(taken, str) and key(taken) == key(network):
            yield Fault(
                "A virtual network can only be linked to 1 Private DNS zone(s) with auto-registration enabled; "
                f'conflicting Private DNS zone is "{name_of(next(parents(other.id)))}"',
                "registrationEnabled",
                "switch registration off in one of the two links",
            )


@rule(
    "pdns-link-same-namespace", kind="cross-resource", reads=("virtualNetwork.id",), quoted=True,
    source="MicrosoftDocs/azure-aks-docs#212; microsoft-foundry/foundry-samples#214",
)  # fmt: skip
def one_zone_of_a_name(request: Request) -> Iterator[Fault]:
    """A network sees one zone of a name, through one link."""
    network = request.known("virtualNetwork.id")
    own = name_of(next(parents(request.id)))
    for other in request.world.of_type("Microsoft.Network/privateDnsZones/virtualNetworkLinks"):
        taken, zone = at(other.body, "virtualNetwork.id"), name_of(next(parents(other.id)))
        same = isinstance(taken, str) and isinstance(network, str) and key(taken) == key(network)
        if other.key != key(request.id) and same and zone.lower() == own.lower():
            yield Fault(
                "A virtual network cannot be linked to multiple zones with overlapping namespaces. You tried to link "
                f"virtual network with '{own}' and '{zone}' zones.",
                "virtualNetwork.id",
                f"use the zone of link {other.id}, or remove that link first",
            )


@rule(
    "pdns-link-fallback-needs-privatelink", kind="static", reads=("resolutionPolicy",),
    source="learn.microsoft.com: PrivateDnsResolutionPolicy; azure/dns/private-dns-fallback (checked 2026-11-25; code "
    "not confirmed)",
)  # fmt: skip
def fallback(request: Request) -> Iterator[Fault]:
    """Only a privatelink zone falls back to the internet."""
    zone = name_of(next(parents(request.id))).lower()
    if request.known("resolutionPolicy") == "NxDomainRedirect" and "privatelink." not in zone:
        yield Fault(
            f"resolutionPolicy NxDomainRedirect is for privatelink zones; {zone} is none",
            "resolutionPolicy",
            "leave resolutionPolicy out",
        )
