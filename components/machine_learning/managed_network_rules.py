"""Outbound rules of Azure ML's managed network: what computes, jobs and endpoints may reach.

Owns the rules, each a resource of its own. Does not own the network: it comes and goes with its workspace. Not a
component: the rules lie in the workspace's, and a move would make Pulumi replace them.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TypeAlias

from pulumi import Input, Resource, ResourceOptions
from pulumi_azure_native import machinelearningservices as ml

from components import naming


@dataclass(frozen=True, kw_only=True)
class ServiceTag:
    """An Azure service at its public addresses."""

    tag: str
    protocol: str
    ports: str


@dataclass(frozen=True, kw_only=True)
class NetworkRules:
    """`endpoints`: ARM id and group by name. `hosts` may start with `*.`; they need the network's firewall."""

    endpoints: Mapping[str, tuple[Input[str], str]]
    hosts: tuple[str, ...]
    service_tags: Mapping[str, ServiceTag] = field(default_factory=dict)


Rule: TypeAlias = "ml.FqdnOutboundRuleArgs | ml.PrivateEndpointOutboundRuleArgs | ml.ServiceTagOutboundRuleArgs"


def rule_problems(rules: NetworkRules) -> list[str]:
    """Hosts named twice: the second rule would overwrite the first."""
    return [f"host {host} is allowed twice" for host, count in sorted(Counter(rules.hosts).items()) if count > 1]


def write_rules(
    name: str, workspace_name: Input[str], group_name: Input[str], rules: NetworkRules, parent: Resource
) -> tuple[Resource, ...]:
    """The rules, one after another: each rewrites the one managed network, and Azure ML refuses parallel writes."""
    made: list[Resource] = []
    for rule_name, properties in _rules(rules):
        made.append(
            ml.ManagedNetworkSettingsRule(
                f"{name}-rule-{rule_name}",
                rule_name=rule_name,
                workspace_name=workspace_name,
                resource_group_name=group_name,
                properties=properties,
                opts=ResourceOptions(parent=parent, depends_on=made[-1:]),
            )
        )
    return tuple(made)


def _rules(rules: NetworkRules) -> list[tuple[str, Rule]]:
    found: list[tuple[str, Rule]] = [
        (
            name,
            ml.PrivateEndpointOutboundRuleArgs(
                type="PrivateEndpoint",
                category="UserDefined",
                destination=ml.PrivateEndpointDestinationArgs(
                    service_resource_id=target, subresource_target=group, spark_enabled=True
                ),
            ),
        )
        for name, (target, group) in rules.endpoints.items()
    ]
    found += [
        (
            naming.outbound_rule("tag", name),
            ml.ServiceTagOutboundRuleArgs(
                type="ServiceTag",
                category="UserDefined",
                destination=ml.ServiceTagDestinationArgs(
                    service_tag=each.tag, protocol=each.protocol, port_ranges=each.ports
                ),
            ),
        )
        for name, each in rules.service_tags.items()
    ]
    found += [
        (
            naming.outbound_rule("host", host),
            ml.FqdnOutboundRuleArgs(type="FQDN", category="UserDefined", destination=host),
        )
        for host in rules.hosts
    ]
    return found
