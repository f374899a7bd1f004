"""A security rule, and the ones that every subnet has.

Owns what a rule is made of, the denials, and flows that several subnets share. Does not own which rules a subnet has
(`components.network.security_rules`).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from ipaddress import IPv4Network, collapse_addresses
from typing import Literal

from components.network.network_plan import AddressPlan

Direction = Literal["Inbound", "Outbound"]
Protocol = Literal["Tcp", "Udp", "*"]

ANY = ("*",)
DENY_PRIORITY = 4096


@dataclass(frozen=True, kw_only=True)
class Rule:
    """One security rule. Sources and destinations are CIDR ranges, or one service tag."""

    name: str
    direction: Direction
    priority: int
    why: str
    sources: tuple[str, ...]
    destinations: tuple[str, ...]
    protocol: Protocol = "Tcp"
    ports: tuple[str, ...] = ANY
    access: Literal["Allow", "Deny"] = "Allow"


def denials() -> Iterator[Rule]:
    """The last rule of each direction."""
    for direction in ("Inbound", "Outbound"):
        yield Rule(
            name=f"deny-all-{direction.lower()}",
            direction=direction,
            priority=DENY_PRIORITY,
            why="What no rule allows is denied; replaces Azure's allow rules at 65000.",
            sources=ANY,
            destinations=ANY,
            protocol="*",
            access="Deny",
        )


def both_ways(
    name: str,
    priority: int,
    why: str,
    ranges: tuple[str, ...],
    to: tuple[str, ...],
    ports: tuple[str, ...] = ANY,
) -> Iterator[Rule]:
    """All traffic from `ranges` to `to`, at the sender's and the receiver's side."""
    for direction in ("Inbound", "Outbound"):
        yield Rule(
            name=f"{name}-{direction.lower()}",
            direction=direction,
            priority=priority,
            why=why,
            sources=ranges,
            destinations=to,
            protocol="*",
            ports=ports,
        )


def to_private_endpoints(plan: AddressPlan, sources: tuple[str, ...], ports: tuple[str, ...] = ("443", "445")) -> Rule:
    """What the machines of a subnet reach of the platform's services."""
    return Rule(
        name="to-private-endpoints",
        direction="Outbound",
        priority=140,
        why="The platform's services; 445 for file shares; further ports for streams and databases.",
        sources=sources,
        destinations=plan.of("private_endpoints"),
        ports=(*ports, *plan.endpoint_ports),
    )


def merged(ranges: tuple[IPv4Network, ...]) -> tuple[str, ...]:
    """The ranges as ARM writes them; those that meet become one, because ARM refuses a rule with both."""
    return tuple(str(each) for each in collapse_addresses(ranges))


def to_dns_servers(key: str, plan: AddressPlan) -> Iterator[Rule]:
    """Questions to the DNS servers that the spoke is given; over TCP too, where an answer is long.

    Source: MicrosoftDocs/azure-aks-docs `private-clusters.md` (2026-08-05: nodes need both, and no group in the way).
    """
    servers = merged(tuple(IPv4Network(each) for each in plan.dns_servers))
    protocols: tuple[Protocol, ...] = ("Udp", "Tcp")
    for number, protocol in enumerate(protocols if servers else ()):
        yield Rule(
            name=f"to-dns-servers-{protocol.lower()}",
            direction="Outbound",
            priority=400 + 10 * number,
            why="Names; Azure's own resolver is not asked where the spoke has DNS servers.",
            sources=plan.of(key),
            destinations=servers,
            protocol=protocol,
            ports=("53",),
        )


def operators_to(name: str, plan: AddressPlan, destinations: tuple[str, ...]) -> Iterator[Rule]:
    """People and pipelines from outside, where the stack names any."""
    if plan.operators:
        yield Rule(
            name=f"operators-to-{name}",
            direction="Inbound",
            priority=200,
            why="People and pipelines from the operator ranges.",
            sources=merged(plan.operators),
            destinations=destinations,
            ports=("443",),
        )
