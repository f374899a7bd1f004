"""What Log Analytics refuses in a workspace."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from simulator.model import Request
from simulator.rule import Fault, Rule, rule


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


@rule("log-daily-cap", kind="static", source="hashicorp/terraform-provider-azurerm log_analytics_workspace docs")
def cap_is_none_or_positive(request: Request) -> Iterator[Fault]:
    """-1 is no cap; any other negative number means nothing."""
    cap = request.known("workspaceCapping.dailyQuotaGb")
    if isinstance(cap, int | float) and cap < 0 and cap != -1:
        yield Fault(f"a daily cap of {cap} GB", "workspaceCapping.dailyQuotaGb", "use -1 for no cap")


WORKSPACE_RULES: Final[tuple[Rule, ...]] = (retention_is_30_to_730_days, cap_is_none_or_positive)
