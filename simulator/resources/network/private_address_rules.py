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
_HOLDERS: Final = ("Microsoft.Network/networkInterfaces", "Microsoft.Network/loadBalancers")


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
    source="azure-docs:azure-resource-manager/troubleshooting/common-deployment-errors.md (checked 2026-11-25)",
)  # fmt: skip
def not_reserved(request: Request) -> Iterator[Fault]:
    """The first four addresses of a subnet and its last are Azure's."""
    for path, text, subnet in _placed(request):
        one = address(text)
        for network in ranges_of(subnet.body):
            if one is not None and holds([network], one) and _is_reserved(network, int(one)):
                yield Fault(
                    f"private address {text} is reserved by Azure in subnet prefix {network}",
                    path,
                    f"use an address from {network[_RESERVED]} on, but not the last one",
                )


def _is_reserved(network: Network, one: int) -> bool:
    first = int(network.network_address)
    return network.version == 4 and (one - first < _RESERVED or one == first + network.num_addresses - 1)


@rule(
    "net-private-address-in-use", kind="cross-resource", code="PrivateIPAddressInUse",
    source="azure-docs:azure-resource-manager/troubleshooting/common-deployment-errors.md (checked 2026-11-25)",
)  # fmt: skip
def not_in_use(request: Request) -> Iterator[Fault]:
    """Nobody else in the subnet has the address."""
    for path, text, subnet in _placed(request):
        for kind in _HOLDERS:
            for other in request.world.of_type(kind):
                if other.key != key(request.id) and _has(other.body, subnet.key, text):
                    yield Fault(f"private address {text} is used by {other.id}", path, "choose a free address")


def _has(body: Mapping[str, Any], subnet_key: str, text: str) -> bool:
    for _, item in _configurations(body):
        found, subnet_id = _address(item), _subnet_id(item)
        if found is not None and found[1] == text and subnet_id is not None and key(subnet_id) == subnet_key:
            return True
    return False


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


RULES: Final = (in_subnet, not_reserved, not_in_use, undelegated)
