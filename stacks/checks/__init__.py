"""Rules between settings: each a small pure function that yields what is wrong.

Owns rules that need two values, or a fact about Azure. Does not own what one value may look like (`stacks.types`), nor
what policy allows (`policies`): a rule here stops what Azure would refuse, or what could not work.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

from stacks.checks import addresses, capacity, durability, operations, pools
from stacks.problems import Problem
from stacks.settings import Settings

Check = Callable[[Settings], Iterator[Problem]]

CHECKS: tuple[Check, ...] = (
    addresses.subnets_lie_in_the_spoke,
    addresses.subnets_are_disjoint,
    addresses.cluster_ranges_are_disjoint_from_routed_ones,
    addresses.cluster_ranges_are_not_reserved,
    addresses.operators_come_from_outside,
    addresses.service_range_is_not_too_large,
    addresses.dns_address_is_a_service_address,
    addresses.next_hop_lies_outside_the_spoke,
    capacity.subnets_have_their_minimum_size,
    capacity.node_subnets_hold_every_node,
    capacity.pod_range_holds_every_node,
    pools.bounds_are_in_order,
    pools.sizes_are_offered,
    pools.system_pool_suits_system_pods,
    pools.gpu_pools_have_gpus,
    pools.mig_fits_the_gpu,
    pools.driver_fits_the_gpu,
    pools.zones_exist,
    pools.spot_price_is_a_price,
    durability.redundancy_exists_in_the_region,
    durability.prod_survives_a_zone,
    durability.prod_keeps_its_data,
    operations.kubernetes_version_is_supported,
    operations.prod_has_an_uptime_promise,
    operations.log_retention_is_allowed,
    operations.budget_starts_on_the_first,
    operations.budget_thresholds_are_in_order,
)


def check(settings: Settings) -> list[Problem]:
    """Every problem between the values of `settings`, in the order of `CHECKS`."""
    return [problem for rule in CHECKS for problem in rule(settings)]
