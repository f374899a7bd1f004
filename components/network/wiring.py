"""From settings to the spoke: addresses, egress, private DNS."""

from __future__ import annotations

from urllib.parse import urlsplit

from components.context import Context
from components.network import private_dns
from components.network.egress import Egress, FirewallEgress, NatEgress, NoEgress, OwnFirewallEgress
from components.network.firewall import FirewallChoice
from components.network.network import Network, NetworkArgs
from components.network.network_plan import AddressPlan
from components.network.private_dns import Link, PrivateDns, PrivateDnsArgs
from components.network.private_endpoint import PrivateAccess
from components.observability.observability import Observability
from facts.charts import chart
from facts.private_link import private_link
from facts.regions import region
from stacks.sections.network import HubFirewall, NatGateway, NoWayOut, OwnFirewall
from stacks.settings import Settings


def addresses(settings: Settings) -> AddressPlan:
    """The spoke's ranges."""
    network = settings.network
    return AddressPlan(
        space=network.address_space,
        subnets=network.subnets.present,
        pods=network.pod_cidr,
        operators=network.operator_ranges,
        peers=tuple(network.peer_ranges.values()),
        gateway_callers=() if settings.edge is None else settings.edge.caller_ranges,
        dns_servers=network.dns_servers,
        internet=not isinstance(network.egress, NoWayOut),
        endpoint_ports=_endpoint_ports(settings),
    )


def _endpoint_ports(settings: Settings) -> tuple[str, ...]:
    """What clients of the stack's private endpoints use besides 443."""
    used = {port for link in links(settings) for port in private_link(*link).ports}
    return tuple(str(port) for port in sorted(used))


def egress(settings: Settings) -> Egress:
    """How traffic leaves the spoke."""
    wanted, zones = settings.network.egress, region(settings.region.value).zones
    match wanted:
        case NatGateway():
            return NatEgress(
                public_ip_count=wanted.public_ip_count,
                public_ip_zones=zones,
                idle_timeout_minutes=wanted.idle_timeout_minutes,
            )
        case HubFirewall():
            return FirewallEgress(
                next_hop=wanted.next_hop, hub_vnet_id=wanted.hub_vnet_id, hub_gateway=wanted.use_hub_gateway
            )
        case OwnFirewall():
            return OwnFirewallEgress(
                choice=_firewall(wanted, zones, cluster_hosts(settings)),
                hub_vnet_id=wanted.hub_vnet_id,
                hub_gateway=wanted.use_hub_gateway,
            )
        case NoWayOut():
            return NoEgress()


CHARTS = {
    "gpu_operator": ("gpu-operator",),
    "network_operator": ("network-operator",),
    "queues": ("kueue",),
    "serving": ("cert-manager", "kserve-crd", "kserve"),
}
"""What each section of `workloads` installs (`components.kubernetes`)."""


def cluster_hosts(settings: Settings) -> tuple[str, ...]:
    """Where Flux and the nodes get what the stack installs in its cluster."""
    found: list[str] = []
    if settings.cluster.gitops is not None:
        found += [urlsplit(settings.cluster.gitops.url).hostname or ""]
    wanted = settings.workloads
    if wanted is not None and wanted.deliver == "apply":
        charts = [name for section, names in CHARTS.items() if getattr(wanted, section) is not None for name in names]
        found += [host for name in charts for host in chart(name).hosts]
    return tuple(dict.fromkeys(host for host in found if host))


def _firewall(wanted: OwnFirewall, zones: tuple[str, ...], hosts: tuple[str, ...]) -> FirewallChoice:
    return FirewallChoice(
        tier=wanted.tier,
        public_ip_count=wanted.public_ip_count,
        zones=zones,
        deny_known_threats=not wanted.only_report_known_threats,
        intrusion_detection=wanted.intrusion_detection,
        allowed_hosts=wanted.allowed_fqdns,
        cluster_hosts=hosts,
    )


def build_network(context: Context, observability: Observability) -> Network:
    """VNet, subnets, security groups, egress."""
    args = NetworkArgs(
        placement=context.placement,
        resource_group_name=context.group_name("network"),
        addresses=addresses(context.settings),
        egress=egress(context.settings),
        log_workspace_id=observability.log_workspace_id,
    )
    return Network(f"{context.prefix}-network", args, context.child)


def links(settings: Settings) -> tuple[Link, ...]:
    """What gets private endpoints in this stack; a zone that holds no record would hide its service's public ones."""
    network, ai = settings.network, settings.generative_ai
    wanted: tuple[tuple[bool, tuple[Link, ...]], ...] = (
        (True, private_dns.CORE),
        (settings.cluster.api_server.private_dns_zone == "platform", (private_dns.AKS,)),
        (settings.databricks is not None, (private_dns.DATABRICKS_UI, private_dns.DATABRICKS_SIGN_IN)),
        (settings.data_factory is not None, (private_dns.DATA_FACTORY, private_dns.DATA_FACTORY_STUDIO)),
        (settings.event_streams is not None, (private_dns.EVENT_HUBS,)),
        (settings.key_vault.managed_hsm is not None, (private_dns.MANAGED_HSM,)),
        (network.private_monitoring is not None, (private_dns.AZURE_MONITOR,)),
        (settings.serving is not None, (private_dns.APP_SERVICE, private_dns.APP_SERVICE_STAGING)),
        (ai is not None, (private_dns.AI_SERVICES,)),
        (ai is not None and ai.search is not None, (private_dns.AI_SEARCH,)),
        (ai is not None and ai.gateway is not None, (private_dns.API_MANAGEMENT,)),
        (settings.monitoring.grafana is not None, (private_dns.GRAFANA,)),
        (settings.cluster.managed_prometheus, (private_dns.PROMETHEUS,)),
        *((True, private_dns.FURTHER[name]) for name in network.private_dns.further_services),
    )
    return tuple(dict.fromkeys(link for on, each in wanted if on for link in each))


def build_dns(context: Context, network: Network) -> PrivateDns:
    """The zones of every private endpoint."""
    wanted = context.settings.network.private_dns
    args = PrivateDnsArgs(
        placement=context.placement,
        resource_group_name=context.group_name("network"),
        vnet_id=network.vnet_id,
        links=links(context.settings),
        hub_zone_ids=wanted.hub_zone_ids,
    )
    return PrivateDns(f"{context.prefix}-dns", args, context.child)


def private_access(context: Context, network: Network, dns: PrivateDns) -> PrivateAccess:
    """Where private endpoints go."""
    return PrivateAccess(
        resource_group_name=context.group_name("network"),
        subnet_id=network.subnet_ids["private_endpoints"],
        zone_ids=dns.zone_ids,
        writes_records=not context.settings.network.private_dns.records_by_policy,
    )
