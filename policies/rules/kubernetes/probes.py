"""K8S-017: a container that is called is asked whether it is ready, and whether it lives."""

from __future__ import annotations

from typing import Any, Final

from policies.rule import ABSENT, Category, Context, Rule, Severity, Verdict
from policies.rules.kubernetes._pods import (
    DEPLOYMENT,
    STATEFUL_SET,
    example,
    examples,
    pod_breaks,
    pod_properties,
    pods,
)
from policies.view import Judged, View, guarded

_TYPES: Final = (DEPLOYMENT, STATEFUL_SET)
_PROBES: Final = ("readinessProbe", "livenessProbe")


def check(view: View, context: Context) -> Judged:
    """Both probes where a container has ports; one that nobody calls has nothing to ask."""
    for pod in pods(view, context):
        for container in pod.each("containers"):
            yield from guarded(_container(container))


def _container(container: View) -> Judged:
    if list(container.each("ports")):
        for probe in _PROBES:
            yield from container.must_be_set(probe)


_PROBE: Final = {"httpGet": {"path": "/healthz", "port": 8080}}
_PORTS: Final = [{"containerPort": 8080}]


def _spec(**changed: Any) -> dict[str, Any]:
    main = {"name": "main", "ports": _PORTS, **dict.fromkeys(_PROBES, _PROBE), **changed}
    worker = {"name": "worker"}
    return {"containers": [worker, {key: value for key, value in main.items() if value is not None}]}


RULE = Rule(
    id="K8S-017",
    title="A container that is called is asked whether it is ready, and whether it lives",
    severity=Severity.LOW,
    category=Category.RESILIENCE,
    types=_TYPES,
    controls=("itsg33/SC-5", "itsg33/CP-10", "gdpr/32(1)(b)", "popa/10"),
    equivalents={
        "checkov": ("CKV_K8S_8", "CKV_K8S_9"),
        "azure_policy": ("b1a9997f-2883-4f12-bdff-2280f99b5915",),
    },
    why="Without probes a release sends people to containers that have not started, and what hangs is left to hang.",
    fix="Give every container with ports a readinessProbe and a livenessProbe.",
    link="https://kubernetes.io/docs/concepts/workloads/pods/probes/",
    properties=tuple(
        one
        for probe in _PROBES
        for one in pod_properties(
            f"containers[*].{probe}",
            ABSENT,
            Verdict.FAIL,
            "core/v1 Container: no probe (not re-read)",
            types=_TYPES,
            unknown=Verdict.PASS,
        )
    ),
    check=check,
    good=(*examples(_spec(), _TYPES), example({"containers": [{"name": "worker"}]}, title="nobody calls it")),
    bad=(
        example(_spec(readinessProbe=None)),
        example(_spec(livenessProbe=None), STATEFUL_SET),
        example(_spec(livenessProbe={})),
    ),
    breaks=(
        *pod_breaks("containers", [{"name": "main", "ports": _PORTS, "livenessProbe": _PROBE}], types=_TYPES),
        *pod_breaks("containers", [{"name": "main", "ports": _PORTS, "readinessProbe": _PROBE}], types=_TYPES),
    ),
)
