"""Microsoft.MachineLearningServices/workspaces/onlineEndpoints/deployments: why it can't run where it would."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from simulator.ids import parents
from simulator.model import Request
from simulator.resources.machinelearningservices.workspace_rules import isolation_of, workspace_of
from simulator.rule import Fault, Rule, rule
from simulator.store import Record
from simulator.values import UNKNOWN, at

_KIND: Final = "properties.endpointComputeType"
_RESOURCES: Final = "properties.containerResourceRequirements"
_QUANTITY: Final = re.compile(r"(\d+(?:\.\d+)?)(m|[kKMGTPE]i?)?")
# Suffixes of Kubernetes quantities.
_UNITS: Final = {
    "m": 1e-3, "k": 1e3, "M": 1e6, "G": 1e9, "T": 1e12, "P": 1e15, "E": 1e18,
    "Ki": 2.0**10, "Mi": 2.0**20, "Gi": 2.0**30, "Ti": 2.0**40, "Pi": 2.0**50, "Ei": 2.0**60,
}  # fmt: skip


@rule("ml-deployment-endpoint-kind", kind="cross-resource",
      source="MicrosoftDocs/azure-ai-docs reference-yaml-endpoint-online.md, `compute` (code not confirmed; "
      "checked 2026-11-25)", reads=("properties",))  # fmt: skip
def endpoint_is_of_the_same_kind(request: Request) -> Iterator[Fault]:
    """A managed endpoint names no compute, and has managed deployments only; a Kubernetes endpoint the others."""
    endpoint, kind = request.world.get(next(parents(request.id))), request.at(_KIND)
    compute = at(endpoint.body, "properties.compute") if endpoint is not None else UNKNOWN
    if compute is UNKNOWN or request.old is not None or kind not in ("Managed", "Kubernetes"):
        return
    if (kind == "Kubernetes") != (compute is not None):
        wanted = "Managed" if compute is None else "Kubernetes"
        yield Fault(f"the endpoint is of the kind {wanted}, and the deployment of the kind {kind}", "properties",
                    f"set endpointComputeType to {wanted}, or use another endpoint")  # fmt: skip


@rule("ml-managed-network-not-ready", kind="cross-resource", code="WorkspaceManagedNetworkNotReady",
      source="MicrosoftDocs/azure-ai-docs how-to-troubleshoot-online-endpoints.md, WorkspaceManagedNetworkNotReady "
      "(checked 2026-11-25)", reads=("properties",))  # fmt: skip
def managed_network_is_provisioned(request: Request) -> Iterator[Fault]:
    """The managed network comes with the first compute, or when it is asked for; a deployment doesn't bring it.

    It may be provisioned elsewhere: only of a workspace of the same update it is known that it wasn't.
    """
    workspace = workspace_of(request)
    if workspace is None or request.at(_KIND) != "Managed" or not request.world.is_new(workspace.id):
        return
    is_managed = isolation_of(workspace) in ("AllowInternetOutbound", "AllowOnlyApprovedOutbound")
    asked_for = workspace.body.get("provisionNetworkNow") not in (None, False)
    if is_managed and not asked_for and not any(_is_compute(each) for each in request.world.below(workspace.id)):
        yield Fault("the managed network of the workspace is not provisioned", "properties",
                    "set provisionNetworkNow on the workspace, or make a compute in it first")  # fmt: skip


def _is_compute(record: Record) -> bool:
    return record.type.lower().endswith("/workspaces/computes")


@rule("ml-deployment-requests-above-limits", kind="static", code="BadArgument",
      source="MicrosoftDocs/azure-ai-docs how-to-troubleshoot-online-endpoints.md, Resource requests greater than "
      "limits (checked 2026-11-25)", reads=(_RESOURCES,))  # fmt: skip
def requests_are_within_limits(request: Request) -> Iterator[Fault]:
    """A container asks for no more than it may take."""
    for name in ("cpu", "memory", "gpu"):
        wanted = _quantity(request.at(f"{_RESOURCES}.containerResourceRequests.{name}"))
        limit = _quantity(request.at(f"{_RESOURCES}.containerResourceLimits.{name}"))
        if wanted is not None and limit is not None and wanted > limit:
            yield Fault(f"the request of {name} is above its limit", f"{_RESOURCES}.containerResourceRequests.{name}",
                        "lower the request or raise the limit")  # fmt: skip


def _quantity(text: object) -> float | None:
    """A Kubernetes quantity such as `500m` or `2Gi`; `None` where it can't be read."""
    found = _QUANTITY.fullmatch(text) if isinstance(text, str) else None
    return float(found[1]) * _UNITS.get(found[2] or "", 1.0) if found is not None else None


PLACE_RULES: Final[tuple[Rule, ...]] = (
    endpoint_is_of_the_same_kind, managed_network_is_provisioned, requests_are_within_limits,
)  # fmt: skip
