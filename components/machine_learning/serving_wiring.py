"""From settings to what serves and trains: endpoints, training schedules, model monitors."""

from __future__ import annotations

from collections.abc import Mapping

from components import naming
from components.context import Foundation
from components.machine_learning.batch_endpoint import BatchEndpoint, BatchEndpointArgs
from components.machine_learning.model_monitor import ModelMonitor, ModelMonitorArgs
from components.machine_learning.monitor_signals import Compared, Thresholds
from components.machine_learning.online_deployment import OnlineModel
from components.machine_learning.online_endpoint import OnlineEndpoint, OnlineEndpointArgs
from components.machine_learning.training_schedule import TrainingSchedule, TrainingScheduleArgs
from components.machine_learning.wiring import MachineLearning
from components.observability.action_groups import Urgency
from components.observability.wiring import receivers
from stacks.sections.model_serving import BatchEndpointSettings, OnlineDeploymentSettings, OnlineEndpointSettings
from stacks.sections.model_training import ModelMonitorSettings, TrainingScheduleSettings

COLLECTED = "azureml://datastores/workspaceblobstore/paths/modelDataCollector"
"""Where the data collector of every deployment writes (how-to-collect-production-data.md)."""


def build(foundation: Foundation, built: MachineLearning) -> Mapping[str, OnlineEndpoint]:
    """Everything that serves and trains; the online endpoints by name, for alerts."""
    wanted = foundation.settings.machine_learning
    online = {
        name: OnlineEndpoint(
            f"{foundation.prefix}-online-{name}", _online(foundation, built, name, each), foundation.child
        )
        for name, each in wanted.online_endpoints.items()
    }
    for name, batch in wanted.batch_endpoints.items():
        BatchEndpoint(f"{foundation.prefix}-batch-{name}", _batch(foundation, built, name, batch), foundation.child)
    for name, training in wanted.training.items():
        args = _training(foundation, built, name, training)
        TrainingSchedule(f"{foundation.prefix}-train-{name}", args, foundation.child)
    for name, monitor in wanted.monitors.items():
        watched = _monitor(foundation, built, name, monitor, online[monitor.endpoint])
        ModelMonitor(f"{foundation.prefix}-monitor-{name}", watched, foundation.child)
    return online


def _online(
    foundation: Foundation, built: MachineLearning, name: str, wanted: OnlineEndpointSettings
) -> OnlineEndpointArgs:
    return OnlineEndpointArgs(
        placement=foundation.placement,
        resource_group_name=foundation.group_name("ml"),
        workspace_name=built.workspace.workspace_name,
        workspace_id=built.workspace.workspace_id,
        endpoint_name=name,
        identity=foundation.identities["compute"],
        deployments={key: online_model(each) for key, each in wanted.deployments.items()},
        traffic=wanted.traffic,
        mirror=wanted.mirror,
        log_workspace_id=foundation.log_workspace_id,
        ready=built.ready,
    )


def online_model(wanted: OnlineDeploymentSettings) -> OnlineModel:
    """One deployment."""
    return OnlineModel(
        model=wanted.model,
        environment=wanted.environment,
        code=wanted.code,
        scoring_script=wanted.scoring_script,
        vm_size=wanted.vm_size,
        min_instances=wanted.scale.min_instances,
        max_instances=wanted.scale.max_instances,
        cpu_percent=wanted.scale.cpu_percent,
        request_timeout_seconds=wanted.request_timeout_seconds,
        requests_per_instance=wanted.requests_per_instance,
        collect_data=wanted.collect_data,
    )


def _batch(
    foundation: Foundation, built: MachineLearning, name: str, wanted: BatchEndpointSettings
) -> BatchEndpointArgs:
    return BatchEndpointArgs(
        placement=foundation.placement,
        resource_group_name=foundation.group_name("ml"),
        workspace_name=built.workspace.workspace_name,
        workspace_id=built.workspace.workspace_id,
        endpoint_name=name,
        deployment_name=wanted.deployment,
        compute_id=built.compute_ids[wanted.cluster],
        model=wanted.model,
        environment=wanted.environment,
        code=wanted.code,
        scoring_script=wanted.scoring_script,
        nodes=wanted.nodes,
        files_per_batch=wanted.files_per_batch,
        retries=wanted.retries,
        ready=built.ready,
    )


def _training(
    foundation: Foundation, built: MachineLearning, name: str, wanted: TrainingScheduleSettings
) -> TrainingScheduleArgs:
    return TrainingScheduleArgs(
        resource_group_name=foundation.group_name("ml"),
        workspace_name=built.workspace.workspace_name,
        workspace_id=built.workspace.workspace_id,
        schedule_name=name,
        cron=wanted.cron,
        time_zone=wanted.time_zone,
        enabled=wanted.enabled,
        command=wanted.command,
        code=wanted.code,
        environment=wanted.environment,
        compute_id=built.compute_ids[wanted.cluster],
        identity=foundation.identities["compute"],
        data=wanted.data,
        model_folder=wanted.model_folder,
        nodes=wanted.nodes,
        timeout_hours=wanted.timeout_hours,
        ready=built.ready,
    )


def _monitor(
    foundation: Foundation, built: MachineLearning, name: str, wanted: ModelMonitorSettings, endpoint: OnlineEndpoint
) -> ModelMonitorArgs:
    address = naming.model_endpoint(foundation.placement, wanted.endpoint)
    return ModelMonitorArgs(
        resource_group_name=foundation.group_name("ml"),
        workspace_name=built.workspace.workspace_name,
        monitor_name=name,
        deployment_id=endpoint.deployment_ids[wanted.deployment],
        task=wanted.task,
        cron=wanted.cron,
        time_zone=wanted.time_zone,
        compared=Compared(
            collected=f"{COLLECTED}/{address}/{wanted.deployment}",
            reference=wanted.reference,
            target_column=wanted.target_column,
            window_days=wanted.window_days,
        ),
        thresholds=thresholds(wanted),
        instance=wanted.instance,
        emails=wanted.emails or receivers(foundation.settings)[Urgency.ROUTINE].emails,
    )


def thresholds(wanted: ModelMonitorSettings) -> Thresholds:
    """The signals that are watched."""
    off = wanted.unwatched
    return Thresholds(
        data_drift=None if "data_drift" in off else wanted.data_drift,
        prediction_drift=None if "prediction_drift" in off else wanted.prediction_drift,
        null_rate=None if "data_quality" in off else wanted.null_rate,
        attribution_ndcg=wanted.attribution_ndcg,
    )
