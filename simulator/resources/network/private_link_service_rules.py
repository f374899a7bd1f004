"""What Azure refuses about a private link service: its subnet, its load balancer."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Final

from simulator.model import Request
from simulator.rule import Fault, rule
from simulator.values import at

_FRONTENDS: Final = "loadBalancerFrontendIpConfigurations"
_DOCS: Final = "azure-docs:private-link/private-link-service-overview.md (checked 2026-11-25; code not confirmed)"
_MOST_ADDRESSES: Final = 8


@rule(
    "net-pls-network-policies", kind="cross-resource", quoted=True,
    code="PrivateLinkServiceCannotBeCreatedInSubnetThatHasNetworkPoliciesEnabled",
    source="hashicorp/terraform-provider-azurerm#25258; Azure/missionlz#673 for the words (checked 2026-11-25)",
)  # fmt: skip
def policies_off(request: Request) -> Iterator[Fault]:
    """The subnet of a service has its policies for such services off; they are on where nothing is said."""
    listed = request.at("ipConfigurations")
    for index, item in enumerate(listed if isinstance(listed, list) else ()):
        reference = at(item, "subnet.id") if isinstance(item, Mapping) else None
        subnet = request.world.get(reference) if isinstance(reference, str) else None
        if subnet is not None and subnet.body.get("privateLinkServiceNetworkPolicies") in (None, "Enabled"):
            yield Fault(
                f"Private link service {request.id} cannot be created in a subnet {reference} since it has private "
                "link service network policies enabled.",
                f"ipConfigurations.{index}.subnet.id",
                "set privateLinkServiceNetworkPolicies: Disabled at the subnet",
            )


@rule("net-pls-standard-balancer", kind="cross-resource", source=_DOCS)
def standard_balancer(request: Request) -> Iterator[Fault]:
    """The load balancer of a service is Standard."""
    listed = request.at(_FRONTENDS)
    for index, item in enumerate(listed if isinstance(listed, list) else ()):
        reference = item.get("id") if isinstance(item, Mapping) else None
        balancer = request.world.get(reference.rsplit("/", 2)[0]) if isinstance(reference, str) else None
        if balancer is not None and at(balancer.body, "sku.name") in (None, "Basic"):
            yield Fault(
                f"load balancer {balancer.id} is Basic; a private link service needs a Standard one",
                f"{_FRONTENDS}.{index}.id",
                "use a load balancer of the SKU Standard",
            )


@rule("net-pls-addresses", kind="static", source=_DOCS, reads=("ipConfigurations",))
def few_addresses(request: Request) -> Iterator[Fault]:
    """A service translates to at most eight addresses."""
    listed = request.known("ipConfigurations", [])
    if isinstance(listed, list) and len(listed) > _MOST_ADDRESSES:
        yield Fault(
            f"the private link service has {len(listed)} ipConfigurations and may have {_MOST_ADDRESSES}",
            "ipConfigurations",
            "name fewer",
        )


RULES: Final = (policies_off, standard_balancer, few_addresses)
