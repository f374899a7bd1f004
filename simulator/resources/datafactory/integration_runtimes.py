"""Microsoft.DataFactory/factories/integrationRuntimes."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final

from simulator.model import Model, Request
from simulator.resources.datafactory.reference_rules import references_are_there
from simulator.rule import Fault, rule

_CORES: Final = (8, 16, 32, 48, 80, 144, 272)


@rule("adf-runtime-cores", kind="static", source="azurerm data_factory_integration_runtime_azure_resource.go (checked "
      "2026-11-25; code not confirmed)")  # fmt: skip
def cores_come_in_sizes(request: Request) -> Iterator[Fault]:
    """Data flows run on clusters of certain sizes."""
    path = "properties.computeProperties.dataFlowProperties.coreCount"
    cores = request.known(path)
    if isinstance(cores, int) and cores not in _CORES:
        yield Fault(f"data flows on {cores} cores", path, f"use one of {', '.join(map(str, _CORES))}")


class IntegrationRuntimes(Model):
    """Machines that run activities."""

    token = "azure-native:datafactory:IntegrationRuntime"
    rules = (cores_come_in_sizes, references_are_there)

    def outputs(self, request: Request) -> dict[str, Any]:
        """A managed one is there at once; a self-hosted one waits for its machines."""
        managed = request.known("properties.type") == "Managed"
        return {"properties": {"state": "Initial"}} if managed else {}
