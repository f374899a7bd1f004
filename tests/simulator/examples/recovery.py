"""One valid resource of each type of a Recovery Services vault."""

from __future__ import annotations

from typing import Any

from tests.simulator.examples.foundation import IN_GROUP, RG

_AT_NIGHT = ["2026-11-26T23:00:00Z"]

EXAMPLES: dict[str, dict[str, Any]] = {
    "recoveryservices:Vault": {
        **IN_GROUP, "vaultName": "rsv-test", "sku": {"name": "RS0", "tier": "Standard"},
        "properties": {
            "publicNetworkAccess": "Enabled",
            "redundancySettings": {"standardTierStorageRedundancy": "GeoRedundant", "crossRegionRestore": "Enabled"},
        },
    },
    "recoveryservices:ProtectionPolicy": {
        **RG, "vaultName": "rsv-test", "policyName": "vm-daily",
        "properties": {
            "backupManagementType": "AzureIaasVM", "policyType": "V1", "timeZone": "UTC",
            "instantRpRetentionRangeInDays": 2,
            "schedulePolicy": {
                "schedulePolicyType": "SimpleSchedulePolicy", "scheduleRunFrequency": "Daily",
                "scheduleRunTimes": _AT_NIGHT,
            },
            "retentionPolicy": {
                "retentionPolicyType": "LongTermRetentionPolicy",
                "dailySchedule": {
                    "retentionTimes": _AT_NIGHT, "retentionDuration": {"count": 30, "durationType": "Days"},
                },
            },
        },
    },
}  # fmt: skip
