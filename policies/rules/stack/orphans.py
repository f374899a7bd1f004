"""STK-008: what serves others is used by something."""

from __future__ import annotations

from typing import Final

from policies.references import users_of
from policies.resource import Resource, Stack
from policies.rule import Category, Context, Example, Rule, Scope, Severity
from policies.rules._faults import without
from policies.types import (
    APP_SERVICE_PLAN,
    AUTOSCALE,
    CAPACITY_RESERVATION,
    CLUSTER,
    DIAGNOSTIC_SETTING,
    DISK,
    IDENTITY,
    LOCK,
    METRIC_ALERT,
    NETWORK_INTERFACE,
    PRIVATE_ZONE,
    PUBLIC_IP,
    ROLE_ASSIGNMENT,
    ROUTE,
    ROUTE_TABLE,
    SECURITY_GROUP,
    SECURITY_RULE,
    SUBNET,
    ZONE_GROUP,
    ZONE_LINK,
)
from policies.values import UnjudgeableError
from policies.view import Fault, Judged, View

# What watches, scales or guards something does not use it, and what fills it or lends it rights neither: a role of an
# identity, a network that reads a zone.
_NO_USERS: Final = frozenset(
    {
        AUTOSCALE,
        CAPACITY_RESERVATION,
        DIAGNOSTIC_SETTING,
        LOCK,
        METRIC_ALERT,
        SECURITY_RULE,
        ROUTE,
        ROLE_ASSIGNMENT,
        ZONE_LINK,
    }
)


def check(_view: View, context: Context) -> Judged:
    """Another resource names it; a zone also where a policy writes into it."""
    if context.resource.type == PRIVATE_ZONE and context.profile.parameters.records_by_policy:
        return
    if context.resource.id is None and not context.resource.urn:
        raise UnjudgeableError("", "has no id that others could name")
    if not _users(context.stack, context.resource):
        yield Fault("", "is used by no resource of the stack")


def _users(stack: Stack, resource: Resource) -> list[Resource]:
    return [one for one in users_of(stack, resource) if one.type not in _NO_USERS]


_GROUP: Final = "/subscriptions/s/resourceGroups/rg"
_NETWORK: Final = f"{_GROUP}/providers/Microsoft.Network"
_ID: Final = f"{_NETWORK}/networkSecurityGroups/nsg"
_ZONE: Final = f"{_NETWORK}/privateDnsZones/privatelink.vaultcore.azure.net"
_USER: Final = f"{_GROUP}/providers/Microsoft.ManagedIdentity/userAssignedIdentities/id"


def _holder(type_: str, **properties: object) -> Resource:
    return Resource(type=type_, name="holder", properties=properties)


RULE = Rule(
    id="STK-008",
    title="What serves others is used by something",
    severity=Severity.LOW,
    category=Category.COST,
    types=(
        SECURITY_GROUP,
        ROUTE_TABLE,
        PUBLIC_IP,
        NETWORK_INTERFACE,
        DISK,
        IDENTITY,
        PRIVATE_ZONE,
        APP_SERVICE_PLAN,
        "azure-native:compute:CapacityReservationGroup",
        "azure-native:compute:DiskEncryptionSet",
        "azure-native:network:NatGateway",
    ),
    scope=Scope.STACK,
    parameters=("records_by_policy",),
    controls=("itsg33/CM-8", "mcsb/AM-3"),
    equivalents={"psrule": ("Azure.PublicIP.IsAttached", "Azure.NSG.Associated")},
    why="It costs money or attention; and rules, roles and names that nobody uses are taken for ones that hold.",
    fix="Name it in the subnet, gateway, machine, service or endpoint that it was made for, or take it away.",
    link="https://learn.microsoft.com/azure/advisor/advisor-reference-cost-recommendations",
    check=check,
    good=(
        Example({}, options={"id": _ID}, others=(_holder(SUBNET, networkSecurityGroup={"id": _ID}),)),
        Example(
            {},
            type=IDENTITY,
            options={"id": _USER},
            others=(_holder(CLUSTER, identity={"userAssignedIdentities": [_USER.lower()]}),),
        ),
        Example({}, type=PRIVATE_ZONE, options={"id": _ZONE}, others=(_holder(ZONE_GROUP, zones=[{"id": _ZONE}]),)),
        Example({}, type=PRIVATE_ZONE, options={"id": _ZONE}, parameters={"records_by_policy": True}),
    ),
    bad=(
        Example({}, options={"id": _ID}),
        Example({}, options={"id": _ID}, others=(_holder(DIAGNOSTIC_SETTING, resourceUri=_ID),), title="only watched"),
        Example({}, type=IDENTITY, options={"id": _USER}, others=(_holder(ROLE_ASSIGNMENT, scope=_USER),)),
        Example({}, type=PRIVATE_ZONE, options={"id": _ZONE}, others=(_holder(ZONE_LINK, zone=_ZONE),)),
        Example({}, type=NETWORK_INTERFACE, options={"id": f"{_NETWORK}/networkInterfaces/nic"}),
        Example({}, type=DISK, options={"id": f"{_GROUP}/providers/Microsoft.Compute/disks/data"}),
    ),
    breaks=(without("everything that uses it is taken away", _users),),
)
