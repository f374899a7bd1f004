"""The address plan: tables, and properties over random plans."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from ipaddress import IPv4Network
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from stacks.checks import Check, addresses
from stacks.problems import dotted
from stacks.sections.network import NetworkSettings, Subnets
from stacks.settings import Settings

pytestmark = pytest.mark.capability("N10")

Build = Callable[[Mapping[str, Any]], Settings]

# A fixture is shared by all examples of a property; it only builds values, so nothing leaks from one to the next.
shares_a_stack = settings(suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture])

GOOD = [
    (addresses.subnets_lie_in_the_spoke, {}),
    (addresses.subnets_lie_in_the_spoke, {"subnets": {"system_pool": "10.40.255.0/24"}}),
    (addresses.subnets_are_disjoint, {}),
    (addresses.subnets_are_disjoint, {"subnets": {"api_server": "10.40.4.16/28", "system_pool": "10.40.4.0/28"}}),
    (addresses.cluster_ranges_are_disjoint_from_routed_ones, {"operator_ranges": ["10.250.0.0/24"]}),
    (addresses.cluster_ranges_are_disjoint_from_routed_ones, {"pod_cidr": "10.41.0.0/16"}),
    (addresses.cluster_ranges_are_not_reserved, {"pod_cidr": "172.28.0.0/15"}),
    (addresses.operators_come_from_outside, {"operator_ranges": ["10.39.255.0/24", "10.41.0.0/24"]}),
    (addresses.service_range_is_not_too_large, {"service_cidr": "172.16.0.0/12"}),
    (addresses.dns_address_is_a_service_address, {"dns_service_ip": "172.21.0.2"}),
    (addresses.dns_address_is_a_service_address, {"dns_service_ip": "172.21.255.254"}),
    (addresses.peers_are_disjoint_from_the_spoke, {}),
    (addresses.peers_are_disjoint_from_the_spoke, {"peer_ranges": {"prod": "10.41.0.0/16", "hub": "10.39.0.0/16"}}),
    (addresses.next_hop_lies_in_the_hub, {"egress": {"kind": "hub_firewall", "next_hop": "10.250.4.4"}}),
    (
        addresses.next_hop_lies_in_the_hub,
        {"egress": {"kind": "hub_firewall", "next_hop": "10.250.4.4"}, "peer_ranges": {"hub": "10.250.0.0/16"}},
    ),
    (addresses.next_hop_lies_outside_the_spoke, {}),
    (
        addresses.next_hop_lies_outside_the_spoke,
        {"egress": {"kind": "hub_firewall", "next_hop": "10.39.255.255"}},
    ),
]

BAD = [
    (addresses.subnets_lie_in_the_spoke, {"subnets": {"gpu_pool": "10.41.0.0/24"}}, "network.subnets.gpu_pool"),
    (addresses.subnets_lie_in_the_spoke, {"subnets": {"gpu_pool": "10.0.0.0/8"}}, "network.subnets.gpu_pool"),
    (addresses.subnets_are_disjoint, {"subnets": {"gpu_pool": "10.40.0.0/24"}}, "network.subnets.gpu_pool"),
    (addresses.subnets_are_disjoint, {"subnets": {"gpu_pool": "10.40.0.128/25"}}, "network.subnets.gpu_pool"),
    (
        addresses.cluster_ranges_are_disjoint_from_routed_ones,
        {"pod_cidr": "10.40.128.0/17"},
        "network.pod_cidr",
    ),
    (
        addresses.cluster_ranges_are_disjoint_from_routed_ones,
        {"service_cidr": "172.20.255.0/24"},
        "network.service_cidr",
    ),
    (
        addresses.cluster_ranges_are_disjoint_from_routed_ones,
        {"operator_ranges": ["172.20.1.0/24"]},
        "network.pod_cidr",
    ),
    (
        addresses.cluster_ranges_are_disjoint_from_routed_ones,
        {"peer_ranges": {"partner": "172.20.64.0/18"}},
        "network.pod_cidr",
    ),
    (
        addresses.peers_are_disjoint_from_the_spoke,
        {"peer_ranges": {"prod": "10.40.64.0/18", "hub": "10.250.0.0/16"}},
        "network.peer_ranges.prod",
    ),
    (
        addresses.next_hop_lies_in_the_hub,
        {"egress": {"kind": "hub_firewall", "next_hop": "10.251.4.4"}, "peer_ranges": {"hub": "10.250.0.0/16"}},
        "network.egress.next_hop",
    ),
    (addresses.cluster_ranges_are_not_reserved, {"pod_cidr": "172.30.0.0/24"}, "network.pod_cidr"),
    (addresses.cluster_ranges_are_not_reserved, {"service_cidr": "172.31.255.0/24"}, "network.service_cidr"),
    (addresses.operators_come_from_outside, {"operator_ranges": ["10.40.9.0/24"]}, "network.operator_ranges[0]"),
    (addresses.service_range_is_not_too_large, {"service_cidr": "10.0.0.0/11"}, "network.service_cidr"),
    (addresses.dns_address_is_a_service_address, {"dns_service_ip": "172.21.0.0"}, "network.dns_service_ip"),
    (addresses.dns_address_is_a_service_address, {"dns_service_ip": "172.21.0.1"}, "network.dns_service_ip"),
    (addresses.dns_address_is_a_service_address, {"dns_service_ip": "172.21.255.255"}, "network.dns_service_ip"),
    (addresses.dns_address_is_a_service_address, {"dns_service_ip": "172.22.0.0"}, "network.dns_service_ip"),
    (
        addresses.next_hop_lies_outside_the_spoke,
        {"egress": {"kind": "hub_firewall", "next_hop": "10.40.255.255"}},
        "network.egress.next_hop",
    ),
]


def test_every_rule_has_a_good_and_a_bad_example(rules_of: Callable[..., set[Check]]) -> None:
    assert {rule for rule, _ in GOOD} == {rule for rule, _, _ in BAD} == rules_of(addresses)


@pytest.mark.parametrize(("rule", "network"), GOOD)
def test_a_good_plan_passes(settings_with: Build, rule: Check, network: dict[str, Any]) -> None:
    assert not list(rule(settings_with({"network": network})))


@pytest.mark.parametrize(("rule", "network", "path"), BAD)
def test_a_bad_plan_is_found(
    settings_with: Build, at: Callable[..., list[str]], rule: Check, network: dict[str, Any], path: str
) -> None:
    assert at(rule, settings_with({"network": network})) == [path]


def test_the_fix_for_a_dns_address_is_a_valid_one(settings_with: Build) -> None:
    network = {"dns_service_ip": "172.21.0.1"}
    (problem,) = addresses.dns_address_is_a_service_address(settings_with({"network": network}))
    assert problem.fix == "Write 172.21.0.10, the tenth address of `network.service_cidr`."


def test_the_fix_for_an_overlap_names_the_first_range_that_passes(settings_with: Build) -> None:
    (problem,) = addresses.subnets_are_disjoint(settings_with({"network": {"subnets": {"gpu_pool": "10.40.0.0/24"}}}))
    assert problem.fix.endswith("The first free range is 10.40.1.0/24.")
    repaired = settings_with({"network": {"subnets": {"gpu_pool": "10.40.1.0/24"}}})
    assert not list(addresses.subnets_are_disjoint(repaired))


def test_a_service_without_its_subnet_is_told_the_first_free_range(settings_with: Build) -> None:
    settings = settings_with({})
    (problem,) = addresses.needs_subnet(settings, "databricks_public", ("databricks",), follows="It can't be made.")
    assert dotted(problem.path) == "network.subnets.databricks_public"
    assert problem.fix.endswith("The first free range is 10.40.5.0/24.")
    with_it = settings_with({"network": {"subnets": {"databricks_public": "10.40.5.0/24"}}})
    assert not list(addresses.needs_subnet(with_it, "databricks_public", ("databricks",), follows="It can't be made."))


def test_a_full_spoke_is_told_to_grow(settings_with: Build) -> None:
    network = {"subnets": {"system_pool": "10.40.0.0/17", "gpu_pool": "10.40.128.0/17"}}
    found = list(addresses.subnets_are_disjoint(settings_with({"network": network})))
    assert any(problem.fix.endswith("widen `network.address_space`.") for problem in found)


SLOTS = list(IPv4Network("10.40.0.0/16").subnets(new_prefix=24))


@st.composite
def disjoint_subnets(draw: st.DrawFn) -> Subnets:
    """Every subnet, of any size from a /24 down, each in a slot of its own."""
    count = len(Subnets.model_fields)
    slots = draw(st.lists(st.sampled_from(SLOTS), min_size=count, max_size=count, unique=True))
    prefixes = draw(st.lists(st.integers(24, 30), min_size=count, max_size=count))
    ranges = [next(slot.subnets(new_prefix=prefix)) for slot, prefix in zip(slots, prefixes, strict=True)]
    return Subnets(**dict(zip(Subnets.model_fields, ranges, strict=True)))


def plan(base: Settings, subnets: Subnets) -> Settings:
    network: NetworkSettings = base.network.model_copy(update={"subnets": subnets})
    return base.model_copy(update={"network": network})


@shares_a_stack
@given(subnets=disjoint_subnets())
def test_any_disjoint_plan_inside_the_spoke_passes(settings_with: Build, subnets: Subnets) -> None:
    changed = plan(settings_with({}), subnets)
    assert not list(addresses.subnets_are_disjoint(changed))
    assert not list(addresses.subnets_lie_in_the_spoke(changed))


@shares_a_stack
@given(subnets=disjoint_subnets(), moved=st.permutations(list(Subnets.model_fields)), data=st.data())
def test_moving_a_subnet_into_another_is_always_found(
    settings_with: Build, subnets: Subnets, moved: list[str], data: st.DataObject
) -> None:
    mover, target = moved[:2]
    into: IPv4Network = getattr(subnets, target)
    inner = data.draw(st.sampled_from(list(into.subnets(new_prefix=min(into.prefixlen + 2, 32)))))
    changed = plan(settings_with({}), subnets.model_copy(update={mover: inner}))
    found = list(addresses.subnets_are_disjoint(changed))
    assert {problem.path[-1] for problem in found} <= {mover, target}
    assert len(found) == 1


@shares_a_stack
@given(subnets=disjoint_subnets(), name=st.sampled_from(list(Subnets.model_fields)), second=st.integers(0, 255))
def test_moving_a_subnet_out_of_the_spoke_is_always_found(
    settings_with: Build, subnets: Subnets, name: str, second: int
) -> None:
    outside = IPv4Network(f"10.{second}.0.0/24")
    changed = plan(settings_with({}), subnets.model_copy(update={name: outside}))
    found = [problem.path[-1] for problem in addresses.subnets_lie_in_the_spoke(changed)]
    assert found == ([] if second == 40 else [name])


@shares_a_stack
@given(first=st.integers(16, 31), prefix=st.integers(16, 28))
def test_a_pod_range_fails_exactly_where_it_meets_another(settings_with: Build, first: int, prefix: int) -> None:
    pods = IPv4Network(f"172.{first}.0.0/{prefix}")
    changed = settings_with({"network": {"pod_cidr": str(pods)}})
    meets = pods.overlaps(changed.network.service_cidr)
    assert bool(list(addresses.cluster_ranges_are_disjoint_from_routed_ones(changed))) is meets
