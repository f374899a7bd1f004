"""Microsoft.MachineLearningServices/workspaces/batchEndpoints/deployments: why a batch deployment is refused."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from simulator.ids import name_of
from simulator.model import Request
from simulator.resources.machinelearningservices.endpoint_rules import well_named
from simulator.resources.machinelearningservices.time_rules import duration_faults
from simulator.rule import Fault, Rule, rule
from simulator.values import UNKNOWN, at

_YAML: Final = "MicrosoftDocs/azure-ai-docs reference-yaml-deployment-batch.md"
_CHECKED: Final = "(code not confirmed; checked 2026-11-25)"
# What counts something → its smallest value.
_LOWEST: Final = {
    "properties.errorThreshold": -1,
    "properties.maxConcurrencyPerInstance": 1,
    "properties.miniBatchSize": 1,
    "properties.resources.instanceCount": 1,
    "properties.retrySettings.maxRetries": 0,
}


@rule("ml-batch-deployment-name", kind="static", code="UserError",
      source=f"MicrosoftDocs/azure-ai-docs how-to-manage-quotas.md, endpoints {_CHECKED}")  # fmt: skip
def deployment_name(request: Request) -> Iterator[Fault]:
    """The name follows the same rule as that of an endpoint."""
    if request.old is None and not well_named(request.name):
        yield Fault(f"'{request.name}' can't be the name of a deployment", "deploymentName",
                    "use 3 to 32 letters, digits and single dashes, with a letter first")  # fmt: skip


@rule("ml-batch-compute-kind", kind="cross-resource", code="UserError",
      source=f"MicrosoftDocs/azure-ai-docs concept-endpoints-batch.md {_CHECKED}")  # fmt: skip
def runs_in_a_cluster(request: Request) -> Iterator[Fault]:
    """Batch jobs run in a cluster, and in no instance of a single user."""
    compute = request.known("properties.compute")
    record = request.world.get(compute) if isinstance(compute, str) else None
    kind = at(record.body, "properties.computeType") if record is not None else UNKNOWN
    if kind == "ComputeInstance":
        yield Fault(f"{name_of(str(compute))} is a compute instance, and batch jobs need a cluster",
                    "properties.compute", "use a compute of type AmlCompute or Kubernetes")  # fmt: skip


@rule("ml-batch-numbers", kind="static", code="UserError", source=f"{_YAML} {_CHECKED}")
def numbers(request: Request) -> Iterator[Fault]:
    """Sizes and counts have a smallest value: -1 ignores any number of errors."""
    for path, lowest in _LOWEST.items():
        value = request.known(path)
        if isinstance(value, int | float) and value < lowest:
            yield Fault(f"{path} is {value}", path, f"use {lowest} or more")
    yield from duration_faults(request, "properties.retrySettings.timeout", 1)


BATCH_DEPLOYMENT_RULES: Final[tuple[Rule, ...]] = (deployment_name, runs_in_a_cluster, numbers)
