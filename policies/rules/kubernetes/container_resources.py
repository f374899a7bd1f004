"""K8S-006: every container says what it needs, and how much memory it may take."""

from __future__ import annotations

from typing import Any, Final

from policies.rule import ABSENT, Category, Context, Rule, Severity, Verdict
from policies.rules.kubernetes._pods import (
    CLUSTER_RUNTIME,
    JOB,
    POD,
    PODS,
    SPECIFIED,
    container_breaks,
    container_properties,
    example,
    examples,
    pod_fault,
    pods,
)
from policies.values import joined
from policies.view import Fault, Judged, View, guarded

# Where no request is given, the limit is the request (core/v1 ResourceRequirements, not re-read). A limit of processor
# time is not asked for: it slows a container down while its node is idle.
_EITHER: Final = ("cpu", "memory")


def check(view: View, context: Context) -> Judged:
    """A request or a limit of processor and memory; a limit of memory."""
    for pod in pods(view, context):
        for kind in SPECIFIED:
            for container in pod.each(kind):
                yield from guarded(_container(container))


def _container(container: View) -> Judged:
    yield from container.must_be_set("resources.limits.memory", "else it takes the memory of its node")
    for name in _EITHER:
        request = f"resources.requests.{name}"
        if not (container.has(request) or container.has(f"resources.limits.{name}")):
            yield Fault(joined(container.path, request), "must be set, so that the scheduler finds a node with room")


def _spec(**resources: Any) -> dict[str, Any]:
    asked = {"requests": {"cpu": "250m", "memory": "1Gi"}, "limits": {"memory": "2Gi"}}
    return {
        "containers": [{"name": "first", "resources": asked}, {"name": "main", "resources": resources or asked}],
        "initContainers": [{"name": "prepare", "resources": asked}],
    }


def _starved(spec: dict[str, Any]) -> None:
    for kind in SPECIFIED:
        for container in spec.get(kind, ()):
            container["resources"] = {"limits": {"memory": "1Gi"}}


_BOUND: Final = {"memory": "1Gi"}
_SOURCE: Final = "core/v1 ResourceRequirements: none (not re-read)"

RULE = Rule(
    id="K8S-006",
    title="Every container says what it needs, and how much memory it may take",
    severity=Severity.MEDIUM,
    category=Category.RESILIENCE,
    types=PODS,
    controls=("itsg33/SC-5", "itsg33/SC-6", "mcsb/PV-2", "gdpr/32(1)(b)", "popa/10"),
    equivalents={
        "checkov": ("CKV_K8S_10", "CKV_K8S_12", "CKV_K8S_13"),
        "azure_policy": ("e345eecc-fa47-480f-9e88-67dcc122b164",),
        "trivy": ("KSV-0015", "KSV-0016", "KSV-0018"),
    },
    why=(
        "The scheduler puts a container that asks for nothing on any node; without a bound it takes the memory of the "
        "others there, and the kernel kills one of them."
    ),
    fix="Give each container resources.requests with cpu and memory, and resources.limits with memory.",
    link="https://kubernetes.io/docs/concepts/configuration/manage-resources-containers/",
    properties=(
        *container_properties(
            "resources.limits.memory", ABSENT, Verdict.FAIL, _SOURCE, kinds=SPECIFIED, unknown=Verdict.PASS
        ),
        *container_properties(
            "resources.requests.cpu", ABSENT, Verdict.FAIL, _SOURCE, kinds=SPECIFIED, unknown=Verdict.PASS
        ),
    ),
    check=check,
    good=(
        *examples(_spec()),
        example(_spec(limits={"cpu": "1", **_BOUND}), JOB, title="limits stand for requests"),
    ),
    bad=(
        example(_spec(requests={"cpu": "250m", **_BOUND})),
        example(_spec(limits=_BOUND), POD),
        example(_spec(requests=_BOUND, limits=_BOUND), CLUSTER_RUNTIME),
        example({"containers": [{"name": "main"}]}, JOB),
    ),
    breaks=(
        *container_breaks("resources", ABSENT, kinds=SPECIFIED),
        *container_breaks("resources.limits.memory", ABSENT, kinds=SPECIFIED),
        pod_fault("no request of processors", _starved),
    ),
)
