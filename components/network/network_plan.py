"""The spoke's address plan: its subnets and what each is for, as plain data.

Owns ranges, their checks, and the traits of each subnet. Does not own what may flow
(`components.network.security_rules`) or resources (`components.network.network`).
A range belongs to its name, never to a position: adding one moves no other.
"""

from __future__ import annotations

from dataclasses import dataclass
from ipaddress import IPv4Network
from itertools import combinations

NODE_SUBNETS = ("system_pool", "gpu_pool")
SUBNETS = (*NODE_SUBNETS, "private_endpoints", "machine_learning", "api_server")
# The subnets whose machines start connections to the internet; they get the NAT gateway or the route table.
EGRESS_SUBNETS = (*NODE_SUBNETS, "machine_learning")
# AKS puts the API server there, and nothing else may be in it.
DELEGATIONS = {"api_server": "Microsoft.ContainerService/managedClusters"}


@dataclass(frozen=True, kw_only=True)
class AddressPlan:
    """Every range of the spoke, by purpose. `operators`: where people and pipelines come from (VPN, bastion)."""

    space: IPv4Network
    subnets: dict[str, IPv4Network]
    pods: IPv4Network
    operators: tuple[IPv4Network, ...]

    def of(self, *keys: str) -> tuple[str, ...]:
        """The ranges of the subnets `keys`, as ARM writes them."""
        return tuple(str(self.subnets[key]) for key in keys)


def problems(plan: AddressPlan) -> list[str]:
    """Every reason why ARM would refuse the subnets."""
    if set(plan.subnets) != set(SUBNETS):
        return [f"subnets are {sorted(plan.subnets)}, but the platform needs exactly {sorted(SUBNETS)}"]
    found = [
        f"subnet {key} ({prefix}) lies outside the address space {plan.space}"
        for key, prefix in plan.subnets.items()
        if not prefix.subnet_of(plan.space)
    ]
    found += [
        f"subnets {a} ({plan.subnets[a]}) and {b} ({plan.subnets[b]}) overlap"
        for a, b in combinations(sorted(plan.subnets), 2)
        if plan.subnets[a].overlaps(plan.subnets[b])
    ]
    if plan.subnets["api_server"].prefixlen > 28:
        found.append(f"subnet api_server ({plan.subnets['api_server']}) is too small: AKS needs a /28 or larger")
    if plan.pods.overlaps(plan.space):
        found.append(f"pod range {plan.pods} overlaps the address space {plan.space}")
    return found
