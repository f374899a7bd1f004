"""Security rules of services that take a subnet of the spoke: exactly the flows that each one documents.

Sources, read 2026-11-25 (date of the page), all MicrosoftDocs/azure-docs: App Service
`app-service/overview-vnet-integration.md` (2021-10-20: outbound only); Application Gateway v2
`application-gateway/configuration-infrastructure.md` (2021-06-14: 65200-65535 from GatewayManager, AzureLoadBalancer,
the internet outbound); Container Apps `container-apps/firewall-integration.md` (2023-08-29: the subnet to itself,
probes, time, 443 out); DNS resolver `dns/dns-private-resolver-overview.md` (2022-12-06); Bastion
`bastion/bastion-nsg.md` (2020-02-03; 8080, 5701 and 80 as in its later editions, which were not read). API Management
v2's outbound integration documents no rule of its own, so it may reach backends, tokens and monitoring.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Literal

from components.network.data_rules import TagFlow, tag_rules
from components.network.network_plan import NODE_SUBNETS, AddressPlan
from components.network.security_rule import (
    ANY,
    Protocol,
    Rule,
    both_ways,
    merged,
    operators_to,
    to_private_endpoints,
)

TOKENS = TagFlow(tag="AzureActiveDirectory", ports=("443",), why="Tokens of managed identities.")
MONITOR = TagFlow(tag="AzureMonitor", ports=("443",), why="Logs and traces.")


def app_service_rules(plan: AddressPlan) -> Iterator[Rule]:
    """Apps start connections only: who calls them comes through their private endpoint."""
    apps = plan.of("app_service")
    yield to_private_endpoints(plan, apps, ("443",))
    yield _to_ingress(plan, apps)
    if plan.internet:
        yield from tag_rules("apps", apps, (TOKENS, MONITOR))


def api_management_rules(plan: AddressPlan) -> Iterator[Rule]:
    """The outbound side of the gateway: to models behind private endpoints and in the cluster."""
    gateway = plan.of("api_management")
    yield to_private_endpoints(plan, gateway, ("443",))
    yield _to_ingress(plan, gateway)
    if plan.internet:
        yield from tag_rules("gateway", gateway, (TOKENS, MONITOR))


def application_gateway_rules(plan: AddressPlan) -> Iterator[Rule]:
    """Callers of what it publishes; Azure's own management, without which the gateway fails."""
    gateway = plan.of("application_gateway")
    callers = merged((*plan.operators, *plan.gateway_callers))
    if callers:
        yield _in("callers-to-gateway", 200, "Who may call what the gateway publishes.", callers, gateway, ("443",))
    yield _in("management-to-gateway", 110, "Azure watches the gateway.", ("GatewayManager",), ANY, ("65200-65535",))
    yield _in("load-balancer-probes", 120, "Probes of the gateway's instances.", ("AzureLoadBalancer",), ANY, ANY, "*")
    yield to_private_endpoints(plan, gateway, ("443",))
    yield _to_ingress(plan, gateway)
    yield Rule(
        name="gateway-to-internet",
        direction="Outbound",
        priority=160,
        why="Azure calls a v2 gateway unhealthy when its way to the internet is denied.",
        sources=gateway,
        destinations=("Internet",),
        protocol="*",
    )


def runner_rules(plan: AddressPlan) -> Iterator[Rule]:
    """Pipeline runners: the API server, the platform's services, and GitHub."""
    runners = plan.of("runners")
    yield from both_ways("environment-to-itself", 100, "Parts of the Container Apps environment.", runners, runners)
    yield _in("load-balancer-probes", 110, "Probes of the environment.", ("AzureLoadBalancer",), runners, ANY, "*")
    yield _out("runners-to-api-server", 130, "Pipelines apply manifests.", runners, plan.of("api_server"), ("443",))
    yield to_private_endpoints(plan, runners, ("443",))
    if plan.internet:
        yield _out(
            "runners-to-internet-https",
            150,
            "GitHub has no service tag for runners; the firewall filters by host name.",
            runners,
            ("Internet",),
            ("443",),
        )
        yield _out("runners-time", 160, "Clock of the environment.", runners, ("Internet",), ("123",), "Udp")


def dns_inbound_rules(plan: AddressPlan) -> Iterator[Rule]:
    """Who may ask for the names of the spoke's private endpoints."""
    # Azure refuses a rule whose ranges overlap, and the operators' are mostly part of a peer's.
    askers = merged((*plan.operators, *plan.peers, plan.space))
    for protocol in ("Tcp", "Udp"):
        yield _in(
            f"names-for-peers-{protocol.lower()}",
            100 if protocol == "Udp" else 110,
            "Networks that reach the spoke ask for its names.",
            askers,
            plan.of("dns_inbound"),
            ("53",),
            protocol,
        )


def dns_outbound_rules(plan: AddressPlan) -> Iterator[Rule]:
    """Questions about names of other networks go to those networks only."""
    if not plan.peers:
        return
    for protocol in ("Tcp", "Udp"):
        yield _out(
            f"names-of-peers-{protocol.lower()}",
            100 if protocol == "Udp" else 110,
            "Questions about the hub's and on-premises names.",
            plan.of("dns_outbound"),
            merged(plan.peers),
            ("53",),
            protocol,
        )


def bastion_rules(plan: AddressPlan) -> Iterator[Rule]:
    """A private Bastion: people come over the VPN, sessions go into the spoke only."""
    network = ("VirtualNetwork",)
    yield from operators_to("bastion", plan, plan.of("bastion"))
    yield _in("control-plane-to-bastion", 110, "Azure's control of the hosts.", ("GatewayManager",), ANY, ("443",))
    yield _in("load-balancer-probes", 120, "Probes of the hosts.", ("AzureLoadBalancer",), ANY, ("443",))
    yield from both_ways(
        "host-to-host",
        130,
        "Parts of Bastion (8080, 5701).",
        ("VirtualNetwork",),
        ("VirtualNetwork",),
        ("8080", "5701"),
    )
    # Azure refuses the group without SSH and RDP to the tag; what they reach, the other subnets' groups decide.
    yield _out("sessions", 140, "SSH and RDP; 443 to the API server.", ANY, network, ("22", "3389", "443"))
    yield _out("bastion-to-azure", 150, "Diagnostics and session recordings.", ANY, ("AzureCloud",), ("443",))
    yield _out("bastion-to-internet", 160, "Certificate checks.", ANY, ("Internet",), ("80",))


def _to_ingress(plan: AddressPlan, sources: tuple[str, ...]) -> Rule:
    why = "Models on the cluster's internal load balancer."
    return _out("to-cluster-ingress", 150, why, sources, plan.of(*NODE_SUBNETS), ("443",))


def _in(
    name: str,
    priority: int,
    why: str,
    sources: tuple[str, ...],
    destinations: tuple[str, ...],
    ports: tuple[str, ...],
    protocol: Protocol = "Tcp",
) -> Rule:
    return _rule("Inbound", name, priority, why, sources, destinations, ports, protocol)


def _out(
    name: str,
    priority: int,
    why: str,
    sources: tuple[str, ...],
    destinations: tuple[str, ...],
    ports: tuple[str, ...],
    protocol: Protocol = "Tcp",
) -> Rule:
    return _rule("Outbound", name, priority, why, sources, destinations, ports, protocol)


def _rule(
    direction: Literal["Inbound", "Outbound"],
    name: str,
    priority: int,
    why: str,
    sources: tuple[str, ...],
    destinations: tuple[str, ...],
    ports: tuple[str, ...],
    protocol: Protocol,
) -> Rule:
    return Rule(
        name=name,
        direction=direction,
        priority=priority,
        why=why,
        sources=sources,
        destinations=destinations,
        protocol=protocol,
        ports=ports,
    )
