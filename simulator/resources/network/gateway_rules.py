"""What Azure refuses about VPN and ExpressRoute gateways, the sites behind them and their connections."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from simulator.ids import name_of
from simulator.model import Request
from simulator.resources.network.addresses import address, meant, prefixes, ranges_of
from simulator.resources.network.bastion_rules import ip_configurations
from simulator.rule import Fault, rule
from simulator.values import at

_SUBNET: Final = "GatewaySubnet"
_NOT_ZONAL = re.compile(r"^VpnGw[1-5]$")
_ZONAL = re.compile(r"^VpnGw[1-5]AZ$")
_LONGEST_PREFIX: Final = 27
_DOCS: Final = "azure-docs:vpn-gateway-about-vpn-gateway-settings.md (checked 2026-11-25; code not confirmed)"


@rule("net-gateway-subnet-name", kind="static", source=_DOCS)
def subnet_name(request: Request) -> Iterator[Fault]:
    """A gateway lies in the subnet GatewaySubnet."""
    for path, item in ip_configurations(request):
        subnet = at(item, "subnet.id")
        if isinstance(subnet, str) and name_of(subnet).lower() != _SUBNET.lower():
            yield Fault(
                f"a virtual network gateway lies in a subnet called {_SUBNET}, not in {name_of(subnet)}",
                f"{path}.subnet.id",
                f"make a subnet {_SUBNET} of /27 or larger",
            )


@rule("net-gateway-subnet-size", kind="cross-resource", source=_DOCS, reads=("sku.name",))
def subnet_size(request: Request) -> Iterator[Fault]:
    """The gateways' subnet is /27 or larger, but for a Basic gateway."""
    for path, item in ip_configurations(request) if request.known("sku.name", "Basic") != "Basic" else ():
        subnet_id = at(item, "subnet.id")
        subnet = request.world.get(subnet_id) if isinstance(subnet_id, str) else None
        for network in ranges_of(subnet.body) if subnet is not None else ():
            if network.version == 4 and network.prefixlen > _LONGEST_PREFIX:
                yield Fault(f"{_SUBNET} has the prefix {network}, which is too small", f"{path}.subnet.id", "use /27")


@rule(
    "net-gateway-sku-retired", kind="state", code="NonAzSkusNotAllowedForVPNGateway", quoted=True,
    source="public reports of NonAzSkusNotAllowedForVPNGateway since 2025-11-01 (checked 2026-11-25)",
    reads=("gatewayType", "sku.name"),
)  # fmt: skip
def zonal_sku(request: Request) -> Iterator[Fault]:
    """New VPN gateways have an AZ SKU, in every region."""
    sku = request.known("sku.name")
    if request.old is None and request.known("gatewayType") == "Vpn" and _NOT_ZONAL.match(str(sku)):
        yield Fault(
            "VpnGw1-5 non-AZ SKUs are no longer supported for VPN gateways. Only VpnGw1-5AZ SKUs can be created going "
            "forward.",
            "sku.name",
            f"use {sku}AZ, and public IP addresses with zones",
        )


@rule(
    "net-gateway-address-zones", kind="cross-resource", code="VmssVpnGatewayPublicIpsMustHaveZonesConfigured",
    source="public reports of VmssVpnGatewayPublicIpsMustHaveZonesConfigured (checked 2026-11-25)", quoted=True,
    reads=("gatewayType", "sku.name"),
)  # fmt: skip
def zonal_addresses(request: Request) -> Iterator[Fault]:
    """The addresses of a VPN gateway with an AZ SKU have zones."""
    if request.known("gatewayType") != "Vpn" or not _ZONAL.match(str(request.known("sku.name"))):
        return
    for path, item in ip_configurations(request):
        reference = at(item, "publicIPAddress.id")
        record = request.world.get(reference) if isinstance(reference, str) else None
        if record is not None and record.body.get("zones") in (None, []):
            yield Fault(
                "Standard Public IPs associated with VPN Gateways with AZ VPN skus must have zones configured.",
                f"{path}.publicIPAddress.id",
                f'give {name_of(record.id)} zones: ["1", "2", "3"]',
            )


@rule("net-gateway-active-active", kind="static", source=_DOCS, reads=("activeActive", "ipConfigurations"))
def two_addresses(request: Request) -> Iterator[Fault]:
    """An active-active gateway has two configurations."""
    listed = request.known("ipConfigurations", [])
    if request.at("activeActive") is True and isinstance(listed, list) and len(listed) < 2:
        yield Fault(
            f"an active-active gateway needs two ipConfigurations and has {len(listed)}",
            "ipConfigurations",
            "add a second one with a public IP address of its own, or leave activeActive out",
        )


@rule("net-gateway-policy-based", kind="static", source=_DOCS, reads=("gatewayType", "vpnType", "sku.name"))
def policy_based(request: Request) -> Iterator[Fault]:
    """A policy-based VPN gateway is Basic; the VPN type of another gateway says nothing."""
    is_vpn = request.known("gatewayType") == "Vpn"
    if is_vpn and request.known("vpnType") == "PolicyBased" and request.known("sku.name", "Basic") != "Basic":
        yield Fault("only a gateway of the SKU Basic is PolicyBased", "vpnType", "use RouteBased")


@rule("net-local-gateway-place", kind="static", source=_DOCS, reads=("gatewayIpAddress", "fqdn"))
def one_place(request: Request) -> Iterator[Fault]:
    """The site's device has an address or a name, not both."""
    text, name = request.known("gatewayIpAddress"), request.known("fqdn")
    if text and name:
        yield Fault("a local network gateway has a gatewayIpAddress or an fqdn", "fqdn", "leave one of the two out")
    if isinstance(text, str) and text and address(text) is None:
        yield Fault(f"gatewayIpAddress '{text}' is no IP address", "gatewayIpAddress", "write the device's address")


@rule("net-local-gateway-prefix", kind="static", source=_DOCS)
def site_ranges(request: Request) -> Iterator[Fault]:
    """The site's ranges are ranges."""
    path = "localNetworkAddressSpace.addressPrefixes"
    for text in prefixes(request.at(path)):
        if meant(text) is None:
            yield Fault(f"address prefix {text} is not in CIDR notation", path, "write an address and a length")


@rule("net-connection-other-end", kind="static", source=_DOCS, reads=("connectionType",))
def other_end(request: Request) -> Iterator[Fault]:
    """Each kind of connection has its own other end."""
    needed = {"IPsec": "localNetworkGateway2", "Vnet2Vnet": "virtualNetworkGateway2", "ExpressRoute": "peer"}
    member = needed.get(str(request.known("connectionType")))
    if member is not None and request.at(member) is None:
        yield Fault(
            f"a connection of the type {request.at('connectionType')} needs {member}",
            member,
            f"give {member}: {{id: …}}",
        )


GATEWAY_RULES: Final = (
    zonal_sku, zonal_addresses, subnet_name, subnet_size, two_addresses, policy_based,
)  # fmt: skip
SITE_RULES: Final = (one_place, site_ranges)
