"""STK-008: network resources that serve others are used by something."""

from __future__ import annotations

from typing import Final

from policies.references import users_of
from policies.resource import Resource, Stack
from policies.rule import Category, Context, Example, Rule, Scope, Severity
from policies.rules._faults import without
from policies.types import (
    DIAGNOSTIC_SETTING,
    LOCK,
    PUBLIC_IP,
    ROUTE_TABLE,
    SECURITY_GROUP,
    SECURITY_RULE,
    SUBNET,
)
from policies.values import UnjudgeableError
from policies.view import Fault, Judged, View

# What watches, guards or fills a resource does not use it.
_NO_USERS: Final = frozenset({DIAGNOSTIC_SETTING, LOCK, SECURITY_RULE, "azure-native:network:Route"})


def check(_view: View, context: Context) -> Judged:
    """Another resource names it."""
    if context.resource.id is None and not context.resource.urn:
        raise UnjudgeableError("", "has no id that others could name")
    if not _users(context.stack, context.resource):
        yield Fault("", "is used by no resource of the stack")


def _users(stack: Stack, resource: Resource) -> list[Resource]:
    return [one for one in users_of(stack, resource) if one.type not in _NO_USERS]


_ID: Final = "/subscriptions/s/resourceGroups/rg/providers/Microsoft.Network/networkSecurityGroups/nsg"


def _holder(type_: str, **properties: object) -> Resource:
    return Resource(type=type_, name="holder", properties=properties)


RULE = Rule(
    id="STK-008",
    title="Network resources that serve others are used by something",
    severity=Severity.LOW,
    category=Category.COST,
    types=(SECURITY_GROUP, ROUTE_TABLE, PUBLIC_IP),
    scope=Scope.STACK,
    controls=("itsg33/CM-8", "mcsb/AM-3"),
    equivalents={"psrule": ("Azure.PublicIP.IsAttached", "Azure.NSG.Associated")},
    why="It costs money or attention, and whoever reviews the network takes its rules for rules that hold.",
    fix="Name it in the subnet, the firewall or the gateway that it was made for, or take it away.",
    link="https://learn.microsoft.com/azure/advisor/advisor-reference-cost-recommendations",
    check=check,
    good=(Example({}, options={"id": _ID}, others=(_holder(SUBNET, networkSecurityGroup={"id": _ID}),)),),
    bad=(
        Example({}, options={"id": _ID}),
        Example({}, options={"id": _ID}, others=(_holder(DIAGNOSTIC_SETTING, resourceUri=_ID),), title="only watched"),
    ),
    breaks=(without("everything that uses it is taken away", _users),),
)
