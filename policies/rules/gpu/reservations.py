"""GPU-006: machines that are reserved are few, and of sizes that the environment uses."""

from __future__ import annotations

from typing import Any, Final

from policies.rule import ABSENT, Break, Category, Context, Example, Property, Rule, Severity, Verdict
from policies.types import CAPACITY_RESERVATION
from policies.view import Judged, View


def check(reservation: View, context: Context) -> Judged:
    """The size is one of the profile's; no more machines than it allows."""
    parameters = context.profile.parameters
    yield from reservation.must_be_one_of("sku.name", parameters.gpu_sizes)
    yield from reservation.must_be_between("sku.capacity", None, parameters.reserved_machines)


def _reservation(machines: int = 1, size: str = "Standard_NV36ads_A10_v5") -> dict[str, Any]:
    return {"sku": {"name": size, "capacity": machines}}


_API: Final = "CapacityReservation, Microsoft.Compute 2024-11-01"

RULE = Rule(
    id="GPU-006",
    title="Machines that are reserved are few, and of sizes that the environment uses",
    severity=Severity.HIGH,
    category=Category.COST,
    types=(CAPACITY_RESERVATION,),
    controls=("itsg33/SA-2", "itsg33/SC-6"),
    parameters=("gpu_sizes", "reserved_machines"),
    why="A reserved machine is paid at its full price from the minute on, whether or not anything runs on it.",
    fix="Set sku.capacity to at most the profile's reserved_machines, and sku.name to one of its gpu_sizes.",
    link="https://learn.microsoft.com/azure/virtual-machines/capacity-reservation-overview",
    properties=(
        Property("sku.name", ABSENT, Verdict.FAIL, f"{_API}: required"),
        Property("sku.capacity", ABSENT, Verdict.FAIL, f"{_API}: required"),
    ),
    check=check,
    good=(Example(_reservation()), Example(_reservation(0, "standard_nc4as_t4_v3"), environment="dev")),
    bad=(
        Example(_reservation(3)),
        Example(_reservation(size="Standard_ND96asr_v4")),
        Example(_reservation(1, "Standard_NC4as_T4_v3"), environment="dev"),
    ),
    breaks=(
        Break("sku.capacity", 100),
        Break("sku.capacity", ABSENT),
        Break("sku.name", "Standard_ND96amsr_A100_v4"),
    ),
)
