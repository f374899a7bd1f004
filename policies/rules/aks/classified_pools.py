"""AKS-027: work of a high classification runs on nodes that no lower work shares."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Any, Final

from policies.resource import Resource, Stack
from policies.rule import (
    ABSENT,
    Break,
    Category,
    Context,
    Example,
    Rule,
    Scope,
    Severity,
    StackBreak,
    Verdict,
)
from policies.rules.aks._pools import INLINE, inline, pool_properties, pools
from policies.types import AGENT_POOL, CLUSTER
from policies.values import joined
from policies.view import Fault, Judged, View, guarded
from stacks.classification import DEMANDS
from stacks.types import Classification

_KEY: Final = "platform.gov/classification"
_LABEL: Final = f"nodeLabels[{_KEY}]"
# Levels by the label's value, which has no blanks; lowest first.
_BY_LABEL: Final = {level.value.lower().replace(" ", "-"): level for level in Classification}
_LEVELS: Final = tuple(_BY_LABEL)


def applies(_view: View, context: Context) -> bool:
    """Where the classification demands nodes of its own."""
    return context.profile.demands.own_pools


def check(view: View, context: Context) -> Judged:
    """Every pool for workloads says which work it is for; beside a pool for lower work it has a taint as well."""
    for pool in pools(view, context):
        yield from guarded(_classified(pool, context))


def _classified(pool: View, context: Context) -> Judged:
    if pool.word("mode", absent="User") != "user":
        return
    level = pool.word(_LABEL)
    if level not in _LEVELS:
        yield Fault(joined(pool.path, _LABEL), f"must be set, to one of {', '.join(_LEVELS)}")
        return
    lower = any(_LEVELS.index(other) < _LEVELS.index(level) for other in _others(context))
    if (
        DEMANDS[_BY_LABEL[level]].own_pools
        and lower
        and f"{_KEY}={level}:noschedule" not in {taint.lower() for taint in pool.texts("nodeTaints")}
    ):
        yield Fault(
            joined(pool.path, "nodeTaints"), f"must have {_KEY}={level}:NoSchedule: another pool serves lower work"
        )


def _others(context: Context) -> Iterator[str]:
    for one in context.stack.of(AGENT_POOL, CLUSTER):
        for pool in pools(one.view(), replace(context, resource=one)):
            level = pool.word(_LABEL, absent="")
            if level in _LEVELS:
                yield level


def _pool(level: str | None, taints: list[str] | None = None) -> dict[str, Any]:
    labels = {"team": "own"} if level is None else {"team": "own", _KEY: level}
    return {"mode": "User", "nodeLabels": labels, "nodeTaints": [] if taints is None else taints}


def _beside(level: str) -> Resource:
    return Resource(type=AGENT_POOL, name="other", properties=_pool(level))


def _with_lower(stack: Stack, resource: Resource) -> Stack | None:
    """Another pool serves public work, and this one lets it in."""
    view = resource.view()
    level = _BY_LABEL.get(view.word(_LABEL, absent=""))
    if level is None or not DEMANDS[level].own_pools:
        return None
    kept = [taint for taint in view.texts("nodeTaints") if not taint.startswith(_KEY)]
    plain = replace(resource, properties={**resource.properties, "nodeTaints": kept})
    resources = tuple(plain if one is resource else one for one in stack.resources)
    return replace(stack, resources=(*resources, _beside(_LEVELS[0])))


def _are_levels_mixed(cluster: Any) -> bool:
    return len({str(pool.get("nodeLabels")) for pool in cluster["agentPoolProfiles"] if "nodeLabels" in pool}) > 1


_TAINT: Final = f"{_KEY}=protected-b:NoSchedule"
_API: Final = "AgentPool, Microsoft.ContainerService 2025-09-01"

RULE = Rule(
    id="AKS-027",
    title="Work of a high classification runs on nodes that no lower work shares",
    severity=Severity.HIGH,
    category=Category.PRIVACY,
    types=(AGENT_POOL, CLUSTER),
    scope=Scope.STACK,
    controls=("itsg33/SC-4", "itsg33/AC-4", "mcsb/NS-1", "gdpr/32(1)(b)", "popa/10"),
    why="Pods of one node share its kernel, its disks and its GPUs' memory: lower work is where an intruder starts.",
    fix=f"Label the pool {_KEY}, and taint it with the same beside a pool for lower work.",
    link="https://learn.microsoft.com/azure/aks/use-node-taints",
    properties=(
        *pool_properties(_LABEL, ABSENT, Verdict.FAIL, f"{_API}: no label unless named (not re-read)"),
        *pool_properties("nodeTaints", ABSENT, Verdict.FAIL, f"{_API}: no taint unless named (not re-read)"),
    ),
    applies=applies,
    check=check,
    good=(
        Example(_pool("protected-b")),
        Example(_pool("protected-b", [_TAINT]), others=(_beside("protected-a"),)),
        Example(_pool("protected-a"), others=(_beside("public"),), title="its level may share nodes"),
        Example(_pool("protected-b"), others=(_beside("protected-c"),), title="the higher one has the taint"),
        Example(_pool(None), classification="Protected A", environment="dev"),
        inline({"name": "system", "mode": "System"}, _pool("protected-b")),
        inline(_pool("public"), _pool("protected-b", [_TAINT])),
    ),
    bad=(
        Example(_pool(None)),
        Example(_pool("secret")),
        inline(_pool("protected-b"), _pool(None)),
        inline(_pool("public"), _pool("protected-b")),
        Example(_pool("protected-b"), others=(_beside("protected-a"),)),
        Example(_pool("protected-b", [f"{_KEY}=protected-b:PreferNoSchedule"]), others=(_beside("public"),)),
        Example(_pool("protected-c", [_TAINT]), others=(_beside("protected-b"),)),
    ),
    breaks=(
        Break(_LABEL, ABSENT, of=(AGENT_POOL,)),
        Break(_LABEL, "secret", of=(AGENT_POOL,)),
        Break(f"{INLINE}.nodeTaints", [], of=(CLUSTER,), where=_are_levels_mixed),
        StackBreak("a pool for public work beside it", _with_lower),
    ),
)
