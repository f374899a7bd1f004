"""ADF-003: data flows use few machines, and none while nothing runs."""

from __future__ import annotations

from typing import Any, Final

from policies.rule import Break, Category, Context, Example, Property, Rule, Severity, Verdict
from policies.types import INTEGRATION_RUNTIME
from policies.view import Judged, View

_FLOWS: Final = "properties.computeProperties.dataFlowProperties"
_CORES: Final = f"{_FLOWS}.coreCount"
_IDLE: Final = f"{_FLOWS}.timeToLive"


def applies(runtime: View, _context: Context) -> bool:
    """Where Azure runs the machines."""
    return runtime.word("properties.type", absent="") == "managed" and runtime.has(_FLOWS)


def check(runtime: View, context: Context) -> Judged:
    """Few processors, which go soon after the last flow."""
    parameters = context.profile.parameters
    yield from runtime.must_be_between(_CORES, None, parameters.data_flow_cores)
    yield from runtime.must_be_between(_IDLE, None, parameters.data_flow_idle_minutes)


def _runtime(cores: int = 16, idle: int = 10, kind: str = "Managed") -> dict[str, Any]:
    flows = {"coreCount": cores, "timeToLive": idle}
    return {"properties": {"type": kind, "computeProperties": {"dataFlowProperties": flows}}}


_API: Final = "IntegrationRuntime, Microsoft.DataFactory 2018-06-01"

RULE = Rule(
    id="ADF-003",
    title="Data flows use few machines, and none while nothing runs",
    severity=Severity.LOW,
    category=Category.COST,
    types=(INTEGRATION_RUNTIME,),
    controls=("itsg33/SC-6", "itsg33/SA-2"),
    equivalents={"azure_policy": ("85bb39b5-2f66-49f8-9306-77da3ac5130f",)},
    parameters=("data_flow_cores", "data_flow_idle_minutes"),
    why="A cluster of data flows is paid by processor and minute, and stays for its time to live after every run.",
    fix="Set coreCount and timeToLive of dataFlowProperties to what the profile allows (settings: data_factory.cores, "
    "data_factory.idle_minutes).",
    link="https://learn.microsoft.com/azure/data-factory/concepts-integration-runtime-performance",
    properties=(
        Property(_CORES, 8, Verdict.PASS, f"{_API}: the smallest, 8 (not re-read)"),
        Property(_IDLE, 0, Verdict.PASS, f"{_API}: 0 (not re-read)"),
    ),
    applies=applies,
    check=check,
    good=(Example(_runtime()), Example(_runtime(8, 0), environment="dev")),
    bad=(Example(_runtime(48)), Example(_runtime(16, 60)), Example(_runtime(16, 0), environment="dev")),
    breaks=(Break(_CORES, 272), Break(_IDLE, 240)),
)
