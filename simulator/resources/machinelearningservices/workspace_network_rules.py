"""Microsoft.MachineLearningServices/workspaces: why the network of a workspace is refused."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from simulator.model import Request
from simulator.rule import Fault, Rule, rule
from simulator.store import Record
from simulator.values import UNKNOWN, at

_STRICTNESS: Final = ("Disabled", "AllowInternetOutbound", "AllowOnlyApprovedOutbound")
_MODE: Final = "managedNetwork.isolationMode"
_SERVERLESS_SUBNET: Final = "serverlessComputeSettings.serverlessComputeCustomSubnet"


@rule(
    "ml-isolation-mode-loosened",
    kind="lifecycle",
    code="ValidationError",
    source="Azure/terraform-provider-azapi#564 (read 2026-11-24)",
    reads=("managedNetwork.isolationMode",),
)
def isolation_is_kept(request: Request) -> Iterator[Fault]:
    """A managed network can't be disabled, nor opened to the internet once it is closed."""
    before = at(request.old.body, "managedNetwork.isolationMode") if request.old is not None else None
    after = request.at("managedNetwork.isolationMode")
    if before is UNKNOWN or before not in _STRICTNESS or after not in _STRICTNESS:
        return
    if _STRICTNESS.index(after) < _STRICTNESS.index(before):
        message = (
            "Managed network cannot be disabled once enabled."
            if after == "Disabled"
            else f"managedNetwork.isolationMode can't go from {before} to {after}"
        )
        yield Fault(message, "managedNetwork.isolationMode", f"keep {before}, or make a new workspace")


@rule("ml-managed-network-with-computes", kind="lifecycle", code="ValidationError",
      source="MicrosoftDocs/azure-ai-docs how-to-managed-network.md, Migration of compute resources (code not "
      "confirmed; checked 2026-11-25)", reads=(_MODE,))  # fmt: skip
def no_computes_when_the_network_comes(request: Request) -> Iterator[Fault]:
    """Machines that run can't move into a managed network: they have to go first."""
    before = at(request.old.body, _MODE) if request.old is not None else UNKNOWN
    after = request.at(_MODE)
    if before not in (None, "Disabled") or after not in _STRICTNESS[1:]:
        return
    in_the_way = [record.id for record in request.world.below(request.id) if _is_managed_compute(record)]
    if in_the_way:
        yield Fault(
            f"a managed network can't be enabled while the workspace has {', '.join(sorted(in_the_way))}",
            _MODE,
            "delete the clusters, instances and managed endpoints first, and make them again afterwards",
        )


def _is_managed_compute(record: Record) -> bool:
    arm_type = record.type.lower().removeprefix("microsoft.machinelearningservices/workspaces/")
    if arm_type == "computes":
        return at(record.body, "properties.computeType") in ("AmlCompute", "ComputeInstance")
    return arm_type == "onlineendpoints" and at(record.body, "properties.compute") is None


@rule("ml-serverless-no-public-ip", kind="static",
      source="hashicorp/terraform-provider-azurerm#25660 (code not confirmed; checked 2026-11-25)",
      reads=("serverlessComputeSettings", "publicNetworkAccess", _MODE))  # fmt: skip
def private_serverless_compute_has_a_subnet(request: Request) -> Iterator[Fault]:
    """Serverless nodes without public addresses reach a closed workspace through a subnet or its managed network."""
    path = "serverlessComputeSettings.serverlessComputeNoPublicIP"
    is_open = request.at("publicNetworkAccess") != "Disabled" or request.at(_MODE) in _STRICTNESS[1:]
    if request.at(path) is True and request.at(_SERVERLESS_SUBNET) is None and not is_open:
        yield Fault("serverless nodes have no public address and no subnet, and the workspace is not public",
                    path, "give serverlessComputeCustomSubnet, or allow public addresses")  # fmt: skip


@rule("ml-serverless-subnet-with-managed-network", kind="static",
      source="MicrosoftDocs/azure-ai-docs how-to-managed-network.md, Limitations (code not confirmed; "
      "checked 2026-11-25)", reads=(_MODE,))  # fmt: skip
def no_serverless_subnet_in_a_managed_network(request: Request) -> Iterator[Fault]:
    """Serverless nodes lie in the managed network where there is one."""
    if request.known(_SERVERLESS_SUBNET) is not None and request.at(_MODE) in _STRICTNESS[1:]:
        yield Fault("the workspace has a managed network, so serverless compute can't lie in a subnet of yours",
                    _SERVERLESS_SUBNET, "leave it out, or set managedNetwork.isolationMode to Disabled")  # fmt: skip


WORKSPACE_NETWORK_RULES: Final[tuple[Rule, ...]] = (
    isolation_is_kept, no_computes_when_the_network_comes, private_serverless_compute_has_a_subnet,
    no_serverless_subnet_in_a_managed_network,
)  # fmt: skip
