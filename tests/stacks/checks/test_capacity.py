"""Whether ranges hold what pools may grow to."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from ipaddress import IPv4Network
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from facts.subnets import ALWAYS, SUBNETS
from stacks.checks import Check, capacity
from stacks.sections.network import Subnets
from stacks.settings import Settings

Build = Callable[[Mapping[str, Any]], Settings]


def subnets(**ranges: str) -> dict[str, Any]:
    return {"network": {"subnets": ranges}}


def system(count: int, **network: Any) -> dict[str, Any]:
    return {"network": network, "cluster": {"system_pool": {"max_count": count}}}


def gpu(counts: list[int], **network: Any) -> dict[str, Any]:
    pools = {f"p{index}": {"vm_size": "Standard_NC4as_T4_v3", "max_count": each} for index, each in enumerate(counts)}
    return {"network": network, "cluster": {"gpu_pools": {"t4": None, **pools}}}


def both(count: int, counts: list[int], **network: Any) -> dict[str, Any]:
    return {"network": network, "cluster": system(count)["cluster"] | gpu(counts)["cluster"]}


GOOD = [
    (capacity.subnets_have_their_size, {}),
    (capacity.subnets_have_their_size, subnets(private_endpoints="10.40.2.0/26", api_server="10.40.4.0/28")),
    # A /28 has 16 addresses, Azure takes 5: 8 system nodes and 3 more during an upgrade fill it.
    (capacity.node_subnets_hold_every_node, system(8, subnets={"system_pool": "10.40.0.0/28"})),
    (capacity.node_subnets_hold_every_node, gpu([5, 6], subnets={"gpu_pool": "10.40.1.0/28"})),
    (capacity.node_subnets_hold_every_node, gpu([], subnets={"gpu_pool": "10.40.1.0/29"})),
    # A /21 holds 8 nodes: 3 + 1 in the system pool and 4 GPU nodes.
    (capacity.pod_range_holds_every_node, both(3, [4], pod_cidr="172.20.0.0/21")),
    (capacity.pod_range_holds_every_node, {}),
]

BAD = [
    (
        capacity.subnets_have_their_size,
        subnets(private_endpoints="10.40.2.0/27"),
        ["network.subnets.private_endpoints"],
    ),
    (capacity.subnets_have_their_size, subnets(api_server="10.40.4.0/29"), ["network.subnets.api_server"]),
    (
        capacity.subnets_have_their_size,
        subnets(machine_learning="10.40.3.0/30"),
        ["network.subnets.machine_learning"],
    ),
    (capacity.subnets_have_their_size, subnets(dns_inbound="10.40.16.0/23"), ["network.subnets.dns_inbound"]),
    (capacity.subnets_have_their_size, subnets(bastion="10.40.4.64/27"), ["network.subnets.bastion"]),
    (
        capacity.node_subnets_hold_every_node,
        system(9, subnets={"system_pool": "10.40.0.0/28"}),
        ["network.subnets.system_pool"],
    ),
    (
        capacity.node_subnets_hold_every_node,
        gpu([6, 6], subnets={"gpu_pool": "10.40.1.0/28"}),
        ["network.subnets.gpu_pool"],
    ),
    (
        capacity.node_subnets_hold_every_node,
        gpu([1], subnets={"gpu_pool": "10.40.1.0/32"}),
        ["network.subnets.gpu_pool"],
    ),
    (capacity.pod_range_holds_every_node, both(3, [4, 1], pod_cidr="172.20.0.0/21"), ["network.pod_cidr"]),
    (capacity.pod_range_holds_every_node, both(4, [4], pod_cidr="172.20.0.0/21"), ["network.pod_cidr"]),
    (capacity.pod_range_holds_every_node, system(1, pod_cidr="172.20.0.0/25"), ["network.pod_cidr"]),
]


def test_every_rule_has_a_good_and_a_bad_example(rules_of: Callable[..., set[Check]]) -> None:
    assert {rule for rule, _ in GOOD} == {rule for rule, _, _ in BAD} == rules_of(capacity)


@pytest.mark.parametrize(("rule", "changes"), GOOD)
def test_enough_room_passes(settings_with: Build, rule: Check, changes: dict[str, Any]) -> None:
    assert not list(rule(settings_with(changes)))


@pytest.mark.parametrize(("rule", "changes", "paths"), BAD)
def test_too_little_room_is_found(
    settings_with: Build, at: Callable[..., list[str]], rule: Check, changes: dict[str, Any], paths: list[str]
) -> None:
    assert at(rule, settings_with(changes)) == paths


def test_every_subnet_has_its_traits() -> None:
    assert set(SUBNETS) == set(Subnets.model_fields)
    required = {name for name, field in Subnets.model_fields.items() if field.is_required()}
    assert set(ALWAYS) == required


@pytest.mark.parametrize(("count", "nodes"), [(1, 2), (3, 4), (4, 6), (6, 8), (100, 133), (101, 135)])
def test_an_upgrade_adds_a_third_rounded_up(count: int, nodes: int) -> None:
    assert capacity.with_surge(count, 33) == nodes


@settings(suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture])
@given(count=st.integers(1, 1000))
def test_the_subnet_that_the_fix_names_is_the_smallest_that_passes(settings_with: Build, count: int) -> None:
    changes = system(count, address_space="10.0.0.0/8", subnets={"system_pool": "10.40.0.0/32"})
    (problem,) = capacity.node_subnets_hold_every_node(settings_with(changes))
    prefix = int(problem.fix.split("/")[1].split()[0])

    def fails(length: int) -> bool:
        subnet = IPv4Network(f"10.64.0.0/{length}")
        retry = system(count, address_space="10.0.0.0/8", subnets={"system_pool": str(subnet)})
        return bool(list(capacity.node_subnets_hold_every_node(settings_with(retry))))

    assert not fails(prefix)
    assert fails(prefix + 1)


@settings(suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture])
@given(count=st.integers(1, 1000))
def test_the_pod_range_that_the_fix_names_is_the_smallest_that_passes(settings_with: Build, count: int) -> None:
    (problem,) = capacity.pod_range_holds_every_node(settings_with(system(count, pod_cidr="172.16.0.0/28")))
    prefix = int(problem.fix.split("/")[1].split()[0])

    def fails(length: int) -> bool:
        retry = system(count, pod_cidr=f"172.16.0.0/{length}")
        return bool(list(capacity.pod_range_holds_every_node(settings_with(retry))))

    assert not fails(prefix)
    assert fails(prefix + 1)
