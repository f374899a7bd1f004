"""Microsoft.Authorization/policyDefinitions."""

from __future__ import annotations

from typing import Any

from simulator.model import Model, Request
from simulator.resources.authorization.policy_definition_rules import DEFINITION_RULES


class PolicyDefinitions(Model):
    """A policy of one's own in a subscription."""

    token = "azure-native:authorization:PolicyDefinition"
    rules = DEFINITION_RULES

    def defaults(self, request: Request) -> dict[str, Any]:
        """A policy on resources that have tags and a location."""
        return {"policyType": "Custom", "mode": "Indexed", "version": "1.0.0", "versions": ["1.0.0"]}


class PolicyDefinitionsOfGroups(PolicyDefinitions):
    """A policy of one's own in a management group."""

    token = "azure-native:authorization:PolicyDefinitionAtManagementGroup"
