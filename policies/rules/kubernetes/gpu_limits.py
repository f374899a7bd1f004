"""K8S-022: GPUs are asked for whole, as limits."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Final

from policies.rule import ABSENT, Category, Context, Rule, Severity, StackBreak, Verdict
from policies.rules.kubernetes._pods import (
    CLUSTER_RUNTIME,
    JOB,
    POD,
    PODS,
    SPECIFIED,
    container_properties,
    containers,
    example,
    examples,
    pod_fault,
)
from policies.values import joined
from policies.view import Fault, Judged, View

_GPU: Final = "nvidia.com/gpu"
_LIMIT: Final = f"resources.limits[{_GPU}]"
_REQUEST: Final = f"resources.requests[{_GPU}]"


def check(view: View, context: Context) -> Judged:
    """The limit is a whole number, and a request, if there is one, the same."""
    yield from containers(view, context, _container, SPECIFIED)


def _container(container: View, _pod: View) -> Judged:
    limit, request = container.number(_LIMIT), container.number(_REQUEST)
    if limit is not None and (limit < 0 or limit != int(limit)):
        yield Fault(joined(container.path, _LIMIT), "must be a whole number; a share of a GPU is a MIG slice")
    if request is not None and request != limit:
        yield Fault(joined(container.path, _REQUEST), "must be the same as the limit, or be left out")


def _spec(limit: Any, request: Any = None) -> dict[str, Any]:
    resources = {"limits": {_GPU: limit}, "requests": {_GPU: request}}
    own = {kind: {key: each for key, each in one.items() if each is not None} for kind, one in resources.items()}
    return {
        "containers": [{"name": "side"}, {"name": "main", "resources": own}],
        "initContainers": [{"name": "prepare", "resources": own}],
    }


def _faults(title: str, resources: dict[str, dict[str, str]]) -> tuple[StackBreak, ...]:
    """The last container of each kind asks for this."""
    return tuple(pod_fault(f"{title} ({kind})", _asking(kind, resources), ("K8S-006",)) for kind in SPECIFIED)


def _asking(kind: str, resources: dict[str, dict[str, str]]) -> Callable[[dict[str, Any]], None]:
    def change(spec: dict[str, Any]) -> None:
        for container in spec.get(kind, [])[-1:]:
            container["resources"] = resources

    return change


RULE = Rule(
    id="K8S-022",
    title="GPUs are asked for whole, as limits",
    severity=Severity.LOW,
    category=Category.KUBERNETES,
    types=PODS,
    controls=("itsg33/SC-6", "popa/10"),
    why="Kubernetes refuses such a pod when it is made: a release stops half-way, and a cron job fails at night.",
    fix=f"Set resources.limits[{_GPU}] to a whole number and leave the request out.",
    link="https://kubernetes.io/docs/tasks/manage-gpus/scheduling-gpus/",
    properties=(
        *container_properties(
            _LIMIT, ABSENT, Verdict.FAIL, "kubernetes.io, Schedule GPUs: none (not re-read)", kinds=SPECIFIED
        ),
        *container_properties(
            _REQUEST,
            ABSENT,
            Verdict.PASS,
            "kubernetes.io, Schedule GPUs: that of the limit (not re-read)",
            kinds=SPECIFIED,
        ),
    ),
    check=check,
    good=(*examples(_spec("1", "1")), example(_spec(2)), example(_spec(None), title="no GPU")),
    bad=(
        example(_spec("1.5")),
        example(_spec(-1), POD),
        example(_spec("2", "1"), JOB),
        example(_spec(None, "1"), CLUSTER_RUNTIME),
    ),
    breaks=(
        *_faults("half a GPU", {"limits": {_GPU: "0.5"}}),
        *_faults("a request alone", {"limits": {}, "requests": {_GPU: "1"}}),
    ),
)
