"""Microsoft.Compute: what node pools stand on."""

from __future__ import annotations

from typing import Final

# Descriptions of Microsoft.Compute in azure-rest-api-specs, as the SDK repeats them.
REFERENCE: Final = "pulumi_azure_native.compute, reference of the inputs (checked 2026-11-25)"
GROUPS: Final = "@azure-rest/arm-compute: CapacityReservationGroup, zones (checked 2026-11-25)"
