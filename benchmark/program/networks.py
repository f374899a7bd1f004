"""Any number of resources in place of the platform, to see how time and memory grow."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from pulumi import ComponentResource, Output, ResourceOptions
from pulumi_azure_native import network, resources

if TYPE_CHECKING:
    from stacks import Settings


class Networks(ComponentResource):
    """One resource group and `count` - 1 virtual networks in it, each with an address space and tags."""

    exports: Mapping[str, Output[str]]
    """What the platform's own program exports: nothing here."""

    def __init__(self, name: str, settings: Settings, *, count: int) -> None:
        super().__init__("benchmark:program:Networks", name, {})
        self.exports = {}
        child = ResourceOptions(parent=self)
        tags = {"owner": settings.owner, "environment": settings.environment}
        group = resources.ResourceGroup(name, resource_group_name=f"rg-{name}", location=settings.region, opts=child)
        for index in range(count - 1):
            network.VirtualNetwork(
                f"{name}-{index}",
                resource_group_name=group.name,
                virtual_network_name=f"vnet-{name}-{index}",
                location=settings.region,
                address_space=network.AddressSpaceArgs(address_prefixes=[address_space(index)]),
                tags=tags,
                opts=child,
            )
        self.register_outputs({})


def address_space(index: int) -> str:
    """The `index`-th /24 of 10.0.0.0/8, for up to 65,536 networks."""
    return f"10.{index // 256}.{index % 256}.0/24"
