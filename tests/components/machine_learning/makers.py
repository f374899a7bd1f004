"""How the components of Azure ML are made, and what they are made of."""

from __future__ import annotations

from components.machine_learning.attached_cluster import AttachedCluster
from components.machine_learning.batch_endpoint import BatchEndpoint
from components.machine_learning.model_monitor import ModelMonitor
from components.machine_learning.model_registry import ModelRegistry
from components.machine_learning.online_endpoint import OnlineEndpoint
from components.machine_learning.training_compute import TrainingCompute
from components.machine_learning.training_schedule import TrainingSchedule
from components.machine_learning.workspace_assets import WorkspaceAssets
from tests.components.machine_learning import examples

MAKERS = {
    "attached_cluster:AttachedCluster": (
        lambda o: AttachedCluster("x", examples.attached(), o),
        ("Compute|x-compute",),
        ("compute_id",),
    ),
    "batch_endpoint:BatchEndpoint": (
        lambda o: BatchEndpoint("x", examples.batch(), o),
        ("BatchEndpoint|x-endpoint", "BatchDeployment|x-deployment"),
        ("endpoint_id",),
    ),
    "model_monitor:ModelMonitor": (
        lambda o: ModelMonitor("x", examples.MONITOR, o),
        ("Schedule|x-schedule",),
        ("schedule_id",),
    ),
    "model_registry:ModelRegistry": (
        lambda o: ModelRegistry("x", examples.REGISTRY, o),
        ("Registry|x-mlr", "DiagnosticSetting|x-diag", "PrivateEndpoint|x-amlregistry"),
        ("registry_id", "registry_name"),
    ),
    "online_endpoint:OnlineEndpoint": (
        lambda o: OnlineEndpoint("x", examples.endpoint(), o),
        (
            "AutoscaleSetting|x-scale-blue",
            "AutoscaleSetting|x-scale-green",
            "Deployment|x-traffic",
            "DiagnosticSetting|x-diag",
            "OnlineDeployment|x-deployment-blue",
            "OnlineDeployment|x-deployment-green",
            "OnlineEndpoint|x-endpoint",
        ),
        ("endpoint_id", "deployment_ids"),
    ),
    "training_compute:TrainingCompute": (
        lambda o: TrainingCompute("x", examples.computes(), o),
        ("Compute|x-cluster-cpu", "Compute|x-cluster-gpu", "Compute|x-instance-analyst"),
        ("compute_ids",),
    ),
    "training_schedule:TrainingSchedule": (
        lambda o: TrainingSchedule("x", examples.training(), o),
        ("Schedule|x-schedule",),
        ("schedule_id",),
    ),
    "workspace_assets:WorkspaceAssets": (
        lambda o: WorkspaceAssets("x", examples.ASSETS, o),
        (
            "Datastore|x-datastore-bronze",
            "Datastore|x-datastore-own-gold",
            "EnvironmentVersion|x-environment-training",
        ),
        ("datastore_ids",),
    ),
}
