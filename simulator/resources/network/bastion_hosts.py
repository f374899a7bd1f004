"""Microsoft.Network/bastionHosts."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, Final

from simulator.model import Model, Request, digest
from simulator.resources.network.addresses import ranges_of
from simulator.rule import Fault, rule

_LONGEST_PREFIX: Final = 26


@rule(
    "net-bastion-subnet-size", kind="cross-resource",
    source="Azure/az-hop#760; azure-docs:bastion/configuration-settings.md (not re-read)",
)  # fmt: skip
def subnet_size(request: Request) -> Iterator[Fault]:
    """The subnet of a host leaves room for it to grow."""
    listed = request.at("ipConfigurations")
    for index, item in enumerate(listed if isinstance(listed, list) else ()):
        reference = item.get("subnet") if isinstance(item, Mapping) else None
        subnet_id = reference.get("id") if isinstance(reference, Mapping) else None
        subnet = request.world.get(subnet_id) if isinstance(subnet_id, str) else None
        for network in ranges_of(subnet.body) if subnet is not None else ():
            if network.version == 4 and network.prefixlen > _LONGEST_PREFIX:
                yield Fault(
                    f"subnet {subnet_id} has the prefix {network}; a Bastion host needs /{_LONGEST_PREFIX} or larger",
                    f"ipConfigurations.{index}.subnet.id",
                    f"give AzureBastionSubnet a prefix length of {_LONGEST_PREFIX} or less",
                )


class BastionHosts(Model):
    """A Bastion host."""

    token = "azure-native:network:BastionHost"
    rules = (subnet_size,)

    def outputs(self, request: Request) -> dict[str, Any]:
        """The name under which it is reached."""
        return {"dnsName": f"bst-{digest(request.id, 'dns', 8)}.bastion.azure.com"}
