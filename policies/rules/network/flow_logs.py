"""NET-005: every virtual network writes flow logs that are kept and read."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Final

from policies.references import behind, leading_to, naming
from policies.resource import Resource, Stack
from policies.rule import Category, Context, Example, Rule, Scope, Severity, StackBreak
from policies.rules._faults import having_properties, without
from policies.types import FLOW_LOG, LIFECYCLE, STORAGE_ACCOUNT, VIRTUAL_NETWORK
from policies.values import UnjudgeableError
from policies.view import Doubt, Fault, Judged, View

# Storage deletes by its own rules, whatever the log's policy says.
_EXPIRY: Final = "definition.actions.baseBlob.delete.daysAfterModificationGreaterThan"
_ANALYTICS: Final = "flowAnalyticsConfiguration.networkWatcherFlowAnalyticsConfiguration.enabled"


def check(_view: View, context: Context) -> Judged:
    """One enabled flow log has the network as its target, is kept long enough, and feeds traffic analytics."""
    logs = _logs(context.stack, context.resource)
    if not logs:
        yield Fault("", "has no flow log")
    days = context.profile.parameters.flow_log_days
    said = [[*_about(log, _switches(log)), *_about(log, _kept(context.stack, log, days))] for log in logs]
    # One that is right suffices; what is wrong is said of the one that comes nearest.
    yield from min(said, key=len, default=[])


def _logs(stack: Stack, network: Resource) -> tuple[Resource, ...]:
    return leading_to(stack, network, FLOW_LOG, "targetResourceId")


def _about(log: Resource, judged: Judged) -> Judged:
    """What is in doubt in the log, as a doubt about the network."""
    try:
        yield from judged
    except UnjudgeableError as error:
        yield Doubt("", f"has a flow log ({log.name}) in which {error}")


def _switches(log: Resource) -> Judged:
    view = log.view()
    if view.flag("enabled", absent=True) is False:
        yield Fault("", f"has a flow log that is off ({log.name})")
    if view.flag(_ANALYTICS, absent=False) is not True:
        yield Fault("", f"has a flow log without traffic analytics ({log.name}): nobody reads it")


def _kept(stack: Stack, log: Resource, least: int) -> Judged:
    view = log.view()
    days = view.number("retentionPolicy.days", absent=0) or 0
    # 0 days: for ever, as without a policy (FlowLog, Microsoft.Network 2024-07-01).
    if view.flag("retentionPolicy.enabled", absent=False) and 0 < days < least:
        yield Fault("", f"has a flow log that is kept less than {least} days ({log.name})")
    for policy in _lifecycles(stack, log):
        for rule in policy.view().each("policy.rules"):
            days = rule.number(_EXPIRY, absent=None) or least
            if days < least:
                yield Fault("", f"has flow logs that {policy.name} deletes before {least} days")


def _lifecycles(stack: Stack, log: Resource) -> list[Resource]:
    accounts = [one for one in behind(stack, log, "storageId") if one.type == STORAGE_ACCOUNT]
    return [one for account in accounts for one in naming(stack, account, LIFECYCLE, "accountName", "accountName")]


def _changed(**properties: Any) -> Callable[[Stack, Resource], Stack | None]:
    def change(stack: Stack, network: Resource) -> Stack | None:
        logs = _logs(stack, network)
        for log in logs:
            stack = having_properties(stack, log, **properties)
        return stack if logs else None

    return change


def _deleted_early(stack: Stack, network: Resource) -> Stack | None:
    policies = [policy for log in _logs(stack, network)[:1] for policy in _lifecycles(stack, log)]
    return having_properties(stack, policies[0], policy=_lifecycle(7)) if policies else None


def _lifecycle(days: int) -> dict[str, Any]:
    delete = {"daysAfterModificationGreaterThan": days}
    return {"rules": [{"name": "expire", "definition": {"actions": {"baseBlob": {"delete": delete}}}}]}


_PREFIX: Final = "/subscriptions/s/resourceGroups/rg/providers/"
_ID: Final = f"{_PREFIX}Microsoft.Network/virtualNetworks/vnet"
_STORAGE: Final = f"{_PREFIX}Microsoft.Storage/storageAccounts/st"
_OPTIONS: Final = {"id": _ID}
_ON: Final = {"networkWatcherFlowAnalyticsConfiguration": {"enabled": True}}


def _log(**properties: Any) -> Resource:
    usual = {"targetResourceId": _ID, "storageId": _STORAGE, "flowAnalyticsConfiguration": _ON}
    return Resource(type=FLOW_LOG, name="log", properties={**usual, **properties})


def _account(days: int) -> tuple[Resource, ...]:
    return (
        Resource(type=STORAGE_ACCOUNT, name="st", id=_STORAGE, properties={"accountName": "st"}),
        Resource(type=LIFECYCLE, name="expiry", properties={"accountName": "st", "policy": _lifecycle(days)}),
    )


RULE = Rule(
    id="NET-005",
    title="Every virtual network writes flow logs that are kept and read",
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
    equivalents={
        "checkov": ("CKV_AZURE_12",),
        "azure_policy": ("4c3c6c5f-0d47-4402-99b8-aa543dd8bcee",),
        "trivy": ("AZU-0049", "AZU-0073"),
    },
    why="After an incident nobody can say who talked to whom; NSG flow logs can't be made any more.",
    fix="Add a FlowLog with the virtual network as targetResourceId, enabled, with traffic analytics, kept 90 days "
    "(settings: network.flow_logs).",
    link="https://learn.microsoft.com/azure/network-watcher/vnet-flow-logs-overview",
    parameters=("flow_log_days",),
    check=check,
    good=(
        Example({}, options=_OPTIONS, others=(_log(enabled=True), *_account(90))),
        Example({}, options=_OPTIONS, others=(_log(retentionPolicy={"enabled": True, "days": 0}),), title="for ever"),
        Example({}, options=_OPTIONS, others=(_log(enabled=False), _log()), title="the old one is off"),
    ),
    bad=(
        Example({}, options=_OPTIONS),
        Example({}, options=_OPTIONS, others=(_log(enabled=False),), title="the flow log is off"),
        Example({}, options=_OPTIONS, others=(_log(targetResourceId=f"{_ID}/subnets/snet"),), title="of one subnet"),
        Example({}, options=_OPTIONS, others=(_log(flowAnalyticsConfiguration={}),)),
        Example({}, options=_OPTIONS, others=(_log(retentionPolicy={"enabled": True, "days": 89}),)),
        Example({}, options=_OPTIONS, others=(_log(), *_account(89))),
    ),
    breaks=(
        without("the flow log is taken away", _logs),
        StackBreak("the flow log is off", _changed(enabled=False)),
        StackBreak("traffic analytics are off", _changed(flowAnalyticsConfiguration={})),
        StackBreak("the flow log keeps a week", _changed(retentionPolicy={"enabled": True, "days": 7})),
        StackBreak("storage deletes the flow log after a week", _deleted_early),
    ),
)
