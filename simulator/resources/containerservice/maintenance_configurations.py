"""Microsoft.ContainerService/managedClusters/maintenanceConfigurations."""

from __future__ import annotations

from collections.abc import Iterator

from simulator.errors import Refusal
from simulator.model import Model, Request

_NAMES = ("default", "aksManagedAutoUpgradeSchedule", "aksManagedNodeOSUpgradeSchedule")


class MaintenanceConfigurations(Model):
    """A window in which AKS may work on the cluster. Its name says on what."""

    token = "azure-native:containerservice:MaintenanceConfiguration"

    def refusals(self, request: Request) -> Iterator[Refusal]:
        """Only three names mean anything to AKS (azure-docs, planned maintenance)."""
        if request.name not in _NAMES:
            yield Refusal(
                "InvalidParameter",
                f"maintenance configuration '{request.name}' is not one that AKS knows: {', '.join(_NAMES)}",
                target="configName",
            )
