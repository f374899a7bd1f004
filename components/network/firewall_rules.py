"""Rules of the spoke's own firewall: which hosts and services each subnet may reach, as plain data.

Owns the choice. Does not own host names (`facts.egress_hosts`) or resources (`components.network.firewall`).
What no rule allows is denied: that is what Azure Firewall does without a rule.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from components.network.data_rules import DATABRICKS, TagFlow, databricks_flows, machine_learning_flows
from components.network.network_plan import NODE_SUBNETS, AddressPlan
from components.network.service_rules import MONITOR, TOKENS
from facts.egress_hosts import host_groups

# Azure keeps the list behind it current: registry, packages, Entra and management hosts of AKS.
AKS_TAG = "AzureKubernetesService"
TIME_SERVER = "ntp.ubuntu.com"


@dataclass(frozen=True, kw_only=True)
class HostRule:
    """HTTPS to hosts, or to what a tag of Azure's stands for; `plain_http` also on port 80."""

    name: str
    why: str
    sources: tuple[str, ...]
    hosts: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()
    plain_http: bool = False


@dataclass(frozen=True, kw_only=True)
class FlowRule:
    """Any protocol, to addresses, a service tag or (where the firewall is the DNS proxy) to a host."""

    name: str
    why: str
    sources: tuple[str, ...]
    ports: tuple[str, ...]
    protocols: tuple[str, ...]
    service_tags: tuple[str, ...] = ()
    hosts: tuple[str, ...] = ()
    addresses: tuple[str, ...] = ()


def host_rules(plan: AddressPlan, region: str) -> tuple[HostRule, ...]:
    """What the platform itself needs, by host name."""
    nodes = plan.of(*NODE_SUBNETS)
    aks = HostRule(name="aks", why="What AKS documents as required.", sources=nodes, tags=(AKS_TAG,), plain_http=True)
    groups = (
        HostRule(
            name=group.name.replace("_", "-"),
            why=group.why,
            sources=plan.of(*group.subnets),
            hosts=group.hosts_in(region),
            plain_http=group.plain_http,
        )
        for group in host_groups()
    )
    return (aks, *(rule for rule in groups if rule.sources))


def team_rules(plan: AddressPlan, hosts: tuple[str, ...]) -> tuple[HostRule, ...]:
    """Package mirrors and other hosts that the settings name, for everything that runs people's code."""
    if not hosts:
        return ()
    sources = plan.of(*NODE_SUBNETS, "machine_learning", *DATABRICKS, "runners")
    return (HostRule(name="named-in-settings", why="network.egress.allowed_fqdns", sources=sources, hosts=hosts),)


def cluster_rules(plan: AddressPlan, hosts: tuple[str, ...]) -> tuple[HostRule, ...]:
    """What the cluster installs from outside, for its nodes alone."""
    if not hosts:
        return ()
    why = "Flux reads its repository and fetches charts; nodes pull the images that charts name."
    return (HostRule(name="cluster", why=why, sources=plan.of(*NODE_SUBNETS), hosts=hosts),)


def flow_rules(plan: AddressPlan, region: str) -> tuple[FlowRule, ...]:
    """What the platform itself needs, by service tag; the same flows that the security groups let out."""
    time = FlowRule(
        name="nodes-time",
        why="Clock of the nodes; tokens are refused when it drifts.",
        sources=plan.of(*NODE_SUBNETS),
        ports=("123",),
        protocols=("UDP",),
        hosts=(TIME_SERVER,),
    )
    return (
        time,
        *_names(plan),
        *_tagged("ml", plan.of("machine_learning"), machine_learning_flows(region)),
        *_tagged("databricks", plan.of(*DATABRICKS), databricks_flows(region)),
        *_tagged("services", plan.of("app_service", "api_management"), (TOKENS, MONITOR)),
    )


def _names(plan: AddressPlan) -> Iterator[FlowRule]:
    """Questions to DNS servers that lie behind the firewall; those of a peered network are reached without it."""
    if plan.dns_servers:
        yield FlowRule(
            name="names",
            why="The DNS servers that the spoke is given.",
            sources=(str(plan.space),),
            ports=("53",),
            protocols=("UDP", "TCP"),
            addresses=tuple(str(each) for each in dict.fromkeys(plan.dns_servers)),
        )


def _tagged(who: str, sources: tuple[str, ...], flows: tuple[TagFlow, ...]) -> Iterator[FlowRule]:
    for flow in flows if sources else ():
        yield FlowRule(
            name=f"{who}-{flow.tag.replace('.', '-')}-{flow.protocol.replace('*', 'any').lower()}",
            why=flow.why,
            sources=sources,
            ports=flow.ports,
            protocols=("TCP", "UDP") if flow.protocol == "*" else (flow.protocol.upper(),),
            service_tags=(flow.tag,),
        )
