"""The spoke's address plan: its subnets and what each is for, as plain data.

Owns ranges and their checks. Does not own what a service asks of its subnet (`facts.subnets`), what may flow
(`components.network.security_rules`) or resources (`components.network.network`).
A range belongs to its name, never to a position: adding one moves no other.
"""

from __future__ import annotations

from dataclasses import dataclass
from ipaddress import IPv4Address, IPv4Network
from itertools import combinations

from facts.subnets import ALWAYS, SUBNETS

NODE_SUBNETS = ("system_pool", "gpu_pool", "user_pool")
# The subnets whose machines start connections to the internet; they get the NAT gateway or the route table.
EGRESS_SUBNETS = tuple(key for key, traits in SUBNETS.items() if traits.egress)


@dataclass(frozen=True, kw_only=True)
class AddressPlan:
    """Every range of the spoke, by purpose.

    `operators`: where people and pipelines come from (VPN, bastion). `peers`: what is routed elsewhere, and asks for
    names here. `gateway_callers`: who else may call what the application gateway publishes. `dns_servers`: whom the
    spoke asks for names; empty: Azure's resolver, which no security group and no route is in the way of. `internet`:
    whether machines may leave the spoke at all. `endpoint_ports`: what clients of private endpoints use besides HTTPS
    and file shares.
    """

    space: IPv4Network
    subnets: dict[str, IPv4Network]
    pods: IPv4Network
    operators: tuple[IPv4Network, ...]
    peers: tuple[IPv4Network, ...] = ()
    gateway_callers: tuple[IPv4Network, ...] = ()
    dns_servers: tuple[IPv4Address, ...] = ()
    internet: bool = True
    endpoint_ports: tuple[str, ...] = ()

    @property
    def keys(self) -> tuple[str, ...]:
        """The subnets that exist, in the order in which they are created."""
        return tuple(key for key in SUBNETS if key in self.subnets)

    def of(self, *keys: str) -> tuple[str, ...]:
        """The ranges of those of the subnets `keys` that exist, as ARM writes them."""
        return tuple(str(self.subnets[key]) for key in keys if key in self.subnets)


def problems(plan: AddressPlan) -> list[str]:
    """Every reason why ARM would refuse the subnets."""
    missing, unknown = set(ALWAYS) - set(plan.subnets), set(plan.subnets) - set(SUBNETS)
    if missing or unknown:
        return [f"subnets: {sorted(missing)} are missing, and {sorted(unknown)} have no row in facts/subnets.py"]
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
    found += [problem for key, prefix in plan.subnets.items() for problem in _size_problems(key, prefix)]
    if plan.pods.overlaps(plan.space):
        found.append(f"pod range {plan.pods} overlaps the address space {plan.space}")
    return found


def _size_problems(key: str, prefix: IPv4Network) -> list[str]:
    traits = SUBNETS[key]
    if prefix.prefixlen > traits.smallest:
        return [f"subnet {key} ({prefix}) is too small: {traits.because}"]
    if prefix.prefixlen < traits.largest:
        return [f"subnet {key} ({prefix}) is too large: {traits.because}"]
    return []
