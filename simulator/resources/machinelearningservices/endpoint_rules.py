"""Microsoft.MachineLearningServices/workspaces/onlineEndpoints and batchEndpoints: why an endpoint is refused."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any, Final

from simulator.ids import key, name_of
from simulator.model import Request, normal_location
from simulator.resources.machinelearningservices.workspace_rules import is_below_hub, workspace_of
from simulator.rule import Fault, Rule, rule
from simulator.store import Record
from simulator.subscription import subscription
from simulator.values import UNKNOWN, at

_QUOTAS: Final = "MicrosoftDocs/azure-ai-docs how-to-manage-quotas.md, endpoints"
_ONLINE: Final = "Microsoft.MachineLearningServices/workspaces/onlineEndpoints"
_BATCH: Final = "Microsoft.MachineLearningServices/workspaces/batchEndpoints"
_NAME: Final = re.compile(r"[A-Za-z](?:-?[A-Za-z0-9])*")


def well_named(name: str) -> bool:
    """Whether endpoints and deployments may have a name."""
    return 3 <= len(name) <= 32 and _NAME.fullmatch(name) is not None


def deployments_of(request: Request, endpoint_id: str) -> dict[str, Record]:
    """The deployments of an endpoint that are here, by their names in lower case."""
    found = [each for each in request.world.below(endpoint_id) if each.type.lower().endswith("/deployments")]
    return {name_of(each.id).lower(): each for each in found}


@rule("ml-endpoint-name", kind="static", source=f"{_QUOTAS} (code not confirmed; checked 2026-11-25)")
def endpoint_name(request: Request) -> Iterator[Fault]:
    """The name is a part of the address."""
    if request.old is None and not well_named(request.name):
        yield Fault(f"'{request.name}' can't be the name of an endpoint", "endpointName",
                    "use 3 to 32 letters, digits and single dashes, with a letter first")  # fmt: skip


def _taken(request: Request, arm_type: str) -> bool:
    """Whether an endpoint of this name is in the region already, in whichever workspace."""
    if request.old is not None:
        return False
    others = [each for each in request.world.of_type(arm_type) if key(each.id) != key(request.id)]
    same = [each for each in others if name_of(each.id).lower() == request.name.lower()]
    places = [normal_location(str(each.body.get("location"))) for each in same]
    return (request.location != "" and request.location in places) or subscription().is_name_taken(
        arm_type, request.name
    )


@rule("ml-endpoint-name-taken", kind="state",
      source="Azure/azureml-examples#1931 (code not confirmed; checked 2026-11-25)", reads=("location",),
      quoted=True)  # fmt: skip
def online_name_is_free(request: Request) -> Iterator[Fault]:
    """The name of an online endpoint is unique in its region."""
    if _taken(request, _ONLINE):
        yield Fault("There is already an endpoint with this name, Endpoint name needs to be unique within a region. "
                    "Try some other name.", "endpointName", "use another name")  # fmt: skip


@rule("ml-batch-endpoint-name-taken", kind="state", code="UserError",
      source="ansible-collections/azure#2231, review (checked 2026-11-25)", reads=("location",),
      quoted=True)  # fmt: skip
def batch_name_is_free(request: Request) -> Iterator[Fault]:
    """The name of a batch endpoint is unique in its region."""
    if _taken(request, _BATCH):
        yield Fault(f"The specified endpoint name '{request.name}' is not available. Endpoint names must be unique "
                    "within the region. Please choose a different name and try again.", "endpointName",
                    "use another name")  # fmt: skip


def _percentages(request: Request, path: str) -> dict[str, int] | None:
    """Deployments with their percentages; `None` while some of them are not known."""
    given = request.at(path)
    if given is None:
        return {}
    if not isinstance(given, Mapping) or not all(isinstance(value, int) for value in given.values()):
        return None
    return dict(given)


@rule("ml-endpoint-traffic-sum", kind="static",
      source="MicrosoftDocs/azure-ai-docs reference-yaml-endpoint-online.md (code not confirmed; checked 2026-11-25)",
      reads=("properties.traffic",))  # fmt: skip
def traffic_is_whole(request: Request) -> Iterator[Fault]:
    """All of the traffic is shared out, or none of it."""
    shares = _percentages(request, "properties.traffic")
    if not shares:
        return
    wrong = {name: share for name, share in shares.items() if not 0 <= share <= 100}
    if wrong or sum(shares.values()) not in (0, 100):
        yield Fault(f"the traffic percentages add up to {sum(shares.values())}, and not to 0 or 100",
                    "properties.traffic", "make them 0 to 100 each, and 0 or 100 together")  # fmt: skip


@rule("ml-endpoint-traffic-deployments", kind="cross-resource",
      source="MicrosoftDocs/azure-ai-docs reference-yaml-endpoint-online.md, note at `traffic` (code not confirmed; "
      "checked 2026-11-25)", reads=("properties.traffic", "properties.mirrorTraffic"))  # fmt: skip
def traffic_goes_to_deployments(request: Request) -> Iterator[Fault]:
    """Traffic can't be given to a deployment before it exists: not with the endpoint, nor in the update that adds it.

    Deployments may be made elsewhere: where none is here, nothing is said about an endpoint that exists.
    """
    known = deployments_of(request, request.id)
    if request.old is not None and not known:
        return
    for path in ("properties.traffic", "properties.mirrorTraffic"):
        shares = _percentages(request, path) or {}
        missing = sorted(name for name, share in shares.items() if share > 0 and name.lower() not in known)
        if missing:
            yield Fault(f"the endpoint has no deployment {', '.join(missing)}", path,
                        "create the deployment first, and give it traffic in a later update")  # fmt: skip


@rule("ml-endpoint-mirror", kind="static",
      source="MicrosoftDocs/azure-ai-docs how-to-safely-rollout-online-endpoints.md, Test the deployment with mirrored "
      "traffic (code not confirmed; checked 2026-11-25)",
      reads=("properties.mirrorTraffic", "properties.traffic", "properties.compute"))  # fmt: skip
def mirror_is_allowed(request: Request) -> Iterator[Fault]:
    """Half of the traffic at most is mirrored, to one deployment that has none of its own, of a managed endpoint."""
    path = "properties.mirrorTraffic"
    mirrored = {name: share for name, share in (_percentages(request, path) or {}).items() if share != 0}
    live = {name for name, share in (_percentages(request, "properties.traffic") or {}).items() if share > 0}
    if any(not 0 < share <= 50 for share in mirrored.values()):
        yield Fault(f"{max(mirrored.values())} percent of the traffic would be mirrored", path, "mirror 50 at most")
    if len(mirrored) > 1:
        yield Fault(f"traffic would be mirrored to {len(mirrored)} deployments", path, "mirror to one")
    if both := sorted(live & set(mirrored)):
        yield Fault(f"{both[0]} would get live and mirrored traffic", path, "give it one of the two")
    if mirrored and request.at("properties.compute") is not None:
        yield Fault("a Kubernetes endpoint mirrors no traffic", path, "leave mirrorTraffic out")


@rule("ml-endpoint-properties-fixed", kind="lifecycle",
      source="hashicorp/terraform-provider-azurerm#32011 (code not confirmed; checked 2026-11-25)",
      reads=("properties.properties",))  # fmt: skip
def keeps_its_properties(request: Request) -> Iterator[Fault]:
    """The free properties of an endpoint are those of its creation."""
    before = at(request.old.body, "properties.properties") if request.old is not None else None
    after = request.at("properties.properties")
    if isinstance(before, Mapping) and isinstance(after, Mapping) and dict(before) != dict(after):
        yield Fault("the properties of an endpoint can't change after creation", "properties.properties",
                    "put the old ones back, or use tags")  # fmt: skip


@rule("ml-endpoint-compute-kind", kind="cross-resource",
      source="MicrosoftDocs/azure-ai-docs reference-yaml-endpoint-online.md, `compute` (code not confirmed; "
      "checked 2026-11-25)")  # fmt: skip
def runs_in_kubernetes(request: Request) -> Iterator[Fault]:
    """Only a Kubernetes compute runs an online endpoint; a managed one names no compute."""
    compute = request.known("properties.compute")
    record = request.world.get(compute) if isinstance(compute, str) else None
    kind = at(record.body, "properties.computeType") if record is not None else UNKNOWN
    if kind in ("AmlCompute", "ComputeInstance"):
        yield Fault(f"{name_of(str(compute))} is a compute of type {kind}, and no Kubernetes cluster",
                    "properties.compute", "leave compute out for a managed endpoint")  # fmt: skip


@rule("ml-endpoint-on-aks", kind="cross-resource", source="Azure/azure-cli-extensions#5102 (checked 2026-11-25)",
      quoted=True)  # fmt: skip
def runs_on_no_aks_compute(request: Request) -> Iterator[Fault]:
    """The old compute type AKS takes no more endpoints; the cluster is attached as Kubernetes instead."""
    compute = request.known("properties.compute")
    record = request.world.get(compute) if isinstance(compute, str) else None
    if request.old is None and record is not None and at(record.body, "properties.computeType") == "AKS":
        yield Fault("Creation of Online Endpoints or deployments on AKS compute type is no longer supported. More "
                    "details can be found here, https://aka.ms/troubleshoot-creating-aks-endpoint",
                    "properties.compute", "attach the cluster with computeType Kubernetes")  # fmt: skip


@rule("ml-endpoint-legacy-workspace", kind="cross-resource",
      source="MicrosoftDocs/azure-ai-docs machine-learning-managed-vnet-online-endpoint-limitations.md (code not "
      "confirmed; checked 2026-11-25)", reads=("properties.compute",))  # fmt: skip
def workspace_speaks_v2(request: Request) -> Iterator[Fault]:
    """A workspace in v1 legacy mode has no managed endpoints."""
    workspace = workspace_of(request)
    is_managed = request.old is None and request.at("properties.compute") is None
    if is_managed and workspace is not None and workspace.body.get("v1LegacyMode") is True:
        yield Fault("the workspace is in v1 legacy mode, in which no managed endpoint can be made",
                    "properties.compute", "set v1LegacyMode to false on the workspace")  # fmt: skip


@rule("ml-batch-identity", kind="static", code="CannotSetResourceIdentity",
      source="Azure/azure-rest-api-specs#40149 (checked 2026-11-25)", reads=("identity.type",),
      quoted=True)  # fmt: skip
def batch_identity(request: Request) -> Iterator[Fault]:
    """A batch endpoint has no identity but its own; its jobs run with that of the cluster."""
    kind = str(request.known("identity.type", ""))
    if "UserAssigned" in kind:
        named = "SystemAssigned, UserAssigned" if "SystemAssigned" in kind else "UserAssigned"
        yield Fault(f"Resource type '{_BATCH}' does not support creation of '{named}' resource identity. The supported "
                    "types are 'SystemAssigned'.", "identity.type", "use SystemAssigned")  # fmt: skip


@rule("ml-batch-auth-mode", kind="static", code="UserError",
      source="Azure/azure-sdk-for-python#31809 (code not confirmed; checked 2026-11-25)",
      reads=("properties.authMode",))  # fmt: skip
def batch_uses_entra(request: Request) -> Iterator[Fault]:
    """Batch endpoints are invoked with Microsoft Entra tokens only."""
    if request.known("properties.authMode") in ("Key", "AMLToken"):
        yield Fault("AuthMode must be 'AADToken': a batch endpoint has no keys of its own", "properties.authMode",
                    "use AADToken")  # fmt: skip


@rule("ml-batch-in-hub", kind="cross-resource", code="UserError",
      source="MicrosoftDocs/azure-ai-docs concept-hub-workspace.md, Supported capabilities by workspace kind (code not "
      "confirmed; checked 2026-11-25)", reads=("kind",))  # fmt: skip
def hubs_have_no_batch_endpoints(request: Request) -> Iterator[Fault]:
    """Hubs and their projects have no batch endpoints."""
    if request.old is None and is_below_hub(workspace_of(request)):
        yield Fault("a hub or project workspace has no batch endpoints", "kind",
                    "use a workspace of kind Default")  # fmt: skip


@rule("ml-batch-default-deployment", kind="cross-resource", code="UserError",
      source="MicrosoftDocs/azure-ai-docs reference-yaml-endpoint-batch.md, `defaults` (code not confirmed; "
      "checked 2026-11-25)")  # fmt: skip
def default_deployment_exists(request: Request) -> Iterator[Fault]:
    """An endpoint can't have a default deployment before it has that deployment."""
    name, known = request.known("properties.defaults.deploymentName"), deployments_of(request, request.id)
    if not isinstance(name, str) or name == "" or (request.old is not None and not known):
        return
    if name.lower() not in known:
        yield Fault(f"the endpoint has no deployment {name}", "properties.defaults.deploymentName",
                    "create the deployment first, and make it the default in a later update")  # fmt: skip


def delete_faults(record: Record, endpoint: Record | None) -> Iterator[tuple[str, Any]]:
    """The traffic that a deployment still gets when it would be deleted."""
    shares = at(endpoint.body, "properties.traffic") if endpoint is not None else None
    for name, share in shares.items() if isinstance(shares, Mapping) else ():
        if name.lower() == name_of(record.id).lower() and isinstance(share, int) and share > 0:
            yield name, share


ONLINE_ENDPOINT_RULES: Final[tuple[Rule, ...]] = (
    endpoint_name, online_name_is_free, workspace_speaks_v2, runs_in_kubernetes, runs_on_no_aks_compute,
    traffic_is_whole, traffic_goes_to_deployments, mirror_is_allowed, keeps_its_properties,
)  # fmt: skip
BATCH_ENDPOINT_RULES: Final[tuple[Rule, ...]] = (
    endpoint_name, batch_identity, batch_name_is_free, hubs_have_no_batch_endpoints, batch_uses_entra,
    default_deployment_exists,
)  # fmt: skip
