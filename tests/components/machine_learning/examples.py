"""Arguments of Azure ML's components; those with an identity are made inside a recorded program."""

from __future__ import annotations

from components.machine_learning.attached_cluster import AttachedClusterArgs, InstanceType
from components.machine_learning.batch_endpoint import BatchEndpointArgs
from components.machine_learning.model_monitor import ModelMonitorArgs
from components.machine_learning.model_registry import ModelRegistryArgs
from components.machine_learning.monitor_signals import Compared, Thresholds
from components.machine_learning.online_deployment import OnlineModel
from components.machine_learning.online_endpoint import OnlineEndpointArgs
from components.machine_learning.training_compute import Hours, JobCluster, TrainingComputeArgs, Workstation
from components.machine_learning.training_schedule import TrainingScheduleArgs
from components.machine_learning.workspace_assets import PinnedImage, WorkspaceAssetsArgs
from tests.components.examples import ACCESS, LOGS, PLACEMENT, an_identity, something

DIGEST = "0" * 64
ASSETS = WorkspaceAssetsArgs(
    resource_group_name="rg",
    workspace_name="a-workspace",
    lake_name="a-lake",
    lake_zones=("bronze", "own-gold"),
    environments={"training": PinnedImage(image=f"a.example/training@sha256:{DIGEST}", version="1")},
)
REGISTRY = ModelRegistryArgs(
    placement=PLACEMENT,
    resource_group_name="rg",
    replicas=("canadaeast",),
    storage_replication="GRS",
    access=ACCESS,
    log_workspace_id=LOGS,
)
MODEL = OnlineModel(
    model="azureml:credit:3",
    environment="azureml:scoring:2",
    code="azureml:scoring:5",
    scoring_script="score.py",
    vm_size="Standard_F4s_v2",
    min_instances=2,
    max_instances=4,
    cpu_percent=70,
    request_timeout_seconds=30,
    requests_per_instance=4,
    collect_data=True,
)
MONITOR = ModelMonitorArgs(
    resource_group_name="rg",
    workspace_name="a-workspace",
    monitor_name="credit",
    deployment_id="/deployment",
    task="Classification",
    cron="0 6 * * 1",
    time_zone="Mountain Standard Time",
    compared=Compared(
        collected="azureml://datastores/a/paths/collected",
        reference="azureml://datastores/gold/paths/reference",
        target_column="outcome",
        window_days=7,
    ),
    thresholds=Thresholds(data_drift=0.2, prediction_drift=0.3, null_rate=0.05, attribution_ndcg=0.9),
    instance="standard_e4s_v3",
    emails=("ml-platform@gov.example",),
)


def computes() -> TrainingComputeArgs:
    return TrainingComputeArgs(
        placement=PLACEMENT,
        resource_group_name="rg",
        workspace_name="a-workspace",
        tenant_id="a-tenant",
        identity=an_identity("compute"),
        clusters={
            "cpu": JobCluster(vm_size="Standard_D4ds_v5", min_nodes=0, max_nodes=4, idle_minutes=5, low_priority=False),
            "gpu": JobCluster(
                vm_size="Standard_NC4as_T4_v3", min_nodes=0, max_nodes=1, idle_minutes=2, low_priority=True
            ),
        },
        workstations={
            "analyst": Workstation(
                vm_size="Standard_D4ds_v5",
                assigned_to="a-person",
                idle_minutes=60,
                hours=Hours(start=None, stop="0 19 * * *", time_zone="Mountain Standard Time"),
            )
        },
        ready=(something(),),
    )


def endpoint() -> OnlineEndpointArgs:
    return OnlineEndpointArgs(
        placement=PLACEMENT,
        resource_group_name="rg",
        workspace_name="a-workspace",
        workspace_id="/workspace",
        endpoint_name="credit",
        identity=an_identity("compute"),
        deployments={"blue": MODEL, "green": MODEL},
        traffic={"blue": 90, "green": 10},
        log_workspace_id=LOGS,
        ready=(something(),),
    )


def batch() -> BatchEndpointArgs:
    return BatchEndpointArgs(
        placement=PLACEMENT,
        resource_group_name="rg",
        workspace_name="a-workspace",
        workspace_id="/workspace",
        endpoint_name="credit-batch",
        deployment_name="main",
        compute_id="/cpu",
        model="azureml:credit:3",
        environment=None,
        code=None,
        scoring_script=None,
        nodes=2,
        files_per_batch=10,
        retries=3,
        ready=(something(),),
    )


def training() -> TrainingScheduleArgs:
    return TrainingScheduleArgs(
        resource_group_name="rg",
        workspace_name="a-workspace",
        workspace_id="/workspace",
        schedule_name="credit",
        cron="0 2 * * 0",
        time_zone="Mountain Standard Time",
        enabled=True,
        command="python train.py",
        code="azureml:train:4",
        environment="azureml:training:1",
        compute_id="/gpu",
        identity=an_identity("compute"),
        data="azureml://datastores/gold/paths/credit/",
        model_folder="azureml://datastores/gold/paths/models/",
        nodes=1,
        timeout_hours=12,
        ready=(something("an-environment"),),
    )


def attached() -> AttachedClusterArgs:
    return AttachedClusterArgs(
        placement=PLACEMENT,
        resource_group_name="rg",
        workspace_name="a-workspace",
        cluster_id="/cluster",
        namespace="azureml-jobs",
        identity=an_identity("compute"),
        instance_types={
            "cpu": InstanceType(node_labels={}, cpus=1, memory_gib=4),
            "t4": InstanceType(node_labels={"pool": "t4"}, cpus=2, memory_gib=22, gpus=1),
        },
        default="cpu",
        ready=(something(),),
    )
