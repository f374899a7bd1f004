"""Batch endpoint: a model that works through files on a cluster, and costs nothing in between.

Owns the endpoint and its one deployment. Does not own the cluster, nor who may start it. Not logged on its own: its
runs are jobs, in the workspace's log.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from pulumi import ComponentResource, Input, Output, Resource, ResourceOptions
from pulumi_azure_native import machinelearningservices as ml

from components import naming
from components.machine_learning.asset_reference import asset_id, is_pinned, optional_asset_id
from components.placement import Placement
from components.problems import refuse


@dataclass(frozen=True, kw_only=True)
class BatchEndpointArgs:
    """`environment` and `code` None: an MLflow model, which brings both."""

    placement: Placement
    resource_group_name: Input[str]
    workspace_name: Input[str]
    workspace_id: Input[str]
    endpoint_name: str
    deployment_name: str
    compute_id: Input[str]
    model: str
    environment: str | None
    code: str | None
    scoring_script: str | None
    nodes: int
    files_per_batch: int
    retries: int
    ready: Sequence[Resource]


def problems(args: BatchEndpointArgs) -> list[str]:
    """A model that isn't pinned."""
    return [] if is_pinned(args.model) else [f"{args.model} is no pinned version"]


class BatchEndpoint(ComponentResource):
    """Endpoint and deployment. Whoever calls it names the deployment: a default can't be set before it exists."""

    endpoint_id: Output[str]

    def __init__(self, name: str, args: BatchEndpointArgs, opts: ResourceOptions | None = None) -> None:
        super().__init__("platform:batch_endpoint:BatchEndpoint", name, {}, opts)
        refuse(name, problems(args))
        made = ml.BatchEndpoint(
            f"{name}-endpoint",
            endpoint_name=naming.model_endpoint(args.placement, args.endpoint_name),
            workspace_name=args.workspace_name,
            resource_group_name=args.resource_group_name,
            location=args.placement.region,
            properties=ml.BatchEndpointPropertiesArgs(auth_mode="AADToken"),
            tags=args.placement.tags,
            opts=ResourceOptions(parent=self, depends_on=list(args.ready)),
        )
        _deployment(f"{name}-deployment", made, args, ResourceOptions(parent=self, deleted_with=made))
        self.endpoint_id = made.id
        self.register_outputs({"endpoint_id": self.endpoint_id})


def _deployment(name: str, endpoint: ml.BatchEndpoint, args: BatchEndpointArgs, opts: ResourceOptions) -> None:
    code = optional_asset_id(args.workspace_id, "codes", args.code)
    ml.BatchDeployment(
        name,
        deployment_name=args.deployment_name,
        endpoint_name=endpoint.name,
        workspace_name=args.workspace_name,
        resource_group_name=args.resource_group_name,
        location=args.placement.region,
        properties=ml.BatchDeploymentPropertiesArgs(
            compute=args.compute_id,
            model=ml.IdAssetReferenceArgs(
                reference_type="Id", asset_id=asset_id(args.workspace_id, "models", args.model)
            ),
            environment_id=optional_asset_id(args.workspace_id, "environments", args.environment),
            code_configuration=None
            if code is None or args.scoring_script is None
            else ml.CodeConfigurationArgs(code_id=code, scoring_script=args.scoring_script),
            resources=ml.DeploymentResourceConfigurationArgs(instance_count=args.nodes),
            mini_batch_size=args.files_per_batch,
            retry_settings=ml.BatchRetrySettingsArgs(max_retries=args.retries, timeout="PT5M"),
            # One file that can't be read fails the run: half an answer would look like a whole one.
            error_threshold=0,
            output_action="AppendRow",
            output_file_name="predictions.csv",
        ),
        tags=args.placement.tags,
        opts=opts,
    )
