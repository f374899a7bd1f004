"""App Service plan: the Linux workers that the platform's apps run on, as many as they need.

Owns the plan and its autoscaling. Does not own the apps (`components.serving.web_app`). A plan has no logs of its own
to send, and who watches its processor and memory is `components.observability.metric_alert_table`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Literal

from pulumi import ComponentResource, Input, Output, ResourceOptions
from pulumi_azure_native import monitor, web

from components import naming
from components.placement import Placement
from components.problems import refuse

# Premium v3 scales to 30 workers (learn.microsoft.com, Azure subscription limits, App Service; checked 2026-11-25).
MOST_INSTANCES = 30
# Azure refuses zones with fewer (Azure/terraform-azurerm-avm-res-web-serverfarm#133, checked 2026-11-25).
FEWEST_IN_ZONES = 2
# Between the two there is room enough for one instance less, or the plan would go up and down for ever.
BUSY_PERCENT, IDLE_PERCENT = 70, 30


Sku = Literal["P0v3", "P1v3", "P2v3"]
# What Azure calls the tier of each: P0v3 has one of its own (templates that the portal exported, read 2026-11-25).
TIERS: Mapping[Sku, str] = MappingProxyType({"P0v3": "Premium0V3", "P1v3": "PremiumV3", "P2v3": "PremiumV3"})


@dataclass(frozen=True, kw_only=True)
class AppServicePlanArgs:
    """`zone_redundant`: instances are spread over the region's zones, which the region must have."""

    placement: Placement
    resource_group_name: Input[str]
    sku: Sku
    min_instances: int
    max_instances: int
    zone_redundant: bool


def problems(args: AppServicePlanArgs) -> list[str]:
    """Every reason why the plan can't be built."""
    found = []
    if not 1 <= args.min_instances <= args.max_instances <= MOST_INSTANCES:
        found.append(f"{args.min_instances} to {args.max_instances} instances: in order, and 1 to {MOST_INSTANCES}")
    if args.zone_redundant and args.min_instances < FEWEST_IN_ZONES:
        found.append(f"{args.min_instances} instance in zones: at least {FEWEST_IN_ZONES}")
    return found


class AppServicePlan(ComponentResource):
    """Plan and autoscale setting."""

    plan_id: Output[str]

    def __init__(self, name: str, args: AppServicePlanArgs, opts: ResourceOptions | None = None) -> None:
        super().__init__("platform:app_service_plan:AppServicePlan", name, {}, opts)
        refuse(name, problems(args))
        made = web.AppServicePlan(
            f"{name}-asp",
            name=naming.named("asp", args.placement, "serving"),
            resource_group_name=args.resource_group_name,
            location=args.placement.region,
            kind="linux",
            reserved=True,
            sku=web.SkuDescriptionArgs(name=args.sku, tier=TIERS[args.sku], capacity=args.min_instances),
            zone_redundant=args.zone_redundant,
            tags=args.placement.tags,
            # Autoscaling sets it; an update would take away instances under load.
            opts=ResourceOptions(parent=self, ignore_changes=["sku.capacity"]),
        )
        _autoscale(f"{name}-autoscale", args, made, ResourceOptions(parent=self))
        self.plan_id = made.id
        self.register_outputs({"plan_id": self.plan_id})


def _autoscale(name: str, args: AppServicePlanArgs, plan: web.AppServicePlan, opts: ResourceOptions) -> None:
    monitor.AutoscaleSetting(
        name,
        autoscale_setting_name=naming.named("autoscale", args.placement, "serving"),
        resource_group_name=args.resource_group_name,
        location=args.placement.region,
        target_resource_uri=plan.id,
        enabled=True,
        profiles=[
            monitor.AutoscaleProfileArgs(
                name="by-processor",
                capacity=monitor.ScaleCapacityArgs(
                    minimum=str(args.min_instances),
                    maximum=str(args.max_instances),
                    # Where the metric can't be read.
                    default=str(args.min_instances),
                ),
                rules=[
                    _rule(plan, monitor.ComparisonOperationType.GREATER_THAN, BUSY_PERCENT, "PT5M"),
                    _rule(plan, monitor.ComparisonOperationType.LESS_THAN, IDLE_PERCENT, "PT15M"),
                ],
            )
        ],
        tags=args.placement.tags,
        opts=opts,
    )


def _rule(
    plan: web.AppServicePlan, operator: monitor.ComparisonOperationType, percent: int, window: str
) -> monitor.ScaleRuleArgs:
    grows = operator is monitor.ComparisonOperationType.GREATER_THAN
    return monitor.ScaleRuleArgs(
        metric_trigger=monitor.MetricTriggerArgs(
            metric_name="CpuPercentage",
            metric_resource_uri=plan.id,
            statistic=monitor.MetricStatisticType.AVERAGE,
            time_aggregation=monitor.TimeAggregationType.AVERAGE,
            time_grain="PT1M",
            time_window=window,
            operator=operator,
            threshold=percent,
        ),
        scale_action=monitor.ScaleActionArgs(
            direction=monitor.ScaleDirection.INCREASE if grows else monitor.ScaleDirection.DECREASE,
            type=monitor.ScaleType.CHANGE_COUNT,
            value="1",
            cooldown=window,
        ),
    )
