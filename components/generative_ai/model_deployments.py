"""Model deployments: which models an account answers with.

Owns the deployments and their order: an account makes one at a time and answers 409 to a second (Azure/bicep#11211).
Does not own quotas, which are the subscription's (`docs/runbooks/raise-model-quota.md`).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from pulumi import ComponentResource, Input, Output, Resource, ResourceOptions
from pulumi_azure_native import cognitiveservices

from components.placement import Placement
from components.problems import refuse

IN_REGION = ("Standard", "ProvisionedManaged")
"""The SKUs that answer in the account's region; all others may answer in another country."""


@dataclass(frozen=True, kw_only=True)
class ModelDeployment:
    """One model. `leaves_canada_because`: the reason why a SKU may answer abroad."""

    model: str
    version: str
    sku: str
    capacity: int
    upgrade: str
    leaves_canada_because: str | None = None


@dataclass(frozen=True, kw_only=True)
class ModelDeploymentsArgs:
    """`content_filter`: name of the account's policy."""

    placement: Placement
    resource_group_name: Input[str]
    account_name: Input[str]
    content_filter: Input[str]
    deployments: Mapping[str, ModelDeployment]


def problems(args: ModelDeploymentsArgs) -> list[str]:
    """Deployments that would answer abroad with no reason given, or with nothing to answer with."""
    found = [
        f"{name} is {each.sku}, which may answer outside Canada, and nobody says why it may"
        for name, each in args.deployments.items()
        if each.sku not in IN_REGION and each.leaves_canada_because is None
    ]
    return found + [f"{name} has no capacity" for name, each in args.deployments.items() if each.capacity < 1]


class ModelDeployments(ComponentResource):
    """Every deployment of one account, one after another."""

    deployment_ids: Mapping[str, Output[str]]

    def __init__(self, name: str, args: ModelDeploymentsArgs, opts: ResourceOptions | None = None) -> None:
        super().__init__("platform:model_deployments:ModelDeployments", name, {}, opts)
        refuse(name, problems(args))
        before: list[Resource] = []
        made: dict[str, Output[str]] = {}
        for key, each in args.deployments.items():
            deployment = _deployment(f"{name}-{key}", args, key, each, ResourceOptions(parent=self, depends_on=before))
            made[key], before = deployment.id, [deployment]
        self.deployment_ids = made
        self.register_outputs({"deployment_ids": self.deployment_ids})


def _deployment(
    name: str, args: ModelDeploymentsArgs, key: str, wanted: ModelDeployment, opts: ResourceOptions
) -> cognitiveservices.Deployment:
    return cognitiveservices.Deployment(
        name,
        deployment_name=key,
        account_name=args.account_name,
        resource_group_name=args.resource_group_name,
        sku=cognitiveservices.SkuArgs(name=wanted.sku, capacity=wanted.capacity),
        properties=cognitiveservices.DeploymentPropertiesArgs(
            model=cognitiveservices.DeploymentModelArgs(format="OpenAI", name=wanted.model, version=wanted.version),
            version_upgrade_option=wanted.upgrade,
            rai_policy_name=args.content_filter,
        ),
        tags=args.placement.tags,
        opts=opts,
    )
