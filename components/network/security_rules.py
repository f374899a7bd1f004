"""Security rules of the spoke: what may flow between its subnets, and out of it.

Owns every rule and its reason. Does not own addresses (`components.network.network_plan`) or
resources (`components.network.network`).

Every subnet denies what no rule allows, in both directions, at priority 4096 (the last one that a rule may have).
Without that, Azure's own rules at 65000 allow everything inside the VNet and, outbound, to the internet.

Sources (read 2026-11-24): MicrosoftDocs/azure-aks-docs `api-server-vnet-integration.md` and
`concepts-network-azure-cni-overlay.md` (node, pod and API server flows); MicrosoftDocs/azure-docs
`how-to-access-azureml-behind-firewall.md` (service tags of Azure ML compute).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from components.network.network_plan import NODE_SUBNETS, AddressPlan

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


def rules_of(key: str, plan: AddressPlan, region: str) -> tuple[Rule, ...]:
    """Every rule of the subnet `key`, the denials last."""
    makers = {
        "system_pool": lambda: _node_rules(plan),
        "gpu_pool": lambda: _node_rules(plan),
        "private_endpoints": lambda: _private_endpoint_rules(plan),
        "machine_learning": lambda: _machine_learning_rules(plan, region),
        "api_server": lambda: _api_server_rules(plan),
    }
    return (*(makers[key]() if key in makers else ()), *_denials())


def _denials() -> Iterator[Rule]:
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


def _both_ways(name: str, priority: int, why: str, ranges: tuple[str, ...], to: tuple[str, ...]) -> Iterator[Rule]:
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
        )


def _node_rules(plan: AddressPlan) -> Iterator[Rule]:
    nodes, pods, api = plan.of(*NODE_SUBNETS), (str(plan.pods),), plan.of("api_server")
    yield from _both_ways("nodes-to-nodes", 100, "AKS needs all traffic between its nodes.", nodes, nodes)
    yield from _both_ways(
        "nodes-to-pods", 110, "Routing of services; overlay traffic is not encapsulated.", nodes, pods
    )
    yield from _both_ways("pods-to-pods", 120, "Pods, services and cluster DNS.", pods, pods)
    yield Rule(
        name="api-server-to-nodes",
        direction="Inbound",
        priority=130,
        why="Kubelet (logs, exec) and admission webhooks, which listen on ports of their own choice.",
        sources=api,
        destinations=(*nodes, *pods),
    )
    yield Rule(
        name="load-balancer-probes",
        direction="Inbound",
        priority=140,
        why="Health probes of services of type LoadBalancer.",
        sources=("AzureLoadBalancer",),
        destinations=ANY,
        protocol="*",
    )
    yield from _node_egress(plan, nodes, api)


def _node_egress(plan: AddressPlan, nodes: tuple[str, ...], api: tuple[str, ...]) -> Iterator[Rule]:
    yield Rule(
        name="nodes-to-api-server",
        direction="Outbound",
        priority=130,
        why="Nodes talk to the API server and its tunnel port.",
        sources=(*nodes, str(plan.pods)),
        destinations=api,
        ports=("443", "4443"),
    )
    yield _to_private_endpoints(plan, nodes)
    yield Rule(
        name="nodes-to-internet-https",
        direction="Outbound",
        priority=150,
        why="AKS pulls images and updates by host name, which a security group can't filter; the firewall does.",
        sources=nodes,
        destinations=("Internet",),
        ports=("443",),
    )
    yield Rule(
        name="nodes-to-internet-ntp",
        direction="Outbound",
        priority=160,
        why="Clock of the nodes; tokens are refused when it drifts.",
        sources=nodes,
        destinations=("Internet",),
        protocol="Udp",
        ports=("123",),
    )


def _to_private_endpoints(plan: AddressPlan, sources: tuple[str, ...]) -> Rule:
    return Rule(
        name="to-private-endpoints",
        direction="Outbound",
        priority=140,
        why="Vault, storage, registry and workspace; 445 for file shares.",
        sources=sources,
        destinations=plan.of("private_endpoints"),
        ports=("443", "445"),
    )


def _private_endpoint_rules(plan: AddressPlan) -> Iterator[Rule]:
    endpoints = plan.of("private_endpoints")
    yield Rule(
        name="workloads-to-endpoints",
        direction="Inbound",
        priority=100,
        why="Nodes (pods leave with their node's address) and Azure ML compute; 445 for file shares.",
        sources=plan.of(*NODE_SUBNETS, "machine_learning"),
        destinations=endpoints,
        ports=("443", "445"),
    )
    yield from _operators_to("endpoints", plan, endpoints)


def _operators_to(name: str, plan: AddressPlan, destinations: tuple[str, ...]) -> Iterator[Rule]:
    if plan.operators:
        yield Rule(
            name=f"operators-to-{name}",
            direction="Inbound",
            priority=200,
            why="People and pipelines from the operator ranges.",
            sources=tuple(str(one) for one in plan.operators),
            destinations=destinations,
            ports=("443",),
        )


def _api_server_rules(plan: AddressPlan) -> Iterator[Rule]:
    nodes, pods, api = plan.of(*NODE_SUBNETS), (str(plan.pods),), plan.of("api_server")
    yield Rule(
        name="nodes-to-api-server",
        direction="Inbound",
        priority=100,
        why="Nodes talk to the API server and its tunnel port.",
        sources=(*nodes, *pods),
        destinations=api,
        ports=("443", "4443"),
    )
    yield Rule(
        name="load-balancer-probes",
        direction="Inbound",
        priority=110,
        why="The API server's load balancer probes 9988.",
        sources=("AzureLoadBalancer",),
        destinations=api,
        ports=("9988",),
    )
    yield from _both_ways("replicas-to-replicas", 120, "Replicas of the API server.", api, api)
    yield from _operators_to("api-server", plan, api)
    yield Rule(
        name="api-server-to-nodes",
        direction="Outbound",
        priority=130,
        why="Kubelet (logs, exec) and admission webhooks, which listen on ports of their own choice.",
        sources=api,
        destinations=(*nodes, *pods),
    )


def _machine_learning_rules(plan: AddressPlan, region: str) -> Iterator[Rule]:
    compute = plan.of("machine_learning")
    yield from _both_ways(
        "compute-to-compute", 100, "Distributed training between nodes of one cluster.", compute, compute
    )
    yield _to_private_endpoints(plan, compute)
    tags: tuple[tuple[str, Protocol, tuple[str, ...], str], ...] = (
        ("AzureActiveDirectory", "Tcp", ("443",), "Tokens."),
        ("AzureMachineLearning", "Tcp", ("443", "18881"), "Control plane; 18881 for completion in notebooks."),
        ("AzureMachineLearning", "Udp", ("5831",), "Creates and deletes compute instances."),
        (f"BatchNodeManagement.{region}", "*", ("443",), "Azure Batch runs the compute clusters."),
        ("AzureResourceManager", "Tcp", ("443",), "Azure ML's client tools."),
        (f"Storage.{region}", "Tcp", ("443",), "Batch's own storage accounts, which have no private endpoint."),
        ("MicrosoftContainerRegistry", "Tcp", ("443",), "Images that Microsoft provides."),
        ("AzureFrontDoor.FirstParty", "Tcp", ("443",), "Serves those images."),
        ("AzureMonitor", "Tcp", ("443",), "Logs and metrics."),
    )
    for index, (tag, protocol, ports, why) in enumerate(tags):
        yield Rule(
            name=f"compute-to-{tag.split('.')[0]}-{protocol.replace('*', 'any').lower()}",
            direction="Outbound",
            priority=200 + 10 * index,
            why=why,
            sources=compute,
            destinations=(tag,),
            protocol=protocol,
            ports=ports,
        )
