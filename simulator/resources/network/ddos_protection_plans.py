"""Microsoft.Network/ddosProtectionPlans."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from simulator.ids import key
from simulator.model import Model, Request, guid, normal_location
from simulator.rule import Fault, rule


@rule(
    "net-one-ddos-plan-per-region", kind="state", code="DdosProtectionPlanCountLimitReached", quoted=True,
    source="public reports of DdosProtectionPlanCountLimitReached (checked 2026-11-25)", reads=("location",),
)  # fmt: skip
def one_plan(request: Request) -> Iterator[Fault]:
    """A subscription has one plan in a region."""
    for other in request.world.of_type("Microsoft.Network/ddosProtectionPlans") if request.old is None else ():
        where = other.body.get("location")
        if other.key != key(request.id) and isinstance(where, str) and normal_location(where) == request.location:
            yield Fault(
                "It is not allowed to create more than 1 DDoS protection plan for a subscription in the region.",
                "location",
                f"use {other.id}: one plan protects the networks of many subscriptions",
            )


class DdosProtectionPlans(Model):
    """A DDoS protection plan."""

    token = "azure-native:network:DdosProtectionPlan"
    rules = (one_plan,)

    def outputs(self, request: Request) -> dict[str, Any]:
        """Its GUID."""
        return {"resourceGuid": guid(request.id, "resource")}
