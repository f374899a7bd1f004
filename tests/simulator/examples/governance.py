"""One valid lock, policy of activations, security contact and schedule."""

from __future__ import annotations

from typing import Any

from simulator.ids import SUBSCRIPTION
from tests.simulator.azure import GROUP, REGION
from tests.simulator.examples.foundation import IDENTITY

_VAULT = f"{GROUP}/providers/Microsoft.KeyVault/vaults/kv-test"

EXAMPLES: dict[str, dict[str, Any]] = {
    "costmanagement:TagInheritanceSetting": {
        "scope": f"/subscriptions/{SUBSCRIPTION}", "type": "taginheritance", "kind": "taginheritance",
        "properties": {"preferContainerTags": False},
    },
    "authorization:PimRoleEligibilitySchedule": {
        "scope": _VAULT, "principalId": "00000000-0000-0000-0000-0000000000b1",
        "roleDefinitionId": (
            f"/subscriptions/{SUBSCRIPTION}/providers/Microsoft.Authorization/roleDefinitions/"
            "00482a5a-887f-4fb3-b363-3b7fe8e74483"
        ),
        "justification": "By the settings.",
        "scheduleInfo": {"expiration": {"type": "AfterDuration", "duration": "P365D"}},
    },
    "authorization:RoleManagementPolicy": {
        "scope": _VAULT, "roleManagementPolicyName": "00000000-0000-0000-0000-0000000000c2",
        "rules": [
            {
                "ruleType": "RoleManagementPolicyExpirationRule", "id": "Expiration_EndUser_Assignment",
                "isExpirationRequired": True, "maximumDuration": "PT4H",
            },
            {
                "ruleType": "RoleManagementPolicyApprovalRule", "id": "Approval_EndUser_Assignment",
                "setting": {
                    "isApprovalRequired": True,
                    "approvalStages": [
                        {"primaryApprovers": [{"id": "00000000-0000-0000-0000-0000000000bf", "userType": "Group"}]}
                    ],
                },
            },
        ],
    },
    "security:SecurityContact": {
        "securityContactName": "default", "emails": "security@gov.example", "isEnabled": True,
    },
    "logic:Workflow": {
        "workflowName": "logic-test", "resourceGroupName": "rg-test", "location": REGION,
        "identity": {"type": "UserAssigned", "userAssignedIdentities": [IDENTITY]},
        "definition": {
            "contentVersion": "1.0.0.0",
            "triggers": {
                "clock": {
                    "type": "Recurrence",
                    "recurrence": {
                        "frequency": "Week", "interval": 1,
                        "schedule": {"weekDays": ["Monday"], "hours": [7], "minutes": [0]},
                    },
                }
            },
            "actions": {
                "stop": {
                    "type": "Http",
                    "inputs": {
                        "method": "POST", "uri": "https://management.azure.com/x/stop",
                        "authentication": {"type": "ManagedServiceIdentity", "identity": IDENTITY},
                    },
                }
            },
        },
    },
    "authorization:ManagementLockByScope": {
        "scope": f"/subscriptions/{SUBSCRIPTION}/resourceGroups/rg-test-two", "lockName": "lock",
        "level": "CanNotDelete",
    },
}  # fmt: skip
