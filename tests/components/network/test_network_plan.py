from __future__ import annotations

from dataclasses import replace
from ipaddress import IPv4Network

import pytest
from hypothesis import given
from hypothesis import strategies as st

from components.network.network_plan import EGRESS_SUBNETS, AddressPlan, problems
from facts.subnets import ALWAYS, SUBNETS
from tests.components.examples import ADDRESSES


def with_subnet(key: str, prefix: str) -> AddressPlan:
    return replace(ADDRESSES, subnets={**ADDRESSES.subnets, key: IPv4Network(prefix)})


def test_the_example_has_no_problem() -> None:
    assert problems(ADDRESSES) == []


@pytest.mark.parametrize(
    ("plan", "problem"),
    [
        (with_subnet("gpu_pool", "10.41.0.0/24"), "subnet gpu_pool (10.41.0.0/24) lies outside"),
        (with_subnet("gpu_pool", "10.40.0.128/25"), "subnets gpu_pool (10.40.0.128/25) and system_pool"),
        (with_subnet("api_server", "10.40.4.0/29"), "subnet api_server (10.40.4.0/29) is too small"),
        (replace(ADDRESSES, pods=IPv4Network("10.40.128.0/17")), "pod range 10.40.128.0/17 overlaps"),
        (with_subnet("dns_inbound", "10.40.16.0/23"), "subnet dns_inbound (10.40.16.0/23) is too large"),
        (with_subnet("garage", "10.40.16.0/24"), "subnets: [] are missing, and ['garage'] have no row"),
        (replace(ADDRESSES, subnets={}), "subnets: ['api_server', 'gpu_pool', 'machine_learning'"),
    ],
)
def test_what_azure_would_refuse_is_a_problem(plan: AddressPlan, problem: str) -> None:
    found = problems(plan)
    assert len(found) == 1
    assert found[0].startswith(problem)


@given(order=st.permutations(list(range(5))), prefix=st.integers(min_value=20, max_value=26))
def test_disjoint_subnets_inside_the_space_have_no_problem_in_any_order(order: list[int], prefix: int) -> None:
    slices = list(IPv4Network("10.40.0.0/16").subnets(new_prefix=prefix))
    plan = replace(ADDRESSES, subnets={key: slices[index] for key, index in zip(ALWAYS, order, strict=True)})
    assert problems(plan) == []


@given(first=st.integers(min_value=0, max_value=255), second=st.integers(min_value=0, max_value=255))
def test_two_subnets_are_a_problem_exactly_when_they_overlap(first: int, second: int) -> None:
    space = IPv4Network("10.40.0.0/16")
    blocks = list(space.subnets(new_prefix=24))
    others = {key: IPv4Network(f"10.41.{index}.0/24") for index, key in enumerate(ALWAYS)}
    subnets = {**others, "system_pool": blocks[first], "gpu_pool": blocks[second]}
    found = problems(replace(ADDRESSES, space=IPv4Network("10.40.0.0/15"), subnets=subnets))
    assert any("overlap" in problem for problem in found) is (first == second)


def test_subnets_come_in_the_order_of_the_table_whatever_the_order_of_the_settings() -> None:
    plan = replace(ADDRESSES, subnets=dict(reversed(ADDRESSES.subnets.items())))
    assert plan.keys == ALWAYS


def test_every_subnet_with_machines_of_ours_has_a_way_out() -> None:
    assert {"system_pool", "gpu_pool", "machine_learning", "runners"} <= set(EGRESS_SUBNETS)
    assert not {"private_endpoints", "bastion", "firewall", "application_gateway"} & set(EGRESS_SUBNETS)


@pytest.mark.parametrize("key", [key for key, traits in SUBNETS.items() if traits.fixed_name])
def test_azures_own_subnets_keep_azures_names(key: str) -> None:
    assert SUBNETS[key].fixed_name == f"Azure{key.capitalize()}Subnet"
    assert SUBNETS[key].delegation is None
