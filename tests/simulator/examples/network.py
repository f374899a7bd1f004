"""One valid resource of each further network type; firewalls, gateways and balancers stand on the foundation."""

from __future__ import annotations

from typing import Any

from tests.simulator.examples.foundation import ACCOUNT, IN_GROUP, NETWORK, RG, VNET

# A network of another subscription: what it holds is taken on trust.
HUB = (
    "/subscriptions/11111111-1111-1111-1111-111111111111/resourceGroups/rg-hub/providers/Microsoft.Network"
    "/virtualNetworks/hub/subnets"
)
BALANCER = f"{NETWORK}/loadBalancers/lb"
GATEWAY = f"{NETWORK}/applicationGateways/agw"

EXAMPLES: dict[str, dict[str, Any]] = {
    "network:Route": {
        **RG, "routeTableName": "rt", "routeName": "to-firewall", "addressPrefix": "10.8.0.0/16",
        "nextHopType": "VirtualAppliance", "nextHopIpAddress": "10.0.0.4",
    },
    "network:NetworkInterface": {
        **IN_GROUP, "networkInterfaceName": "nic",
        "ipConfigurations": [
            {
                "name": "ip", "privateIPAddress": "10.0.0.40", "privateIPAllocationMethod": "Static",
                "subnet": {"id": f"{VNET}/subnets/snet-pe"},
            }
        ],
    },
    "network:LoadBalancer": {
        **IN_GROUP, "loadBalancerName": "lb", "sku": {"name": "Standard"},
        "frontendIPConfigurations": [
            {"name": "front", "subnet": {"id": f"{VNET}/subnets/snet-pe"}, "privateIPAddress": "10.0.0.21"},
        ],
        "backendAddressPools": [{"name": "back"}],
    },
    "network:FirewallPolicy": {**IN_GROUP, "firewallPolicyName": "afwp", "dnsSettings": {"enableProxy": True}},
    "network:FirewallPolicyRuleCollectionGroup": {
        **RG, "firewallPolicyName": "afwp", "ruleCollectionGroupName": "egress", "priority": 200,
        "ruleCollections": [
            {
                "name": "allow", "priority": 100, "ruleCollectionType": "FirewallPolicyFilterRuleCollection",
                "action": {"type": "Allow"},
                "rules": [
                    {
                        "name": "time", "ruleType": "NetworkRule", "ipProtocols": ["UDP"], "sourceAddresses": ["*"],
                        "destinationFqdns": ["time.windows.com"], "destinationPorts": ["123"],
                    }
                ],
            }
        ],
    },
    "network:AzureFirewall": {
        **IN_GROUP, "azureFirewallName": "afw", "sku": {"name": "AZFW_VNet", "tier": "Standard"},
        "firewallPolicy": {"id": f"{NETWORK}/firewallPolicies/afwp"},
        "ipConfigurations": [{"name": "ip", "subnet": {"id": f"{HUB}/AzureFirewallSubnet"}}],
    },
    "network:VirtualNetworkGateway": {
        **IN_GROUP, "virtualNetworkGatewayName": "vgw", "gatewayType": "Vpn", "vpnType": "RouteBased",
        "sku": {"name": "VpnGw1AZ", "tier": "VpnGw1AZ"},
        "ipConfigurations": [{"name": "ip", "subnet": {"id": f"{HUB}/GatewaySubnet"}}],
    },
    "network:LocalNetworkGateway": {
        **IN_GROUP, "localNetworkGatewayName": "lgw", "gatewayIpAddress": "198.51.100.7",
        "localNetworkAddressSpace": {"addressPrefixes": ["192.168.0.0/24"]},
    },
    "network:VirtualNetworkGatewayConnection": {
        **IN_GROUP, "virtualNetworkGatewayConnectionName": "cn", "connectionType": "IPsec", "sharedKey": "hunter2",
        "virtualNetworkGateway1": {"id": f"{NETWORK}/virtualNetworkGateways/vgw"},
        "localNetworkGateway2": {"id": f"{NETWORK}/localNetworkGateways/lgw"},
    },
    "network:NetworkWatcher": {**IN_GROUP, "networkWatcherName": "nw"},
    "network:FlowLog": {
        **IN_GROUP, "networkWatcherName": "nw", "flowLogName": "fl", "targetResourceId": VNET, "storageId": ACCOUNT,
        "enabled": True, "retentionPolicy": {"enabled": True, "days": 30},
    },
    "network:ApplicationGateway": {
        **IN_GROUP, "applicationGatewayName": "agw", "sku": {"name": "WAF_v2", "tier": "WAF_v2", "capacity": 2},
        "gatewayIPConfigurations": [{"name": "ip", "subnet": {"id": f"{HUB}/agw"}}],
        "frontendIPConfigurations": [{"name": "front", "subnet": {"id": f"{HUB}/agw"}}],
        "httpListeners": [{"name": "https"}],
        "requestRoutingRules": [
            {
                "name": "all", "ruleType": "Basic", "priority": 100,
                "httpListener": {"id": f"{GATEWAY}/httpListeners/https"},
            }
        ],
    },
    "network:WebApplicationFirewallPolicy": {
        **IN_GROUP, "policyName": "waf", "policySettings": {"state": "Enabled", "mode": "Prevention"},
        "managedRules": {
            "managedRuleSets": [{"ruleSetType": "Microsoft_DefaultRuleSet", "ruleSetVersion": "2.1"}]
        },
    },
    "network:PrivateLinkService": {
        **IN_GROUP, "serviceName": "pls",
        "ipConfigurations": [{"name": "ip", "subnet": {"id": f"{HUB}/pls"}}],
        "loadBalancerFrontendIpConfigurations": [{"id": f"{BALANCER}/frontendIPConfigurations/front"}],
    },
    "network:DdosProtectionPlan": {**IN_GROUP, "ddosProtectionPlanName": "ddos"},
}  # fmt: skip
