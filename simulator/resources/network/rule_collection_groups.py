"""Microsoft.Network/firewallPolicies/ruleCollectionGroups."""

from __future__ import annotations

from typing import Any

from simulator.model import Model, Request
from simulator.resources.network import child_name_rules, firewall_policy_rules


class RuleCollectionGroups(Model):
    """A group of rule collections of a firewall policy."""

    token = "azure-native:network:FirewallPolicyRuleCollectionGroup"
    rules = (child_name_rules.unique_names, *firewall_policy_rules.GROUP_RULES)

    def outputs(self, request: Request) -> dict[str, Any]:
        """A few rules are next to nothing."""
        return {"size": "0.0MB"}
