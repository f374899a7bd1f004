"""Online endpoint: an address at which models answer at once, with its deployments and their shares of the traffic.

Owns the endpoint, deployments, autoscaling, traffic and logs. Does not own models, environments and code: their
versions are named by the settings.

Traffic (decision 0015): Azure takes no share for a deployment that isn't there, and none can be there before the
endpoint. One resource can't be written before and after its children, so two write the endpoint: `OnlineEndpoint` makes
it and is never updated, and a template deployment, after every deployment, writes what may change. When a deployment
leaves, the template runs before Pulumi's deletions, so its traffic has gone elsewhere by then.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from pulumi import ComponentResource, Input, Output, Resource, ResourceOptions
from pulumi_azure_native import machinelearningservices as ml
from pulumi_azure_native import resources

from components import naming
from components.identity.identity import Identity
from components.machine_learning.asset_reference import is_pinned
from components.machine_learning.online_deployment import OnlineModel, scale_by_load, serve
from components.observability.diagnostic_setting import send_diagnostics
from components.placement import Placement
from components.problems import refuse

# What the template calls the type; the version is the SDK's own default for OnlineEndpoint.
ARM_TYPE, API_VERSION = "Microsoft.MachineLearningServices/workspaces/onlineEndpoints", "2025-12-01"


@dataclass(frozen=True, kw_only=True)
class OnlineEndpointArgs:
    """`traffic` and `mirror`: percent by deployment. `identity` is whom the containers act as; fixed at creation."""

    placement: Placement
    resource_group_name: Input[str]
    workspace_name: Input[str]
    workspace_id: Input[str]
    endpoint_name: str
    identity: Identity
    deployments: Mapping[str, OnlineModel]
    traffic: Mapping[str, int]
    mirror: Mapping[str, int] = field(default_factory=dict)
    log_workspace_id: Input[str]
    ready: Sequence[Resource]


def problems(args: OnlineEndpointArgs) -> list[str]:
    """Every reason why Azure would refuse the shares, and models that aren't pinned."""
    found = [
        f"{name}: {each.model} is no pinned version"
        for name, each in args.deployments.items()
        if not is_pinned(each.model)
    ]
    for shares in (args.traffic, args.mirror):
        found += [
            f"traffic goes to {name}, which isn't deployed" for name in sorted(set(shares) - set(args.deployments))
        ]
    if sum(args.traffic.values()) not in (0, 100) or any(not 0 <= share <= 100 for share in args.traffic.values()):
        found.append(f"the shares of the traffic add up to {sum(args.traffic.values())}, and not to 0 or 100")
    mirrored = {name for name, share in args.mirror.items() if share != 0}
    if len(mirrored) > 1 or any(not 0 <= share <= 50 for share in args.mirror.values()):
        found.append("50 percent at most can be mirrored, to one deployment")
    found += [f"{name} gets live and mirrored traffic" for name in sorted(mirrored) if args.traffic.get(name, 0) > 0]
    return found


class OnlineEndpoint(ComponentResource):
    """Endpoint, deployments, autoscaling, traffic, diagnostics."""

    endpoint_id: Output[str]
    endpoint_name: Output[str]
    deployment_ids: dict[str, Output[str]]
    traffic: Resource

    def __init__(self, name: str, args: OnlineEndpointArgs, opts: ResourceOptions | None = None) -> None:
        super().__init__("platform:online_endpoint:OnlineEndpoint", name, {}, opts)
        refuse(name, problems(args))
        made = _endpoint(f"{name}-endpoint", args, self)
        deployments = self._deployments(name, made, args)
        self.traffic = _traffic(f"{name}-traffic", args, ResourceOptions(parent=self, depends_on=[made, *deployments]))
        send_diagnostics(f"{name}-diag", made.id, ARM_TYPE, args.log_workspace_id, ResourceOptions(parent=self))
        self.endpoint_id, self.endpoint_name = made.id, made.name
        self.deployment_ids = {key: each.id for key, each in zip(args.deployments, deployments, strict=True)}
        self.register_outputs({"endpoint_id": self.endpoint_id, "deployment_ids": self.deployment_ids})

    def _deployments(self, name: str, made: ml.OnlineEndpoint, args: OnlineEndpointArgs) -> list[ml.OnlineDeployment]:
        deployments: list[ml.OnlineDeployment] = []
        for key, wanted in args.deployments.items():
            # One after another: the service works on one change of an endpoint at a time.
            opts = ResourceOptions(parent=self, depends_on=deployments[-1:], deleted_with=made)
            one = serve(f"{name}-deployment-{key}", key, wanted, made, args, opts)
            if wanted.max_instances > wanted.min_instances:
                scale_by_load(f"{name}-scale-{key}", key, wanted, one.id, args, ResourceOptions(parent=self))
            deployments.append(one)
        return deployments


def _endpoint(name: str, args: OnlineEndpointArgs, parent: Resource) -> ml.OnlineEndpoint:
    return ml.OnlineEndpoint(
        name,
        endpoint_name=naming.model_endpoint(args.placement, args.endpoint_name),
        workspace_name=args.workspace_name,
        resource_group_name=args.resource_group_name,
        location=args.placement.region,
        kind="Managed",
        identity=ml.ManagedServiceIdentityArgs(
            type="UserAssigned", user_assigned_identities=[args.identity.identity_id]
        ),
        properties=ml.OnlineEndpointPropertiesArgs(auth_mode="AADToken", public_network_access="Disabled"),
        tags=args.placement.tags,
        # An update from here would carry no traffic, and so take it from every deployment.
        opts=ResourceOptions(parent=parent, depends_on=list(args.ready), ignore_changes=["properties", "tags"]),
    )


def _traffic(name: str, args: OnlineEndpointArgs, opts: ResourceOptions) -> resources.Deployment:
    return resources.Deployment(
        name,
        deployment_name=f"traffic-{naming.model_endpoint(args.placement, args.endpoint_name)}",
        resource_group_name=args.resource_group_name,
        properties=resources.DeploymentPropertiesArgs(mode="Incremental", template=template(args)),
        tags=args.placement.tags,
        opts=opts,
    )


def template(args: OnlineEndpointArgs) -> dict[str, Any]:
    """The endpoint as it shall be, whole: a PUT forgets what it doesn't say."""
    endpoint = naming.model_endpoint(args.placement, args.endpoint_name)
    return {
        "$schema": "https://schema.management.azure.com/schemas/2019-04-01/deploymentTemplate.json#",
        "contentVersion": "1.0.0.0",
        "resources": [
            {
                "type": ARM_TYPE,
                "apiVersion": API_VERSION,
                "name": Output.concat(args.workspace_name, "/", endpoint),
                "location": args.placement.region,
                "kind": "Managed",
                "tags": dict(args.placement.tags),
                "identity": {"type": "UserAssigned", "userAssignedIdentities": args.identity.as_mapping},
                "properties": {
                    "authMode": "AADToken",
                    "publicNetworkAccess": "Disabled",
                    "traffic": dict(args.traffic),
                    "mirrorTraffic": dict(args.mirror),
                },
            }
        ],
    }
