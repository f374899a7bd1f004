"""K8S-042: a queue takes jobs of named namespaces, and leads somewhere."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final

from policies.resource import Resource, Stack
from policies.rule import (
    ABSENT,
    Break,
    Category,
    Context,
    Example,
    Property,
    Rule,
    Scope,
    Severity,
    StackBreak,
    Verdict,
)
from policies.rules._faults import without
from policies.types import JOB_QUEUE, RESOURCE_QUEUE
from policies.view import Fault, Judged, View

_NAMESPACES: Final = "spec.namespaceSelector"
_LEADS_TO: Final = "spec.clusterQueue"


def check(view: View, context: Context) -> Judged:
    """Whose jobs the quota is for; and for a team's queue, that its quota is there."""
    if context.resource.type == RESOURCE_QUEUE:
        yield from view.must_be_set(_NAMESPACES, "else it takes jobs of every namespace, or of none")
        return
    wanted = view.text(_LEADS_TO)
    if not any(_name(one) == wanted for one in context.stack.of(RESOURCE_QUEUE)):
        yield Fault(_LEADS_TO, "names no ClusterQueue of the stack: its jobs wait for ever")


def _name(queue: Resource) -> str:
    return queue.view().text("metadata.name", absent="")


def _quota_of(stack: Stack, queue: Resource) -> list[Resource]:
    if queue.type != JOB_QUEUE:
        return []
    wanted = queue.view().text(_LEADS_TO, absent="")
    return [one for one in stack.of(RESOURCE_QUEUE) if _name(one) == wanted]


def _cluster_queue(selector: Any, name: str = "ml-training") -> dict[str, Any]:
    return {"metadata": {"name": name}, "spec": {"namespaceSelector": selector}}


_NAMED: Final = {"matchLabels": {"kubernetes.io/metadata.name": "ml-training"}}
_QUOTA: Final = Resource(type=RESOURCE_QUEUE, name="quota", properties=_cluster_queue(_NAMED))
_JOBS: Final = {"metadata": {"name": "jobs", "namespace": "ml-training"}, "spec": {"clusterQueue": "ml-training"}}


def _breaks() -> Iterator[Break | StackBreak]:
    yield Break(_NAMESPACES, {}, of=(RESOURCE_QUEUE,))
    yield Break(_NAMESPACES, ABSENT, of=(RESOURCE_QUEUE,))
    yield Break(_LEADS_TO, "another", of=(JOB_QUEUE,))
    yield without("its quota is taken away", _quota_of)


_SOURCE: Final = "Kueue API kueue.x-k8s.io/v1beta2 (not re-read)"

RULE = Rule(
    id="K8S-042",
    title="A queue takes jobs of named namespaces, and leads somewhere",
    severity=Severity.MEDIUM,
    category=Category.KUBERNETES,
    types=(RESOURCE_QUEUE, JOB_QUEUE),
    scope=Scope.STACK,
    controls=("itsg33/SC-6", "itsg33/AC-3", "mcsb/NS-1", "gdpr/32(1)(b)", "popa/10"),
    why="A quota whose selector is {} is open to every namespace: one made for a test takes the GPUs of a team.",
    fix="Select the team's namespace by its label in namespaceSelector, and name an existing queue in clusterQueue.",
    link="https://kueue.sigs.k8s.io/docs/concepts/cluster_queue/",
    properties=(
        Property(_NAMESPACES, ABSENT, Verdict.FAIL, f"{_SOURCE}: no namespace", (RESOURCE_QUEUE,), Verdict.PASS),
        Property(_LEADS_TO, ABSENT, Verdict.FAIL, f"{_SOURCE}: required", of=(JOB_QUEUE,)),
    ),
    check=check,
    good=(Example(_cluster_queue(_NAMED)), Example(_JOBS, type=JOB_QUEUE, others=(_QUOTA,))),
    bad=(
        Example(_cluster_queue({})),
        Example(_cluster_queue(None)),
        Example(_JOBS, type=JOB_QUEUE),
    ),
    breaks=tuple(_breaks()),
)
