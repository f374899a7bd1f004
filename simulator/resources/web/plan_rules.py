"""What Azure refuses about a plan: its size, its zones, and what its apps would lose."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from http import HTTPStatus
from typing import Any, Final

from simulator.errors import Refusal
from simulator.ids import key, name_of
from simulator.model import Request
from simulator.references import BODY
from simulator.resources.web.hosting_rules import tier_of
from simulator.rule import Fault, Rule, rule
from simulator.store import Record
from simulator.values import at
from simulator.world import World

_LIMITS: Final = "learn.microsoft.com Azure subscription limits, App Service limits (checked 2026-11-25)"
_ZONES: Final = "learn.microsoft.com/en-us/azure/reliability/reliability-app-service (checked 2026-11-25)"
# Workers that a plan of a tier may have.
_MOST_WORKERS: Final[Mapping[str, int]] = {
    "Free": 1, "Shared": 1, "Basic": 3, "Standard": 10, "PremiumV2": 30, "PremiumV3": 30, "PremiumV4": 30,
}  # fmt: skip
_SMALL: Final = frozenset({"Free", "Shared", "Basic", "Standard"})
_SITES: Final = frozenset({"microsoft.web/sites", "microsoft.web/sites/slots"})
# Deployment slots that an app may have beside its own; "App Service limits" and "Azure Functions deployment slots".
SLOTS: Final[Mapping[str, int]] = {
    "Free": 0, "Shared": 0, "Basic": 0, "Dynamic": 1, "FlexConsumption": 0, "Standard": 5, "PremiumV2": 20,
    "PremiumV3": 20, "PremiumV4": 20,
}  # fmt: skip


def sites_in(plan: str, world: World) -> list[Record]:
    """The sites and slots that run in a plan."""
    users = [world.get(each) for each in world.pointing(BODY, plan)]
    return [
        user
        for user in users
        if user is not None and user.type.lower() in _SITES and key(str(user.body.get("serverFarmId"))) == key(plan)
    ]


@rule("app-plan-workers", kind="static", source=f"{_LIMITS}, code not confirmed", reads=("sku.name",))
def few_enough_workers(request: Request) -> Iterator[Fault]:
    """Each tier scales out so far and no further."""
    most, wanted = _MOST_WORKERS.get(str(tier_of(request.inputs))), request.known("sku.capacity")
    if most is not None and isinstance(wanted, int) and wanted > most:
        yield Fault(f"a plan of the tier {tier_of(request.inputs)} has at most {most} workers, not {wanted}",
                    "sku.capacity", f"use at most {most} workers or a higher tier")  # fmt: skip


@rule("app-plan-zones-tier", kind="static", source=f"{_ZONES}, code not confirmed", reads=("sku.name",))
def zones_need_premium(request: Request) -> Iterator[Fault]:
    """Zone redundancy begins with Premium v2."""
    tier = tier_of(request.inputs)
    if request.known("zoneRedundant") is True and tier in _SMALL:
        yield Fault(f"a plan of the tier {tier} can't be zone-redundant", "zoneRedundant",
                    "use a SKU of Premium v2, v3 or v4, or Isolated v2")  # fmt: skip


@rule(
    "app-plan-zones-workers", kind="lifecycle", quoted=True, reads=("sku.name", "sku.capacity"),
    source="Azure/terraform-azurerm-avm-res-web-serverfarm#133 (ARM's words); "
    "hashicorp/terraform-provider-azurerm#29810 (at least 2 workers to switch it on); code not confirmed",
)  # fmt: skip
def zones_need_workers(request: Request) -> Iterator[Fault]:
    """A plan that is to become zone-redundant has two workers; for a new one Azure adds them itself."""
    before = request.old.body.get("zoneRedundant") if request.old is not None else True
    workers = request.known("sku.capacity", 1)
    if request.known("zoneRedundant") is True and before in (None, False) and isinstance(workers, int) and workers < 2:
        yield Fault(
            "App Service Plans with fewer than 2 workers are not allowed for zone redundancy. Requested number of "
            f"workers: {workers}.",
            "zoneRedundant",
            "set sku.capacity to 2 or more",
        )


@rule(
    "app-plan-linux-shared", kind="static", reads=("sku.name",),
    source="MicrosoftDocs/azure-docs#36268 (checked 2026-11-25), code not confirmed",
)  # fmt: skip
def linux_has_no_shared_tier(request: Request) -> Iterator[Fault]:
    """Linux has no shared tier."""
    if tier_of(request.inputs) == "Shared" and request.known("reserved") is True:
        yield Fault("App Service on Linux has no Shared tier", "reserved", "use F1 or a SKU from B1 on")


@rule(
    "app-plan-one-system", kind="static",
    source="learn.microsoft.com REST reference, serverfarms: reserved is Linux, hyperV a Windows container "
    "(code not confirmed)",
)  # fmt: skip
def one_system(request: Request) -> Iterator[Fault]:
    """Workers run Linux or Windows containers."""
    if request.known("reserved") is True and (request.known("hyperV") is True or request.known("isXenon") is True):
        yield Fault("a plan can't be for Linux and for Windows containers", "reserved",
                    "set reserved for Linux, or hyperV for Windows containers")  # fmt: skip


@rule(
    "app-plan-loses-integration", kind="lifecycle", code="Conflict", quoted=True,
    source="Azure/bicep#6725 (code not confirmed)", reads=("sku.name",),
)  # fmt: skip
def integration_stays(request: Request) -> Iterator[Fault]:
    """A plan whose apps are in a network keeps to the tiers that have VNet integration."""
    tier = tier_of(request.inputs)
    if request.old is None or tier not in {"Free", "Shared"}:
        return
    if any(isinstance(site.body.get("virtualNetworkSubnetId"), str) for site in sites_in(request.id, request.world)):
        yield Fault(
            "The new SKU does not support Regional VNET integration which some apps are still using. Please disconnect "
            "apps from Regional VNET integration and try again",
            "sku",
            "take virtualNetworkSubnetId from the apps in an update of its own first",
        )


@rule(
    "app-plan-loses-always-on", kind="lifecycle", code="Conflict", reads=("sku.name",),
    source="microsoft/HealthBotContainerSample#51 (what the tier lacks), code not confirmed",
)  # fmt: skip
def always_on_stays(request: Request) -> Iterator[Fault]:
    """A plan whose apps are always on keeps to the tiers that have it."""
    tier = tier_of(request.inputs)
    if request.old is None or tier not in {"Free", "Shared"}:
        return
    for site in sites_in(request.id, request.world):
        if at(site.body, "siteConfig.alwaysOn") is True:
            yield Fault(f"site {name_of(site.id)} uses AlwaysOn, which the tier {tier} doesn't have", "sku",
                        "set alwaysOn to false in an update of its own first")  # fmt: skip
            return


@rule(
    "app-plan-loses-slots", kind="lifecycle", code="Conflict", reads=("sku.name",),
    source="learn.microsoft.com/en-us/azure/app-service/deploy-staging-slots: the target tier has to support the "
    "slots that an app uses (checked 2026-11-25), code not confirmed",
)  # fmt: skip
def slots_stay(request: Request) -> Iterator[Fault]:
    """A plan whose apps have slots keeps to the tiers that have as many."""
    tier = tier_of(request.inputs)
    most = SLOTS.get(str(tier))
    if request.old is None or most is None:
        return
    for site in sites_in(request.id, request.world):
        if site.type.lower() == "microsoft.web/sites" and len(slots_of(site.id, request.world)) > most:
            yield Fault(f"site {name_of(site.id)} has more slots than the tier {tier} allows ({most})", "sku",
                        "delete slots in an update of its own first")  # fmt: skip
            return


def slots_of(site: str, world: World) -> list[Record]:
    """The deployment slots of a site."""
    return [each for each in world.below(site) if each.type.lower() == "microsoft.web/sites/slots"]


def in_use(plan: Record, world: World) -> Iterator[Refusal]:
    """The refusal to delete a plan that sites run in. Conflict 11003: hashicorp/terraform-provider-azurerm#13377."""
    names: list[Any] = [name_of(site.id) for site in sites_in(plan.id, world) if site.type.lower().endswith("/sites")]
    if names:
        yield Refusal(
            "Conflict",
            f"Server farm '{name_of(plan.id)}' cannot be deleted because it has web app(s) {', '.join(names)} assigned "
            "to it.",
            status=HTTPStatus.CONFLICT,
            fix="delete the apps, or move them to another plan, first",
            quoted=True,
            rule="app-plan-in-use",
        )


PLAN_RULES: Final[tuple[Rule, ...]] = (
    one_system, linux_has_no_shared_tier, few_enough_workers, zones_need_premium, zones_need_workers,
    integration_stays, always_on_stays, slots_stay,
)  # fmt: skip
