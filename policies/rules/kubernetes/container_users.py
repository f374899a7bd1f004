"""K8S-003: a container runs as a user that is nobody on the node, and can't change its own program."""

from __future__ import annotations

from typing import Any, Final

from policies.rule import ABSENT, Category, Context, Rule, Severity, Verdict
from policies.rules.kubernetes._pods import (
    JOB,
    POD,
    PODS,
    STATEFUL_SET,
    container_breaks,
    container_properties,
    containers,
    example,
    examples,
    pod_fault,
    pod_properties,
)
from policies.view import Judged, View, guarded

_NON_ROOT: Final = "securityContext.runAsNonRoot"
_USER: Final = "securityContext.runAsUser"
_READ_ONLY: Final = "securityContext.readOnlyRootFilesystem"
# Nodes give 1000 to their administrator, and their services ids below; CKV_K8S_40 draws the line here as well.
_LEAST: Final = 10000
_API: Final = "kubernetes.io API reference core/v1 SecurityContext"


def check(view: View, context: Context) -> Judged:
    """Not root, a high user id, a file system that can't be written to."""
    yield from containers(view, context, _container)


def _container(container: View, pod: View) -> Judged:
    yield from guarded(_user(container, pod))
    yield from container.must_be(_READ_ONLY, True, "it writes to volumes only")


def _user(container: View, pod: View) -> Judged:
    user = container if container.has(_USER) or not pod.has(_USER) else pod
    yield from user.must_be_between(_USER, _LEAST, None, "which nobody has on the node")
    root = container if container.has(_NON_ROOT) or not pod.has(_NON_ROOT) else pod
    yield from root.must_be(_NON_ROOT, True)


def _security(**changed: Any) -> dict[str, Any]:
    security = {"runAsNonRoot": True, "runAsUser": 10000, "readOnlyRootFilesystem": True, **changed}
    return {key: value for key, value in security.items() if value is not None}


def _pod(*, pod: dict[str, Any] | None = None, **changed: Any) -> dict[str, Any]:
    spec: dict[str, Any] = {
        "containers": [{"name": "main", "securityContext": _security(**changed)}],
        "initContainers": [{"name": "first", "securityContext": _security()}],
    }
    return spec if pod is None else {"securityContext": pod, **spec}


_INHERITED: Final = {"runAsNonRoot": None, "runAsUser": None}


def _taken(name: str) -> Any:
    def take(spec: dict[str, Any]) -> None:
        spec.get("securityContext", {}).pop(name, None)
        for kind in ("containers", "initContainers"):
            for container in spec.get(kind, ()):
                container.get("securityContext", {}).pop(name, None)

    return take


RULE = Rule(
    id="K8S-003",
    severity=Severity.HIGH,
    category=Category.KUBERNETES,
    controls=(
        "itsg33/AC-6",
        "itsg33/SI-7",
        "mcsb/PV-2",
        "cis-aks/4.6.2",
        "hipaa/164.312(a)(1)",
        "gdpr/32(1)(b)",
        "popa/10",
        "hia/60",
    ),
    equivalents={
        "checkov": (
            "CKV_K8S_22",
            "CKV_K8S_23",
            "CKV_K8S_40",
        ),
        "azure_policy": (
            "f06ddb64-5fa3-4b77-b166-acb36f7f6042",
            "df49d893-a74c-421d-bc95-c663042e5b80",
        ),
        "trivy": (
            "KSV-0012",
            "KSV-0014",
            "KSV-0020",
        ),
    },
    title="A container runs as nobody, and can't change its own program",
    types=PODS,
    why=(
        "A user id that the node has too owns the node's files once the container is left; 1000 is its administrator. "
        "A writable file system keeps what an intruder brings."
    ),
    fix=(
        "Set runAsNonRoot true and runAsUser to 10000 or more for the pod or its containers, and "
        "readOnlyRootFilesystem true with an emptyDir where the program writes (/tmp)."
    ),
    link="https://kubernetes.io/docs/tasks/configure-pod-container/security-context/",
    properties=(
        *container_properties(_USER, ABSENT, Verdict.FAIL, f"{_API}: the image's user (not re-read)"),
        *container_properties(_NON_ROOT, False, Verdict.FAIL, f"{_API}: not checked (not re-read)"),
        *container_properties(_READ_ONLY, False, Verdict.FAIL, f"{_API}: false (not re-read)"),
        *pod_properties(_USER, ABSENT, Verdict.FAIL, f"{_API}: the image's user (not re-read)"),
        *pod_properties(_NON_ROOT, False, Verdict.FAIL, f"{_API}: not checked (not re-read)"),
    ),
    check=check,
    good=(
        *examples(_pod()),
        *examples(_pod(pod={"runAsNonRoot": True, "runAsUser": 10001}, **_INHERITED)),
    ),
    bad=(
        example(_pod(runAsUser=0)),
        example(_pod(runAsUser=9999), JOB),
        example(_pod(runAsUser=None), POD),
        example(_pod(runAsNonRoot=False, pod={"runAsNonRoot": True, "runAsUser": 10001})),
        example(_pod(readOnlyRootFilesystem=False), STATEFUL_SET),
        example(_pod(pod={"runAsNonRoot": True, "runAsUser": 1000}, **_INHERITED)),
    ),
    breaks=(
        *container_breaks(_USER, 0),
        *container_breaks(_NON_ROOT, False),
        *container_breaks(_READ_ONLY, False),
        *container_breaks(_READ_ONLY, ABSENT),
        pod_fault("no user", _taken("runAsUser")),
        pod_fault("root is not refused", _taken("runAsNonRoot")),
    ),
)
