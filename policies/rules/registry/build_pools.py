"""ACR-009: machines that build images stand in our network, and are few."""

from __future__ import annotations

from typing import Any, Final

from policies.rule import ABSENT, Break, Category, Context, Example, Property, Rule, Severity, Verdict
from policies.types import REGISTRY_POOL
from policies.view import Judged, View

_SUBNET: Final = "virtualNetworkSubnetResourceId"


def check(pool: View, context: Context) -> Judged:
    """A subnet of ours, whose firewall decides what a build fetches; no more machines than the profile allows."""
    yield from pool.must_be_set(_SUBNET, "else builds fetch from, and send to, everybody")
    yield from pool.must_be_between("count", None, context.profile.parameters.build_machines)


def _pool(count: int = 1, subnet: str = "a-subnet") -> dict[str, Any]:
    return {"tier": "S1", "count": count, "virtualNetworkSubnetResourceId": subnet}


_API: Final = "AgentPool, Microsoft.ContainerRegistry 2019-06-01-preview"

RULE = Rule(
    id="ACR-009",
    title="Machines that build images stand in our network, and are few",
    severity=Severity.HIGH,
    category=Category.SUPPLY_CHAIN,
    types=(REGISTRY_POOL,),
    controls=("itsg33/SC-7(8)", "itsg33/SA-12", "itsg33/SC-6", "mcsb/NS-2", "mcsb/DS-6", "gdpr/32(1)(b)", "popa/10"),
    parameters=("build_machines",),
    why="A build runs the code of every package that it fetches, and may write to the registry that everything trusts.",
    fix="Set virtualNetworkSubnetResourceId to a subnet behind the firewall, and count to at most build_machines.",
    link="https://learn.microsoft.com/azure/container-registry/tasks-agent-pools",
    properties=(
        Property(_SUBNET, ABSENT, Verdict.FAIL, f"{_API}: a network of Microsoft", unknown=Verdict.PASS),
        Property("count", ABSENT, Verdict.FAIL, f"{_API}: names no default, so it must be written"),
    ),
    check=check,
    good=(Example(_pool()), Example(_pool(0), environment="dev")),
    bad=(Example(_pool(subnet="")), Example(_pool(50)), Example({"virtualNetworkSubnetResourceId": "a-subnet"})),
    breaks=(Break(_SUBNET, ABSENT), Break("count", 100), Break("count", ABSENT)),
)
