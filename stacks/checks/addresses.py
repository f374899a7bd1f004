"""The address plan: what lies inside what, and what may not overlap."""

from __future__ import annotations

from collections.abc import Iterator
from ipaddress import IPv4Network
from itertools import combinations

from facts.subnets import SUBNETS
from stacks.address_planner import first_free
from stacks.problems import Problem, SettingPath, dotted
from stacks.sections.network import HubFirewall
from stacks.settings import Settings

RESERVED = tuple(map(IPv4Network, ("169.254.0.0/16", "172.30.0.0/16", "172.31.0.0/16", "192.0.2.0/24")))
"""Ranges that AKS keeps to itself: MicrosoftDocs/azure-aks-docs articles/aks/azure-cni-overlay.md."""

LARGEST_SERVICE_PREFIX = 12
"""AKS documents "smaller than /12"; the check of Azure/aks-engine, which its limit comes from, lets /12 itself pass."""


def subnets_of(settings: Settings) -> dict[str, IPv4Network]:
    """The ranges of the subnets by name."""
    return settings.network.subnets.present


def free_range(settings: Settings, name: str) -> str:
    """A sentence that names the first free range for the subnet `name`, of the size that it has or usually gets."""
    ranges = dict(subnets_of(settings))
    mine = ranges.pop(name, None)
    prefix = SUBNETS[name].usual if mine is None else mine.prefixlen
    found = first_free(settings.network.address_space, ranges.values(), prefix)
    if found is None:
        return f"No /{prefix} is free in {settings.network.address_space}: widen `network.address_space`."
    return f"The first free range is {found}."


def needs_subnet(settings: Settings, name: str, path: SettingPath, *, follows: str) -> list[Problem]:
    """The problem of a setting at `path` that needs the subnet `name`, where the stack has none."""
    if name in subnets_of(settings):
        return []
    return [
        Problem(
            path=("network", "subnets", name),
            what=f"`{dotted(path)}` is set, and the subnet that it needs is not.",
            follows=follows,
            fix=f"Set `network.subnets.{name}`, or leave `{dotted(path)}` out. {free_range(settings, name)}",
        )
    ]


def subnets_lie_in_the_spoke(settings: Settings) -> Iterator[Problem]:
    """Every subnet is part of the address space."""
    space = settings.network.address_space
    for name, subnet in subnets_of(settings).items():
        if not subnet.subnet_of(space):
            yield Problem(
                path=("network", "subnets", name),
                what=f"The subnet {subnet} lies outside the address space {space}.",
                follows="Azure refuses the virtual network (NetcfgSubnetRangeOutsideVnet).",
                fix=f"Choose a range inside {space}, or widen `network.address_space`. {free_range(settings, name)}",
            )


def subnets_are_disjoint(settings: Settings) -> Iterator[Problem]:
    """No two subnets share an address."""
    for (first, one), (second, other) in combinations(subnets_of(settings).items(), 2):
        if one.overlaps(other):
            yield Problem(
                path=("network", "subnets", second),
                what=f"The subnet {other} overlaps `{first}` ({one}).",
                follows="Azure refuses the virtual network (NetcfgSubnetRangesOverlap).",
                fix=f"Move the one that is not in use yet. {free_range(settings, second)}",
            )


def _routed(settings: Settings) -> list[tuple[SettingPath, IPv4Network]]:
    """Every range that has a route: the spoke, its operators, its peers."""
    network = settings.network
    return [
        (("network", "address_space"), network.address_space),
        *((("network", "operator_ranges", index), each) for index, each in enumerate(network.operator_ranges)),
        *((("network", "peer_ranges", name), each) for name, each in network.peer_ranges.items()),
    ]


def peers_are_disjoint_from_the_spoke(settings: Settings) -> Iterator[Problem]:
    """No network that the spoke can reach has an address of it."""
    space = settings.network.address_space
    for name, each in settings.network.peer_ranges.items():
        if each.overlaps(space):
            yield Problem(
                path=("network", "peer_ranges", name),
                what=f"The range {each} of `{name}` overlaps the spoke {space}.",
                follows="Azure refuses the peering, or traffic for one of the two never arrives.",
                fix="Give the spoke a range that nobody else routes; ask whoever keeps the address plan.",
            )


def cluster_ranges_are_disjoint_from_routed_ones(settings: Settings) -> Iterator[Problem]:
    """Pods and services share no address with each other, the spoke, its peers or the operators."""
    network, routed = settings.network, _routed(settings)
    pods: tuple[SettingPath, IPv4Network] = (("network", "pod_cidr"), network.pod_cidr)
    services: tuple[SettingPath, IPv4Network] = (("network", "service_cidr"), network.service_cidr)
    for cluster, others in ((pods, routed), (services, [*routed, pods])):
        for path, other in others:
            if cluster[1].overlaps(other):
                yield Problem(
                    path=cluster[0],
                    what=f"{cluster[1]} overlaps `{dotted(path)}` ({other}).",
                    follows="Nodes would keep traffic for that range inside the cluster, and it would never arrive.",
                    fix="Choose private space that is routed nowhere; it can't be changed once the cluster exists.",
                )


def cluster_ranges_are_not_reserved(settings: Settings) -> Iterator[Problem]:
    """The spoke, the pods and the services stay out of the ranges that AKS keeps to itself."""
    for name in ("address_space", "pod_cidr", "service_cidr"):
        mine: IPv4Network = getattr(settings.network, name)
        for reserved in RESERVED:
            if mine.overlaps(reserved):
                yield Problem(
                    path=("network", name),
                    what=f"{mine} meets {reserved}, which AKS keeps to itself.",
                    follows="Azure refuses the cluster.",
                    fix=f"Choose a range outside {', '.join(map(str, RESERVED))}.",
                )


def operators_come_from_outside(settings: Settings) -> Iterator[Problem]:
    """Operators reach the spoke from somewhere else."""
    space = settings.network.address_space
    for index, each in enumerate(settings.network.operator_ranges):
        if each.overlaps(space):
            yield Problem(
                path=("network", "operator_ranges", index),
                what=f"The operators' range {each} overlaps the spoke {space}.",
                follows="The rule that admits operators would admit the spoke's own workloads as well.",
                fix="Write the range of the VPN or Bastion clients, which is outside the spoke.",
            )


def service_range_is_not_too_large(settings: Settings) -> Iterator[Problem]:
    """Kubernetes services fit into what AKS takes."""
    services = settings.network.service_cidr
    if services.prefixlen < LARGEST_SERVICE_PREFIX:
        yield Problem(
            path=("network", "service_cidr"),
            what=f"{services} is larger than a /{LARGEST_SERVICE_PREFIX}.",
            follows="Azure refuses the cluster.",
            fix="A /16 holds 65,534 services, which is more than a cluster can have.",
        )


def dns_address_is_a_service_address(settings: Settings) -> Iterator[Problem]:
    """kube-dns has a service's address, and not the one that the API server takes."""
    address, services = settings.network.dns_service_ip, settings.network.service_cidr
    taken = {
        services.network_address: "the network address of",
        services.network_address + 1: "the address of the service `kubernetes` in",
        services.broadcast_address: "the last address of",
    }
    if address in services and address not in taken:
        return
    why = f"is {taken[address]}" if address in taken and address in services else "lies outside"
    follows = "Azure refuses the cluster."
    fix = "Choose another address inside `network.service_cidr`."
    if services.num_addresses > 16:
        fix = f"Write {services.network_address + 10}, the tenth address of `network.service_cidr`."
    yield Problem(path=("network", "dns_service_ip"), what=f"{address} {why} {services}.", follows=follows, fix=fix)


def next_hop_lies_outside_the_spoke(settings: Settings) -> Iterator[Problem]:
    """The hub's firewall is in the hub."""
    egress, space = settings.network.egress, settings.network.address_space
    if isinstance(egress, HubFirewall) and egress.next_hop in space:
        yield Problem(
            path=("network", "egress", "next_hop"),
            what=f"The firewall's address {egress.next_hop} lies inside the spoke {space}.",
            follows="The route would send everything that leaves back into the spoke.",
            fix="Write the private address of the firewall in the hub.",
        )


def next_hop_lies_in_the_hub(settings: Settings) -> Iterator[Problem]:
    """The firewall's address is one of a peer's, so that there is a route to it."""
    egress, peers = settings.network.egress, settings.network.peer_ranges
    if isinstance(egress, HubFirewall) and peers and not any(egress.next_hop in each for each in peers.values()):
        yield Problem(
            path=("network", "egress", "next_hop"),
            what=f"{egress.next_hop} lies in none of `network.peer_ranges`.",
            follows="Azure takes the route, and everything that leaves is dropped: nothing leads to that address.",
            fix="Correct the address, or add the hub's range to `network.peer_ranges`.",
        )


CHECKS = (
    subnets_lie_in_the_spoke,
    subnets_are_disjoint,
    peers_are_disjoint_from_the_spoke,
    cluster_ranges_are_disjoint_from_routed_ones,
    cluster_ranges_are_not_reserved,
    operators_come_from_outside,
    service_range_is_not_too_large,
    dns_address_is_a_service_address,
    next_hop_lies_outside_the_spoke,
    next_hop_lies_in_the_hub,
)
