"""Microsoft.Web/serverfarms."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from simulator.errors import Refusal
from simulator.ids import SUBSCRIPTION
from simulator.model import Model, Request
from simulator.resources.web.hosting_rules import tier_of
from simulator.resources.web.plan_rules import PLAN_RULES, in_use
from simulator.resources.web.state_rules import PLAN_STATE_RULES
from simulator.store import Record
from simulator.world import World


class Serverfarms(Model):
    """An App Service plan: the workers that sites run on."""

    token = "azure-native:web:AppServicePlan"
    rules = (*PLAN_RULES, *PLAN_STATE_RULES)

    def defaults(self, request: Request) -> dict[str, Any]:
        """The parts of the SKU that its name implies; Windows unless the request says `reserved`."""
        tier, name = tier_of(request.inputs), request.known("sku.name")
        sku = {"tier": tier, "size": name, "capacity": 1} if tier is not None and name is not None else {}
        return {
            "kind": "linux" if request.at("reserved") is True else "app",
            "perSiteScaling": False, "reserved": False, "hyperV": False, "isXenon": False, "isSpot": False,
            "elasticScaleEnabled": False, "maximumElasticWorkerCount": 1, "targetWorkerCount": 0,
            "targetWorkerSizeId": 0, "zoneRedundant": False, **({"sku": sku} if sku else {}),
        }  # fmt: skip

    def outputs(self, request: Request) -> dict[str, Any]:
        """How many workers there are, and where."""
        workers = request.at("sku.capacity")
        return {
            "geoRegion": request.text("location"),
            "maximumNumberOfWorkers": 10,
            "numberOfSites": 0,
            "numberOfWorkers": 1 if workers is None else workers,
            "resourceGroup": request.id.split("/")[4],
            "status": "Ready",
            "subscription": SUBSCRIPTION,
            "systemData": None,
        }

    def delete_refusals(self, record: Record, world: World) -> Iterator[Refusal]:
        """A plan goes after its sites."""
        yield from in_use(record, world)
