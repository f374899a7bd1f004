"""Examples of the network's components."""

from __future__ import annotations

from dataclasses import replace
from ipaddress import IPv4Network

from components.network.egress import OwnFirewallEgress
from components.network.firewall import FirewallArgs, FirewallChoice
from components.network.network_plan import AddressPlan
from tests.components.examples import ADDRESSES, LOGS, NETWORK, PLACEMENT

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
