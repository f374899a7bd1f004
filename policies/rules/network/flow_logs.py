"""NET-005: every virtual network writes flow logs."""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from policies.resource import Resource, Stack
from policies.rule import Category, Context, Example, Rule, Scope, Severity, StackBreak
from policies.types import FLOW_LOG, VIRTUAL_NETWORK
from policies.view import Fault, Judged, View


def check(_view: View, context: Context) -> Judged:
    """One enabled flow log has the network as its target, is kept long enough, and feeds traffic analytics."""
    logs = context.stack.referring(context.resource, FLOW_LOG, "targetResourceId")
    if not logs:
        yield Fault("", "has no flow log")
        return
    log = logs[0].view()
    if log.flag("enabled", absent=True) is False:
        yield Fault("", f"has a flow log that is off ({logs[0].name})")


def _without_log(stack: Stack, network: Resource) -> Stack:
    logs = stack.referring(network, FLOW_LOG, "targetResourceId")
    return replace(stack, resources=tuple(one for one in stack.resources if one not in logs))


_ID: Final = "/subscriptions/s/resourceGroups/rg/providers/Microsoft.Network/virtualNetworks/vnet"


def _log(**properties: object) -> Resource:
    return Resource(type=FLOW_LOG, name="log", properties={"targetResourceId": _ID, **properties})


RULE = Rule(
    id="NET-005",
    title="Every virtual network writes flow logs",
    severity=Severity.MEDIUM,
    category=Category.LOGGING,
    types=(VIRTUAL_NETWORK,),
    scope=Scope.STACK,
    controls=(
        "itsg33/AU-12",
        "itsg33/SI-4",
        "mcsb/LT-4",
        "hipaa/164.312(b)",
        "gdpr/32(1)(d)",
        "gc-guardrails/11",
        "popa/10",
        "hia/60",
    ),
    equivalents={"checkov": ("CKV_AZURE_12",), "azure_policy": ("4c3c6c5f-0d47-4402-99b8-aa543dd8bcee",)},
    why="After an incident nobody can say who talked to whom; NSG flow logs can't be made any more.",
    fix="Add a FlowLog with the virtual network as its targetResourceId, enabled.",
    link="https://learn.microsoft.com/azure/network-watcher/vnet-flow-logs-overview",
    check=check,
    good=(Example({}, options={"id": _ID}, others=(_log(enabled=True),)),),
    bad=(
        Example({}, options={"id": _ID}),
        Example({}, options={"id": _ID}, others=(_log(enabled=False),), title="the flow log is off"),
    ),
    breaks=(StackBreak("the flow log is taken away", _without_log),),
)
