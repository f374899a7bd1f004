"""One valid resource of each type of virtual machines that node pools stand on."""

from __future__ import annotations

from typing import Any

from tests.simulator.azure import GROUP
from tests.simulator.examples.foundation import IDENTITY, IN_GROUP, VAULT

COMPUTE = f"{GROUP}/providers/Microsoft.Compute"

EXAMPLES: dict[str, dict[str, Any]] = {
    "compute:DiskEncryptionSet": {
        **IN_GROUP, "diskEncryptionSetName": "des", "encryptionType": "EncryptionAtRestWithCustomerKey",
        "identity": {"type": "UserAssigned", "userAssignedIdentities": [IDENTITY]},
        "activeKey": {
            "keyUrl": "https://kv-test.vault.azure.net/keys/cmk/0123456789abcdef0123456789abcdef",
            "sourceVault": {"id": VAULT},
        },
    },
    "compute:CapacityReservationGroup": {
        **IN_GROUP, "capacityReservationGroupName": "crg", "zones": ["1", "2"],
    },
    "compute:CapacityReservation": {
        **IN_GROUP, "capacityReservationGroupName": "crg", "capacityReservationName": "gpu-1", "zones": ["1"],
        "sku": {"name": "Standard_NC24ads_A100_v4", "capacity": 2},
    },
    "compute:ProximityPlacementGroup": {
        **IN_GROUP, "proximityPlacementGroupName": "ppg", "proximityPlacementGroupType": "Standard", "zones": ["1"],
        "intent": {"vmSizes": ["Standard_NC24ads_A100_v4"]},
    },
}  # fmt: skip
