"""What Azure refuses about the subnets that belong to one of its services by name: Bastion's and the firewall's.

Each rule serves both a subnet of its own and the subnets inside a virtual network.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, Final

from simulator.model import Request
from simulator.resources.network.security_rule_rules import texts
from simulator.resources.network.subnet_rules import NETWORK, Subnet, subnets_of
from simulator.rule import Fault, rule
from simulator.store import Record
from simulator.values import UNKNOWN, at, has_unknown

GATEWAY: Final = "gatewaysubnet"
BASTION: Final = "azurebastionsubnet"
FIREWALL: Final = "azurefirewallsubnet"
# Where this one is, the firewall manages itself through it, and its own subnet may send the world elsewhere.
MANAGEMENT: Final = "azurefirewallmanagementsubnet"
_ANYBODY: Final = frozenset({"*", "internet", "any", "0.0.0.0/0"})


def _subnets(request: Request, *names: str) -> Iterator[Subnet]:
    yield from (subnet for subnet in subnets_of(request) if subnet.name.lower() in names)


def _referred(request: Request, subnet: Mapping[str, Any], member: str) -> Record | None:
    reference = at(subnet, f"{member}.id")
    return request.world.get(reference) if isinstance(reference, str) else None


def _members(request: Request, holder: Record, member: str) -> list[Mapping[str, Any]] | None:
    """What a resource lists and what lies below it; `None` while a part is not known."""
    listed = holder.body.get(member)
    below = [record.body for record in request.world.below(holder.id)]
    items = [*(listed if isinstance(listed, list) else []), *below]
    if listed is UNKNOWN or any(has_unknown(item) for item in items):
        return None
    return [item for item in items if isinstance(item, Mapping)]


@rule(
    "net-bastion-nsg-rules", kind="cross-resource", code="NetworkSecurityGroupNotCompliantForAzureBastionSubnet",
    source="Azure/azure-quickstart-templates#8655", quoted=True,
)  # fmt: skip
def bastion_nsg(request: Request) -> Iterator[Fault]:
    """A group on Bastion's subnet says itself that Bastion's control plane may come in and Azure may be called."""
    for subnet in _subnets(request, BASTION):
        group = _referred(request, subnet.body, "networkSecurityGroup")
        found = _members(request, group, "securityRules") if group is not None else None
        if group is None or found is None:
            continue
        comes_in = any(_allows(item, "inbound", "source", "gatewaymanager") for item in found)
        goes_out = any(_allows(item, "outbound", "destination", "azurecloud") for item in found)
        if not (comes_in and goes_out):
            yield Fault(
                f"Network security group {group.id.rsplit('/', 1)[-1]} does not have necessary rules for Azure Bastion "
                "Subnet AzureBastionSubnet.",
                f"{subnet.path}networkSecurityGroup.id",
                "add the rules of learn.microsoft.com/azure/bastion/bastion-nsg, or leave the subnet without a group",
            )


def _allows(item: Mapping[str, Any], direction: str, side: str, tag: str) -> bool:
    """Whether a rule allows port 443 with a service tag or with anybody."""
    if str(item.get("direction")).lower() != direction or str(item.get("access")).lower() != "allow":
        return False
    peers = {text.lower() for _, text in texts(item, f"{side}AddressPrefix", f"{side}AddressPrefixes")}
    ports = [text for _, text in texts(item, "destinationPortRange", "destinationPortRanges")]
    reaches = any(peer in _ANYBODY or peer == tag or peer.startswith(f"{tag}.") for peer in peers)
    return reaches and any(_covers_https(text) for text in ports)


def _covers_https(text: str) -> bool:
    first, _, last = text.partition("-")
    if text == "*" or not first.isdigit():
        return text == "*"
    return int(first) <= 443 <= (int(last) if last.isdigit() else int(first))


def _is_force_tunnelled(request: Request) -> bool:
    network = request.id if request.token == NETWORK else request.id.rsplit("/", 2)[0]
    record = request.world.get(network)
    listed = record.body.get("subnets") if record is not None else None
    declared = [item for item in listed if isinstance(item, Mapping)] if isinstance(listed, list) else []
    return (
        any(_subnets(request, MANAGEMENT))
        or request.world.get(f"{network}/subnets/{MANAGEMENT}") is not None
        or any(str(item.get("name")).lower() == MANAGEMENT for item in declared)
    )


@rule(
    "net-firewall-subnet-default-route", kind="cross-resource", quoted=True,
    code="AzureFirewallSubnetRouteTableMustHaveDefaultRouteToInternet",
    source="aztfmod/terraform-azurerm-caf#868",
)  # fmt: skip
def firewall_route(request: Request) -> Iterator[Fault]:
    """A route table on the firewall's subnet sends the rest of the world to the internet."""
    for subnet in _subnets(request, FIREWALL):
        if _is_force_tunnelled(request):
            continue
        table = _referred(request, subnet.body, "routeTable")
        routes = _members(request, table, "routes") if table is not None else None
        if table is None or routes is None:
            continue
        if not any(
            route.get("addressPrefix") == "0.0.0.0/0" and route.get("nextHopType") == "Internet" for route in routes
        ):
            yield Fault(
                f"Route Table {table.id.rsplit('/', 1)[-1]} on firewall subnet AzureFirewallSubnet must have 0.0.0.0/0 "
                "route with next hop Internet.",
                f"{subnet.path}routeTable.id",
                "add that route to the table, or leave the subnet without one",
            )


@rule(
    "net-gateway-subnet-nsg", kind="static", code="NetworkSecurityGroupCannotBeAttachedToGatewaySubnet", quoted=True,
    source="Azure-Terraform/terraform-azurerm-virtual-network#18",
)  # fmt: skip
def gateway_group(request: Request) -> Iterator[Fault]:
    """The gateways' subnet has no security group."""
    for subnet in _subnets(request, GATEWAY):
        group = at(subnet.body, "networkSecurityGroup.id")
        if isinstance(group, str):
            yield Fault(
                f"The operation failed because the network security group {group.rsplit('/', 1)[-1]} can not be "
                "associated to the GatewaySubnet. Please remove the network security group associated to the "
                "GatewaySubnet. No changes have occurred on the gateway at this time. See here for additional details: "
                "https://aka.ms/GatewaySubnet.",
                f"{subnet.path}networkSecurityGroup.id",
                "leave GatewaySubnet without a group",
            )


@rule(
    "net-firewall-subnet-nsg", kind="static",
    source="BernieWhite in Azure/PSRule.Rules.Azure#261; Azure/Enterprise-Scale#630 (code not confirmed)",
)  # fmt: skip
def firewall_group(request: Request) -> Iterator[Fault]:
    """The firewall's subnets have no security group."""
    for subnet in _subnets(request, FIREWALL, MANAGEMENT):
        if isinstance(at(subnet.body, "networkSecurityGroup.id"), str):
            yield Fault(
                f"subnet {subnet.name} belongs to Azure Firewall and can't have a network security group",
                f"{subnet.path}networkSecurityGroup.id",
                f"leave {subnet.name} without a group: the firewall filters itself",
            )


@rule(
    "net-bastion-subnet-route-table", kind="static", code="RouteTableCannotBeAttachedForAzureBastionSubnet",
    source="azure-docs:bastion/bastion-faq.md, user-defined routing (checked 2026-11-25)",
)  # fmt: skip
def bastion_routes(request: Request) -> Iterator[Fault]:
    """Bastion's subnet has no route table."""
    for subnet in _subnets(request, BASTION):
        if isinstance(at(subnet.body, "routeTable.id"), str):
            yield Fault(
                "AzureBastionSubnet can't have a route table",
                f"{subnet.path}routeTable.id",
                "leave AzureBastionSubnet without a route table",
            )


@rule(
    "net-gateway-subnet-nat-gateway", kind="static",
    source="azure-docs:nat-gateway/troubleshoot-nat.md (checked 2026-11-25; code not confirmed)",
)  # fmt: skip
def gateway_nat(request: Request) -> Iterator[Fault]:
    """The gateways' subnet has no NAT gateway."""
    for subnet in _subnets(request, GATEWAY):
        if isinstance(at(subnet.body, "natGateway.id"), str):
            yield Fault(
                "GatewaySubnet can't have a NAT gateway",
                f"{subnet.path}natGateway.id",
                "attach the NAT gateway to the subnets of the workloads",
            )
