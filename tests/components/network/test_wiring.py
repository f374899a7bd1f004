from __future__ import annotations

import pytest

import stacks
from components.network import wiring
from components.network.egress import FirewallEgress, NatEgress
from components.network.network_plan import problems


@pytest.mark.parametrize("stack", ["dev", "test", "prod", "dr"])
def test_the_address_plan_of_a_stack_has_no_problem(stack: str) -> None:
    assert problems(wiring.addresses(stacks.load(stack).network)) == []


def test_egress_follows_the_settings_and_addresses_span_the_regions_zones() -> None:
    nat = wiring.egress(stacks.load("dev"))
    assert isinstance(nat, NatEgress)
    assert nat.public_ip_zones == ("1", "2", "3")
    firewall = wiring.egress(stacks.load("prod"))
    assert isinstance(firewall, FirewallEgress)
    assert firewall.hub_vnet_id is not None
