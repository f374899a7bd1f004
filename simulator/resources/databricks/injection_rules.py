"""What Azure refuses about a workspace in a network of one's own (VNet injection)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, Final

from simulator.ids import key, name_of
from simulator.model import Request, normal_location
from simulator.resources.containerservice.pool import subnet
from simulator.rule import Fault, Rule, rule
from simulator.store import Record
from simulator.values import UNKNOWN, at, has_unknown

_DOCS: Final = "learn.microsoft.com/en-us/azure/databricks/security/network/classic/vnet-inject (checked 2026-11-25)"
_NETWORK: Final = "parameters.customVirtualNetworkId.value"
_PUBLIC: Final = "parameters.customPublicSubnetName.value"
_PRIVATE: Final = "parameters.customPrivateSubnetName.value"
_SERVICE: Final = "Microsoft.Databricks/workspaces"


def _network(request: Request) -> Record | None:
    return request.world.get(str(request.known(_NETWORK, "")))


def _subnets(request: Request) -> Iterator[tuple[str, str, Mapping[str, Any] | None]]:
    """Path, name and properties of each of the two subnets that are known by name; in a network that is here."""
    network = _network(request)
    for path in (_PUBLIC, _PRIVATE) if network is not None else ():
        name = request.known(path)
        if network is not None and isinstance(name, str) and name:
            yield path, name, subnet(f"{network.id}/subnets/{name}", request.world)


@rule("dbx-injection-incomplete", kind="static", source=f"{_DOCS}, code not confirmed")
def all_or_nothing(request: Request) -> Iterator[Fault]:
    """A network needs two subnets, and subnets need a network."""
    values = {path: request.at(path) for path in (_NETWORK, _PUBLIC, _PRIVATE)}
    absent = [path for path, value in values.items() if value in (None, "")]
    if absent and len(absent) < len(values):
        yield Fault(
            f"a workspace in a network of one's own needs {', '.join(path.split('.')[1] for path in absent)}, too",
            absent[0],
            "give the network and the names of both subnets",
        )


@rule("dbx-subnets-differ", kind="static", source=f"{_DOCS}, code not confirmed", reads=(_PUBLIC, _PRIVATE))
def two_subnets(request: Request) -> Iterator[Fault]:
    """Hosts and containers have a subnet each."""
    public, private = request.known(_PUBLIC), request.known(_PRIVATE)
    if isinstance(public, str) and isinstance(private, str) and public and public.lower() == private.lower():
        yield Fault(f"the public and the private subnet are the same ({public})", _PRIVATE, "use two subnets")


@rule("dbx-vnet-in-other-region", kind="cross-resource", source=f"{_DOCS}, code not confirmed", reads=("location",))
def same_region(request: Request) -> Iterator[Fault]:
    """Workspace and network lie in one region."""
    network = _network(request)
    location = network.body.get("location") if network is not None else None
    if network is None or not isinstance(location, str) or not request.location:
        return
    if normal_location(location) != request.location:
        yield Fault(
            f"the workspace's location is {request.location}, that of its network {network.id} is {location}",
            _NETWORK,
            "use a network in the workspace's region",
        )


@rule(
    "dbx-subnet-name-unknown", kind="cross-resource", code="SubnetIsNotWithinVnetError", quoted=True,
    source="hashicorp/terraform-provider-azurerm#27099",
)  # fmt: skip
def subnets_exist(request: Request) -> Iterator[Fault]:
    """The two names are those of subnets of the network."""
    network = _network(request)
    spaces = at(network.body, "addressSpace.addressPrefixes") if network is not None else None
    if network is None or has_unknown(spaces) or has_unknown(network.body.get("subnets")):
        return
    for path, name, found in _subnets(request):
        if found is None:
            listed = ", ".join(map(str, spaces or ()))
            yield Fault(
                f"The subnet {name} CIDR range '<null>' is not within the Virtual Network CIDR range '{listed}'",
                path,
                f"use the name of a subnet of {name_of(network.id)}; take it from the resource that creates it",
            )


@rule(
    "dbx-subnet-delegation", kind="cross-resource", code="SubnetMissingRequiredDelegation",
    source=f"hashicorp/terraform-provider-azurerm#10272; {_DOCS}, code not confirmed",
)  # fmt: skip
def subnets_are_delegated(request: Request) -> Iterator[Fault]:
    """Both subnets are delegated to Databricks."""
    for path, name, found in _subnets(request):
        listed = found.get("delegations") if found is not None else UNKNOWN
        if has_unknown(listed):
            continue
        services = [str(at(item, "serviceName")).lower() for item in listed] if isinstance(listed, list) else []
        if _SERVICE.lower() not in services:
            yield Fault(f"subnet {name} is not delegated to {_SERVICE}", path,
                        f"add a delegation with the serviceName {_SERVICE} to the subnet")  # fmt: skip


@rule("dbx-subnet-nsg", kind="cross-resource", source=f"{_DOCS}, code not confirmed")
def subnets_have_a_group(request: Request) -> Iterator[Fault]:
    """Databricks writes its rules into the security group of each subnet, so that there has to be one."""
    for path, name, found in _subnets(request):
        if found is not None and found.get("networkSecurityGroup") is None:
            yield Fault(f"subnet {name} has no network security group", path, "associate one with the subnet")


@rule("dbx-subnet-in-use", kind="cross-resource", source=f"{_DOCS}, code not confirmed")
def subnets_are_free(request: Request) -> Iterator[Fault]:
    """Each workspace has subnets of its own."""
    network = _network(request)
    if network is None:
        return
    for other in request.world.of_type("Microsoft.Databricks/workspaces"):
        if other.key == key(request.id) or key(str(at(other.body, _NETWORK))) != network.key:
            continue
        taken = {str(at(other.body, path)).lower() for path in (_PUBLIC, _PRIVATE)}
        for path, name, _ in _subnets(request):
            if name.lower() in taken:
                yield Fault(f"subnet {name} belongs to workspace {name_of(other.id)}", path, "use subnets of its own")


@rule(
    "dbx-vnet-change", kind="lifecycle", code="VirtualNetworkIdChangeNotAllowed", quoted=True,
    source="MicrosoftDocs/azure-docs#111122; docs.azure.cn/databricks vnet-inject (checked 2026-11-25)",
)  # fmt: skip
def network_stays(request: Request) -> Iterator[Fault]:
    """A workspace can move from Databricks' network into one's own, and not from there to another one."""
    before = at(request.old.body, _NETWORK) if request.old is not None else None
    after = request.known(_NETWORK)
    if isinstance(before, str) and isinstance(after, str) and before and after and key(before) != key(after):
        yield Fault(
            f"Updating required Virtual Network from {before} to {after} is currently not allowed",
            _NETWORK,
            "put the old network back, or make another workspace",
        )


INJECTION_RULES: Final[tuple[Rule, ...]] = (
    all_or_nothing, two_subnets, network_stays, same_region, subnets_exist, subnets_are_delegated,
    subnets_have_a_group, subnets_are_free,
)  # fmt: skip
