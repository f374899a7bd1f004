"""Security rules of AKS: its nodes, their pods and the API server.

Sources (read 2026-11-24): MicrosoftDocs/azure-aks-docs `api-server-vnet-integration.md` and
`concepts-network-azure-cni-overlay.md` (node, pod and API server flows).
"""

from __future__ import annotations

from collections.abc import Iterator

from components.network.network_plan import NODE_SUBNETS, AddressPlan
from components.network.security_rule import ANY, Rule, both_ways, operators_to, to_private_endpoints


def node_rules(plan: AddressPlan) -> Iterator[Rule]:
    """A node pool: the same for every pool, so that pods reach each other wherever they run."""
    nodes, pods, api = plan.of(*NODE_SUBNETS), (str(plan.pods),), plan.of("api_server")
    yield from both_ways("nodes-to-nodes", 100, "AKS needs all traffic between its nodes.", nodes, nodes)
    yield from both_ways("nodes-to-pods", 110, "Routing of services; overlay traffic is not encapsulated.", nodes, pods)
    yield from both_ways("pods-to-pods", 120, "Pods, services and cluster DNS.", pods, pods)
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
    yield from _callers(plan, nodes)
    yield from _node_egress(plan, nodes, api)


def _callers(plan: AddressPlan, nodes: tuple[str, ...]) -> Iterator[Rule]:
    """Who calls what the cluster serves; its internal load balancer has addresses of the node subnets."""
    callers = plan.of("application_gateway", "api_management", "app_service")
    if callers:
        yield Rule(
            name="gateways-to-ingress",
            direction="Inbound",
            priority=150,
            why="Gateways and apps call models on the cluster's internal load balancer.",
            sources=callers,
            destinations=nodes,
            ports=("443",),
        )
    yield from operators_to("ingress", plan, nodes)


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
    yield to_private_endpoints(plan, nodes)
    if not plan.internet:
        return
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


def api_server_rules(plan: AddressPlan) -> Iterator[Rule]:
    """The subnet that AKS projects the API server into."""
    yield from _api_callers(plan)
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
    yield from both_ways("replicas-to-replicas", 120, "Replicas of the API server.", api, api)
    yield Rule(
        name="api-server-to-nodes",
        direction="Outbound",
        priority=130,
        why="Kubelet (logs, exec) and admission webhooks, which listen on ports of their own choice.",
        sources=api,
        destinations=(*nodes, *pods),
    )


def _api_callers(plan: AddressPlan) -> Iterator[Rule]:
    runners, bastion, api = plan.of("runners"), plan.of("bastion"), plan.of("api_server")
    if runners:
        yield Rule(
            name="runners-to-api-server",
            direction="Inbound",
            priority=140,
            why="Pipelines apply manifests; without it they could only use the command channel, which is off.",
            sources=runners,
            destinations=api,
            ports=("443",),
        )
    if bastion:
        yield Rule(
            name="bastion-to-api-server",
            direction="Inbound",
            priority=150,
            why="People come through the spoke's own Bastion: `az aks bastion`.",
            sources=bastion,
            destinations=api,
            ports=("443",),
        )
    yield from operators_to("api-server", plan, api)
