from __future__ import annotations

import pytest

import stacks
from components import translation
from components.network import FirewallEgress, NatEgress
from components.network_plan import problems


@pytest.mark.parametrize("stack", ["dev", "test", "prod"])
def test_the_address_plan_of_a_stack_has_no_problem(stack: str) -> None:
    assert problems(translation.addresses(stacks.load(stack).network)) == []


def test_tags_say_what_the_settings_say() -> None:
    settings = stacks.load("prod")
    assert translation.tags(settings) == {
        "owner": settings.owner,
        "cost-centre": settings.cost_centre,
        "environment": "prod",
        "classification": "Protected B",
        "data-residency": "Canada",
        "managed-by": "pulumi",
    }


def test_egress_follows_the_settings_and_addresses_span_the_regions_zones() -> None:
    nat = translation.egress(stacks.load("dev"))
    assert isinstance(nat, NatEgress)
    assert nat.public_ip_zones == ("1", "2", "3")
    firewall = translation.egress(stacks.load("prod"))
    assert isinstance(firewall, FirewallEgress)
    assert firewall.hub_vnet_id is not None
