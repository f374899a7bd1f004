"""K8S-011: nodes with GPUs are for pods that ask for GPUs, and a job on them ends."""

from __future__ import annotations

from typing import Any, Final

from policies.rule import ABSENT, Break, Category, Context, Property, Rule, Severity, Verdict
from policies.rules.kubernetes._pods import (
    CONTAINERS,
    CRON_JOB,
    DAEMON_SET,
    JOB,
    POD,
    WORKLOADS,
    example,
    examples,
    namespace,
    pod_fault,
    pods,
)
from policies.view import Fault, Judged, View, guarded

_GPU: Final = "nvidia.com/gpu"
# Agents of nodes run everywhere, and so tolerate everything.
_TYPES: Final = tuple(one for one in WORKLOADS if one != DAEMON_SET)
_DEADLINES: Final = {
    JOB: "spec.activeDeadlineSeconds",
    CRON_JOB: "spec.jobTemplate.spec.activeDeadlineSeconds",
}


def applies(view: View, context: Context) -> bool:
    """Outside the namespaces whose pods manage the GPUs."""
    return namespace(view) not in context.profile.parameters.gpu_namespaces


def check(view: View, context: Context) -> Judged:
    """Without GPUs no toleration of their taint; with them a deadline of the job."""
    for pod in pods(view, context):
        yield from guarded(_pod(pod, view, _DEADLINES.get(context.resource.type)))


def _pod(pod: View, whole: View, deadline: str | None) -> Judged:
    if not any(_asks(container) for kind in CONTAINERS for container in pod.each(kind)):
        for toleration in pod.each("tolerations"):
            yield from guarded(_toleration(toleration))
    elif deadline is not None:
        yield from whole.must_be_between(deadline, 1, None, "else a job that hangs keeps its GPUs")


def _asks(container: View) -> bool:
    return bool(container.number(f"resources.limits[{_GPU}]", absent=0))


def _toleration(toleration: View) -> Judged:
    key, value = toleration.text("key", absent=""), toleration.word("value", absent="")
    # AKS gives pods that ask for GPUs the toleration of the first (ExtendedResourceToleration, not re-read).
    if key in ("", _GPU) or (key == "sku" and value in ("", "gpu")):
        yield Fault(toleration.path, "must not be there: the pod asks for no GPU and would take a node that has them")


def _spec(gpus: str | None, *tolerations: dict[str, Any]) -> dict[str, Any]:
    main: dict[str, Any] = {"name": "main"}
    if gpus is not None:
        main["resources"] = {"limits": {_GPU: gpus}}
    return {"containers": [{"name": "second"}, main], "tolerations": [{"key": "team", "value": "own"}, *tolerations]}


def _limited(properties: Any) -> bool:
    """Whether a container has a limit of GPUs: that name is the key of a map only there."""
    return f"'{_GPU}':" in repr(properties)


_TAINT: Final = {"key": _GPU, "operator": "Exists", "effect": "NoSchedule"}
_ENDS: Final = {"activeDeadlineSeconds": 3600}

RULE = Rule(
    id="K8S-011",
    severity=Severity.HIGH,
    category=Category.COST,
    controls=("itsg33/SC-6",),
    title="Nodes with GPUs are for pods that ask for GPUs, and jobs on them end",
    types=_TYPES,
    applies=applies,
    parameters=("gpu_namespaces",),
    why=(
        "A pod without GPUs on a node with GPUs keeps the node from going away, at the price of the GPUs; a job that "
        "hangs does so until somebody looks."
    ),
    fix=f"Take the toleration away, or ask for {_GPU} in resources.limits; give jobs activeDeadlineSeconds.",
    link="https://learn.microsoft.com/azure/aks/use-nvidia-gpu",
    properties=tuple(
        Property(path, ABSENT, Verdict.FAIL, "batch/v1 JobSpec: no deadline (not re-read)", of=(type_,))
        for type_, path in _DEADLINES.items()
    ),
    check=check,
    good=(
        *examples(_spec(None), _TYPES),
        *examples(_spec("1", _TAINT), _TYPES, own=_ENDS),
        example(_spec("0")),
    ),
    bad=(
        example(_spec(None, _TAINT)),
        example(_spec("0", {"operator": "Exists"}), POD),
        example(_spec(None, {"key": "sku", "value": "gpu"})),
        example(_spec("1"), JOB),
        example(_spec("1"), CRON_JOB),
        example(_spec("1"), JOB, own={"activeDeadlineSeconds": 0}),
    ),
    breaks=(
        pod_fault(
            "a toleration without GPUs",
            lambda spec: spec.update({"containers": [{"name": "main"}], "tolerations": [_TAINT]}),
        ),
        *(Break(path, ABSENT, of=(type_,), where=_limited) for type_, path in _DEADLINES.items()),
    ),
)
