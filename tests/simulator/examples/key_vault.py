"""One valid resource of each further type of Key Vault."""

from __future__ import annotations

from typing import Any

from tests.simulator.examples.foundation import IN_GROUP, TENANT

EXAMPLES: dict[str, dict[str, Any]] = {
    "keyvault:ManagedHsm": {
        **IN_GROUP, "name": "hsm-test", "sku": {"family": "B", "name": "Standard_B1"},
        "properties": {
            "tenantId": TENANT, "initialAdminObjectIds": ["00000000-0000-0000-0000-0000000000ee"],
            "enablePurgeProtection": True, "softDeleteRetentionInDays": 7,
        },
    },
}  # fmt: skip
