"""What the subscription doesn't allow App Service: more workers or more free plans than it has."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from http import HTTPStatus
from typing import Any, Final

from simulator.ids import key, name_of
from simulator.model import Request, normal_location
from simulator.resources.web.hosting_rules import tier_of
from simulator.rule import Fault, Rule, rule
from simulator.subscription import subscription
from simulator.values import at

# How ARM names the quotas of App Service in its answer: one a tier, and one of all tiers.
_ALL: Final = "Total VMs"


def _workers(plan: Any) -> int:
    capacity = at(plan, "sku.capacity")
    return capacity if isinstance(capacity, int) else 1


@rule(
    "app-plan-quota", kind="state", code="Unauthorized", status=HTTPStatus.UNAUTHORIZED, quoted=True,
    source="Azure/terraform-azurerm-avm-res-web-site#248; DataDog/stratus-red-team#875", reads=("sku", "location"),
)  # fmt: skip
def quota_is_kept(request: Request) -> Iterator[Fault]:
    """A subscription has a quota of workers for each tier and region, which may be 0."""
    tier = tier_of(request.inputs)
    if tier is None:
        return
    others = [
        plan.body
        for plan in request.world.of_type("Microsoft.Web/serverfarms")
        if plan.key != key(request.id) and normal_location(str(plan.body.get("location"))) == request.location
    ]
    for name, counted in ((f"{tier} VMs", [each for each in others if tier_of(each) == tier]), (_ALL, others)):
        limit = subscription().quota(name, request.location)
        usage, wanted = sum(map(_workers, counted)), _workers(request.inputs)
        if limit is not None and usage + wanted > limit:
            yield Fault(
                "Operation cannot be completed without additional quota. Additional details - Location:  Current Limit "
                f"({name}): {limit} Current Usage: {usage} Amount required for this deployment ({name}): {wanted} "
                f"(Minimum) New Limit that you should request to enable this deployment: {usage + wanted}.",
                "sku",
                "ask for more quota (Subscription, Usage + quotas, App Service), or use another tier or region",
            )


@rule(
    "app-plan-free-linux", kind="state", code="Unauthorized", status=HTTPStatus.UNAUTHORIZED, quoted=True,
    source="microsoft/vscode-azureappservice#1914; MicrosoftDocs/azure-docs#100771",
    reads=("sku", "location", "reserved"),
)  # fmt: skip
def one_free_linux_plan(request: Request) -> Iterator[Fault]:
    """A subscription has one free plan for Linux in a region."""
    if not _is_free_linux(request.inputs) or request.old is not None:
        return
    for plan in request.world.of_type("Microsoft.Web/serverfarms"):
        here = normal_location(str(plan.body.get("location"))) == request.location
        if plan.key != key(request.id) and here and _is_free_linux(plan.body):
            yield Fault(
                "This subscription has reached the limit of 1 Free Linux app service plan(s) it can create in this "
                "region. Please choose a different sku or region.",
                "sku",
                f"use plan {name_of(plan.id)}, or a SKU from B1 on",
            )
            return


def _is_free_linux(plan: Mapping[str, Any]) -> bool:
    return tier_of(plan) == "Free" and plan.get("reserved") is True


PLAN_STATE_RULES: Final[tuple[Rule, ...]] = (quota_is_kept, one_free_linux_plan)
