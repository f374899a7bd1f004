"""What Azure refuses about a site's way into a network (regional VNet integration)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, Final

from simulator.ids import key, name_of, parents, type_of
from simulator.model import Request, normal_location
from simulator.resources.containerservice.pool import subnet
from simulator.resources.network.addresses import ranges_of
from simulator.resources.web.hosting_rules import plan_of, plan_tier
from simulator.rule import Fault, Rule, rule
from simulator.values import UNKNOWN, at, has_unknown

_DOCS: Final = "learn.microsoft.com/en-us/azure/app-service/overview-vnet-integration (checked 2026-11-25)"
_SERVICE: Final = "Microsoft.Web/serverFarms"
# To this one the subnets of Flex Consumption are delegated.
_FLEX_SERVICE: Final = "microsoft.app/environments"
_CONNECTION: Final = "Microsoft.Web/sites/networkConfig"
# The least that the documentation allows, and how many subnets the apps of one plan may be in.
_LONGEST_PREFIX: Final = 28
_LIMIT: Final = 2


def _target(request: Request) -> str:
    return "subnetResourceId" if "Swift" in request.token else "virtualNetworkSubnetId"


def _subnet_id(request: Request) -> str | None:
    found = request.known(_target(request))
    return found if isinstance(found, str) and found else None


def _subnet(request: Request) -> Mapping[str, Any] | None:
    """The subnet, of an app that is not in Flex Consumption."""
    subnet_id = _subnet_id(request)
    is_flex = plan_tier(request) == "FlexConsumption" or request.at("functionAppConfig") is not None
    return None if is_flex or not _is_subnet(subnet_id) else subnet(subnet_id, request.world)


def _is_subnet(subnet_id: str | None) -> bool:
    return subnet_id is not None and type_of(subnet_id).lower() == "microsoft.network/virtualnetworks/subnets"


@rule(
    "app-vnet-integration-subnet-id", kind="static", code="BadRequest", quoted=True,
    source="MicrosoftDocs/azure-docs#20348",
)  # fmt: skip
def target_is_a_subnet(request: Request) -> Iterator[Fault]:
    """The id is that of a subnet, not of its network."""
    subnet_id = _subnet_id(request)
    if subnet_id is not None and not _is_subnet(subnet_id):
        yield Fault("The parameter SubnetResourceUri has an invalid value.", _target(request),
                    "pass the `id` output of a network.Subnet")  # fmt: skip


@rule(
    "app-vnet-integration-needs-basic", kind="cross-resource", code="Conflict", reads=("serverFarmId",),
    source=f"microsoft/GitHub-Copilot-for-Azure#1639; {_DOCS}, code not confirmed",
)  # fmt: skip
def tier_integrates(request: Request) -> Iterator[Fault]:
    """Free, shared and consumption plans don't reach into networks."""
    tier = plan_tier(request)
    if _subnet_id(request) is not None and tier in {"Free", "Shared", "Dynamic"}:
        yield Fault(f"a plan of the tier {tier} has no VNet integration", _target(request),
                    "use a plan from Basic on, or Flex Consumption or Elastic Premium for functions")  # fmt: skip


@rule(
    "app-vnet-integration-delegation", kind="cross-resource", code="BadRequest", quoted=True, reads=("serverFarmId",),
    source="Azure/terraform-azurerm-vnet#46; Azure/azure-quickstart-templates#8813",
)  # fmt: skip
def subnet_is_delegated(request: Request) -> Iterator[Fault]:
    """The subnet is delegated to App Service. ARM's message has the two names the wrong way round."""
    found, subnet_id = _subnet(request), _subnet_id(request)
    listed = found.get("delegations") if found is not None else UNKNOWN
    if subnet_id is None or has_unknown(listed):
        return
    services = [str(at(item, "serviceName")).lower() for item in listed] if isinstance(listed, list) else []
    fits = {_SERVICE.lower()} if plan_tier(request) is not None else {_SERVICE.lower(), _FLEX_SERVICE}
    if fits.isdisjoint(services):
        yield Fault(
            f"Subnet {name_of(next(parents(subnet_id)))} in VNET {name_of(subnet_id)} is missing a delegation to "
            f"{_SERVICE}. Please add the delegation and try again.",
            _target(request),
            f"add a delegation with the serviceName {_SERVICE} to the subnet",
        )


@rule(
    "app-flex-subnet-delegation", kind="cross-resource", code="BadRequest", reads=("serverFarmId",),
    source="azure-cli 2.76 command_modules/appservice, FLEX_SUBNET_DELEGATION (checked 2026-11-25; code not confirmed)",
)  # fmt: skip
def subnet_is_that_of_flex(request: Request) -> Iterator[Fault]:
    """Flex Consumption runs on the platform of Container Apps, and its subnets are delegated to that one."""
    subnet_id = _subnet_id(request)
    if subnet_id is None or not _is_subnet(subnet_id) or plan_tier(request) != "FlexConsumption":
        return
    found = subnet(subnet_id, request.world)
    listed = found.get("delegations") if found is not None else UNKNOWN
    if has_unknown(listed):
        return
    services = [str(at(item, "serviceName")).lower() for item in listed] if isinstance(listed, list) else []
    if _FLEX_SERVICE not in services:
        yield Fault(f"subnet {subnet_id} is not delegated to Microsoft.App/environments", _target(request),
                    "delegate it to Microsoft.App/environments: the app is in Flex Consumption")  # fmt: skip


@rule(
    "app-vnet-integration-region", kind="cross-resource", reads=("location", "serverFarmId"),
    source=f"{_DOCS}, code not confirmed",
)  # fmt: skip
def same_region(request: Request) -> Iterator[Fault]:
    """The network lies in the region of the plan."""
    plan, subnet_id = plan_of(request), _subnet_id(request)
    network = request.world.get(next(parents(subnet_id), "")) if subnet_id is not None else None
    here = request.location or (plan.body.get("location") if plan is not None else None)
    there = network.body.get("location") if network is not None else None
    if not isinstance(here, str) or not isinstance(there, str):
        return
    if normal_location(here) != normal_location(there):
        yield Fault(f"the site is in {here}, the virtual network of its subnet in {there}", _target(request),
                    "use a network in the site's region")  # fmt: skip


@rule(
    "app-vnet-integration-size", kind="cross-resource", reads=("serverFarmId",),
    source=f"{_DOCS}, code not confirmed",
)  # fmt: skip
def subnet_is_large_enough(request: Request) -> Iterator[Fault]:
    """Each worker takes an address, and a plan that scales takes twice as many for a while."""
    for network in ranges_of(_subnet(request) or {}):
        if network.version == 4 and network.prefixlen > _LONGEST_PREFIX:
            yield Fault(f"subnet {network} is smaller than /{_LONGEST_PREFIX}", _target(request),
                        f"use a subnet of /{_LONGEST_PREFIX} or larger; /26 leaves room")  # fmt: skip


@rule(
    "app-vnet-integration-limit", kind="cross-resource", code="Conflict", quoted=True, reads=("serverFarmId",),
    source=f"MicrosoftDocs/azure-docs#63177, #59669 (a limit of 1 then); {_DOCS} (a limit of 2)",
)  # fmt: skip
def few_subnets_a_plan(request: Request) -> Iterator[Fault]:
    """The apps of a plan are in two subnets at most."""
    plan, wanted = plan_of(request), _subnet_id(request)
    if plan is None or wanted is None:
        return
    taken = {key(each) for each in _others(request, plan.id)}
    if key(wanted) not in taken and len(taken) >= _LIMIT:
        yield Fault(f"Adding this VNET would exceed the App Service Plan VNET limit of {_LIMIT}.", _target(request),
                    "use a subnet that another app of the plan is in")  # fmt: skip


def _others(request: Request, plan: str) -> Iterator[str]:
    """The subnets of the other sites of a plan."""
    own = {key(request.id), key(next(parents(request.id)))}
    for site in request.world.of_type("Microsoft.Web/sites"):
        if site.key in own or key(str(site.body.get("serverFarmId"))) != key(plan):
            continue
        if isinstance(site.body.get("virtualNetworkSubnetId"), str):
            yield site.body["virtualNetworkSubnetId"]
        for child in request.world.below(site.id):
            if child.type.lower() == _CONNECTION.lower() and isinstance(child.body.get("subnetResourceId"), str):
                yield child.body["subnetResourceId"]


INTEGRATION_RULES: Final[tuple[Rule, ...]] = (
    target_is_a_subnet, tier_integrates, subnet_is_delegated, subnet_is_that_of_flex, same_region,
    subnet_is_large_enough, few_subnets_a_plan,
)  # fmt: skip
