from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from ipaddress import IPv4Address, IPv4Network
from itertools import combinations

import pytest

from components.network.security_rule import Rule
from components.network.security_rules import rules_of
from facts.subnets import SUBNETS as TRAITS
from tests.components.examples import ADDRESSES
from tests.components.network.examples import FULL

pytestmark = pytest.mark.capability("N1")

SUBNETS = [key for key in FULL.keys if TRAITS[key].security_group]

NODES = ("10.40.0.0/24", "10.40.1.0/24")
PODS = "172.20.0.0/16"
API = "10.40.4.0/28"
ENDPOINTS = "10.40.2.0/24"
OPERATORS = "10.250.0.0/24"


def rules(key: str) -> tuple[Rule, ...]:
    return rules_of(key, FULL, "canadacentral")


def _holds(ports: str, port: str) -> bool:
    low, _, high = ports.partition("-")
    return ports == "*" or (port.isdigit() and int(low) <= int(port) <= int(high or low))


def decide(key: str, direction: str, source: str, destination: str, port: str, protocol: str = "Tcp") -> str:
    """What the security group of `key` does with one connection, as Azure reads rules: lowest priority first."""
    for rule in sorted(rules(key), key=lambda one: one.priority):
        if (
            rule.direction == direction
            and (rule.sources == ("*",) or source in rule.sources)
            and (rule.destinations == ("*",) or destination in rule.destinations)
            and any(_holds(each, port) for each in rule.ports)
            and rule.protocol in ("*", protocol)
        ):
            return rule.access
    raise AssertionError("no rule decided, although the last one must")


@pytest.mark.parametrize("key", SUBNETS)
def test_priorities_are_unique_per_direction_and_end_in_a_denial(key: str) -> None:
    for direction in ("Inbound", "Outbound"):
        mine = [rule for rule in rules(key) if rule.direction == direction]
        priorities = [rule.priority for rule in mine]
        assert len(set(priorities)) == len(priorities)
        assert min(priorities) >= 100
        last = max(mine, key=lambda rule: rule.priority)
        assert (last.access, last.priority, last.sources, last.destinations) == ("Deny", 4096, ("*",), ("*",))


@pytest.mark.parametrize("key", SUBNETS)
def test_names_are_unique_and_every_rule_says_why(key: str) -> None:
    names = [rule.name for rule in rules(key)]
    assert len(set(names)) == len(names)
    # Azure takes 140 characters of description.
    assert all(5 < len(rule.why) <= 140 for rule in rules(key))


@pytest.mark.parametrize("key", SUBNETS)
def test_nothing_comes_in_from_the_internet(key: str) -> None:
    assert decide(key, "Inbound", "Internet", ENDPOINTS, "443") == "Deny"
    inbound = [rule for rule in rules(key) if rule.direction == "Inbound" and rule.access == "Allow"]
    assert not [rule.name for rule in inbound if rule.sources == ("*",) or "Internet" in rule.sources]


def flows() -> Iterator[tuple[str, str, str, str, str]]:
    """Flows that AKS and the platform need: name, sender's subnet, receiver's subnet, source and destination, port."""
    for node in NODES:
        yield "system_pool", "gpu_pool", node, NODES[1], "10250"
        yield "gpu_pool", "system_pool", node, PODS, "8443"
        yield "system_pool", "api_server", node, API, "443"
        yield "gpu_pool", "api_server", node, API, "4443"
        yield "gpu_pool", "private_endpoints", node, ENDPOINTS, "443"
        yield "gpu_pool", "private_endpoints", node, ENDPOINTS, "445"
        yield "api_server", "system_pool", API, node, "10250"
    yield "gpu_pool", "system_pool", PODS, PODS, "53"
    yield "machine_learning", "private_endpoints", "10.40.3.0/24", ENDPOINTS, "443"
    for key in ("app_service", "api_management", "application_gateway", "runners"):
        yield key, "private_endpoints", str(FULL.subnets[key]), ENDPOINTS, "443"
    for key in ("app_service", "api_management", "application_gateway"):
        yield key, "system_pool", str(FULL.subnets[key]), NODES[0], "443"
    yield "runners", "api_server", str(FULL.subnets["runners"]), API, "443"
    for key in ("databricks_public", "databricks_private"):
        for port in ("443", "6666", "3306", "8444"):
            yield key, "private_endpoints", str(FULL.subnets[key]), ENDPOINTS, port
        yield key, "databricks_private", str(FULL.subnets[key]), str(FULL.subnets["databricks_private"]), "7077"


@pytest.mark.parametrize(("sender", "receiver", "source", "destination", "port"), list(flows()))
def test_a_needed_flow_is_allowed_at_both_ends(
    sender: str, receiver: str, source: str, destination: str, port: str
) -> None:
    assert decide(sender, "Outbound", source, destination, port) == "Allow"
    assert decide(receiver, "Inbound", source, destination, port) == "Allow"


@pytest.mark.parametrize(
    ("key", "direction", "source", "destination", "port"),
    [
        ("private_endpoints", "Inbound", NODES[0], ENDPOINTS, "22"),
        ("private_endpoints", "Outbound", ENDPOINTS, "Internet", "443"),
        ("api_server", "Outbound", API, "Internet", "443"),
        ("system_pool", "Inbound", OPERATORS, NODES[0], "22"),
        ("machine_learning", "Inbound", NODES[0], "10.40.3.0/24", "443"),
        ("machine_learning", "Outbound", "10.40.3.0/24", "Internet", "443"),
        ("gpu_pool", "Outbound", NODES[1], "10.40.3.0/24", "443"),
        ("app_service", "Inbound", OPERATORS, "10.40.5.0/26", "443"),
        ("app_service", "Outbound", "10.40.5.0/26", "Internet", "443"),
        ("databricks_public", "Outbound", "10.40.8.0/24", "Internet", "443"),
        ("databricks_private", "Inbound", NODES[0], "10.40.9.0/24", "22"),
        ("runners", "Inbound", OPERATORS, "10.40.4.224/27", "443"),
        ("runners", "Outbound", "10.40.4.224/27", NODES[0], "22"),
        ("api_management", "Inbound", OPERATORS, "10.40.4.192/27", "443"),
        ("bastion", "Outbound", "10.40.4.64/26", "Internet", "443"),
        ("dns_outbound", "Outbound", "10.40.4.48/28", "Internet", "53"),
    ],
)
def test_what_nobody_needs_is_denied(key: str, direction: str, source: str, destination: str, port: str) -> None:
    assert decide(key, direction, source, destination, port) == "Deny"


def test_operators_reach_endpoints_and_api_server_on_https_only() -> None:
    for key, destination in (("private_endpoints", ENDPOINTS), ("api_server", API)):
        assert decide(key, "Inbound", OPERATORS, destination, "443") == "Allow"
        assert decide(key, "Inbound", OPERATORS, destination, "22") == "Deny"


def test_operators_may_name_ranges_that_meet() -> None:
    # Azure refuses a rule with both (OverlappingSubnetsNotPermittedInSecurityRule).
    twice = replace(FULL, operators=(IPv4Network("10.250.0.0/24"), IPv4Network("10.250.0.128/25")))
    sources = [r.sources for r in rules_of("private_endpoints", twice, "canadacentral") if r.name.startswith("oper")]
    assert sources == [("10.250.0.0/24",)]


@pytest.mark.parametrize("sender", ["gpu_pool", "machine_learning", "databricks_public", "app_service"])
def test_streams_and_databases_are_reached_on_their_own_ports(sender: str) -> None:
    plan = replace(FULL, endpoint_ports=("5671", "9093"))
    source = str(FULL.subnets[sender])
    for port in ("443", "9093"):
        assert any(
            rule.name == "to-private-endpoints" and any(_holds(each, port) for each in rule.ports)
            for rule in rules_of(sender, plan, "canadacentral")
        )
        assert any(
            source in rule.sources and any(_holds(each, port) for each in rule.ports)
            for rule in rules_of("private_endpoints", plan, "canadacentral")
        )
    assert not [rule for rule in rules(sender) if rule.name == "to-private-endpoints" and "9093" in rule.ports]


def test_people_reach_the_api_server_through_the_spokes_own_bastion() -> None:
    assert decide("bastion", "Outbound", "10.40.4.64/26", "VirtualNetwork", "443") == "Allow"
    assert decide("api_server", "Inbound", "10.40.4.64/26", API, "443") == "Allow"
    assert decide("api_server", "Inbound", "10.40.4.64/26", API, "22") == "Deny"


def test_callers_of_the_gateway_reach_it_and_nothing_else() -> None:
    ministry = "192.168.8.0/24"
    plan = replace(FULL, gateway_callers=(IPv4Network(ministry),))
    letting_in = {
        key
        for key in SUBNETS
        for rule in rules_of(key, plan, "canadacentral")
        if rule.direction == "Inbound" and ministry in rule.sources
    }
    assert letting_in == {"application_gateway"}


ASKING = [key for key in SUBNETS if key not in ("private_endpoints", "dns_inbound", "dns_outbound")]


@pytest.mark.capability("N6")
@pytest.mark.parametrize("key", ASKING)
def test_whoever_asks_for_names_reaches_the_dns_servers_of_the_spoke(key: str) -> None:
    plan = replace(FULL, dns_servers=(IPv4Address("10.250.4.10"), IPv4Address("10.250.4.10")))
    asking = [rule for rule in rules_of(key, plan, "canadacentral") if rule.name.startswith("to-dns-servers")]
    assert {rule.protocol for rule in asking} == {"Tcp", "Udp"}
    for rule in asking:
        assert (rule.direction, rule.access, rule.ports) == ("Outbound", "Allow", ("53",))
        assert (rule.sources, rule.destinations) == ((str(FULL.subnets[key]),), ("10.250.4.10/32",))
    priorities = [rule.priority for rule in rules_of(key, plan, "canadacentral") if rule.direction == "Outbound"]
    assert len(set(priorities)) == len(priorities)


def test_without_dns_servers_no_rule_names_any() -> None:
    assert not [rule.name for key in SUBNETS for rule in rules(key) if rule.name.startswith("to-dns")]


def test_without_operator_ranges_there_is_no_rule_for_them() -> None:
    closed = replace(FULL, operators=())
    names = [rule.name for key in SUBNETS for rule in rules_of(key, closed, "canadacentral")]
    assert not [name for name in names if name.startswith("operators")]


def test_the_api_servers_load_balancer_may_probe_it() -> None:
    assert decide("api_server", "Inbound", "AzureLoadBalancer", API, "9988") == "Allow"


def test_regional_service_tags_follow_the_region() -> None:
    east = rules_of("machine_learning", FULL, "canadaeast")
    assert {tag for rule in east for tag in rule.destinations if "canada" in tag} == {
        "BatchNodeManagement.canadaeast",
        "Storage.canadaeast",
    }


def test_pods_follow_their_range() -> None:
    moved = replace(FULL, pods=IPv4Network("172.24.0.0/16"))
    assert not [rule for rule in rules_of("gpu_pool", moved, "canadacentral") if PODS in rule.sources]


def test_the_gateway_keeps_the_ports_that_azure_manages_it_by() -> None:
    assert decide("application_gateway", "Inbound", "GatewayManager", "10.40.6.0/24", "65201") == "Allow"
    assert decide("application_gateway", "Outbound", "10.40.6.0/24", "Internet", "443") == "Allow"


def test_bastion_has_the_flows_that_azure_asks_for() -> None:
    for source in ("GatewayManager", "AzureLoadBalancer", OPERATORS):
        assert decide("bastion", "Inbound", source, "10.40.4.64/26", "443") == "Allow"
    assert decide("bastion", "Inbound", "VirtualNetwork", "VirtualNetwork", "5701") == "Allow"
    assert decide("bastion", "Outbound", "10.40.4.64/26", "VirtualNetwork", "22") == "Allow"
    assert decide("bastion", "Outbound", "10.40.4.64/26", "AzureCloud", "443") == "Allow"


@pytest.mark.parametrize("protocol", ["Udp", "Tcp"])
def test_peers_may_ask_for_names_and_are_asked(protocol: str) -> None:
    assert decide("dns_inbound", "Inbound", "10.250.0.0/16", "10.40.4.32/28", "53", protocol) == "Allow"
    assert decide("dns_outbound", "Outbound", "10.40.4.48/28", "10.250.0.0/16", "53", protocol) == "Allow"


@pytest.mark.capability("N4")
@pytest.mark.parametrize("key", ["system_pool", "gpu_pool", "machine_learning", "runners", "databricks_public"])
def test_without_a_way_out_no_machine_may_try_the_internet(key: str) -> None:
    closed = rules_of(key, replace(FULL, internet=False), "canadacentral")
    outbound = [rule for rule in closed if rule.direction == "Outbound" and rule.access == "Allow"]
    inside = {*(str(each) for each in FULL.subnets.values()), str(FULL.pods)}
    assert {each for rule in outbound for each in rule.destinations} <= inside


def test_a_spoke_without_further_subnets_has_no_rules_for_them() -> None:
    names = {rule.name for key in ADDRESSES.keys for rule in rules_of(key, ADDRESSES, "canadacentral")}
    assert not names & {"gateways-to-ingress", "runners-to-api-server", "services-to-endpoints"}


@pytest.mark.parametrize("key", SUBNETS)
def test_no_rule_names_a_range_twice(key: str) -> None:
    for rule in rules(key):
        for ranges in (rule.sources, rule.destinations):
            networks = [IPv4Network(each) for each in ranges if each[0].isdigit()]
            assert not [pair for pair in combinations(networks, 2) if pair[0].overlaps(pair[1])], rule.name
