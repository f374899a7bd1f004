"""Microsoft.MachineLearningServices/workspaces/onlineEndpoints/deployments: why an online deployment is refused."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Final

from simulator.ids import name_of, parents
from simulator.model import Request
from simulator.resources.machinelearningservices.deployment_place_rules import PLACE_RULES
from simulator.resources.machinelearningservices.endpoint_rules import well_named
from simulator.resources.machinelearningservices.time_rules import duration_faults
from simulator.resources.machinelearningservices.workspace_rules import isolation_of, workspace_of
from simulator.rule import Fault, Rule, rule
from simulator.values import UNKNOWN, at

# What the inference service answers to a deployment that it can't make: mslearn-azure-ml#30.
_CODE: Final = "InferencingClientCreateDeploymentFailed"
_YAML: Final = "MicrosoftDocs/azure-ai-docs reference-yaml-deployment-managed-online.md"
_QUOTAS: Final = "MicrosoftDocs/azure-ai-docs how-to-manage-quotas.md, endpoints"
_CHECKED: Final = "(code not confirmed; checked 2026-11-25)"
_KIND: Final = "properties.endpointComputeType"
_PROBES: Final = ("livenessProbe", "readinessProbe", "startupProbe")


@rule("ml-deployment-name", kind="static", code=_CODE, source=f"{_QUOTAS} {_CHECKED}", reads=(_KIND,))
def deployment_name(request: Request) -> Iterator[Fault]:
    """The name follows the same rule as that of the endpoint; on Kubernetes both share 62 characters."""
    if request.old is None and not well_named(request.name):
        yield Fault(f"'{request.name}' can't be the name of a deployment", "deploymentName",
                    "use 3 to 32 letters, digits and single dashes, with a letter first")  # fmt: skip
    endpoint = name_of(next(parents(request.id)))
    if request.old is None and request.at(_KIND) == "Kubernetes" and len(endpoint) + len(request.name) > 62:
        yield Fault(f"the names {endpoint} and {request.name} have more than 62 characters together", "deploymentName",
                    "use shorter names")  # fmt: skip


@rule("ml-deployment-size-unsupported", kind="static", code=_CODE,
      source=f"MicrosoftDocs/azure-ai-docs reference-managed-online-endpoints-vm-sku-list.md {_CHECKED}",
      reads=(_KIND,))  # fmt: skip
def size_is_supported(request: Request) -> Iterator[Fault]:
    """A managed deployment runs on none of the burstable sizes."""
    size = request.known("properties.instanceType")
    if request.at(_KIND) == "Managed" and isinstance(size, str) and size.lower().startswith("standard_b"):
        yield Fault(f"{size} is not supported for managed online endpoints", "properties.instanceType",
                    "use a size of the list of supported ones, such as Standard_DS3_v2")  # fmt: skip


@rule("ml-deployment-scale", kind="static", code=_CODE, source=f"{_YAML}, scale_settings {_CHECKED}",
      reads=(_KIND, "properties.scaleSettings", "sku"))  # fmt: skip
def scale(request: Request) -> Iterator[Fault]:
    """A managed deployment has one instance or more, scaled by hand or by a policy of Azure Monitor."""
    path = "properties.scaleSettings"
    kind, way, capacity = request.at(_KIND), request.at(f"{path}.scaleType"), request.at("sku.capacity")
    if kind == "Managed" and way == "TargetUtilization":
        yield Fault("a managed deployment knows the scale type Default only", path,
                    "use scaleType Default, and an autoscale setting of Azure Monitor")  # fmt: skip
    if kind == "Managed" and isinstance(capacity, int) and capacity < 1:
        yield Fault(f"the deployment would have {capacity} instances", "sku.capacity", "use 1 or more")
    lowest, highest = request.at(f"{path}.minInstances"), request.at(f"{path}.maxInstances")
    if isinstance(lowest, int) and isinstance(highest, int) and lowest > highest:
        yield Fault(f"minInstances {lowest} is above maxInstances {highest}", path, "swap or correct them")
    target = request.at(f"{path}.targetUtilizationPercentage")
    if isinstance(target, int) and not 1 <= target <= 100:
        yield Fault(f"the target utilization is {target} percent", path, "use 1 to 100")


@rule("ml-deployment-timeout", kind="static", code=_CODE, source=f"{_YAML}, RequestSettings; {_QUOTAS} {_CHECKED}",
      reads=(_KIND, "properties.environmentVariables", "properties.properties"))  # fmt: skip
def request_timeout(request: Request) -> Iterator[Fault]:
    """A request takes three minutes at most, on Kubernetes and for a prompt flow five."""
    names = [*(request.at("properties.environmentVariables") or {}), *(request.at("properties.properties") or {})]
    is_flow = any("promptflow" in str(name).lower().replace("_", "") for name in names)
    longest = 180 if request.at(_KIND) == "Managed" and not is_flow else 300
    yield from duration_faults(request, "properties.requestSettings.requestTimeout", 0, longest)
    concurrent = request.known("properties.requestSettings.maxConcurrentRequestsPerInstance")
    if isinstance(concurrent, int) and concurrent < 1:
        yield Fault(f"an instance would take {concurrent} requests at once",
                    "properties.requestSettings.maxConcurrentRequestsPerInstance", "use 1 or more")  # fmt: skip


@rule("ml-deployment-probes", kind="static", code=_CODE, source=f"{_YAML}, ProbeSettings {_CHECKED}",
      reads=tuple(f"properties.{probe}" for probe in _PROBES))  # fmt: skip
def probes(request: Request) -> Iterator[Fault]:
    """Times of a probe begin at a second, its counts at one; a live container has to answer once only."""
    for probe in _PROBES:
        path = f"properties.{probe}"
        for name in ("initialDelay", "timeout", "period"):
            yield from duration_faults(request, f"{path}.{name}", 1)
        for name in ("successThreshold", "failureThreshold"):
            count = request.at(f"{path}.{name}")
            if isinstance(count, int) and count < 1:
                yield Fault(f"{name} of {probe} is {count}", f"{path}.{name}", "use 1 or more")
    successes = request.at("properties.livenessProbe.successThreshold")
    if isinstance(successes, int) and successes > 1:
        yield Fault(f"successThreshold of livenessProbe is {successes}", "properties.livenessProbe.successThreshold",
                    "use 1, or leave it out")  # fmt: skip


@rule("ml-deployment-sampling", kind="static", code=_CODE, source=f"{_YAML}, DataCollector {_CHECKED}",
      reads=("properties.dataCollector",))  # fmt: skip
def sampling_rate(request: Request) -> Iterator[Fault]:
    """A sampling rate is a share of one."""
    collections = request.at("properties.dataCollector.collections")
    for name, each in collections.items() if isinstance(collections, Mapping) else ():
        rate = at(each, "samplingRate")
        if isinstance(rate, int | float) and not 0 <= rate <= 1:
            yield Fault(f"the sampling rate of collection {name} is {rate}", "properties.dataCollector",
                        "use a number from 0 to 1: 1 collects everything")  # fmt: skip


@rule("ml-deployment-egress-fixed", kind="lifecycle",
      source=f"MicrosoftDocs/azure-ai-docs concept-secure-online-endpoint.md, Appendix {_CHECKED}")  # fmt: skip
def egress_is_kept(request: Request) -> Iterator[Fault]:
    """Whether a deployment may reach the public network is decided when it is made."""
    path = "properties.egressPublicNetworkAccess"
    before = at(request.old.body, path) if request.old is not None else UNKNOWN
    after = request.known(path)
    if before is not UNKNOWN and after is not None and after != ("Enabled" if before is None else before):
        yield Fault("egressPublicNetworkAccess of a deployment can't change after creation", path,
                    "put the old value back, or make a deployment with another name")  # fmt: skip


@rule("ml-deployment-public-egress", kind="cross-resource", code=_CODE,
      source=f"MicrosoftDocs/azure-ai-docs concept-secure-online-endpoint.md, Appendix {_CHECKED}")  # fmt: skip
def closed_workspace_has_closed_deployments(request: Request) -> Iterator[Fault]:
    """A deployment with public egress talks to its workspace over the public network, which must be open."""
    workspace = workspace_of(request)
    if workspace is None or isolation_of(workspace) != "Disabled":
        return
    is_closed = workspace.body.get("publicNetworkAccess") == "Disabled"
    path = "properties.egressPublicNetworkAccess"
    if is_closed and request.old is None and request.known(path) == "Enabled":
        yield Fault("the workspace is closed to the public network, over which the deployment would reach it", path,
                    "set it to Disabled, or give the workspace a managed network")  # fmt: skip


DEPLOYMENT_RULES: Final[tuple[Rule, ...]] = (
    deployment_name, size_is_supported, scale, request_timeout, probes, sampling_rate, egress_is_kept,
    closed_workspace_has_closed_deployments, *PLACE_RULES,
)  # fmt: skip
