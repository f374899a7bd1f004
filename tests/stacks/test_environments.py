"""The environments of this repository."""

from __future__ import annotations

from itertools import combinations

import pytest

from facts.regions import region
from stacks import load
from stacks.stack_file import FOLDER, stack_names
from stacks.types import Classification, Environment, Region


@pytest.mark.parametrize("stack", list(Environment))
def test_each_environment_loads(stack: str) -> None:
    assert load(stack).environment == stack


def test_every_environment_has_a_file_and_every_file_an_environment() -> None:
    assert stack_names() == sorted(Environment)


@pytest.mark.parametrize(("one", "other"), list(combinations(Environment, 2)))
def test_the_spokes_of_two_environments_can_be_routed_together(one: str, other: str) -> None:
    assert not load(one).network.address_space.overlaps(load(other).network.address_space)


@pytest.mark.parametrize("stack", list(Environment))
def test_no_environment_has_pods_or_services_in_the_spoke_of_any(stack: str) -> None:
    network = load(stack).network
    for other in Environment:
        spoke = load(other).network.address_space
        assert not network.pod_cidr.overlaps(spoke)
        assert not network.service_cidr.overlaps(spoke)


def test_published_ranges_never_move() -> None:
    # Moving the range of a subnet in use means rebuilding everything in it.
    spaces = {stack.value: str(load(stack).network.address_space) for stack in Environment}
    assert spaces == {"dev": "10.40.0.0/16", "test": "10.41.0.0/16", "prod": "10.42.0.0/16", "dr": "10.43.0.0/16"}
    for stack in Environment:
        network = load(stack).network
        base = str(network.address_space.network_address)[:-3]
        offsets = {name: str(each).removeprefix(base) for name, each in network.subnets.present.items()}
        assert offsets.items() <= PUBLISHED.items()
        assert network.subnets.present.keys() >= {"system_pool", "api_server"}


# What each environment that has the subnet gives it, from the start of its own /16.
PUBLISHED = {
    "system_pool": "0.0/24",
    "gpu_pool": "1.0/24",
    "private_endpoints": "2.0/24",
    "machine_learning": "3.0/24",
    "api_server": "4.0/28",
    "dns_inbound": "4.32/28",
    "dns_outbound": "4.48/28",
    "bastion": "4.64/26",
    "firewall": "4.128/26",
    "api_management": "4.192/27",
    "runners": "4.224/27",
    "app_service": "5.0/26",
    "application_gateway": "6.0/24",
    "databricks_public": "8.0/24",
    "databricks_private": "9.0/24",
    "user_pool": "10.0/24",
}


def test_only_prod_and_its_second_home_hold_protected_b() -> None:
    held = {stack.value for stack in Environment if load(stack).classification is Classification.PROTECTED_B}
    assert held == {"prod", "dr"}


def test_every_copy_of_the_data_stays_in_canada() -> None:
    for name in Region:
        assert region(name).country == "Canada"
        assert region(region(name).paired_region).country == "Canada"


def test_only_what_ministries_depend_on_is_protected_from_deletion() -> None:
    assert {stack for stack in Environment if load(stack).protect_stateful} == {Environment.PROD, Environment.DR}


def test_dr_lies_in_the_region_that_prods_copies_go_to() -> None:
    assert region(load("prod").region.value).paired_region == load("dr").region.value


def test_gpu_pools_outside_prod_cost_nothing_when_idle() -> None:
    for stack in ("dev", "test"):
        assert {pool.min_count for pool in load(stack).cluster.gpu_pools.values()} == {0}


def test_every_stack_file_names_its_schema() -> None:
    for stack in Environment:
        first = (FOLDER / f"Pulumi.{stack}.yaml").read_text(encoding="utf-8").splitlines()[0]
        assert first == "# yaml-language-server: $schema=stack_file.schema.json"
        assert (FOLDER / "stack_file.schema.json").is_file()


def test_every_difference_of_a_stack_is_a_difference() -> None:
    # A value equal to the default would be noise that hides the real differences.
    from stacks.documents import read

    defaults = read(FOLDER / "defaults.yaml").content
    for stack in Environment:
        own = read(FOLDER / f"Pulumi.{stack}.yaml").content["config"]["platform:settings"]
        assert not _repeated(own, defaults), stack


def _repeated(own: dict[str, object], defaults: dict[str, object]) -> list[str]:
    found = []
    for key, value in own.items():
        below = defaults.get(key)
        if isinstance(value, dict) and isinstance(below, dict):
            found += [f"{key}.{name}" for name in _repeated(value, below)]
        elif key in defaults and value == below:
            found.append(key)
    return found
