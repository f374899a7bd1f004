"""ST-009: nobody changes or removes audit logs before their time."""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from policies.resource import Resource, Stack
from policies.rule import Category, Context, Example, Rule, Scope, Severity, StackBreak
from policies.types import BLOB_CONTAINER, IMMUTABILITY_POLICY
from policies.view import Fault, Judged, View

# What Log Analytics exports lands in containers that it names am-<table>; diagnostic settings name theirs insights-….
_LOGS: Final = ("am-", "insights-logs-", "insights-activity-logs")


def applies(container: View, context: Context) -> bool:
    """For containers of logs, where the classification demands a copy that can't be changed."""
    name = container.word("containerName", absent=context.resource.name)
    return context.profile.demands.immutable_audit and name.startswith(_LOGS)


def check(container: View, context: Context) -> Judged:
    """A policy of the container keeps every blob for as long as audit logs are to be kept."""
    fewest = context.profile.demands.audit_retention_days
    own = container.word("containerName", absent=context.resource.name), container.word("accountName", absent="")
    for policy in context.stack.of(IMMUTABILITY_POLICY):
        its = policy.view()
        if (its.word("containerName", absent=""), its.word("accountName", absent="")) == own:
            days = its.number("immutabilityPeriodSinceCreationInDays", absent=0) or 0
            if days < fewest:
                yield Fault("", f"keeps blobs for {days:g} days; its classification demands {fewest}")
            return
    yield Fault("", "has no immutability policy")


_CONTAINER: Final = {"containerName": "am-auditlogs", "accountName": "st"}


def _policy(days: int, container: str = "am-auditlogs") -> Resource:
    properties = {"containerName": container, "accountName": "st", "immutabilityPeriodSinceCreationInDays": days}
    return Resource(type=IMMUTABILITY_POLICY, name="policy", properties=properties)


def _with(days: int | None, stack: Stack) -> Stack:
    kept = [one for one in stack.resources if one.type != IMMUTABILITY_POLICY]
    if days is not None:
        changed = {"immutabilityPeriodSinceCreationInDays": days}
        kept.extend(replace(one, properties={**one.properties, **changed}) for one in stack.of(IMMUTABILITY_POLICY))
    return replace(stack, resources=tuple(kept))


RULE = Rule(
    id="ST-009",
    title="Nobody changes or removes audit logs before their time",
    severity=Severity.HIGH,
    category=Category.LOGGING,
    types=(BLOB_CONTAINER,),
    controls=(
        "itsg33/AU-9",
        "itsg33/AU-11",
        "mcsb/LT-6",
        "hipaa/164.312(c)(1)",
        "gdpr/5(1)(e)",
        "gdpr/32(1)(b)",
        "gc-guardrails/11",
        "popa/10",
        "hia/60",
    ),
    scope=Scope.STACK,
    why="Whoever breaks in removes the traces first; logs that an administrator can delete prove nothing.",
    fix="Add a BlobContainerImmutabilityPolicy of the container, for as many days as audit logs are kept (settings: "
    "governance.records.archive).",
    link="https://learn.microsoft.com/azure/storage/blobs/immutable-time-based-retention-policy-overview",
    applies=applies,
    check=check,
    good=(
        Example(_CONTAINER, others=(_policy(90, "am-other"), _policy(730))),
        Example({"containerName": "bronze", "accountName": "st"}, title="no logs"),
        Example(_CONTAINER, classification="Protected A"),
    ),
    bad=(
        Example(_CONTAINER),
        Example(_CONTAINER, others=(_policy(730, "am-other"),), title="of another container"),
        Example(_CONTAINER, others=(_policy(729),)),
    ),
    breaks=(
        StackBreak("its policy is taken away", lambda stack, _container: _with(None, stack)),
        StackBreak("its policy ends too soon", lambda stack, _container: _with(30, stack)),
    ),
)
