"""K8S-001: no pod is part of its node."""

from __future__ import annotations

from typing import Any, Final

from policies.rule import ABSENT, Category, Context, Example, Rule, Severity, Verdict
from policies.rules.kubernetes._pods import (
    DAEMON_SET,
    JOB,
    POD,
    PODS,
    SPECIFIED,
    container_breaks,
    container_properties,
    containers,
    example,
    examples,
    pod_breaks,
    pod_properties,
    pods,
)
from policies.types import INFERENCE_SERVICE
from policies.values import joined
from policies.view import Fault, Judged, View, guarded

_SHARED: Final = ("hostNetwork", "hostPID", "hostIPC")
_PROCESS: Final = "securityContext.windowsOptions.hostProcess"
_SETTINGS: Final = "securityContext.sysctls"
# Those that each pod has for itself: kubernetes.io, Pod Security Standards, baseline (not re-read).
_OWN_SETTINGS: Final = frozenset(
    {
        "kernel.shm_rmid_forced",
        "net.ipv4.ip_local_port_range",
        "net.ipv4.ip_local_reserved_ports",
        "net.ipv4.ip_unprivileged_port_start",
        "net.ipv4.ping_group_range",
        "net.ipv4.tcp_fin_timeout",
        "net.ipv4.tcp_keepalive_intvl",
        "net.ipv4.tcp_keepalive_probes",
        "net.ipv4.tcp_keepalive_time",
        "net.ipv4.tcp_rmem",
        "net.ipv4.tcp_syncookies",
        "net.ipv4.tcp_wmem",
    }
)
_SOURCE: Final = "kubernetes.io API reference core/v1 PodSpec and Container: off unless it is true (not re-read)"


def check(view: View, context: Context) -> Judged:
    """No privileged container, no namespace of the host, no port of the host, no setting of its kernel."""
    for pod in pods(view, context):
        for name in (*_SHARED, _PROCESS):
            yield from pod.must_be(name, False)
        yield from guarded(_settings(pod))
    yield from containers(view, context, _container)


def _settings(pod: View) -> Judged:
    for setting in pod.each(_SETTINGS):
        if setting.text("name", absent="") not in _OWN_SETTINGS:
            yield Fault(joined(setting.path, "name"), "must not be set: it changes the kernel for all pods of the node")


def _container(container: View, _pod: View) -> Judged:
    yield from container.must_be("securityContext.privileged", False)
    yield from container.must_be(_PROCESS, False)
    for port in container.each("ports"):
        yield from guarded(_port(port))


def _port(port: View) -> Judged:
    if port.number("hostPort", absent=0):
        yield Fault(f"{port.path}.hostPort", "must not be set: it opens a port of the node")


def _pod(container: dict[str, Any] | None = None, **spec: Any) -> dict[str, Any]:
    own: dict[str, Any] = {
        "name": "main",
        "securityContext": {"privileged": False, "windowsOptions": {"hostProcess": False}},
        "ports": [{"containerPort": 8080, "hostPort": 0}],
    }
    return {
        "hostNetwork": False,
        "hostPID": False,
        "hostIPC": False,
        "securityContext": {
            "windowsOptions": {"hostProcess": False},
            "sysctls": [{"name": "net.ipv4.tcp_syncookies", "value": "1"}],
        },
        "containers": [own, {**own, "name": "second", **(container or {})}],
        "initContainers": [{**own, "name": "first"}],
        **spec,
    }


RULE = Rule(
    id="K8S-001",
    severity=Severity.CRITICAL,
    category=Category.KUBERNETES,
    controls=(
        "itsg33/AC-6",
        "itsg33/SC-2",
        "mcsb/PV-2",
        "cis-aks/4.2.1",
        "cis-aks/4.2.2",
        "cis-aks/4.2.3",
        "cis-aks/4.2.4",
        "hipaa/164.312(a)(1)",
        "gdpr/32(1)(b)",
        "gc-guardrails/8",
        "popa/10",
        "hia/60",
    ),
    equivalents={
        "checkov": (
            "CKV_K8S_16",
            "CKV_K8S_17",
            "CKV_K8S_18",
            "CKV_K8S_19",
            "CKV_K8S_26",
        ),
        "azure_policy": (
            "95edb821-ddaf-4404-9732-666045e056b4",
            "47a1ee2f-2a2a-4576-bf2a-e0e36709c2b8",
            "82985f06-dc18-4a48-bc1c-b9f4f0098cfe",
        ),
        "trivy": (
            "KSV-0017",
            "KSV-0008",
            "KSV-0009",
            "KSV-0010",
            "KSV-0024",
        ),
    },
    title="No pod shares its node's processes, network or rights",
    types=PODS,
    why=(
        "A privileged container, or one in the host's namespaces, is root on the node: it reads every other pod's "
        "memory, secrets and tokens, and the node's own identity."
    ),
    fix="Take privileged, hostNetwork, hostPID, hostIPC and hostPort away; give single capabilities where needed.",
    link="https://kubernetes.io/docs/concepts/security/pod-security-standards/",
    properties=(
        *(one for name in _SHARED for one in pod_properties(name, False, Verdict.PASS, _SOURCE)),
        *container_properties("securityContext.privileged", False, Verdict.PASS, _SOURCE),
        *container_properties(_PROCESS, False, Verdict.PASS, _SOURCE),
        *pod_properties(_PROCESS, False, Verdict.PASS, _SOURCE),
        *pod_properties(_SETTINGS, ABSENT, Verdict.PASS, _SOURCE),
        *container_properties("ports[*].hostPort", ABSENT, Verdict.PASS, _SOURCE, kinds=SPECIFIED),
    ),
    check=check,
    good=(
        *examples(_pod()),
        example({"containers": [{"name": "main"}]}, POD),
        Example({"spec": {"predictor": {"model": {"storageUri": "pvc://models/a"}}}}, type=INFERENCE_SERVICE),
    ),
    bad=(
        example(_pod({"securityContext": {"privileged": True}})),
        example(_pod(hostNetwork=True), DAEMON_SET),
        example(_pod(hostPID=True), POD),
        example(_pod(hostIPC=True), JOB),
        example(_pod({"securityContext": {"privileged": True}}), INFERENCE_SERVICE),
        example(_pod({"ports": [{"containerPort": 1}, {"containerPort": 8080, "hostPort": 8080}]})),
        example(_pod({"securityContext": {"windowsOptions": {"hostProcess": True}}})),
        example(_pod(securityContext={"windowsOptions": {"hostProcess": True}}), POD),
        example(_pod(securityContext={"sysctls": [{"name": "kernel.msgmax", "value": "1"}]})),
        example(_pod(initContainers=[{"name": "first", "securityContext": {"privileged": True}}])),
    ),
    breaks=(
        *(one for name in _SHARED for one in pod_breaks(name, True)),
        *container_breaks("securityContext.privileged", True),
        *container_breaks(_PROCESS, True),
        *pod_breaks(_PROCESS, True),
        *pod_breaks(_SETTINGS, [{"name": "kernel.msgmax", "value": "1"}]),
        *container_breaks("ports[*].hostPort", 9000, kinds=SPECIFIED),
    ),
)
