"""COST-006: what is paid by the hour whether it is used or not stands only where it is wanted."""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from policies.resource import Resource, Stack
from policies.rule import Category, Context, Example, Rule, Severity, StackBreak
from policies.rules._faults import having
from policies.types import BASTION, FIREWALL
from policies.view import Fault, Judged, View

_GATEWAY: Final = "azure-native:network:VirtualNetworkGateway"
_SERVICES: Final = (
    BASTION,
    _GATEWAY,
    FIREWALL,
    "azure-native:network:NatGateway",
    "azure-native:network:ApplicationGateway",
    "azure-native:network:DdosProtectionPlan",
    "azure-native:network:ExpressRouteCircuit",
    "azure-native:network:ExpressRouteGateway",
    "azure-native:network:VpnGateway",
    "azure-native:apimanagement:ApiManagementService",
    "azure-native:keyvault:ManagedHsm",
    "azure-native:compute:DedicatedHost",
)


def check(_view: View, context: Context) -> Judged:
    """The type is one that the environment wants."""
    own = context.resource.type.removeprefix("azure-native:")
    if own not in context.profile.parameters.hourly_services:
        yield Fault("", "is paid by the hour, used or not, and this environment doesn't want it (hourly_services)")


def _as_gateway(stack: Stack, resource: Resource) -> Stack | None:
    return having(stack, resource, replace(resource, type=_GATEWAY))


RULE = Rule(
    id="COST-006",
    title="What is paid by the hour, used or not, stands only where it is wanted",
    severity=Severity.MEDIUM,
    category=Category.COST,
    types=_SERVICES,
    controls=("itsg33/SA-2", "itsg33/CM-7"),
    parameters=("hourly_services",),
    why="A Bastion, a gateway or an HSM that somebody tried once costs hundreds or thousands a month until it is seen.",
    fix="Take it away, or add its type to the parameter hourly_services with whoever pays.",
    link="https://learn.microsoft.com/azure/advisor/advisor-reference-cost-recommendations",
    check=check,
    good=(
        Example({}, parameters={"hourly_services": ("network:BastionHost",)}),
        Example({}, type="azure-native:network:NatGateway", environment="dev"),
        Example({}, type=FIREWALL, environment="dr"),
    ),
    bad=(
        Example({}, environment="dev"),
        Example({}, type=_GATEWAY),
        Example({}, type=FIREWALL, environment="dev"),
    ),
    breaks=(StackBreak("a gateway in its place", _as_gateway),),
)
