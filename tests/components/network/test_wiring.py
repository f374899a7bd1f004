from __future__ import annotations

from ipaddress import IPv4Address, IPv4Network

import pytest

import stacks
from components.network import private_dns, wiring
from components.network.egress import FirewallEgress, NatEgress
from components.network.network_plan import problems
from stacks.sections.edge import EdgeSettings
from tests.components.deployed import deployed

STACKS = ["dev", "test", "prod", "dr"]
SITE = {"host": "triage.gov.example", "certificate": "triage", "backend": "triage.azurewebsites.net"}


@pytest.mark.parametrize("stack", ["dev", "test", "prod", "dr"])
def test_the_address_plan_of_a_stack_has_no_problem(stack: str) -> None:
    assert problems(wiring.addresses(stacks.load(stack))) == []


def test_dns_servers_and_callers_of_the_gateway_reach_the_plan_of_addresses() -> None:
    settings = stacks.load("prod")
    servers, callers = (IPv4Address("10.250.4.10"),), (IPv4Network("192.168.8.0/24"),)
    edge = EdgeSettings.model_validate({"sites": {"triage": SITE}, "caller_ranges": ["192.168.8.0/24"]})
    network = settings.network.model_copy(update={"dns_servers": servers})
    plan = wiring.addresses(settings.model_copy(update={"network": network, "edge": edge}))
    assert (plan.dns_servers, plan.gateway_callers) == (servers, callers)


@pytest.mark.capability("N6")
@pytest.mark.parametrize("stack", STACKS)
def test_a_stack_has_the_zones_of_the_services_that_it_turns_on(stack: str) -> None:
    settings = stacks.load(stack)
    wanted = set(wiring.links(settings))
    assert set(private_dns.CORE) <= wanted <= set(private_dns.USED)
    assert (private_dns.AZURE_MONITOR in wanted) is (settings.network.private_monitoring is not None)
    assert (private_dns.DATABRICKS_UI in wanted) is (settings.databricks is not None)


def test_ports_of_endpoints_follow_what_the_stack_has() -> None:
    dev, prod = stacks.load("dev"), stacks.load("prod")
    assert wiring.addresses(dev).endpoint_ports == ()
    assert wiring.addresses(prod).endpoint_ports == ("5671", "9093")
    dns = dev.network.private_dns.model_copy(update={"further_services": ("postgresql", "redis")})
    named = dev.model_copy(update={"network": dev.network.model_copy(update={"private_dns": dns})})
    assert wiring.addresses(named).endpoint_ports == ("5432", "6380")


@pytest.mark.capability("N6")
@pytest.mark.parametrize("stack", STACKS)
def test_no_zone_stands_without_an_endpoint_that_writes_into_it(stack: str) -> None:
    # A zone that is linked and empty hides the public records of its service from the whole spoke.
    made = deployed(stack)
    zones = {each.inputs["privateZoneName"] for each in made if each.type.endswith(":PrivateZone")}
    groups = [each.inputs for each in made if each.type.endswith(":PrivateDnsZoneGroup")]
    written = {config["name"] for group in groups for config in group["privateDnsZoneConfigs"]}
    cluster = private_dns.aks_zone(stacks.load(stack).region.value)
    assert {zone for zone in zones if zone.replace(".", "-") not in written} == {cluster}


def test_services_that_teams_connect_themselves_get_their_zones_when_named() -> None:
    settings = stacks.load("dev")
    dns = settings.network.private_dns.model_copy(update={"further_services": ("cosmos",)})
    network = settings.network.model_copy(update={"private_dns": dns})
    named = set(wiring.links(settings.model_copy(update={"network": network})))
    assert named - set(wiring.links(settings)) == {private_dns.COSMOS}


def test_egress_follows_the_settings_and_addresses_span_the_regions_zones() -> None:
    nat = wiring.egress(stacks.load("dev"))
    assert isinstance(nat, NatEgress)
    assert nat.public_ip_zones == ("1", "2", "3")
    firewall = wiring.egress(stacks.load("prod"))
    assert isinstance(firewall, FirewallEgress)
    assert firewall.hub_vnet_id is not None


def test_a_firewall_of_our_own_lets_the_cluster_install_what_the_stack_wants() -> None:
    hosts = wiring.cluster_hosts(stacks.load("dr"))
    assert hosts[0] == "github.com", "where Flux reads the repository"
    assert {"quay.io", "ghcr.io", "registry-1.docker.io"} <= set(hosts), "cert-manager and KServe"
    assert "registry.k8s.io" not in hosts, "dr has no queues"


def test_a_cluster_that_installs_nothing_needs_no_host() -> None:
    assert wiring.cluster_hosts(stacks.load("dev")) == ()


@pytest.mark.parametrize("stack", ["test", "prod", "dr"])
def test_every_chart_of_a_stack_is_known_to_the_firewall(stack: str) -> None:
    made = {each.inputs["metadata"]["name"] for each in deployed(stack) if each.type.endswith(":HelmRelease")}
    wanted = stacks.load(stack).workloads
    known = {name for section, names in wiring.CHARTS.items() if getattr(wanted, section) for name in names}
    assert made == known


def test_a_zone_that_aks_makes_has_no_twin_of_ours() -> None:
    own = stacks.load("dev")
    api_server = own.cluster.api_server.model_copy(update={"private_dns_zone": "system"})
    of_aks = own.model_copy(update={"cluster": own.cluster.model_copy(update={"api_server": api_server})})
    assert private_dns.AKS in wiring.links(own)
    assert private_dns.AKS not in wiring.links(of_aks)
