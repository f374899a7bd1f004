"""Microsoft.Security/pricings."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, Final

from simulator.model import CREATED, UNKNOWN_TEXT, Model, Request
from simulator.resources.monitor.diagnostic_rules import items
from simulator.rule import Fault, rule

_AZURERM: Final = "azurerm 2026-08-21 security_center_subscription_pricing (code not confirmed)"
_PLANS: Final = (
    "AI", "Api", "AppServices", "Arm", "CloudPosture", "ContainerRegistry", "Containers", "CosmosDbs", "Discovery",
    "Dns", "FoundationalCspm", "KeyVaults", "KubernetesService", "OpenSourceRelationalDatabases",
    "SqlServerVirtualMachines", "SqlServers", "StorageAccounts", "VirtualMachines",
)  # fmt: skip


@rule("defender-plan", kind="static", source=_AZURERM, reads=("pricingName",))
def plan_is_known(request: Request) -> Iterator[Fault]:
    """The name is that of a plan."""
    if request.name.lower() not in {plan.lower() for plan in _PLANS}:
        yield Fault(f"there is no plan '{request.name}'", "pricingName", f"use one of {', '.join(_PLANS)}")


@rule("defender-free", kind="static", source=_AZURERM, reads=("pricingTier",))
def the_free_tier_has_no_extras(request: Request) -> Iterator[Fault]:
    """The tier Free has neither sub-plans nor extensions."""
    if str(request.known("pricingTier", "")).lower() != "free":
        return
    if any(str(item.get("isEnabled")).lower() == "true" for item in items(request.at("extensions"))):
        yield Fault("extensions of the tier Free", "extensions", "switch them off, or use the tier Standard")


@rule("defender-sub-plan", kind="static", reads=("subPlan",),
      source="azure-native 3 docs of Pricing subPlan: P1 and P2 of VirtualMachines (code not confirmed)")  # fmt: skip
def machines_have_two_sub_plans(request: Request) -> Iterator[Fault]:
    """Servers are protected by P1 or P2, a single one by P1 only."""
    plan = request.known("subPlan")
    if request.name.lower() != "virtualmachines" or not isinstance(plan, str):
        return
    single = "/providers/" in str(request.known("scopeId", "")).lower()
    offered = ("P1",) if single else ("P1", "P2")
    if plan.upper() not in offered:
        yield Fault(f"there is no sub-plan '{plan}' here", "subPlan", f"use {' or '.join(offered)}")


class Pricings(Model):
    """A plan of Microsoft Defender for Cloud, for a subscription."""

    token = "azure-native:security:Pricing"
    rules = (plan_is_known, the_free_tier_has_no_extras, machines_have_two_sub_plans)

    def outputs(self, request: Request) -> dict[str, Any]:
        """A plan that the subscription sets itself."""
        tier = request.text("pricingTier").lower()
        is_on = tier == "standard"
        found: dict[str, Any] = {
            "deprecated": False, "inherited": "False", "inheritedFrom": None, "freeTrialRemainingTime": "PT0S",
            "enablementTime": tier if tier == UNKNOWN_TEXT else CREATED if is_on else None,
            "resourcesCoverageStatus": tier if tier == UNKNOWN_TEXT else "FullyCovered" if is_on else "NotCovered",
        }  # fmt: skip
        extensions = request.known("extensions")
        if isinstance(extensions, list):
            found["extensions"] = [_switched(each) for each in extensions]
        return found


def _switched(extension: Any) -> Any:
    """An extension with how its switch went."""
    if not isinstance(extension, Mapping):
        return extension
    return {**extension, "operationStatus": {"code": "Succeeded", "message": "Successfully applied the extension"}}
