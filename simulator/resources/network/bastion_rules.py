"""What Azure refuses about a Bastion host: its subnet, its address, the features of its SKU."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, Final

from simulator.ids import name_of
from simulator.model import Request
from simulator.resources.network.addresses import ranges_of
from simulator.rule import Fault, rule
from simulator.values import UNKNOWN, at

_LONGEST_PREFIX: Final = 26
_SUBNET: Final = "AzureBastionSubnet"
_DOCS: Final = "azure-docs:bastion/configuration-settings.md (checked 2026-11-25; code not confirmed)"
_RANKS: Final = {"Developer": 0, "Basic": 1, "Standard": 2, "Premium": 3}
_FEATURES: Final = {
    "enableFileCopy": "Standard", "enableIpConnect": "Standard", "enableShareableLink": "Standard",
    "enableTunneling": "Standard", "enableSessionRecording": "Premium", "enablePrivateOnlyBastion": "Premium",
}  # fmt: skip
_BASIC_UNITS: Final = 2


def ip_configurations(request: Request) -> Iterator[tuple[str, Mapping[str, Any]]]:
    """The IP configurations of a host or gateway, each with its path."""
    listed = request.at("ipConfigurations")
    for index, item in enumerate(listed if isinstance(listed, list) else ()):
        if isinstance(item, Mapping):
            yield f"ipConfigurations.{index}", item


@rule("net-bastion-subnet-name", kind="static", source=_DOCS)
def subnet_name(request: Request) -> Iterator[Fault]:
    """The subnet of a host is called AzureBastionSubnet."""
    for path, item in ip_configurations(request):
        subnet = at(item, "subnet.id")
        if isinstance(subnet, str) and name_of(subnet).lower() != _SUBNET.lower():
            yield Fault(
                f"a Bastion host lies in a subnet called {_SUBNET}, not in {name_of(subnet)}",
                f"{path}.subnet.id",
                f"make a subnet {_SUBNET} of /26 or larger",
            )


@rule(
    "net-bastion-subnet-size", kind="cross-resource",
    source="Azure/az-hop#760; azure-docs:bastion/configuration-settings.md (checked 2026-11-25)",
)  # fmt: skip
def subnet_size(request: Request) -> Iterator[Fault]:
    """The subnet of a host leaves room for it to grow."""
    for path, item in ip_configurations(request):
        subnet_id = at(item, "subnet.id")
        subnet = request.world.get(subnet_id) if isinstance(subnet_id, str) else None
        for network in ranges_of(subnet.body) if subnet is not None else ():
            if network.version == 4 and network.prefixlen > _LONGEST_PREFIX:
                yield Fault(
                    f"subnet {subnet_id} has the prefix {network}; a Bastion host needs /{_LONGEST_PREFIX} or larger",
                    f"{path}.subnet.id",
                    f"give {_SUBNET} a prefix length of {_LONGEST_PREFIX} or less",
                )


@rule("net-bastion-public-ip", kind="cross-resource", source=_DOCS)
def standard_address(request: Request) -> Iterator[Fault]:
    """The address of a host is Standard."""
    for path, item in ip_configurations(request):
        reference = at(item, "publicIPAddress.id")
        record = request.world.get(reference) if isinstance(reference, str) else None
        if record is not None and at(record.body, "sku.name") in (None, "Basic"):
            yield Fault(
                f"public IP address {reference} is Basic; a Bastion host takes a Standard one",
                f"{path}.publicIPAddress.id",
                "use an address of the SKU Standard with publicIPAllocationMethod: Static",
            )


@rule("net-bastion-scale-units", kind="static", source=_DOCS, reads=("sku.name", "scaleUnits"))
def scale_units(request: Request) -> Iterator[Fault]:
    """Only Standard and Premium grow."""
    sku, units = request.known("sku.name", "Standard"), request.known("scaleUnits")
    if sku in ("Basic", "Developer") and isinstance(units, (int, float)) and units > _BASIC_UNITS:
        yield Fault(
            f"scaleUnits is {units}; a host of the SKU {sku} has {_BASIC_UNITS}",
            "scaleUnits",
            "use the SKU Standard, or leave scaleUnits out",
        )


@rule("net-bastion-feature-of-sku", kind="static", source=_DOCS, reads=("sku.name",))
def features(request: Request) -> Iterator[Fault]:
    """A feature needs the SKU that has it."""
    sku = request.known("sku.name", "Standard")
    for member, needed in _FEATURES.items():
        if request.at(member) is True and sku != "Developer" and _RANKS.get(str(sku), 3) < _RANKS[needed]:
            yield Fault(f"{member} needs the SKU {needed}; the host is {sku}", member, f"use the SKU {needed}")


@rule(
    "net-bastion-developer-features", kind="static", code="FeatureNotSupportedForDeveloperBastionSku",
    source="pulumi/pulumi-azure-native#4000", reads=("sku.name", "virtualNetwork"),
)  # fmt: skip
def developer(request: Request) -> Iterator[Fault]:
    """A Developer host names its network and has no subnet, no address and no further features."""
    if request.known("sku.name") != "Developer":
        return
    if request.at("virtualNetwork.id") is None:
        yield Fault("a Developer host names its network", "virtualNetwork", "give virtualNetwork: {id: …}")
    for member in ("ipConfigurations", *_FEATURES):
        if request.at(member) not in (None, False, [], UNKNOWN):
            yield Fault(f"a Developer host has no {member}", member, f"leave {member} out, or use the SKU Basic")


@rule("net-bastion-downgrade", kind="lifecycle", source=_DOCS, reads=("sku.name",))
def no_downgrade(request: Request) -> Iterator[Fault]:
    """A host doesn't go back to a lower SKU."""
    was = at(request.old.body, "sku.name") if request.old is not None else None
    now = request.known("sku.name")
    if isinstance(was, str) and isinstance(now, str) and _RANKS.get(now, 3) < _RANKS.get(was, 0):
        yield Fault(
            f"the SKU of a Bastion host can't be changed from {was} to {now}",
            "sku.name",
            "delete the host and make it again",
        )


RULES: Final = (
    subnet_name,
    subnet_size,
    standard_address,
    scale_units,
    features,
    developer,
    no_downgrade,
)
