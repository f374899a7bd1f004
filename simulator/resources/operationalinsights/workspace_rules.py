"""What Log Analytics refuses in a workspace."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from simulator.model import Request
from simulator.rule import Fault, Rule, rule

# Gigabytes a day that can be committed to, for workspaces and clusters alike.
COMMITMENTS: Final = (100, 200, 300, 400, 500, 1000, 2000, 5000, 10000, 25000, 50000)
_AZURERM: Final = "azurerm 2026-08-21 log_analytics_workspace (code not confirmed)"


@rule("log-retention", kind="static", source="Azure/azure-powershell#12524", quoted=True, reads=("sku.name",))
def retention_is_30_to_730_days(request: Request) -> Iterator[Fault]:
    """Data is kept for 30 to 730 days; a legacy workspace of the SKU Free keeps it for 7."""
    days = request.known("retentionInDays")
    if isinstance(days, int) and not 30 <= days <= 730 and str(request.at("sku.name")).lower() != "free":
        yield Fault(
            "The value provided for retention is invalid. the expected value should be between 30 to 730.",
            "retentionInDays",
            "keep data for 30 to 730 days",
        )


@rule("log-daily-cap", kind="static", source=_AZURERM)
def cap_is_none_or_positive(request: Request) -> Iterator[Fault]:
    """-1 is no cap; any other negative number means nothing."""
    cap = request.known("workspaceCapping.dailyQuotaGb")
    if isinstance(cap, int | float) and cap < 0 and cap != -1:
        yield Fault(f"a daily cap of {cap} GB", "workspaceCapping.dailyQuotaGb", "use -1 for no cap")


@rule("log-sku-closed", kind="lifecycle", quoted=True, reads=("sku.name",),
      source="autocloudarc/0026-azure-automation-plus-dsc-lab#2; azurerm 2026-08-21 log_analytics_workspace; "
      "azure-monitor-docs cost-logs.md (Free until 2022-07-01)")  # fmt: skip
def closed_tiers_take_no_new_workspace(request: Request) -> Iterator[Fault]:
    """New workspaces can't be in the tiers Free, Standard and Premium; old ones may stay."""
    sku = str(request.known("sku.name", "")).lower()
    if request.old is None and sku in ("free", "standard", "premium"):
        yield Fault(
            "Pricing tier doesn't match the subscription's billing model. Read http://aka.ms/PricingTierWarning for "
            "more details.",
            "sku.name",
            "use PerGB2018 or CapacityReservation",
        )


@rule("log-sku-cluster", kind="lifecycle", source=_AZURERM, reads=("sku.name",))
def only_clusters_set_their_tier(request: Request) -> Iterator[Fault]:
    """A workspace gets the tier LACluster when it is linked to a cluster, not before."""
    if request.old is None and str(request.known("sku.name", "")).lower() == "lacluster":
        yield Fault("a new workspace can't be in the tier LACluster", "sku.name",
                    "create it with PerGB2018 and link it to the cluster")  # fmt: skip


@rule("log-commitment", kind="static", source=_AZURERM, reads=("sku.name",))
def commitments_are_offered(request: Request) -> Iterator[Fault]:
    """The tier CapacityReservation commits to one of the levels, and no other tier does."""
    level, sku = request.at("sku.capacityReservationLevel"), str(request.known("sku.name", "")).lower()
    target = "sku.capacityReservationLevel"
    if sku == "capacityreservation":
        if level is None:
            yield Fault("a commitment without a level", target, f"use one of {', '.join(map(str, COMMITMENTS))}")
        elif isinstance(level, int) and level not in COMMITMENTS:
            yield Fault(f"{level} GB a day is no level", target, f"use one of {', '.join(map(str, COMMITMENTS))}")
    elif isinstance(level, int) and sku not in ("", "lacluster"):
        yield Fault("a level without the tier CapacityReservation", target, "leave the level out, or use the tier")


@rule("log-default-dcr", kind="lifecycle", quoted=True,
      source="azurerm 2026-08-21 log_analytics_workspace_resource.go (code not confirmed)")  # fmt: skip
def default_rule_comes_later(request: Request) -> Iterator[Fault]:
    """A new workspace has no default data collection rule yet."""
    if request.old is None and request.known("defaultDataCollectionRuleResourceId") is not None:
        yield Fault(
            "Default dcr is not applicable on workspace creation, please provide it on update.",
            "defaultDataCollectionRuleResourceId",
            "create the workspace, then the rule, then set it in an update of its own",
        )


WORKSPACE_RULES: Final[tuple[Rule, ...]] = (
    closed_tiers_take_no_new_workspace, only_clusters_set_their_tier, commitments_are_offered,
    retention_is_30_to_730_days, cap_is_none_or_positive, default_rule_comes_later,
)  # fmt: skip
