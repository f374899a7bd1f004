"""Microsoft.Network/dnsForwardingRulesets/virtualNetworkLinks."""

from __future__ import annotations

from simulator.model import Model
from simulator.resources.dnsresolver import resolver_rules


class VirtualNetworkLinks(Model):
    """The link that lets a virtual network use a ruleset."""

    token = "azure-native:dnsresolver:PrivateResolverVirtualNetworkLink"
    rules = (resolver_rules.link_in_region, resolver_rules.one_ruleset)
