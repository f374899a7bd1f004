"""What Azure Machine Learning refuses because of the subscription: vCPU quotas, and instances of one deployment."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final

from facts.vm_sizes import vm_size
from simulator.ids import parents
from simulator.model import Request, normal_location
from simulator.rule import Fault, Rule, rule
from simulator.subscription import subscription
from simulator.values import UNKNOWN

_INSTANCES: Final = "ml_deployment_instances"


def _managed_instances(request: Request) -> int | None:
    """Instances of a managed deployment; `None` where they are not known or run in a cluster of ours."""
    capacity = request.at("sku.capacity")
    if request.at("properties.endpointComputeType") != "Managed" or isinstance(capacity, bool):
        return None
    return 1 if capacity is None else capacity if isinstance(capacity, int) else None


@rule("ml-deployment-quota", kind="state", code="InferencingClientCreateDeploymentFailed",
      source="MicrosoftLearning/mslearn-azure-ml#30; MicrosoftDocs/azure-ai-docs how-to-manage-quotas.md")  # fmt: skip
def quota_suffices(request: Request) -> Iterator[Fault]:
    """A deployment reserves a fifth more instances than it asks for, rounded up, for its upgrades."""
    size, instances = request.known("properties.instanceType"), _managed_instances(request)
    if request.old is not None or instances is None or not isinstance(size, str):
        return
    try:
        known = vm_size(size)
    except LookupError:
        return
    limit = subscription().machine_learning_quota(known.quota_family or "", _location(request))
    needed = -(-instances * 6 // 5) * known.vcpus
    if limit is not None and needed > limit:
        yield Fault(
            f"Not enough quota available for {size}. Current usage/limit: 0/{limit}. Additional needed: {needed}",
            "properties.instanceType",
            "ask for more quota, use a smaller size, or fewer instances",
        )


@rule("ml-deployment-instance-count", kind="state", source="MicrosoftDocs/azure-ai-docs how-to-manage-quotas.md")
def instances_are_within_the_limit(request: Request) -> Iterator[Fault]:
    """One managed deployment has so many instances at most."""
    limit, instances = subscription().limit(_INSTANCES), _managed_instances(request)
    if limit is not None and instances is not None and instances > limit:
        yield Fault(
            f"a deployment has {limit} instances at most, not {instances}",
            "sku.capacity",
            f"use {limit} or fewer, or ask support for more and write it into the subscription's limits ({_INSTANCES})",
        )


def _location(request: Request) -> str:
    location: Any = request.at("location")
    if location is None:
        workspace = next((found for held in parents(request.id) if (found := request.world.get(held))), None)
        location = workspace.body.get("location") if workspace is not None else None
    return normal_location(location) if isinstance(location, str) and location is not UNKNOWN else ""


DEPLOYMENT_STATE_RULES: Final[tuple[Rule, ...]] = (quota_suffices, instances_are_within_the_limit)
