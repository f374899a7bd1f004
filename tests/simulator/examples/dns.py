"""One valid resource of each type of a DNS resolver, in another part of the foundation's network."""

from __future__ import annotations

from typing import Any

from tests.simulator.examples.foundation import IN_GROUP, NETWORK, RG, VNET, ZONE

RESOLVER = f"{NETWORK}/dnsResolvers/dnspr"
# A network of another subscription: what it holds is taken on trust.
FAR = (
    "/subscriptions/11111111-1111-1111-1111-111111111111/resourceGroups/rg-hub/providers/Microsoft.Network"
    "/virtualNetworks/far"
)

EXAMPLES: dict[str, dict[str, Any]] = {
    "dnsresolver:DnsResolver": {**IN_GROUP, "dnsResolverName": "dnspr", "virtualNetwork": {"id": FAR}},
    "dnsresolver:InboundEndpoint": {
        **IN_GROUP, "dnsResolverName": "dnspr", "inboundEndpointName": "in",
        "ipConfigurations": [{"subnet": {"id": f"{FAR}/subnets/in"}}],
    },
    "dnsresolver:OutboundEndpoint": {
        **IN_GROUP, "dnsResolverName": "dnspr", "outboundEndpointName": "out", "subnet": {"id": f"{FAR}/subnets/out"},
    },
    "dnsresolver:DnsForwardingRuleset": {
        **IN_GROUP, "dnsForwardingRulesetName": "rules",
        "dnsResolverOutboundEndpoints": [{"id": f"{RESOLVER}/outboundEndpoints/out"}],
    },
    "dnsresolver:ForwardingRule": {
        **RG, "dnsForwardingRulesetName": "rules", "forwardingRuleName": "corp", "domainName": "corp.contoso.com.",
        "targetDnsServers": [{"ipAddress": "192.168.0.4", "port": 53}],
    },
    "dnsresolver:PrivateResolverVirtualNetworkLink": {
        **RG, "dnsForwardingRulesetName": "rules", "virtualNetworkLinkName": "vnet", "virtualNetwork": {"id": VNET},
    },
    "privatedns:PrivateRecordSet": {
        **RG, "privateZoneName": ZONE, "recordType": "A", "relativeRecordSetName": "kv", "ttl": 300,
        "aRecords": [{"ipv4Address": "10.0.0.9"}],
    },
    "dns:Zone": {**RG, "zoneName": "contoso.com", "location": "global"},
    "dns:RecordSet": {
        **RG, "zoneName": "contoso.com", "recordType": "CNAME", "relativeRecordSetName": "www", "ttl": 300,
        "cnameRecord": {"cname": "www.contoso.net"},
    },
}  # fmt: skip
