"""What Azure refuses about Network Watcher and its flow logs."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from simulator.ids import key, parents, type_of
from simulator.model import Request, normal_location
from simulator.rule import Fault, rule

_ANALYTICS: Final = "flowAnalyticsConfiguration.networkWatcherFlowAnalyticsConfiguration"
_DOCS: Final = "azure-docs:network-watcher/vnet-flow-logs-overview.md (checked 2026-11-25; code not confirmed)"


@rule(
    "net-one-watcher-per-region", kind="state", code="NetworkWatcherCountLimitReached", quoted=True,
    source="Azure/azure-powershell: Test-NetworkWatcherCRUD; public reports (checked 2026-11-25)", reads=("location",),
)  # fmt: skip
def one_watcher(request: Request) -> Iterator[Fault]:
    """A region has one watcher; Azure makes it with the first network."""
    if request.old is not None:
        return
    others = [
        record
        for record in request.world.of_type("Microsoft.Network/networkWatchers")
        if record.key != key(request.id)
        and normal_location(str(record.body.get("location"))) == request.location
    ]  # fmt: skip
    if others:
        yield Fault(
            "Cannot create more than 1 network watchers for this subscription in this region.",
            "location",
            "use the watcher that is there: NetworkWatcher_<region> in NetworkWatcherRG",
        )


@rule(
    "net-nsg-flow-log-retired", kind="state", code="NsgFlowLogCreationBlocked", reads=("targetResourceId",),
    source="Azure/bicep-registry-modules#6049",
)  # fmt: skip
def no_new_group_logs(request: Request) -> Iterator[Fault]:
    """Since 30 June 2025 new flow logs are those of networks, subnets and interfaces."""
    target = request.known("targetResourceId")
    is_group = isinstance(target, str) and type_of(target).lower() == "microsoft.network/networksecuritygroups"
    if request.old is None and is_group:
        yield Fault(
            "creation of new NSG flow logs is blocked starting June 30, 2025; existing ones retire on September 30, "
            "2027",
            "targetResourceId",
            "name the virtual network, or one of its subnets, instead of the security group",
        )


@rule("net-flow-log-region", kind="cross-resource", source=_DOCS, reads=("storageId", "targetResourceId"))
def one_region(request: Request) -> Iterator[Fault]:
    """The account, the network and the watcher lie in one region."""
    target, storage = request.known("targetResourceId"), request.known("storageId")
    network = str(target).split("/subnets/")[0]
    where = _region(request, network)
    for member, other in (("storageId", storage), ("networkWatcherName", next(parents(request.id)))):
        theirs = _region(request, str(other))
        if where is not None and theirs is not None and theirs != where:
            yield Fault(f"{other} is in {theirs}, and what it logs is in {where}", member, f"use one in {where}")


def _region(request: Request, resource_id: str) -> str | None:
    record = request.world.get(resource_id)
    found = record.body.get("location") if record is not None else None
    return normal_location(found) if isinstance(found, str) else None


@rule(
    "net-flow-log-analytics-interval", kind="static", reads=(f"{_ANALYTICS}.trafficAnalyticsInterval",),
    source="hashicorp/terraform-provider-azurerm#5830; aztfmod/terraform-azurerm-caf#727 (code not confirmed)",
)  # fmt: skip
def interval(request: Request) -> Iterator[Fault]:
    """Traffic analytics runs every ten minutes or every hour."""
    path = f"{_ANALYTICS}.trafficAnalyticsInterval"
    value = request.known(path)
    if isinstance(value, (int, float)) and value not in (10, 60):
        yield Fault(f"trafficAnalyticsInterval is {value} and must be 10 or 60", path, "use 10 or 60")


@rule(
    "net-flow-log-workspace-region", kind="cross-resource", code="InvalidTAWorkspaceRegion", quoted=True,
    source="aztfmod/terraform-azurerm-caf#613", reads=(f"{_ANALYTICS}.workspaceResourceId",),
)  # fmt: skip
def workspace_region(request: Request) -> Iterator[Fault]:
    """The region that is given for a workspace is the one it lies in."""
    workspace, given = (
        request.known(f"{_ANALYTICS}.workspaceResourceId"),
        request.known(f"{_ANALYTICS}.workspaceRegion"),
    )
    where = _region(request, workspace) if isinstance(workspace, str) else None
    if isinstance(given, str) and where is not None and normal_location(given) != where:
        yield Fault(
            f"The specified region {given} for workspace is invalid. Workspace {workspace} located in {where} region.",
            f"{_ANALYTICS}.workspaceRegion",
            f"write {where}",
        )


LOG_RULES: Final = (no_new_group_logs, one_region, interval, workspace_region)
