"""One valid policy, initiative, exemption, role, plan of Defender and export of costs."""

from __future__ import annotations

from typing import Any

from simulator.ids import SUBSCRIPTION
from tests.simulator.azure import GROUP

_SUBSCRIPTION = f"/subscriptions/{SUBSCRIPTION}"
_POLICIES = f"{_SUBSCRIPTION}/providers/Microsoft.Authorization/policyDefinitions"
_DEFINITION: dict[str, Any] = {
    "mode": "Indexed", "policyType": "Custom", "displayName": "Allowed regions",
    "parameters": {
        "regions": {"type": "Array"},
        "effect": {"type": "String", "allowedValues": ["Audit", "Deny", "Disabled"], "defaultValue": "Deny"},
    },
    "policyRule": {
        "if": {"not": {"field": "location", "in": "[parameters('regions')]"}},
        "then": {"effect": "[parameters('effect')]"},
    },
}  # fmt: skip
_SET: dict[str, Any] = {
    "displayName": "Base", "parameters": {"regions": {"type": "Array"}},
    "policyDefinitions": [
        {
            "policyDefinitionId": f"{_POLICIES}/regions", "policyDefinitionReferenceId": "regions",
            "parameters": {"regions": {"value": "[parameters('regions')]"}},
        }
    ],
}  # fmt: skip

EXAMPLES: dict[str, dict[str, Any]] = {
    "authorization:PolicyDefinition": {"policyDefinitionName": "regions", **_DEFINITION},
    "authorization:PolicyDefinitionAtManagementGroup": {
        "managementGroupId": "alz", "policyDefinitionName": "regions", **_DEFINITION,
    },
    "authorization:PolicySetDefinition": {"policySetDefinitionName": "base", **_SET},
    "authorization:PolicySetDefinitionAtManagementGroup": {
        "managementGroupId": "alz", "policySetDefinitionName": "base", **_SET,
    },
    "authorization:PolicyExemption": {
        "scope": f"{GROUP}/providers/Microsoft.KeyVault/vaults/kv-test", "policyExemptionName": "tags",
        "policyAssignmentId": f"{GROUP}/providers/Microsoft.Authorization/policyAssignments/tags",
        "exemptionCategory": "Waiver", "expiresOn": "2026-12-31T23:59:00Z",
    },
    "authorization:RoleDefinition": {
        "scope": _SUBSCRIPTION, "roleDefinitionId": "00000000-0000-0000-0000-0000000000d1", "roleName": "Job starter",
        "assignableScopes": [_SUBSCRIPTION],
        "permissions": [
            {
                "actions": ["Microsoft.MachineLearningServices/workspaces/jobs/*", "*/read"], "notActions": [],
                "dataActions": [], "notDataActions": [],
            }
        ],
    },
    "security:Pricing": {
        "scopeId": _SUBSCRIPTION, "pricingName": "KeyVaults", "pricingTier": "Standard",
    },
    "costmanagement:Export": {
        "scope": _SUBSCRIPTION, "exportName": "daily", "location": "canadacentral",
        "identity": {"type": "SystemAssigned"},
        "definition": {"type": "ActualCost", "timeframe": "MonthToDate", "dataSet": {"granularity": "Daily"}},
        "deliveryInfo": {
            "destination": {
                "resourceId": f"{GROUP}/providers/Microsoft.Storage/storageAccounts/sttest", "container": "costs",
            }
        },
        "schedule": {
            "status": "Active", "recurrence": "Daily",
            "recurrencePeriod": {"from": "2026-12-01T00:00:00Z", "to": "2027-12-01T00:00:00Z"},
        },
    },
}  # fmt: skip
