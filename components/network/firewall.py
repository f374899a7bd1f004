"""Firewall: the spoke's own Azure Firewall and its policy, for a spoke without a hub.

Owns the firewall, its policy and addresses. Does not own the routes that lead to it (`components.network.network`)
or the choice of rules (`components.network.firewall_rules`). Does not inspect TLS: that would need a
certificate authority of ours on every machine.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from pulumi import ComponentResource, Input, Output, ResourceOptions
from pulumi_azure_native import network

from components import naming
from components.network.firewall_rules import FlowRule, HostRule, cluster_rules, flow_rules, host_rules, team_rules
from components.network.network_plan import AddressPlan
from components.observability.diagnostic_setting import send_diagnostics
from components.placement import Placement
from components.problems import refuse


@dataclass(frozen=True, kw_only=True)
class FirewallChoice:
    """What may be chosen. `intrusion_detection` None: off. `zones`: every zone of the region.

    `allowed_hosts`: for people's code; `cluster_hosts`: for what the cluster installs.
    """

    tier: Literal["Standard", "Premium"]
    public_ip_count: int
    zones: tuple[str, ...]
    deny_known_threats: bool
    intrusion_detection: Literal["Deny", "Alert"] | None
    allowed_hosts: tuple[str, ...]
    cluster_hosts: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class FirewallArgs:
    """`subnet_id`: the one called AzureFirewallSubnet."""

    placement: Placement
    resource_group_name: Input[str]
    addresses: AddressPlan
    subnet_id: Input[str]
    choice: FirewallChoice
    log_workspace_id: Input[str]


def problems(args: FirewallArgs) -> list[str]:
    """Every reason why the firewall can't be built."""
    return choice_problems(args.choice)


def choice_problems(choice: FirewallChoice) -> list[str]:
    """What can be said before there is a subnet."""
    found = []
    if choice.intrusion_detection is not None and choice.tier != "Premium":
        found.append(f"intrusion detection needs the tier Premium, not {choice.tier}")
    if not 1 <= choice.public_ip_count <= 250:
        found.append(f"{choice.public_ip_count} public IPs: a firewall takes 1 to 250")
    return found


class Firewall(ComponentResource):
    """Firewall with policy, addresses and diagnostics."""

    private_address: Output[str]
    """Where routes send what leaves."""

    def __init__(self, name: str, args: FirewallArgs, opts: ResourceOptions | None = None) -> None:
        super().__init__("platform:firewall:Firewall", name, {}, opts)
        refuse(name, problems(args))
        self._prefix, self._args = name, args
        self._child = ResourceOptions(parent=self)
        policy = self._policy()
        groups = self._rule_groups(policy)
        made = self._firewall(policy, groups)
        self._log("afw", made.id, "Microsoft.Network/azureFirewalls")
        self.private_address = made.ip_configurations[0].private_ip_address
        self.register_outputs({"private_address": self.private_address})

    def _common(self) -> dict[str, Input[str] | dict[str, str]]:
        p = self._args.placement
        return {"resource_group_name": self._args.resource_group_name, "location": p.region, "tags": dict(p.tags)}

    def _policy(self) -> network.FirewallPolicy:
        choice = self._args.choice
        detection = choice.intrusion_detection
        return network.FirewallPolicy(
            f"{self._prefix}-afwp",
            firewall_policy_name=naming.named("afwp", self._args.placement),
            sku=network.FirewallPolicySkuArgs(tier=choice.tier),
            threat_intel_mode="Deny" if choice.deny_known_threats else "Alert",
            # Rules that name hosts on other ports than 443 need the firewall to resolve names itself.
            # It asks whom its clients ask: two answers for one name would be two addresses, one of them denied.
            dns_settings=network.DnsSettingsArgs(
                enable_proxy=True, servers=[str(each) for each in self._args.addresses.dns_servers] or None
            ),
            intrusion_detection=None
            if detection is None
            else network.FirewallPolicyIntrusionDetectionArgs(mode=detection),
            opts=self._child,
            **self._common(),
        )

    def _rule_groups(self, policy: network.FirewallPolicy) -> list[network.FirewallPolicyRuleCollectionGroup]:
        plan, region = self._args.addresses, self._args.placement.region
        platform = self._group(
            "platform",
            200,
            policy,
            [
                _flow_collection("platform-flows", 200, flow_rules(plan, region)),
                _host_collection("platform-hosts", 300, host_rules(plan, region)),
            ],
            [],
        )
        choice = self._args.choice
        named = (*team_rules(plan, choice.allowed_hosts), *cluster_rules(plan, choice.cluster_hosts))
        if not named:
            return [platform]
        # One after another, so that no two writes meet at the policy.
        collections = [_host_collection("named-hosts", 300, named)]
        return [platform, self._group("named", 400, policy, collections, [platform])]

    def _group(
        self,
        key: str,
        priority: int,
        policy: network.FirewallPolicy,
        collections: list[network.FirewallPolicyFilterRuleCollectionArgs],
        after: list[network.FirewallPolicyRuleCollectionGroup],
    ) -> network.FirewallPolicyRuleCollectionGroup:
        return network.FirewallPolicyRuleCollectionGroup(
            f"{self._prefix}-rcg-{key}",
            rule_collection_group_name=f"rcg-{key}",
            firewall_policy_name=policy.name,
            resource_group_name=self._args.resource_group_name,
            priority=priority,
            rule_collections=list(collections),
            opts=ResourceOptions(parent=self, depends_on=list(after)),
        )

    def _firewall(
        self, policy: network.FirewallPolicy, groups: list[network.FirewallPolicyRuleCollectionGroup]
    ) -> network.AzureFirewall:
        choice = self._args.choice
        addresses = [self._public_ip(number) for number in range(1, choice.public_ip_count + 1)]
        return network.AzureFirewall(
            f"{self._prefix}-afw",
            azure_firewall_name=naming.named("afw", self._args.placement),
            sku=network.AzureFirewallSkuArgs(name="AZFW_VNet", tier=choice.tier),
            firewall_policy=network.SubResourceArgs(id=policy.id),
            zones=list(choice.zones) if choice.zones else None,
            ip_configurations=[
                network.AzureFirewallIPConfigurationArgs(
                    name=f"address-{number}",
                    # Only the first configuration names the subnet; ARM refuses a second one.
                    subnet=network.SubResourceArgs(id=self._args.subnet_id) if number == 1 else None,
                    public_ip_address=network.SubResourceArgs(id=address.id),
                )
                for number, address in enumerate(addresses, start=1)
            ],
            # So that no rule is written to a policy while its firewall is being made.
            opts=ResourceOptions(parent=self, depends_on=list(groups)),
            **self._common(),
        )

    def _public_ip(self, number: int) -> network.PublicIPAddress:
        zones = self._args.choice.zones
        address = network.PublicIPAddress(
            f"{self._prefix}-pip-{number}",
            public_ip_address_name=naming.named("pip", self._args.placement, "firewall", str(number)),
            sku=network.PublicIPAddressSkuArgs(name="Standard", tier="Regional"),
            public_ip_allocation_method="Static",
            public_ip_address_version="IPv4",
            zones=list(zones) if zones else None,
            opts=self._child,
            **self._common(),
        )
        self._log(f"pip-{number}", address.id, "Microsoft.Network/publicIPAddresses")
        return address

    def _log(self, key: str, resource_id: Input[str], resource_type: str) -> None:
        send_diagnostics(
            f"{self._prefix}-diag-{key}", resource_id, resource_type, self._args.log_workspace_id, self._child
        )


def _collection(
    name: str, priority: int, rules: list[network.ApplicationRuleArgs | network.NetworkRuleArgs]
) -> network.FirewallPolicyFilterRuleCollectionArgs:
    return network.FirewallPolicyFilterRuleCollectionArgs(
        rule_collection_type="FirewallPolicyFilterRuleCollection",
        name=name,
        priority=priority,
        action=network.FirewallPolicyFilterRuleCollectionActionArgs(type="Allow"),
        rules=list(rules),
    )


def _host_collection(
    name: str, priority: int, rules: tuple[HostRule, ...]
) -> network.FirewallPolicyFilterRuleCollectionArgs:
    return _collection(name, priority, [_host_rule(rule) for rule in rules])


def _flow_collection(
    name: str, priority: int, rules: tuple[FlowRule, ...]
) -> network.FirewallPolicyFilterRuleCollectionArgs:
    return _collection(name, priority, [_flow_rule(rule) for rule in rules])


def _host_rule(rule: HostRule) -> network.ApplicationRuleArgs:
    ports = (("Https", 443), ("Http", 80)) if rule.plain_http else (("Https", 443),)
    return network.ApplicationRuleArgs(
        rule_type="ApplicationRule",
        name=rule.name,
        description=rule.why,
        source_addresses=list(rule.sources),
        target_fqdns=list(rule.hosts) if rule.hosts else None,
        fqdn_tags=list(rule.tags) if rule.tags else None,
        protocols=[
            network.FirewallPolicyRuleApplicationProtocolArgs(protocol_type=kind, port=port) for kind, port in ports
        ],
    )


def _flow_rule(rule: FlowRule) -> network.NetworkRuleArgs:
    return network.NetworkRuleArgs(
        rule_type="NetworkRule",
        name=rule.name,
        description=rule.why,
        source_addresses=list(rule.sources),
        destination_addresses=list(rule.service_tags or rule.addresses) or None,
        destination_fqdns=list(rule.hosts) if rule.hosts else None,
        destination_ports=list(rule.ports),
        ip_protocols=list(rule.protocols),
    )
