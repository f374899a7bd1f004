"""Egress: how traffic leaves the spoke, and the resources that carry it.

Owns the four choices, the NAT gateway and the route table. Does not own the subnets that use them
(`components.network.network`) or the spoke's own firewall (`components.network.firewall`).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from ipaddress import IPv4Address

from pulumi import Input, ResourceOptions
from pulumi_azure_native import network

from components import naming
from components.network.firewall import FirewallChoice
from components.observability.diagnostic_setting import send_diagnostics
from components.placement import Placement


@dataclass(frozen=True, kw_only=True)
class NatEgress:
    """Egress through a NAT gateway. `public_ip_zones`: every zone of the region, empty where it has none."""

    public_ip_count: int
    public_ip_zones: tuple[str, ...]
    idle_timeout_minutes: int


@dataclass(frozen=True, kw_only=True)
class FirewallEgress:
    """Egress through the hub's firewall, and the hub to peer with (None: someone else peers).

    `hub_gateway`: routes of the hub's VPN or ExpressRoute gateway are taken, so that answers find people behind it.
    """

    next_hop: IPv4Address
    hub_vnet_id: str | None
    hub_gateway: bool = False


@dataclass(frozen=True, kw_only=True)
class OwnFirewallEgress:
    """Egress through a firewall of the spoke's own. A hub may be peered with all the same: people come from there."""

    choice: FirewallChoice
    hub_vnet_id: str | None = None
    hub_gateway: bool = False


@dataclass(frozen=True, kw_only=True)
class NoEgress:
    """No way out: what is needed comes through private endpoints."""


Egress = NatEgress | FirewallEgress | OwnFirewallEgress | NoEgress


def outbound_type(egress: Egress) -> str:
    """How AKS must be told that traffic leaves: it has to match the subnets."""
    if isinstance(egress, NatEgress):
        return "userAssignedNATGateway"
    return "none" if isinstance(egress, NoEgress) else "userDefinedRouting"


@dataclass(frozen=True, kw_only=True)
class Place:
    """Where the resources go; `prefix` begins their logical names."""

    prefix: str
    placement: Placement
    resource_group_name: Input[str]
    log_workspace_id: Input[str]
    child: ResourceOptions

    @property
    def common(self) -> dict[str, Input[str] | Mapping[str, str]]:
        """Arguments of every regional resource."""
        p = self.placement
        return {"resource_group_name": self.resource_group_name, "location": p.region, "tags": p.tags}

    def log(self, key: str, resource_id: Input[str], resource_type: str) -> None:
        """Its diagnostic setting."""
        send_diagnostics(f"{self.prefix}-diag-{key}", resource_id, resource_type, self.log_workspace_id, self.child)


def nat_gateway(at: Place, egress: NatEgress) -> network.NatGateway:
    """The gateway and its addresses."""
    addresses = [_public_ip(at, number, egress) for number in range(1, egress.public_ip_count + 1)]
    return network.NatGateway(
        f"{at.prefix}-ng",
        nat_gateway_name=naming.named("ng", at.placement),
        sku=network.NatGatewaySkuArgs(name="Standard"),
        idle_timeout_in_minutes=egress.idle_timeout_minutes,
        public_ip_addresses=[network.SubResourceArgs(id=address.id) for address in addresses],
        opts=at.child,
        **at.common,
    )


def _public_ip(at: Place, number: int, egress: NatEgress) -> network.PublicIPAddress:
    """Numbered, not keyed: the addresses are alike, and the count only ever adds or drops the last ones."""
    address = network.PublicIPAddress(
        f"{at.prefix}-pip-{number}",
        public_ip_address_name=naming.named("pip", at.placement, "egress", str(number)),
        sku=network.PublicIPAddressSkuArgs(name="Standard", tier="Regional"),
        public_ip_allocation_method="Static",
        public_ip_address_version="IPv4",
        zones=list(egress.public_ip_zones) if egress.public_ip_zones else None,
        opts=at.child,
        **at.common,
    )
    at.log(f"pip-{number}", address.id, "Microsoft.Network/publicIPAddresses")
    return address


def route_table(at: Place, next_hop: Input[str]) -> network.RouteTable:
    """Everything that leaves goes to the firewall at `next_hop`."""
    return network.RouteTable(
        f"{at.prefix}-rt",
        route_table_name=naming.named("rt", at.placement),
        # A gateway's routes would win over the firewall for what they name.
        disable_bgp_route_propagation=True,
        routes=[
            network.RouteArgs(
                name="default-to-firewall",
                address_prefix="0.0.0.0/0",
                next_hop_type="VirtualAppliance",
                next_hop_ip_address=next_hop,
            )
        ],
        opts=at.child,
        **at.common,
    )
