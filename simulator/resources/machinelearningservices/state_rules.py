"""What Azure Machine Learning refuses because of the subscription: vCPU quotas, names, instances of one deployment."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any, Final

from facts.vm_quota import vm_quota
from simulator.ids import key, name_of, parents
from simulator.model import Request, normal_location
from simulator.rule import Fault, Rule, rule
from simulator.subscription import subscription
from simulator.values import UNKNOWN, at

_INSTANCES: Final = "ml_deployment_instances"
_COMPUTES: Final = "Microsoft.MachineLearningServices/workspaces/computes"
_SCALE: Final = "properties.properties.scaleSettings"
# No fifth is reserved for these: reference-managed-online-endpoints-vm-sku-list.md, "Skip 20% Reservation".
_WITHOUT_RESERVE: Final = re.compile(r"standard_(nc\d+adi?s_[ah]100_v\d+|nd\d+.*)", re.IGNORECASE)


def _managed_instances(request: Request) -> int | None:
    """Instances of a managed deployment; `None` where they are not known or run in a cluster of ours."""
    capacity = request.at("sku.capacity")
    if request.at("properties.endpointComputeType") != "Managed" or isinstance(capacity, bool):
        return None
    return 1 if capacity is None else capacity if isinstance(capacity, int) else None


@rule("ml-deployment-quota", kind="state", code="InferencingClientCreateDeploymentFailed",
      source="MicrosoftLearning/mslearn-azure-ml#30; MicrosoftDocs/azure-ai-docs "
      "quota-allocation-online-deployment.md (checked 2026-11-25)")  # fmt: skip
def quota_suffices(request: Request) -> Iterator[Fault]:
    """A deployment reserves a fifth more instances than it asks for, rounded up, for its upgrades on most sizes."""
    size, instances = request.known("properties.instanceType"), _managed_instances(request)
    if request.old is not None or instances is None or not isinstance(size, str):
        return
    known = vm_quota(size)
    if known is None:
        return
    limit = subscription().machine_learning_quota(known.family, _location(request))
    reserved = instances if _WITHOUT_RESERVE.fullmatch(size) else -(-instances * 6 // 5)
    needed = reserved * known.vcpus
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


@rule("ml-compute-quota", kind="state", code="ClusterMinNodesExceedCoreQuota",
      source="microsoft/InnerEye-DeepLearning#253, MicrosoftDocs/azure-docs#52413 (the code in public reports of 2026; "
      "checked 2026-11-25)", reads=("properties.computeType", _SCALE, "properties.properties.vmPriority"))  # fmt: skip
def compute_quota_suffices(request: Request) -> Iterator[Fault]:
    """The quota of the size's family has room for the smallest number of nodes, and for one at least."""
    path = "properties.properties.vmSize"
    kind, size = request.at("properties.computeType"), request.known(path)
    if request.old is not None or kind not in ("AmlCompute", "ComputeInstance") or not isinstance(size, str):
        return
    known = vm_quota(size)
    if known is None:
        return
    # Low-priority vCPUs are counted over all families.
    is_low_priority = request.at("properties.properties.vmPriority") == "LowPriority"
    family = "TotalLowPriorityCores" if is_low_priority else known.family
    limit = subscription().machine_learning_quota(family, _location(request, "properties.computeLocation"))
    least = request.known(f"{_SCALE}.minNodeCount", 0) if kind == "AmlCompute" else 1
    nodes = max(1, least) if isinstance(least, int) else 1
    if limit is not None and nodes * known.vcpus > limit:
        yield Fault(
            f"The specified subscription has a {family} vCPU quota of {limit} and cannot accomodate for at least "
            f"{nodes} requested managed compute nodes which maps to {nodes * known.vcpus} vCPUs.",
            path,
            "ask for more quota of Azure Machine Learning, or use a smaller size or fewer nodes",
        )


@rule("ml-compute-name-taken", kind="state",
      source="microsoft/Templates-For-Dynamics-365-Supply-Chain-Management-Demand-Forecasting-With-Azure-Machine-"
      "Learning#4 (code not confirmed; checked 2026-11-25)", reads=("properties.computeType",),
      quoted=True)  # fmt: skip
def instance_name_is_free(request: Request) -> Iterator[Fault]:
    """The name of an instance is unique in its region, whatever the workspace."""
    region = _location(request, "properties.computeLocation")
    if request.old is not None or request.at("properties.computeType") != "ComputeInstance" or region == "":
        return
    others = [each for each in request.world.of_type(_COMPUTES) if key(each.id) != key(request.id)]
    taken = any(
        name_of(each.id).lower() == request.name.lower()
        and at(each.body, "properties.computeType") == "ComputeInstance"
        and normal_location(str(at(each.body, "properties.computeLocation") or each.body.get("location"))) == region
        for each in others
    )
    if taken or subscription().is_name_taken(_COMPUTES, request.name):
        yield Fault(f"Compute name '{request.name}' is not available. Reason: AlreadyExists. Message: The specified "
                    f"name {request.name} is already in use and is therefore unavailable", "computeName",
                    "use another name")  # fmt: skip


def _location(request: Request, first: str = "location") -> str:
    location: Any = request.at(first)
    if location is None:
        location = request.at("location")
    if location is None:
        workspace = next((found for held in parents(request.id) if (found := request.world.get(held))), None)
        location = workspace.body.get("location") if workspace is not None else None
    return normal_location(location) if isinstance(location, str) and location is not UNKNOWN else ""


COMPUTE_STATE_RULES: Final[tuple[Rule, ...]] = (instance_name_is_free, compute_quota_suffices)
DEPLOYMENT_STATE_RULES: Final[tuple[Rule, ...]] = (quota_suffices, instances_are_within_the_limit)
