"""Examples of the network's components."""

from __future__ import annotations

from dataclasses import replace
from ipaddress import IPv4Address, IPv4Network

from components.identity.role_assignment import Scope
from components.network.bastion import BastionArgs
from components.network.dns_resolver import DnsResolverArgs
from components.network.egress import OwnFirewallEgress
from components.network.firewall import FirewallArgs, FirewallChoice
from components.network.flow_logs import FlowLogsArgs
from components.network.github_runners import GitHubApp, GitHubRunnersArgs, KeyPlace
from components.network.monitor_private_link import MonitorPrivateLinkArgs
from components.network.network_plan import AddressPlan
from tests.components.examples import ACCESS, ADDRESSES, LOGS, NETWORK, PLACEMENT, an_identity

FULL: AddressPlan = replace(
    ADDRESSES,
    subnets={
        **ADDRESSES.subnets,
        "dns_inbound": IPv4Network("10.40.4.32/28"),
        "dns_outbound": IPv4Network("10.40.4.48/28"),
        "bastion": IPv4Network("10.40.4.64/26"),
        "firewall": IPv4Network("10.40.4.128/26"),
        "api_management": IPv4Network("10.40.4.192/27"),
        "runners": IPv4Network("10.40.4.224/27"),
        "app_service": IPv4Network("10.40.5.0/26"),
        "application_gateway": IPv4Network("10.40.6.0/24"),
        "databricks_public": IPv4Network("10.40.8.0/24"),
        "databricks_private": IPv4Network("10.40.9.0/24"),
    },
    peers=(IPv4Network("10.250.0.0/16"),),
)
"""A spoke with every subnet."""

FIREWALL_CHOICE = FirewallChoice(
    tier="Premium",
    public_ip_count=2,
    zones=("1", "2", "3"),
    deny_known_threats=True,
    intrusion_detection="Deny",
    allowed_hosts=("pypi.org", "files.pythonhosted.org"),
    cluster_hosts=("git.gov.example",),
)
FIREWALL = FirewallArgs(
    placement=PLACEMENT,
    resource_group_name="rg",
    addresses=FULL,
    subnet_id="/subnet",
    choice=FIREWALL_CHOICE,
    log_workspace_id=LOGS,
)
OWN_FIREWALL = replace(NETWORK, addresses=FULL, egress=OwnFirewallEgress(choice=FIREWALL_CHOICE))
"""A spoke that leaves through its own firewall."""

RESOLVER = DnsResolverArgs(
    placement=PLACEMENT,
    resource_group_name="rg",
    vnet_id="/vnet",
    inbound_subnet_id="/in",
    inbound_address=IPv4Address("10.40.4.36"),
    outbound_subnet_id="/out",
    forward={"gov.example": (IPv4Address("10.250.4.10"), IPv4Address("10.250.4.11"))},
)
BASTION = BastionArgs(
    placement=PLACEMENT,
    resource_group_name="rg",
    subnet_id="/bastion",
    zones=("1", "2", "3"),
    scale_units=2,
    copy_and_paste=False,
    log_workspace_id=LOGS,
)
MONITOR = MonitorPrivateLinkArgs(
    placement=PLACEMENT,
    resource_group_name="rg",
    ingestion="PrivateOnly",
    queries="PrivateOnly",
    scoped={"logs": LOGS, "insights": "/insights"},
    access=ACCESS,
)


def flow_logs() -> FlowLogsArgs:
    """Arguments of flow logs; to be made inside a recorded program."""
    return FlowLogsArgs(
        placement=PLACEMENT,
        resource_group_name="rg",
        vnet_id="/vnet",
        writer=an_identity("flow-logs"),
        watcher_resource_group="NetworkWatcherRG",
        watcher_name=None,
        retention_days=90,
        interval_minutes=60,
        customer_key=None,
        access=ACCESS,
        log_workspace_id=LOGS,
    )


def runners() -> GitHubRunnersArgs:
    """Arguments of runners; to be made inside a recorded program."""
    return GitHubRunnersArgs(
        placement=PLACEMENT,
        resource_group_name="rg",
        subnet_id="/runners",
        zone_redundant=True,
        github=GitHubApp(
            owner="gov-example",
            repository="ml-platform",
            application_id=100001,
            installation_id=10000001,
            key_secret="github-app-key",
        ),
        key_place=KeyPlace(vault_name="kv", resource_group_name="rg-security"),
        labels=("platform",),
        image=f"runners/github@sha256:{'a' * 64}",
        registry=Scope(name="registry", id="/registry"),
        registry_server="a-registry.example",
        reader=an_identity("runners"),
        most_at_once=5,
        timeout_minutes=60,
        log_workspace_id=LOGS,
    )
