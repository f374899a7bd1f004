"""Microsoft.MachineLearningServices/workspaces/computes: why the network or the region of a compute is refused."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, Final

from simulator.ids import key, looks_like_id, name_of, parents, subscription_of, type_of
from simulator.model import Request, normal_location
from simulator.resources.machinelearningservices.workspace_rules import isolation_of, workspace_of
from simulator.rule import Fault, Rule, rule
from simulator.store import Record
from simulator.values import UNKNOWN, at

# What the compute service answers to a setting that it can't take: Azure/data-product-analytics#70.
_CODE: Final = "UserError"
_SUBNET: Final = "properties.properties.subnet.id"
_PUBLIC_IP: Final = "properties.properties.enableNodePublicIp"
_MANAGED_KINDS: Final = ("AmlCompute", "ComputeInstance")
_SUBNET_TYPE: Final = "microsoft.network/virtualnetworks/subnets"


def _subnet_id(request: Request) -> str | None:
    """The id of the subnet that the compute would lie in; `None` when none is named or known."""
    found = request.known(_SUBNET)
    return found if isinstance(found, str) and looks_like_id(found) else None


def _region(request: Request) -> str | None:
    """Where the machines would be; `None` while that is not known."""
    place = request.at("properties.computeLocation")
    if place is None:
        place = request.at("location")
    return normal_location(place) if isinstance(place, str) else None


def _region_of(record: Record | None) -> str | None:
    place = record.body.get("location") if record is not None else None
    return normal_location(place) if isinstance(place, str) else None


@rule("ml-compute-subnet-with-managed-network", kind="cross-resource", code=_CODE,
      source="microsoft/physical-ai-toolchain#641; MicrosoftDocs/azure-ai-docs how-to-managed-network.md, Limitations "
      "(code not confirmed; checked 2026-11-25)")  # fmt: skip
def no_subnet_in_a_managed_network(request: Request) -> Iterator[Fault]:
    """The machines of a workspace with a managed network lie in that network."""
    mode = isolation_of(workspace_of(request))
    if request.known(_SUBNET) is not None and mode in ("AllowInternetOutbound", "AllowOnlyApprovedOutbound"):
        yield Fault(
            f"the workspace has a managed network ({mode}), so a compute can't lie in a subnet of yours",
            _SUBNET,
            "leave `subnet` out, or use a workspace whose managedNetwork.isolationMode is Disabled",
        )


@rule("ml-compute-no-public-ip", kind="cross-resource", code=_CODE,
      source="Azure/data-product-analytics#70; hashicorp/terraform-provider-azurerm#28673 (checked 2026-11-25)",
      reads=("properties.computeType", "properties.properties.subnet"), quoted=True)  # fmt: skip
def private_machines_reach_the_workspace(request: Request) -> Iterator[Fault]:
    """Without public addresses the machines lie in the managed network, or reach the workspace by its endpoint.

    The endpoint may be made elsewhere: without one here, only a workspace of the same update can't have any.
    """
    workspace = workspace_of(request)
    is_private = request.at(_PUBLIC_IP) is False and request.at("properties.computeType") in _MANAGED_KINDS
    if not is_private or workspace is None or isolation_of(workspace) != "Disabled":
        return
    has_subnet = request.at("properties.properties.subnet") is not None
    if has_subnet and (_has_endpoint(request, workspace) or not request.world.is_new(workspace.id)):
        return
    yield Fault(
        "Provided EnableNodePublicIp 'False' requires workspace private endpoint.",
        _PUBLIC_IP,
        "make a private endpoint of the workspace first and give the compute a subnet, or use a managed network",
    )


def _has_endpoint(request: Request, workspace: Record) -> bool:
    for record in request.world.of_type("Microsoft.Network/privateEndpoints"):
        for name in ("privateLinkServiceConnections", "manualPrivateLinkServiceConnections"):
            listed = record.body.get(name)
            for each in listed if isinstance(listed, list) else ():
                target = at(each, "privateLinkServiceId")
                if target is UNKNOWN or key(str(target)) == workspace.key:
                    return True
    return False


@rule("ml-instance-region", kind="cross-resource", code=_CODE,
      source="MicrosoftDocs/azure-ai-docs how-to-create-attach-compute-cluster.md, Limitations (code not confirmed; "
      "checked 2026-11-25)", reads=("properties.computeType",))  # fmt: skip
def instances_are_in_the_region_of_the_workspace(request: Request) -> Iterator[Fault]:
    """A cluster may be in another region, and with a managed network not even that."""
    kind, workspace = request.at("properties.computeType"), workspace_of(request)
    own, home = request.at("properties.computeLocation"), _region_of(workspace)
    if not isinstance(own, str) or home is None or normal_location(own) == home:
        return
    target, fix = "properties.computeLocation", f"use {home}, or leave computeLocation out"
    if kind == "ComputeInstance":
        yield Fault(f"an instance can't be in {own} while its workspace is in {home}", target, fix)
    elif kind == "AmlCompute" and isolation_of(workspace) in ("AllowInternetOutbound", "AllowOnlyApprovedOutbound"):
        yield Fault(f"the managed network of the workspace is in {home}, and the cluster in {own}", target, fix)


@rule("ml-compute-subnet-region", kind="cross-resource", code=_CODE,
      source="MicrosoftDocs/azure-ai-docs how-to-secure-training-vnet.md, Compute cluster in a different VNet/region "
      "from workspace (code not confirmed; checked 2026-11-25)")  # fmt: skip
def subnet_is_in_the_region(request: Request) -> Iterator[Fault]:
    """Machines lie in a network of their own region."""
    subnet, region = _subnet_id(request), _region(request)
    if subnet is None or region is None or type_of(subnet).lower() != _SUBNET_TYPE:
        return
    there = _region_of(request.world.get(next(parents(subnet))))
    if there is not None and there != region:
        yield Fault(f"the subnet is in {there} and the compute in {region}", _SUBNET,
                    f"use a network in {region}, or make the cluster in {there} (computeLocation)")  # fmt: skip


@rule("ml-compute-subnet-subscription", kind="static", code=_CODE,
      source="MicrosoftDocs/azure-ai-docs how-to-secure-training-vnet.md, Prerequisites (code not confirmed; "
      "checked 2026-11-25)")  # fmt: skip
def subnet_is_in_the_subscription(request: Request) -> Iterator[Fault]:
    """The network is one of the workspace's own subscription."""
    subnet = _subnet_id(request)
    if subnet is not None and subscription_of(subnet) != subscription_of(request.id):
        yield Fault(f"the subnet is in subscription {subscription_of(subnet)}, and the workspace is not", _SUBNET,
                    "use a network in the workspace's subscription")  # fmt: skip


@rule("ml-compute-subnet-delegated", kind="cross-resource", code=_CODE,
      source="MicrosoftDocs/azure-ai-docs how-to-secure-training-vnet.md, Prerequisites (code not confirmed; "
      "checked 2026-11-25)")  # fmt: skip
def subnet_is_not_delegated(request: Request) -> Iterator[Fault]:
    """A subnet that is delegated to another service takes nothing else."""
    subnet = _subnet(request)
    delegations = subnet.get("delegations") if subnet is not None else None
    if isinstance(delegations, list) and delegations:
        yield Fault("the subnet is delegated to another service", _SUBNET, "use a subnet without delegations")


def _subnet(request: Request) -> Mapping[str, Any] | None:
    """The subnet as it was written, on its own or inside its network; `None` when it isn't here."""
    subnet_id = _subnet_id(request)
    if subnet_id is None:
        return None
    record = request.world.get(subnet_id)
    if record is not None:
        return record.body
    network = request.world.get(next(parents(subnet_id)))
    listed = network.body.get("subnets") if network is not None else None
    for item in listed if isinstance(listed, list) else ():
        if isinstance(item, Mapping) and str(item.get("name")).lower() == name_of(subnet_id).lower():
            return item
    return None


COMPUTE_NETWORK_RULES: Final[tuple[Rule, ...]] = (
    no_subnet_in_a_managed_network, private_machines_reach_the_workspace, instances_are_in_the_region_of_the_workspace,
    subnet_is_in_the_region, subnet_is_in_the_subscription, subnet_is_not_delegated,
)  # fmt: skip
