"""Microsoft.MachineLearningServices/workspaces/computes: why the settings of a compute are refused."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any, Final

from facts.vm_sizes import size_meant
from simulator.ids import key, type_of
from simulator.model import Request
from simulator.resources.machinelearningservices.time_rules import cron_faults, duration_faults
from simulator.resources.machinelearningservices.workspace_rules import is_below_hub, workspace_of
from simulator.rule import Fault, Rule, rule
from simulator.values import UNKNOWN, at

# What the compute service answers to a setting that it can't take: Azure/data-product-analytics#70.
_CODE: Final = "UserError"
_PROPERTIES: Final = "properties.properties"
_SCHEDULES: Final = f"{_PROPERTIES}.schedules.computeStartStop"
_IDLE: Final = f"{_PROPERTIES}.idleTimeBeforeShutdown"
# how-to-create-compute-instance.md: "a minimum of 15 mins and a maximum of three days".
_SHORTEST_IDLE, _LONGEST_IDLE = 15 * 60, 3 * 24 * 3600
_INSTANCE_NAME: Final = re.compile(r"[A-Za-z][A-Za-z0-9-]{2,23}")
_CLUSTERS: Final = frozenset({"microsoft.containerservice/managedclusters", "microsoft.kubernetes/connectedclusters"})
# Fixed at creation: azurerm makes another compute for each of them (machine_learning_compute_*_resource.go).
_FIXED: Final = {
    "AmlCompute": (
        "vmSize", "vmPriority", "subnet.id", "osType", "enableNodePublicIp", "remoteLoginPortPublicAccess",
        "userAccountCredentials.adminUserName",
    ),
    "ComputeInstance": (
        "vmSize", "subnet.id", "enableNodePublicIp", "computeInstanceAuthorizationType", "sshSettings.sshPublicAccess",
        "personalComputeInstanceSettings.assignedUser.objectId",
    ),
}  # fmt: skip


def kind_of(request: Request) -> Any:
    """AmlCompute, ComputeInstance, Kubernetes …"""
    return request.at("properties.computeType")


@rule("ml-compute-size-mistyped", kind="static", code=_CODE,
      source="facts/vm_sizes.py; the name of a size is one word of Azure's own (code not confirmed)")  # fmt: skip
def size_is_spelled_right(request: Request) -> Iterator[Fault]:
    """A size has its signs where Azure puts them: Standard_D4s_v5, and not D4s_v5 or Standard_D4_s_v5."""
    path = f"{_PROPERTIES}.vmSize"
    name = request.known(path)
    meant = size_meant(name) if isinstance(name, str) else None
    if meant is not None:
        yield Fault(f"there is no size {name}", path, f"write {meant}")


@rule("ml-compute-instance-name", kind="static", code=_CODE,
      source="MicrosoftDocs/pipelines-azureml#19 (code not confirmed; checked 2026-11-25)",
      reads=("properties.computeType",), quoted=True)  # fmt: skip
def instance_name(request: Request) -> Iterator[Fault]:
    """The name of an instance is part of a host name: after a dash there has to be a letter."""
    after_dash = request.name.rpartition("-")[2]
    well_formed = _INSTANCE_NAME.fullmatch(request.name) and re.search(r"[A-Za-z]", after_dash)
    if kind_of(request) == "ComputeInstance" and not well_formed:
        yield Fault(
            f"Compute name '{request.name}' is not available. Reason: Invalid. Message: A name for an Azure ML Compute "
            "Instance must be between 3 and 24 characters in length and must use only numbers, letters and minus "
            "symbol (-),must start with letters. Numbers cannot be the ending of the name if the previous character "
            "is a minus symbol (-). Please specify a different Azure ML Instance name",
            "computeName",
            "use 3 to 24 letters, digits and dashes, with a letter first and one after the last dash",
        )


@rule("ml-compute-node-counts", kind="static", code=_CODE,
      source="Azure/azure-rest-api-specs machineLearningServices ScaleSettings (code not confirmed; "
      "checked 2026-11-25)", reads=(f"{_PROPERTIES}.scaleSettings",))  # fmt: skip
def node_counts(request: Request) -> Iterator[Fault]:
    """A cluster scales between its smallest and its largest number of nodes."""
    lowest = request.known(f"{_PROPERTIES}.scaleSettings.minNodeCount", 0)
    highest = request.known(f"{_PROPERTIES}.scaleSettings.maxNodeCount")
    path = f"{_PROPERTIES}.scaleSettings"
    if isinstance(lowest, int) and lowest < 0:
        yield Fault(f"minNodeCount is {lowest}", f"{path}.minNodeCount", "use 0 or more")
    if isinstance(lowest, int) and isinstance(highest, int) and highest < lowest:
        yield Fault(f"maxNodeCount {highest} is below minNodeCount {lowest}", f"{path}.maxNodeCount",
                    f"use {lowest} or more, or lower minNodeCount")  # fmt: skip


@rule("ml-cluster-needs-scale-settings", kind="static", code=_CODE, quoted=True,
      source="dotnet/machinelearning-modelbuilder#2386; MicrosoftDocs/azure-docs#65255 (checked 2026-11-25)",
      reads=("properties.computeType", f"{_PROPERTIES}.scaleSettings.maxNodeCount"))  # fmt: skip
def cluster_has_a_scale(request: Request) -> Iterator[Fault]:
    """A new cluster says how far it may grow; the smallest number of nodes has a default."""
    path = f"{_PROPERTIES}.scaleSettings"
    if kind_of(request) == "AmlCompute" and request.old is None and request.at(f"{path}.maxNodeCount") is None:
        yield Fault("ScaleSettings.MaxNodeCount and ScaleSettings.MinNodeCount must be specified for create compute.",
                    path, 'write {"minNodeCount": 0, "maxNodeCount": …}')  # fmt: skip


@rule("ml-compute-idle-time", kind="static", code=_CODE,
      source="hashicorp/terraform-provider-azurerm#12508 (code not confirmed; checked 2026-11-25)")  # fmt: skip
def idle_time(request: Request) -> Iterator[Fault]:
    """Nodes go after a time without a job, which is a duration and no number."""
    yield from duration_faults(request, f"{_PROPERTIES}.scaleSettings.nodeIdleTimeBeforeScaleDown")


@rule("ml-instance-idle-time", kind="static", code=_CODE,
      source="MicrosoftDocs/azure-ai-docs how-to-create-compute-instance.md, Configure idle shutdown (code not "
      "confirmed; checked 2026-11-25)")  # fmt: skip
def instance_idle_time(request: Request) -> Iterator[Fault]:
    """An instance shuts down after 15 minutes to three days without use."""
    yield from duration_faults(request, _IDLE, _SHORTEST_IDLE, _LONGEST_IDLE)


@rule("ml-compute-ssh-credentials", kind="static", code=_CODE,
      source="hashicorp/terraform-provider-azurerm machine_learning_compute_cluster_resource.go, ssh (code not "
      "confirmed; checked 2026-11-25)", reads=(f"{_PROPERTIES}.userAccountCredentials",))  # fmt: skip
def administrator_can_log_in(request: Request) -> Iterator[Fault]:
    """An administrator of the nodes has a password or a key."""
    path = f"{_PROPERTIES}.userAccountCredentials"
    credentials = request.known(path)
    if isinstance(credentials, dict) and not {"adminUserPassword", "adminUserSshPublicKey"} & {
        name for name, value in credentials.items() if value is not None
    }:
        yield Fault("the administrator has neither a password nor a key", path,
                    "give adminUserSshPublicKey or adminUserPassword, or leave userAccountCredentials out")  # fmt: skip


@rule("ml-instance-ssh-key", kind="static", code=_CODE,
      source="hashicorp/terraform-provider-azurerm machine_learning_compute_instance_resource.go, ssh.public_key (code "
      "not confirmed; checked 2026-11-25)", reads=(f"{_PROPERTIES}.sshSettings",))  # fmt: skip
def ssh_has_a_key(request: Request) -> Iterator[Fault]:
    """SSH to an instance works with a public key only."""
    path = f"{_PROPERTIES}.sshSettings"
    is_open = request.at(f"{path}.sshPublicAccess") == "Enabled"
    if is_open and request.at(f"{path}.adminPublicKey") in (None, ""):
        yield Fault("SSH is enabled without a public key", path, "give sshSettings.adminPublicKey, or disable SSH")


@rule("ml-instance-schedules", kind="static", code=_CODE,
      source="MicrosoftDocs/azure-ai-docs how-to-create-compute-instance.md, Schedule automatic start and stop (code "
      "not confirmed; checked 2026-11-25)", reads=(f"{_PROPERTIES}.schedules",))  # fmt: skip
def schedules(request: Request) -> Iterator[Fault]:
    """An instance has four schedules at most, each with the trigger that it names."""
    listed = request.known(_SCHEDULES, [])
    if not isinstance(listed, list):
        return
    if len(listed) > 4:
        yield Fault(f"the instance has {len(listed)} schedules, and four at most are allowed", _SCHEDULES,
                    "leave some out")  # fmt: skip
    for index, each in enumerate(listed):
        kind = at(each, "triggerType")
        member = {"Cron": "cron", "Recurrence": "recurrence"}.get(str(kind))
        if member is not None and at(each, member) is None:
            yield Fault(f"schedule {index} has the trigger {kind} and no `{member}`", _SCHEDULES, f"give `{member}`")
        expression = at(each, "cron.expression")
        for fault in cron_faults(expression) if isinstance(expression, str) else ():
            yield Fault(f"the cron expression of schedule {index} is invalid: {fault}", _SCHEDULES, "correct it")


@rule("ml-compute-attached-cluster", kind="static", code=_CODE,
      source="MicrosoftDocs/azure-ai-docs how-to-attach-kubernetes-to-workspace.md (code not confirmed; "
      "checked 2026-11-25)", reads=("properties.computeType", "properties.resourceId"))  # fmt: skip
def attached_cluster(request: Request) -> Iterator[Fault]:
    """What is attached as Kubernetes is a cluster of AKS or of Azure Arc."""
    if kind_of(request) != "Kubernetes":
        return
    cluster = request.known("properties.resourceId")
    if cluster is None:
        yield Fault("a Kubernetes compute names no cluster", "properties.resourceId", "give the id of the cluster")
    elif type_of(str(cluster)).lower() not in _CLUSTERS:
        yield Fault(f"{cluster} is of type {type_of(str(cluster))}, and no Kubernetes cluster", "properties.resourceId",
                    "give the id of a managed or an Arc-connected cluster")  # fmt: skip


@rule("ml-cluster-in-hub", kind="cross-resource", code=_CODE,
      source="MicrosoftDocs/azure-ai-docs concept-hub-workspace.md, Supported capabilities by workspace kind (code not "
      "confirmed; checked 2026-11-25)", reads=("properties.computeType",))  # fmt: skip
def hubs_have_no_clusters(request: Request) -> Iterator[Fault]:
    """Hubs and their projects run jobs on serverless compute."""
    if kind_of(request) == "AmlCompute" and is_below_hub(workspace_of(request)):
        yield Fault("a hub or project workspace has no compute clusters", "properties",
                    "use serverless compute, or a workspace of kind Default")  # fmt: skip


@rule("ml-instance-storage-keys", kind="cross-resource", code=_CODE,
      source="MicrosoftDocs/azure-ai-docs how-to-create-compute-instance.md, Prerequisites; how-to-disable-local-auth-"
      "storage.md (code not confirmed; checked 2026-11-25)", reads=("properties.computeType",))  # fmt: skip
def storage_takes_keys(request: Request) -> Iterator[Fault]:
    """An instance mounts the default storage with its key, unless the workspace uses identities for it."""
    workspace = workspace_of(request)
    if kind_of(request) != "ComputeInstance" or request.old is not None or workspace is None:
        return
    account = request.world.get(str(workspace.body.get("storageAccount", "")))
    uses_keys = str(workspace.body.get("systemDatastoresAuthMode", "AccessKey")).lower() == "accesskey"
    if uses_keys and account is not None and account.body.get("allowSharedKeyAccess") is False:
        yield Fault("the default storage of the workspace takes no keys, with which an instance mounts it",
                    "properties", "set systemDatastoresAuthMode of the workspace to Identity")  # fmt: skip


@rule("ml-compute-unchangeable", kind="lifecycle", code=_CODE,
      source="hashicorp/terraform-provider-azurerm machine_learning_compute_cluster_resource.go and "
      "…_instance_resource.go, ForceNew (code not confirmed; checked 2026-11-25)")  # fmt: skip
def fixed_properties(request: Request) -> Iterator[Fault]:
    """Only the scale of a cluster changes in place; an instance doesn't change at all."""
    if request.old is None:
        return
    before = at(request.old.body, "properties.computeType")
    kind = kind_of(request)
    if isinstance(before, str) and isinstance(kind, str) and before != kind:
        yield Fault(f"{request.name} is of type {before} and can't become {kind}", "properties.computeType",
                    "give the new compute another name")  # fmt: skip
        return
    for name in _FIXED.get(str(kind), ()):
        path = f"{_PROPERTIES}.{name}"
        was, now = at(request.old.body, path), request.at(path)
        # What was left out may be what Azure takes for it now.
        if was not in (None, UNKNOWN) and now not in (None, UNKNOWN) and not _same(was, now):
            yield Fault(f"{name} of a compute can't change after creation", path,
                        "put the old value back, or make a compute with another name")  # fmt: skip


def _same(was: object, now: object) -> bool:
    """Whether a value is kept; ids and names are compared without regard to case."""
    return key(was) == key(now) if isinstance(was, str) and isinstance(now, str) else was == now


COMPUTE_RULES: Final[tuple[Rule, ...]] = (
    instance_name, size_is_spelled_right, cluster_has_a_scale, node_counts, idle_time, instance_idle_time,
    administrator_can_log_in, ssh_has_a_key, schedules, attached_cluster, hubs_have_no_clusters, storage_takes_keys,
    fixed_properties,
)  # fmt: skip
