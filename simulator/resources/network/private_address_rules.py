"""What Azure refuses about the private addresses of interfaces and frontends."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, Final

from simulator.ids import key
from simulator.model import Request
from simulator.resources.network.addresses import Network, address, holds, ranges_of
from simulator.rule import Fault, rule
from simulator.store import Record

# Where a type lists what takes addresses of a subnet.
_LISTS: Final = ("ipConfigurations", "frontendIPConfigurations")
_RESERVED: Final = 4
_HOLDERS: Final = (
    "Microsoft.Network/networkInterfaces", "Microsoft.Network/loadBalancers", "Microsoft.Network/applicationGateways",
)  # fmt: skip


def _configurations(inputs: Mapping[str, Any]) -> Iterator[tuple[str, Mapping[str, Any]]]:
    for member in _LISTS:
        listed = inputs.get(member)
        for index, item in enumerate(listed if isinstance(listed, list) else ()):
            if isinstance(item, Mapping):
                yield f"{member}.{index}", item


def _subnet_id(item: Mapping[str, Any]) -> str | None:
    reference = item.get("subnet")
    found = reference.get("id") if isinstance(reference, Mapping) else None
    return found if isinstance(found, str) else None


def _address(item: Mapping[str, Any]) -> tuple[str, str] | None:
    """The member that holds the private address, and the address."""
    for member in ("privateIPAddress", "privateIpAddress"):
        found = item.get(member)
        if isinstance(found, str) and found != "":
            return member, found
    return None


def _placed(request: Request) -> Iterator[tuple[str, str, Record]]:
    """Each static address with its path and its subnet, where that is here."""
    for path, item in _configurations(request.inputs):
        found, subnet_id = _address(item), _subnet_id(item)
        subnet = request.world.get(subnet_id) if subnet_id is not None else None
        if found is not None and subnet is not None:
            yield f"{path}.{found[0]}", found[1], subnet


@rule(
    "net-private-address-in-subnet", kind="cross-resource", code="PrivateIPAddressNotInSubnet", quoted=True,
    source="azure-docs:azure-resource-manager/troubleshooting/common-deployment-errors.md; public reports (checked "
    "2026-11-25)",
)  # fmt: skip
def in_subnet(request: Request) -> Iterator[Fault]:
    """A static address lies in the subnet that it is in."""
    for path, text, subnet in _placed(request):
        one, ranges = address(text), ranges_of(subnet.body)
        if one is not None and ranges and not holds(ranges, one):
            yield Fault(
                f"Private static IP address {text} does not belong to the range of subnet prefix "
                f"{', '.join(map(str, ranges))}.",
                path,
                "choose an address of the subnet, or let Azure choose one",
            )


@rule(
    "net-private-address-reserved", kind="cross-resource", code="PrivateIPAddressInReservedRange",
    source="hashicorp/terraform-provider-azurerm#4225; MicrosoftDocs/azure-docs#42024 (checked 2026-11-25)",
    quoted=True,
)  # fmt: skip
def not_reserved(request: Request) -> Iterator[Fault]:
    """The first four addresses of a subnet and its last are Azure's."""
    for path, text, subnet in _placed(request):
        one = address(text)
        for network in ranges_of(subnet.body):
            if one is not None and holds([network], one) and _is_reserved(network, int(one)):
                yield Fault(
                    f"Private static IP address {text} falls within reserved IP range of subnet prefix {network}.",
                    path,
                    f"use an address from {network[_RESERVED]} on, but not the last one",
                )


def _is_reserved(network: Network, one: int) -> bool:
    first = int(network.network_address)
    return network.version == 4 and (one - first < _RESERVED or one == first + network.num_addresses - 1)


@rule(
    "net-private-address-in-use", kind="cross-resource", code="PrivateIPAddressIsAllocated", quoted=True,
    source="daniel-rhoades/acs-engine-terraform#10; F5Networks/terraform-azure-bigip-module#63 (checked 2026-11-25)",
)  # fmt: skip
def not_in_use(request: Request) -> Iterator[Fault]:
    """Nobody else in the subnet has the address."""
    for path, text, subnet in _placed(request):
        for kind in _HOLDERS:
            for other in request.world.of_type(kind):
                has = _having(other.body, subnet.key, text) if other.key != key(request.id) else []
                for theirs, _ in has[:1]:
                    yield Fault(
                        f"IP configuration {_part_id(request.id, request.inputs, path)} is using the private IP "
                        f"address {text} which is already allocated to resource "
                        f"{_part_id(other.id, other.body, theirs)}.",
                        path,
                        "choose a free address",
                    )


def _having(body: Mapping[str, Any], subnet_key: str, text: str) -> list[tuple[str, Mapping[str, Any]]]:
    """The configurations that ask for an address of a subnet."""
    found = []
    for path, item in _configurations(body):
        asked, subnet_id = _address(item), _subnet_id(item)
        if asked is not None and asked[1] == text and subnet_id is not None and key(subnet_id) == subnet_key:
            found.append((path, item))
    return found


def _part_id(resource_id: str, body: Mapping[str, Any], path: str) -> str:
    """The id of the configuration at a path such as `ipConfigurations.0.privateIPAddress`."""
    member, index = path.split(".")[:2]
    return f"{resource_id}/{member}/{body[member][int(index)].get('name')}"


@rule(
    "net-private-address-twice", kind="static", code="MultipleIpConfigsRequestSamePrivateIpAddress", quoted=True,
    source="Azure/sap-hana#552 (checked 2026-11-25)",
)  # fmt: skip
def asked_once(request: Request) -> Iterator[Fault]:
    """Two configurations of one resource don't ask for the same address."""
    for path, item in _configurations(request.inputs):
        asked, subnet_id = _address(item), _subnet_id(item)
        if asked is None or subnet_id is None:
            continue
        for first, _ in _having(request.inputs, key(subnet_id), asked[1])[:1]:
            if first != path:
                yield Fault(
                    f"IP configuration {_part_id(request.id, request.inputs, path)} is requesting the same private IP "
                    f"address {asked[1]} as IP Configurations {_part_id(request.id, request.inputs, first)}. Private "
                    f"IP address {asked[1]} from the subnet can be assigned to only one IP configuration.",
                    f"{path}.{asked[0]}",
                    "choose another address, or let Azure choose one",
                )


@rule(
    "net-static-address-missing", kind="static", code="PrivateIPAddressMissing", quoted=True,
    source="hashicorp/terraform-provider-azurerm#15265 (checked 2026-11-25)",
)  # fmt: skip
def static_is_said(request: Request) -> Iterator[Fault]:
    """A static address is one that the request names."""
    for path, item in _configurations(request.inputs):
        is_static = item.get("privateIPAllocationMethod") == "Static"
        if is_static and item.get("privateIPAddress") is None and _subnet_id(item) is not None:
            yield Fault(
                "Private IP address is required when privateIPAllocationMethod is Static in IP configuration "
                f"{_part_id(request.id, request.inputs, path)}.",
                f"{path}.privateIPAddress",
                "name the address, or write Dynamic",
            )


@rule(
    "net-address-in-delegated-subnet", kind="cross-resource", code="ResourceNotPermittedOnDelegatedSubnet",
    source="azure-docs:dms; Azure/ARO-RP:pkg/util/arm errors (checked 2026-11-25)",
)  # fmt: skip
def undelegated(request: Request) -> Iterator[Fault]:
    """A subnet that is delegated to a service takes nothing else."""
    for path, item in _configurations(request.inputs):
        subnet_id = _subnet_id(item)
        subnet = request.world.get(subnet_id) if subnet_id is not None else None
        listed = subnet.body.get("delegations") if subnet is not None else None
        for delegation in listed if isinstance(listed, list) else ():
            service = delegation.get("serviceName") if isinstance(delegation, Mapping) else None
            if isinstance(service, str):
                yield Fault(
                    f"subnet {subnet_id} is delegated to {service} and takes no other resource",
                    f"{path}.subnet.id",
                    "use a subnet without delegations",
                )


RULES: Final = (static_is_said, in_subnet, not_reserved, asked_once, not_in_use, undelegated)
