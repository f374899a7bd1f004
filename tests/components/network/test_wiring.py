from __future__ import annotations

import pytest

import stacks
from components.network import private_dns, wiring
from components.network.egress import FirewallEgress, NatEgress
from components.network.network_plan import problems

STACKS = ["dev", "test", "prod", "dr"]


@pytest.mark.parametrize("stack", ["dev", "test", "prod", "dr"])
def test_the_address_plan_of_a_stack_has_no_problem(stack: str) -> None:
    assert problems(wiring.addresses(stacks.load(stack).network)) == []


@pytest.mark.capability("N6")
@pytest.mark.parametrize("stack", STACKS)
def test_a_stack_has_the_zones_of_the_services_that_it_turns_on(stack: str) -> None:
    settings = stacks.load(stack)
    wanted = set(wiring.links(settings))
    assert set(private_dns.CORE) <= wanted <= set(private_dns.USED)
    assert (private_dns.AZURE_MONITOR in wanted) is (settings.network.private_monitoring is not None)
    assert (private_dns.DATABRICKS_UI in wanted) is (settings.databricks is not None)


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
