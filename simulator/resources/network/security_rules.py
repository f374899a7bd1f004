"""Microsoft.Network/networkSecurityGroups/securityRules."""

from __future__ import annotations

from simulator.model import Model
from simulator.resources.network import security_rule_rules


class SecurityRules(Model):
    """A security rule that is a resource of its own."""

    token = "azure-native:network:SecurityRule"
    rules = security_rule_rules.RULES
