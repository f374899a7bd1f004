"""DNS resolver: names across networks.

Owns the resolver, its endpoints and the rules for other networks' domains. Does not own the zones that it answers
from (`components.network.private_dns`), nor what other networks forward to it: their DNS servers have to be told its
inbound address (docs/runbooks/connect-names.md).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from ipaddress import IPv4Address

from pulumi import ComponentResource, Input, Output, ResourceOptions
from pulumi_azure_native import dnsresolver

from components import naming
from components.placement import Placement
from components.problems import refuse

MOST_SERVERS = 6


@dataclass(frozen=True, kw_only=True)
class DnsResolverArgs:
    """`inbound_address`: fixed, because other networks write it down. `forward`: DNS servers by domain."""

    placement: Placement
    resource_group_name: Input[str]
    vnet_id: Input[str]
    inbound_subnet_id: Input[str]
    inbound_address: IPv4Address
    outbound_subnet_id: Input[str]
    forward: Mapping[str, tuple[IPv4Address, ...]]


def problems(args: DnsResolverArgs) -> list[str]:
    """Every reason why the resolver can't be built."""
    return [
        f"domain {domain} has {len(servers)} DNS servers: a rule takes 1 to {MOST_SERVERS}"
        for domain, servers in args.forward.items()
        if not 1 <= len(servers) <= MOST_SERVERS
    ]


class DnsResolver(ComponentResource):
    """Resolver with both endpoints and its forwarding rules."""

    inbound_address: str

    def __init__(self, name: str, args: DnsResolverArgs, opts: ResourceOptions | None = None) -> None:
        super().__init__("platform:dns_resolver:DnsResolver", name, {}, opts)
        refuse(name, problems(args))
        self._prefix, self._args = name, args
        self._child = ResourceOptions(parent=self)
        resolver = dnsresolver.DnsResolver(
            f"{name}-dnspr",
            dns_resolver_name=naming.named("dnspr", args.placement),
            virtual_network=dnsresolver.SubResourceArgs(id=args.vnet_id),
            opts=self._child,
            **self._common(),
        )
        self._inbound(resolver.name)
        outbound = self._outbound(resolver.name)
        if args.forward:
            self._ruleset(outbound.id)
        self.inbound_address = str(args.inbound_address)
        self.register_outputs({"inbound_address": self.inbound_address})

    def _common(self) -> dict[str, Input[str] | Mapping[str, str]]:
        p = self._args.placement
        return {"resource_group_name": self._args.resource_group_name, "location": p.region, "tags": p.tags}

    def _inbound(self, resolver: Output[str]) -> None:
        dnsresolver.InboundEndpoint(
            f"{self._prefix}-in",
            inbound_endpoint_name=naming.named("in", self._args.placement),
            dns_resolver_name=resolver,
            ip_configurations=[
                dnsresolver.IpConfigurationArgs(
                    subnet=dnsresolver.SubResourceArgs(id=self._args.inbound_subnet_id),
                    private_ip_allocation_method="Static",
                    private_ip_address=str(self._args.inbound_address),
                )
            ],
            opts=self._child,
            **self._common(),
        )

    def _outbound(self, resolver: Output[str]) -> dnsresolver.OutboundEndpoint:
        return dnsresolver.OutboundEndpoint(
            f"{self._prefix}-out",
            outbound_endpoint_name=naming.named("out", self._args.placement),
            dns_resolver_name=resolver,
            subnet=dnsresolver.SubResourceArgs(id=self._args.outbound_subnet_id),
            opts=self._child,
            **self._common(),
        )

    def _ruleset(self, outbound_id: Output[str]) -> None:
        ruleset = dnsresolver.DnsForwardingRuleset(
            f"{self._prefix}-dnsfrs",
            dns_forwarding_ruleset_name=naming.named("dnsfrs", self._args.placement),
            dns_resolver_outbound_endpoints=[dnsresolver.SubResourceArgs(id=outbound_id)],
            opts=self._child,
            **self._common(),
        )
        for domain, servers in self._args.forward.items():
            dnsresolver.ForwardingRule(
                f"{self._prefix}-rule-{domain}",
                forwarding_rule_name=domain.replace(".", "-"),
                dns_forwarding_ruleset_name=ruleset.name,
                resource_group_name=self._args.resource_group_name,
                # Azure wants the dot of the root.
                domain_name=f"{domain}.",
                forwarding_rule_state="Enabled",
                target_dns_servers=[
                    dnsresolver.TargetDnsServerArgs(ip_address=str(server), port=53) for server in servers
                ],
                opts=self._child,
            )
        dnsresolver.PrivateResolverVirtualNetworkLink(
            f"{self._prefix}-link",
            virtual_network_link_name=naming.named("link", self._args.placement),
            dns_forwarding_ruleset_name=ruleset.name,
            resource_group_name=self._args.resource_group_name,
            virtual_network=dnsresolver.SubResourceArgs(id=self._args.vnet_id),
            opts=self._child,
        )
