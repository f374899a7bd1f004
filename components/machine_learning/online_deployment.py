"""Online deployment: one version of a model, the machines that serve it, and how many of them there are.

Owns the deployment's and the autoscale setting's shape, both made inside an online endpoint. Not a component: a
deployment means nothing without its endpoint.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from pulumi import Input, ResourceOptions
from pulumi_azure_native import machinelearningservices as ml
from pulumi_azure_native import monitor

from components import naming
from components.machine_learning.asset_reference import asset_id, optional_asset_id

if TYPE_CHECKING:
    from components.machine_learning.online_endpoint import OnlineEndpointArgs

METRICS = "microsoft.machinelearningservices/workspaces/onlineendpoints/deployments"
COLLECTIONS = ("model_inputs", "model_outputs")
"""What is kept for monitors; the names that Azure ML's data collector and its monitors agree on."""


@dataclass(frozen=True, kw_only=True)
class OnlineModel:
    """`environment` and `code` None: an MLflow model, which brings both."""

    model: str
    environment: str | None
    code: str | None
    scoring_script: str | None
    vm_size: str
    min_instances: int
    max_instances: int
    cpu_percent: int
    request_timeout_seconds: int
    requests_per_instance: int
    collect_data: bool


def serve(
    name: str,
    key: str,
    wanted: OnlineModel,
    endpoint: ml.OnlineEndpoint,
    args: OnlineEndpointArgs,
    opts: ResourceOptions,
) -> ml.OnlineDeployment:
    """The deployment `key`, without traffic."""
    # The autoscale setting changes the number; an update would set it back.
    scaled = ["sku.capacity"] if wanted.max_instances > wanted.min_instances else []
    return ml.OnlineDeployment(
        name,
        deployment_name=key,
        endpoint_name=endpoint.name,
        workspace_name=args.workspace_name,
        resource_group_name=args.resource_group_name,
        location=args.placement.region,
        kind="Managed",
        sku=ml.SkuArgs(name="Default", capacity=wanted.min_instances),
        properties=_properties(wanted, args),
        tags=args.placement.tags,
        opts=ResourceOptions.merge(opts, ResourceOptions(ignore_changes=scaled)),
    )


def _properties(wanted: OnlineModel, args: OnlineEndpointArgs) -> ml.ManagedOnlineDeploymentArgs:
    code = optional_asset_id(args.workspace_id, "codes", wanted.code)
    return ml.ManagedOnlineDeploymentArgs(
        endpoint_compute_type="Managed",
        model=asset_id(args.workspace_id, "models", wanted.model),
        environment_id=optional_asset_id(args.workspace_id, "environments", wanted.environment),
        code_configuration=None
        if code is None or wanted.scoring_script is None
        else ml.CodeConfigurationArgs(code_id=code, scoring_script=wanted.scoring_script),
        instance_type=wanted.vm_size,
        app_insights_enabled=True,
        egress_public_network_access="Disabled",
        scale_settings=ml.DefaultScaleSettingsArgs(scale_type="Default"),
        request_settings=ml.OnlineRequestSettingsArgs(
            request_timeout=f"PT{wanted.request_timeout_seconds}S",
            max_concurrent_requests_per_instance=wanted.requests_per_instance,
        ),
        data_collector=_data_collector() if wanted.collect_data else None,
    )


def _data_collector() -> ml.DataCollectorArgs:
    return ml.DataCollectorArgs(
        collections={
            each: ml.CollectionArgs(data_collection_mode="Enabled", sampling_rate=1.0) for each in COLLECTIONS
        },
        rolling_rate="Hour",
    )


def scale_by_load(
    name: str,
    key: str,
    wanted: OnlineModel,
    deployment_id: Input[str],
    args: OnlineEndpointArgs,
    opts: ResourceOptions,
) -> monitor.AutoscaleSetting:
    """Adds an instance quickly, takes one away slowly: an instance needs minutes before it serves."""
    rules = [
        _rule(deployment_id, "GreaterThan", wanted.cpu_percent, "Increase", "PT5M"),
        _rule(deployment_id, "LessThan", wanted.cpu_percent // 2, "Decrease", "PT20M"),
    ]
    capacity = monitor.ScaleCapacityArgs(
        minimum=str(wanted.min_instances), maximum=str(wanted.max_instances), default=str(wanted.min_instances)
    )
    return monitor.AutoscaleSetting(
        name,
        autoscale_setting_name=naming.named("as", args.placement, args.endpoint_name, key),
        name=naming.named("as", args.placement, args.endpoint_name, key),
        resource_group_name=args.resource_group_name,
        location=args.placement.region,
        enabled=True,
        target_resource_uri=deployment_id,
        profiles=[monitor.AutoscaleProfileArgs(name="load", capacity=capacity, rules=rules)],
        tags=args.placement.tags,
        opts=opts,
    )


def _rule(
    deployment_id: Input[str], operator: str, threshold: int, direction: str, window: str
) -> monitor.ScaleRuleArgs:
    return monitor.ScaleRuleArgs(
        metric_trigger=monitor.MetricTriggerArgs(
            metric_name="CpuUtilizationPercentage",
            metric_namespace=METRICS,
            metric_resource_uri=deployment_id,
            time_grain="PT1M",
            statistic="Average",
            time_window=window,
            time_aggregation="Average",
            operator=operator,
            threshold=threshold,
        ),
        scale_action=monitor.ScaleActionArgs(direction=direction, type="ChangeCount", value="1", cooldown=window),
    )
