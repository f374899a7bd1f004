"""K8S-002: a container can't gain rights, has no capabilities but one, and a filter of system calls."""

from __future__ import annotations

from typing import Any, Final

from policies.rule import ABSENT, Category, Context, Rule, Severity, Verdict
from policies.rules.kubernetes._pods import (
    CRON_JOB,
    DAEMON_SET,
    JOB,
    POD,
    PODS,
    all_containers,
    container_breaks,
    container_properties,
    containers,
    example,
    examples,
    pod_fault,
    pod_properties,
)
from policies.view import Fault, Judged, View, guarded, judged_each

_ESCALATION: Final = "securityContext.allowPrivilegeEscalation"
_DROP: Final = "securityContext.capabilities.drop"
_ADD: Final = "securityContext.capabilities.add"
_SECCOMP: Final = "securityContext.seccompProfile.type"
_PROC: Final = "securityContext.procMount"
_ARMOR: Final = "securityContext.appArmorProfile.type"
_PROFILES: Final = ("RuntimeDefault", "Localhost")
_API: Final = "kubernetes.io API reference core/v1 SecurityContext"


def check(view: View, context: Context) -> Judged:
    """As Pod Security Standards restrict it."""
    yield from containers(view, context, _container)


def _container(container: View, pod: View) -> Judged:
    yield from container.must_be(_ESCALATION, False)
    yield from guarded(_capabilities(container))
    yield from judged_each(container.each(_ADD), _added)
    yield from container.must_be(_PROC, "Default", "else it sees and changes settings of the node's kernel")
    for holder in (container, pod):
        yield from holder.must_be_one_of(_ARMOR, _PROFILES)
    if container.has(_SECCOMP) or not pod.has(_SECCOMP):
        yield from container.must_be_one_of(_SECCOMP, _PROFILES)
    else:
        yield from pod.must_be_one_of(_SECCOMP, _PROFILES)


def _capabilities(container: View) -> Judged:
    if "ALL" not in {each.upper() for each in container.texts(_DROP)}:
        yield Fault(f"{container.path}.{_DROP}", "must name ALL")


def _added(added: View) -> Judged:
    if added.text("", absent="").upper().removeprefix("CAP_") != "NET_BIND_SERVICE":
        yield Fault(added.path, "must not be added; NET_BIND_SERVICE alone may")


def _security(**changed: Any) -> dict[str, Any]:
    security = {
        "allowPrivilegeEscalation": False,
        "capabilities": {"drop": ["ALL"], "add": ["NET_BIND_SERVICE"]},
        "seccompProfile": {"type": "RuntimeDefault"},
        "procMount": "Default",
        "appArmorProfile": {"type": "RuntimeDefault"},
        **changed,
    }
    return {key: value for key, value in security.items() if value is not None}


def _pod(*, pod: dict[str, Any] | None = None, first: dict[str, Any] | None = None, **changed: Any) -> dict[str, Any]:
    spec: dict[str, Any] = {
        "containers": [
            {"name": "main", "securityContext": _security()},
            {"name": "second", "securityContext": _security(**changed)},
        ],
        "initContainers": [{"name": "first", "securityContext": first or _security()}],
    }
    return spec if pod is None else {"securityContext": pod, **spec}


def _unconfined(spec: dict[str, Any]) -> None:
    spec["securityContext"] = {**spec.get("securityContext", {}), "appArmorProfile": {"type": "Unconfined"}}


def _no_seccomp(spec: dict[str, Any]) -> None:
    spec.pop("securityContext", None)
    for container in all_containers(spec):
        container.get("securityContext", {}).pop("seccompProfile", None)


RULE = Rule(
    id="K8S-002",
    severity=Severity.HIGH,
    category=Category.KUBERNETES,
    controls=(
        "itsg33/AC-6",
        "itsg33/CM-7",
        "mcsb/PV-2",
        "cis-aks/4.2.5",
        "cis-aks/4.6.2",
        "hipaa/164.312(a)(1)",
        "gdpr/32(1)(b)",
        "popa/10",
        "hia/60",
    ),
    equivalents={
        "checkov": (
            "CKV_K8S_20",
            "CKV_K8S_25",
            "CKV_K8S_28",
            "CKV_K8S_31",
            "CKV_K8S_37",
            "CKV_K8S_39",
        ),
        "azure_policy": (
            "1c6e92c9-99f0-4e55-9cf2-0c234dc48f99",
            "c26596ff-4d70-4e6a-9a30-c2506bd2f80c",
            "975ce327-682c-4f2e-aa46-b9598289b86c",
        ),
        "trivy": (
            "KSV-0001",
            "KSV-0003",
            "KSV-0106",
            "KSV-0030",
        ),
    },
    title="A container can't gain rights",
    types=PODS,
    why=(
        "A setuid program, a kept capability or an unfiltered system call turns a hole in one application into root "
        "in its container, and a hole in the kernel into root on the node."
    ),
    fix="Set allowPrivilegeEscalation to false and capabilities.drop to [ALL] in every container's securityContext, "
    "and seccompProfile.type to RuntimeDefault (for the pod or the container).",
    link="https://kubernetes.io/docs/concepts/security/pod-security-standards/",
    properties=(
        *container_properties(_ESCALATION, True, Verdict.FAIL, f"{_API}: true (not re-read)"),
        *container_properties(_DROP, ABSENT, Verdict.FAIL, f"{_API}: the runtime's set stays (not re-read)"),
        *container_properties(_ADD, ABSENT, Verdict.PASS, f"{_API}: nothing is added (not re-read)"),
        *container_properties(_SECCOMP, "Unconfined", Verdict.FAIL, f"{_API}: Unconfined (not re-read)"),
        *container_properties(_PROC, "Default", Verdict.PASS, f"{_API}: Default (not re-read)"),
        *container_properties(_ARMOR, "RuntimeDefault", Verdict.PASS, f"{_API}: the runtime's (not re-read)"),
        *pod_properties(_ARMOR, "RuntimeDefault", Verdict.PASS, f"{_API}: the runtime's (not re-read)"),
        *pod_properties(_SECCOMP, "Unconfined", Verdict.FAIL, f"{_API}: Unconfined (not re-read)"),
    ),
    check=check,
    good=(
        *examples(_pod()),
        *examples(
            _pod(
                pod={"seccompProfile": {"type": "RuntimeDefault"}, "appArmorProfile": {"type": "Localhost"}},
                seccompProfile=None,
                first=_security(seccompProfile={"type": "Localhost"}),
            )
        ),
    ),
    bad=(
        example(_pod(allowPrivilegeEscalation=True)),
        example(_pod(allowPrivilegeEscalation=None), POD),
        example(_pod(capabilities={"drop": ["NET_RAW"]}), CRON_JOB),
        example(_pod(capabilities={"drop": ["ALL"], "add": ["NET_BIND_SERVICE", "SYS_ADMIN"]}), JOB),
        example(_pod(seccompProfile={"type": "Unconfined"}, pod={"seccompProfile": {"type": "RuntimeDefault"}})),
        example(_pod(first=_security(capabilities=None))),
        example(_pod(capabilities={"drop": ["CAP_ALL"]})),
        example(_pod(procMount="Unmasked")),
        example(_pod(appArmorProfile={"type": "Unconfined"}), DAEMON_SET),
        example(_pod(pod={"appArmorProfile": {"type": "Unconfined"}}), POD),
    ),
    breaks=(
        *container_breaks(_ESCALATION, True),
        *container_breaks(_ESCALATION, ABSENT),
        *container_breaks(_DROP, ["NET_RAW"]),
        *container_breaks("securityContext.capabilities", ABSENT),
        *container_breaks(_ADD, ["SYS_ADMIN"]),
        *container_breaks(_SECCOMP, "Unconfined"),
        *container_breaks(_PROC, "Unmasked"),
        *container_breaks(_ARMOR, "Unconfined"),
        pod_fault("no profile of AppArmor", _unconfined),
        pod_fault("no filter of system calls", _no_seccomp),
    ),
)
