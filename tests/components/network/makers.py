"""How each component of the network is made, what it makes, and what it registers."""

from __future__ import annotations

from typing import Any

from components.network.bastion import Bastion
from components.network.dns_resolver import DnsResolver
from components.network.firewall import Firewall
from components.network.flow_logs import FlowLogs
from components.network.github_runners import GitHubRunners
from components.network.monitor_private_link import MonitorPrivateLink
from tests.components.network import examples

MAKERS: dict[str, Any] = {
    "bastion:Bastion": (
        lambda o: Bastion("x", examples.BASTION, o),
        ("BastionHost|x-bas", "DiagnosticSetting|x-diag"),
        ("bastion_id",),
    ),
    "dns_resolver:DnsResolver": (
        lambda o: DnsResolver("x", examples.RESOLVER, o),
        (
            "DnsForwardingRuleset|x-dnsfrs",
            "DnsResolver|x-dnspr",
            "ForwardingRule|x-rule-gov.example",
            "InboundEndpoint|x-in",
            "OutboundEndpoint|x-out",
            "PrivateResolverVirtualNetworkLink|x-link",
        ),
        ("inbound_address",),
    ),
    "flow_logs:FlowLogs": (
        lambda o: FlowLogs("x", examples.flow_logs(), o),
        (
            "DiagnosticSetting|x-diag-blob",
            "FlowLog|x-fl",
            "ManagementPolicy|x-expiry",
            "PrivateEndpoint|x-blob",
            "RoleAssignments|x-roles",
            "StorageAccount|x-st",
        ),
        ("account_id",),
    ),
    "github_runners:GitHubRunners": (
        lambda o: GitHubRunners("x", examples.runners(), o),
        (
            "DiagnosticSetting|x-diag",
            "Job|x-caj",
            "ManagedEnvironment|x-cae",
            "RoleAssignments|x-roles",
            "Secret|x-key",
        ),
        ("job_name",),
    ),
    "monitor_private_link:MonitorPrivateLink": (
        lambda o: MonitorPrivateLink("x", examples.MONITOR, o),
        (
            "PrivateEndpoint|x-azuremonitor",
            "PrivateLinkScope|x-ampls",
            "PrivateLinkScopedResource|x-scoped-insights",
            "PrivateLinkScopedResource|x-scoped-logs",
        ),
        ("scope_name",),
    ),
    "firewall:Firewall": (
        lambda o: Firewall("x", examples.FIREWALL, o),
        (
            "AzureFirewall|x-afw",
            "DiagnosticSetting|x-diag-afw",
            "DiagnosticSetting|x-diag-pip-1",
            "DiagnosticSetting|x-diag-pip-2",
            "FirewallPolicy|x-afwp",
            "FirewallPolicyRuleCollectionGroup|x-rcg-named",
            "FirewallPolicyRuleCollectionGroup|x-rcg-platform",
            "PublicIPAddress|x-pip-1",
            "PublicIPAddress|x-pip-2",
        ),
        ("private_address",),
    ),
}
