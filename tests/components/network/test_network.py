from __future__ import annotations

from dataclasses import replace
from ipaddress import IPv4Address
from itertools import pairwise

import pytest

from components.network.egress import NoEgress, OwnFirewallEgress
from components.network.network import Network, NetworkArgs, problems
from components.network.network_plan import EGRESS_SUBNETS
from tests.components.examples import ADDRESSES, FIREWALL, NAT, NETWORK
from tests.components.network.examples import FIREWALL_CHOICE, OWN_FIREWALL
from tests.components.recording import Recorded, arm_id, one, record

SUBNETS = ADDRESSES.keys


def made(args: NetworkArgs = NETWORK) -> list[Recorded]:
    return record(lambda: Network("x", args))


def subnet(recorded: list[Recorded], key: str) -> Recorded:
    return one(recorded, "network:Subnet", f"x-snet-{key}")


def test_subnets_are_written_one_after_another() -> None:
    recorded = made()
    for before, after in pairwise(SUBNETS):
        assert subnet(recorded, before).urn in subnet(recorded, after).depends_on


@pytest.mark.capability("N1")
def test_subnets_are_never_inline() -> None:
    vnet = one(made(), "network:VirtualNetwork")
    assert "subnets" not in vnet.inputs
    assert vnet.ignore_changes == ("subnets",)


@pytest.mark.capability("N1")
def test_every_subnet_has_its_own_security_group() -> None:
    recorded = made()
    groups = [subnet(recorded, key).inputs["networkSecurityGroup"]["id"] for key in SUBNETS]
    assert groups == [arm_id(f"x-nsg-{key}") for key in SUBNETS]


@pytest.mark.parametrize("key", SUBNETS)
def test_only_subnets_with_machines_have_a_way_out(key: str) -> None:
    inputs = subnet(made(), key).inputs
    assert ("natGateway" in inputs) is (key in EGRESS_SUBNETS)
    assert "routeTable" not in inputs


def test_the_api_server_subnet_is_delegated_to_aks_and_no_other_is() -> None:
    recorded = made()
    delegated = {key: subnet(recorded, key).inputs.get("delegations") for key in SUBNETS}
    assert delegated.pop("api_server") == [
        {"name": "delegation", "serviceName": "Microsoft.ContainerService/managedClusters"}
    ]
    assert set(delegated.values()) == {None}


def test_azure_gives_no_implicit_public_address() -> None:
    recorded = made()
    assert all(
        subnet(recorded, key).inputs["defaultOutboundAccess"] is False for key in set(EGRESS_SUBNETS) & set(SUBNETS)
    )


def test_security_groups_bind_private_endpoints() -> None:
    inputs = subnet(made(), "private_endpoints").inputs
    assert inputs["privateEndpointNetworkPolicies"] == "NetworkSecurityGroupEnabled"


def test_the_nat_gateway_has_every_address() -> None:
    gateway = one(made(), "network:NatGateway")
    assert gateway.inputs["publicIpAddresses"] == [{"id": arm_id("x-pip-1")}, {"id": arm_id("x-pip-2")}]


@pytest.mark.parametrize(("zones", "expected"), [(("1", "2", "3"), ["1", "2", "3"]), ((), None)])
def test_public_addresses_span_the_zones_that_the_region_has(zones: tuple[str, ...], expected: object) -> None:
    recorded = made(replace(NETWORK, egress=replace(NAT, public_ip_zones=zones)))
    assert one(recorded, "PublicIPAddress", "x-pip-1").inputs.get("zones") == expected


@pytest.mark.capability("N2")
def test_with_a_firewall_everything_that_leaves_goes_through_it() -> None:
    recorded = made(replace(NETWORK, egress=FIREWALL))
    table = one(recorded, "network:RouteTable")
    assert table.inputs["disableBgpRoutePropagation"] is True
    assert table.inputs["routes"] == [
        {
            "name": "default-to-firewall",
            "addressPrefix": "0.0.0.0/0",
            "nextHopType": "VirtualAppliance",
            "nextHopIpAddress": "10.250.4.4",
        }
    ]
    with_table = {key for key in SUBNETS if "routeTable" in subnet(recorded, key).inputs}
    assert with_table == set(EGRESS_SUBNETS) & set(SUBNETS)
    assert not [resource for resource in recorded if resource.type.endswith((":NatGateway", ":PublicIPAddress"))]


@pytest.mark.capability("N4")
def test_without_a_way_out_no_subnet_has_one() -> None:
    recorded = made(replace(NETWORK, egress=NoEgress()))
    assert not [each for each in recorded if each.type.endswith((":NatGateway", ":RouteTable", ":PublicIPAddress"))]
    assert not [key for key in SUBNETS if {"natGateway", "routeTable"} & set(subnet(recorded, key).inputs)]


@pytest.mark.capability("N2")
def test_the_hub_is_peered_after_the_last_subnet() -> None:
    recorded = made(replace(NETWORK, egress=FIREWALL))
    peering = one(recorded, "network:VirtualNetworkPeering")
    assert peering.inputs["remoteVirtualNetwork"] == {"id": "/hub"}
    assert peering.inputs["useRemoteGateways"] is False
    assert peering.inputs["allowGatewayTransit"] is False
    assert peering.inputs["allowForwardedTraffic"] is True
    assert {subnet(recorded, key).urn for key in SUBNETS} <= peering.depends_on


@pytest.mark.capability("N2")
def test_answers_take_the_routes_of_the_hubs_gateway_where_people_come_through_it() -> None:
    egress = OwnFirewallEgress(choice=FIREWALL_CHOICE, hub_vnet_id="/hub", hub_gateway=True)
    recorded = made(replace(OWN_FIREWALL, egress=egress))
    assert one(recorded, "network:VirtualNetworkPeering").inputs["useRemoteGateways"] is True


def test_without_a_hub_there_is_no_peering() -> None:
    recorded = made(replace(NETWORK, egress=replace(FIREWALL, hub_vnet_id=None)))
    assert not [resource for resource in recorded if resource.type.endswith(":VirtualNetworkPeering")]


@pytest.mark.capability("N4")
@pytest.mark.parametrize(
    ("args", "expected"),
    [
        (NETWORK, "userAssignedNATGateway"),
        (replace(NETWORK, egress=FIREWALL), "userDefinedRouting"),
        (replace(NETWORK, egress=NoEgress()), "none"),
    ],
)
def test_aks_is_told_how_traffic_leaves(args: NetworkArgs, expected: str) -> None:
    built: list[Network] = []
    record(lambda: built.append(Network("x", args)))
    assert built[0].outbound_type == expected


def test_a_rule_with_several_ranges_uses_the_plural_field() -> None:
    group = one(made(), "NetworkSecurityGroup", "x-nsg-system_pool")
    rules = {rule["name"]: rule for rule in group.inputs["securityRules"]}
    nodes = ["10.40.0.0/24", "10.40.1.0/24"]
    assert rules["nodes-to-nodes-inbound"]["sourceAddressPrefixes"] == nodes
    assert "sourceAddressPrefix" not in rules["nodes-to-nodes-inbound"]
    assert rules["load-balancer-probes"]["sourceAddressPrefix"] == "AzureLoadBalancer"
    assert "sourceAddressPrefixes" not in rules["load-balancer-probes"]


def test_a_nat_gateway_takes_sixteen_addresses_at_most() -> None:
    found = problems(replace(NETWORK, egress=replace(NAT, public_ip_count=17)))
    assert found == ["17 public IPs: a NAT gateway takes 1 to 16"]


@pytest.mark.capability("N6")
def test_a_spoke_asks_the_dns_servers_that_it_is_given() -> None:
    assert "dhcpOptions" not in one(made(), "network:VirtualNetwork").inputs
    servers = (IPv4Address("10.250.4.10"), IPv4Address("10.250.4.11"))
    addresses = replace(NETWORK.addresses, dns_servers=servers)
    vnet = one(made(replace(NETWORK, addresses=addresses)), "network:VirtualNetwork")
    assert vnet.inputs["dhcpOptions"] == {"dnsServers": ["10.250.4.10", "10.250.4.11"]}


@pytest.mark.capability("N2", "N3")
def test_a_spoke_with_its_own_firewall_may_peer_with_a_hub_all_the_same() -> None:
    recorded = made(replace(OWN_FIREWALL, egress=OwnFirewallEgress(choice=FIREWALL_CHOICE, hub_vnet_id="/hub")))
    assert one(recorded, "network:VirtualNetworkPeering").inputs["remoteVirtualNetwork"] == {"id": "/hub"}
