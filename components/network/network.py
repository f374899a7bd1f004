"""Spoke network: one VNet, its subnets with their security groups, and how traffic leaves it.

Does not create the peering from the hub back to the spoke: that needs rights on the hub, so the hub's owner creates
it. Subnets are resources of their own, never inline: an inline list and separate subnets delete each other.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from ipaddress import IPv4Address

from pulumi import ComponentResource, Input, Output, ResourceOptions
from pulumi_azure_native import network

from components import naming
from components.network import network_plan
from components.network.egress import (
    Egress,
    FirewallEgress,
    NatEgress,
    OwnFirewallEgress,
    Place,
    nat_gateway,
    outbound_type,
    route_table,
)
from components.network.firewall import Firewall, FirewallArgs, choice_problems
from components.network.network_plan import EGRESS_SUBNETS, AddressPlan
from components.network.security_rule import Rule
from components.network.security_rules import rules_of
from components.placement import Placement
from components.problems import refuse
from facts.subnets import SUBNETS


@dataclass(frozen=True, kw_only=True)
class NetworkArgs:
    """Addresses are plain data: counts and names of subnets and rules must be known at preview."""

    placement: Placement
    resource_group_name: Input[str]
    addresses: AddressPlan
    egress: Egress
    log_workspace_id: Input[str]


def problems(args: NetworkArgs) -> list[str]:
    """Every reason why the network can't be built."""
    found = network_plan.problems(args.addresses)
    if isinstance(args.egress, NatEgress) and not 1 <= args.egress.public_ip_count <= 16:
        found.append(f"{args.egress.public_ip_count} public IPs: a NAT gateway takes 1 to 16")
    if isinstance(args.egress, OwnFirewallEgress):
        found += choice_problems(args.egress.choice)
        if "firewall" not in args.addresses.subnets:
            found.append("the spoke's own firewall has no subnet `firewall`")
    return found


class Network(ComponentResource):
    """VNet, subnets, security groups, egress."""

    vnet_id: Output[str]
    subnet_ids: Mapping[str, Output[str]]
    outbound_type: str
    """How AKS must be told that traffic leaves: it has to match the subnets."""

    def __init__(self, name: str, args: NetworkArgs, opts: ResourceOptions | None = None) -> None:
        super().__init__("platform:network:Network", name, {}, opts)
        refuse(name, problems(args))
        self._prefix, self._args = name, args
        self._child = ResourceOptions(parent=self)
        self._at = Place(
            prefix=name,
            placement=args.placement,
            resource_group_name=args.resource_group_name,
            log_workspace_id=args.log_workspace_id,
            child=self._child,
        )
        vnet = self._vnet()
        subnets = self._subnets(vnet)
        # After the last subnet: a peering is a write on the VNet too.
        self._peering(vnet, ResourceOptions(parent=self, depends_on=list(subnets.values())))
        self.vnet_id = vnet.id
        self.subnet_ids = {key: subnet.id for key, subnet in subnets.items()}
        self.outbound_type = outbound_type(args.egress)
        self.register_outputs({"vnet_id": self.vnet_id, "subnet_ids": self.subnet_ids})

    def _vnet(self) -> network.VirtualNetwork:
        vnet = network.VirtualNetwork(
            f"{self._prefix}-vnet",
            virtual_network_name=naming.named("vnet", self._args.placement),
            address_space=network.AddressSpaceArgs(address_prefixes=[str(self._args.addresses.space)]),
            dhcp_options=_dns(self._args.addresses.dns_servers),
            # ARM lists the subnets in the VNet's answer; taking that for drift would delete them.
            opts=ResourceOptions(parent=self, ignore_changes=["subnets"]),
            **self._at.common,
        )
        self._at.log("vnet", vnet.id, "Microsoft.Network/virtualNetworks")
        return vnet

    def _subnets(self, vnet: network.VirtualNetwork) -> dict[str, network.Subnet]:
        egress, keys = self._args.egress, self._args.addresses.keys
        nat = nat_gateway(self._at, egress) if isinstance(egress, NatEgress) else None
        routes = route_table(self._at, str(egress.next_hop)) if isinstance(egress, FirewallEgress) else None
        made: dict[str, network.Subnet] = {}
        if isinstance(egress, OwnFirewallEgress):
            # The firewall stands before the first machine: nodes that can't leave never become ready.
            made["firewall"] = self._subnet("firewall", vnet, None, None, self._child)
            routes = route_table(self._at, self._firewall(made["firewall"].id, egress).private_address)
        for key in keys:
            if key in made:
                continue
            # One after another: ARM refuses a subnet while it writes another one of the same VNet.
            opts = ResourceOptions(parent=self, depends_on=list(made.values())[-1:])
            leaves = key in EGRESS_SUBNETS
            made[key] = self._subnet(key, vnet, nat if leaves else None, routes if leaves else None, opts)
        return {key: made[key] for key in keys}

    def _firewall(self, subnet_id: Input[str], egress: OwnFirewallEgress) -> Firewall:
        args = FirewallArgs(
            placement=self._args.placement,
            resource_group_name=self._args.resource_group_name,
            addresses=self._args.addresses,
            subnet_id=subnet_id,
            choice=egress.choice,
            log_workspace_id=self._args.log_workspace_id,
        )
        return Firewall(f"{self._prefix}-firewall", args, self._child)

    def _subnet(
        self,
        key: str,
        vnet: network.VirtualNetwork,
        nat: network.NatGateway | None,
        routes: network.RouteTable | None,
        opts: ResourceOptions,
    ) -> network.Subnet:
        traits = SUBNETS[key]
        nsg = self._security_group(key) if traits.security_group else None
        # A subnet that is handed to a service, or named for it: that service decides how it leaves.
        owned = traits.delegation is not None or traits.fixed_name is not None
        return network.Subnet(
            f"{self._prefix}-snet-{key}",
            subnet_name=traits.fixed_name or naming.subnet(key),
            virtual_network_name=vnet.name,
            resource_group_name=self._args.resource_group_name,
            address_prefix=str(self._args.addresses.subnets[key]),
            network_security_group=None if nsg is None else network.NetworkSecurityGroupArgs(id=nsg.id),
            nat_gateway=None if nat is None else network.SubResourceArgs(id=nat.id),
            route_table=None if routes is None else network.RouteTableArgs(id=routes.id),
            delegations=_delegations(traits.delegation),
            # Azure's implicit public address would be a way out that no rule names.
            default_outbound_access=None if owned else False,
            # Security groups bind private endpoints too; route tables don't, so that endpoints stay direct.
            private_endpoint_network_policies="NetworkSecurityGroupEnabled",
            private_link_service_network_policies="Enabled",
            opts=opts,
        )

    def _security_group(self, key: str) -> network.NetworkSecurityGroup:
        rules = rules_of(key, self._args.addresses, self._args.placement.region)
        nsg = network.NetworkSecurityGroup(
            f"{self._prefix}-nsg-{key}",
            network_security_group_name=naming.named("nsg", self._args.placement, key),
            security_rules=[_security_rule(rule) for rule in rules],
            opts=self._child,
            **self._at.common,
        )
        self._at.log(f"nsg-{key}", nsg.id, "Microsoft.Network/networkSecurityGroups")
        return nsg

    def _peering(self, vnet: network.VirtualNetwork, opts: ResourceOptions) -> None:
        egress = self._args.egress
        if not isinstance(egress, FirewallEgress | OwnFirewallEgress) or egress.hub_vnet_id is None:
            return
        network.VirtualNetworkPeering(
            f"{self._prefix}-peer-hub",
            virtual_network_peering_name="to-hub",
            virtual_network_name=vnet.name,
            resource_group_name=self._args.resource_group_name,
            remote_virtual_network=network.SubResourceArgs(id=egress.hub_vnet_id),
            allow_virtual_network_access=True,
            # What comes back from the firewall was forwarded by it.
            allow_forwarded_traffic=True,
            allow_gateway_transit=False,
            use_remote_gateways=egress.hub_gateway,
            opts=opts,
        )


def _dns(servers: tuple[IPv4Address, ...]) -> network.DhcpOptionsArgs | None:
    """None: Azure's own resolver, which knows the zones that are linked."""
    return network.DhcpOptionsArgs(dns_servers=[str(server) for server in servers]) if servers else None


def _delegations(service: str | None) -> list[network.DelegationArgs] | None:
    return None if service is None else [network.DelegationArgs(name="delegation", service_name=service)]


def _security_rule(rule: Rule) -> network.SecurityRuleArgs:
    """ARM has a singular and a plural form; a service tag or `*` is only valid in the singular one."""
    source, destination, port = _one(rule.sources), _one(rule.destinations), _one(rule.ports)
    return network.SecurityRuleArgs(
        name=rule.name,
        description=rule.why,
        direction=rule.direction,
        priority=rule.priority,
        access=rule.access,
        protocol=rule.protocol,
        source_port_range="*",
        source_address_prefix=source,
        source_address_prefixes=list(rule.sources) if source is None else None,
        destination_address_prefix=destination,
        destination_address_prefixes=list(rule.destinations) if destination is None else None,
        destination_port_range=port,
        destination_port_ranges=list(rule.ports) if port is None else None,
    )


def _one(values: tuple[str, ...]) -> str | None:
    return values[0] if len(values) == 1 else None
